"""Values that members have, for whoever writes a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis

from shuke.audience.asking import lake_of
from shuke.audience.model import Behaviour, Event, Fact, Kind
from shuke.audience.reading.behaving import facts_of
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
    hers = MEMBERS.select(value=MEMBERS[known.column])
    hers = hers.filter(hers.value.notnull())
    if containing:
        said = hers.value if known.kind is Kind.TEXT else hers.value.cast("string")
        hers = hers.filter(said.contains(containing))
    each = hers.group_by("value").agg(members=hers.count())
    found = each.order_by(each.members.desc(), each.value).limit(limit)
    rows = lake.rows(str(ibis.to_sql(found, dialect=lake.engine.dialect)), SECONDS).to_pylist()
    return [Suggestion(row["value"], row["members"]) for row in rows]


def texts_of(unit: Unit, root: Path, event: Event, property: str, containing: str, limit: int) -> Sequence[Suggestion]:
    """Texts that a property of an event had, those of most members first. Raises LakeEmpty and TooSlow."""
    lake = lake_of(unit, root)
    facts = facts_of(Behaviour(Fact.EVENT, (), event=event), lake.today, None)
    said = facts.select("member_no", value=facts.texts.get(property))
    said = said.filter(said.value.notnull())
    if containing:
        said = said.filter(said.value.contains(containing))
    each = said.group_by("value").agg(members=said.member_no.nunique())
    found = each.order_by(each.members.desc(), each.value).limit(limit)
    rows = lake.rows(str(ibis.to_sql(found, dialect=lake.engine.dialect)), SECONDS).to_pylist()
    return [Suggestion(row["value"], row["members"]) for row in rows]
