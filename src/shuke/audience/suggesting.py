"""Values that members have, for whoever writes a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis

from shuke.audience.asking import lake_of
from shuke.audience.model import Kind
from shuke.audience.reading.tables import MEMBERS
from shuke.infra.database import Unit

SECONDS = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    value: str | int
    members: int


def values_of(unit: Unit, root: Path, attribute: str, containing: str, limit: int) -> Sequence[Suggestion]:
    """Values of a registered attribute, those of most members first; none of one that is not. Raises LakeEmpty and
    TooSlow."""
    lake = lake_of(unit, root)
    known = lake.registered.get(attribute)
    if known is None:
        return []
    value = MEMBERS[known.column]
    asked = [value.notnull()]
    if containing:
        asked.append((value if known.kind is Kind.TEXT else value.cast("string")).contains(containing))
    each = MEMBERS.filter(*asked).group_by(value=value).agg(members=MEMBERS.count())
    found = each.order_by(each.members.desc(), each.value).limit(limit)
    rows = lake.rows(str(ibis.to_sql(found, dialect=lake.engine.dialect)), SECONDS).to_pylist()
    return [Suggestion(row["value"], row["members"]) for row in rows]
