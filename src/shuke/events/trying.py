"""What a schema would do: the latest events are held to it, and nothing changes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from shuke.events import schemas
from shuke.events.model import EventType, Schema, SchemaMode
from shuke.events.rules.schema import told, unfit
from shuke.events.sealing import PERSONAL, unsealed
from shuke.events.tables import event_personal, tracked_events
from shuke.infra.database import Unit

LOOKED_AT = 20_000
"""Of the latest events, whatever they are: among them are those that are tried."""
TRIED = 1_000
_event, _personal = tracked_events.c, event_personal.c


@dataclass(frozen=True, slots=True)
class Trial:
    """Of so many events so many would be refused, and because of which property; empty: because of one not named."""

    tried: int
    refused: int
    by_property: Mapping[str, int]


def try_out(unit: Unit, schema_id: UUID, schema: Schema) -> Trial:
    """Raises NotFound."""
    known = schemas.one(unit, schema_id)
    enforced = Schema(SchemaMode.ENFORCED, schema.properties, schema.others)
    rows = _latest(unit, known.type, known.name)
    problems = [unfit(enforced, False, _whole(unit, known.type, row)) for row in rows]
    refused = Counter(problem.field for problem in problems if problem is not None)
    return Trial(len(rows), refused.total(), dict(refused.most_common()))


def _latest(unit: Unit, kind: EventType, name: str) -> list[Any]:
    latest = (
        sa.select(_event.merchant_id, _event.message_key, _event.type, _event.name, _event.body)
        .where(_event.merchant_id == unit.merchant_id)
        .order_by(_event.transaction_id.desc(), _event.message_key.desc())
        .limit(sa.literal(LOOKED_AT, literal_execute=True))
        .subquery()
    )
    hers = sa.and_(_personal.merchant_id == latest.c.merchant_id, _personal.message_key == latest.c.message_key)
    query = (
        sa.select(latest.c.body, _personal.sealed)
        .select_from(latest.outerjoin(event_personal, hers))
        .where(latest.c.type == kind, latest.c.name == name)
        .limit(sa.literal(TRIED, literal_execute=True))
    )
    return list(unit.connection.execute(query))


def _whole(unit: Unit, kind: EventType, row: Any) -> Mapping[str, object]:
    """The properties with those that are sealed."""
    said = dict(told(kind, row.body))
    if row.sealed is not None:
        for path, value in orjson.loads(unsealed(unit, PERSONAL, row.sealed)).items():
            _, above, *name = path.split("/")
            if above in ("properties", "traits") and len(name) == 1:
                said[name[0].replace("~1", "/").replace("~0", "~")] = value
    return said
