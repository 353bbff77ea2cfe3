"""A source that sends, and everything that became of what it sent."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
import sqlalchemy as sa

from shuke.events import service as events
from shuke.events.model import Source, SourceKind, Taken
from shuke.events.sealing import PERSONAL, QUARANTINE, unsealed
from shuke.events.tables import event_personal, event_quarantine, tracked_events
from tests.support.world import Shop

FAST = 1_000_000


@dataclass(frozen=True)
class Sender:
    shop: Shop
    source: Source
    write_key: str

    def take(self, *messages: object) -> Taken:
        """As the tracking routes do, without HTTP."""
        with self.shop.database.merchant(self.shop.merchant_id) as unit:
            came = events.arrival(unit.now(), self.source.late_days)
            return events.ingest(unit, self.source, messages, came)

    def kept(self) -> list[dict[str, Any]]:
        """Every event, by key, with what was sealed of it opened."""
        query = (
            sa.select(tracked_events, event_personal.c.sealed)
            .outerjoin(event_personal, event_personal.c.message_key == tracked_events.c.message_key)
            .where(tracked_events.c.source_id == self.source.source_id)
            .order_by(tracked_events.c.message_key)
        )
        with self.shop.database.merchant(self.shop.merchant_id) as unit:
            return [
                {
                    **{name: value for name, value in row._mapping.items() if name not in ("sealed", "transaction_id")},
                    "personal": row.sealed and orjson.loads(unsealed(unit, PERSONAL, row.sealed)),
                }
                for row in unit.connection.execute(query)
            ]

    def aside(self) -> list[tuple[str, str, bytes]]:
        """Reason, field and message of everything in quarantine, by key."""
        table = event_quarantine.c
        query = sa.select(event_quarantine).where(table.source_id == self.source.source_id)
        with self.shop.database.merchant(self.shop.merchant_id) as unit:
            return [
                (row.reason, row.field, unsealed(unit, QUARANTINE, row.sealed))
                for row in unit.connection.execute(query.order_by(table.quarantined_id))
            ]


def sender(shop: Shop, kind: SourceKind = SourceKind.SERVER, per_second: int = FAST, late_days: int = 30) -> Sender:
    with shop.unit() as unit:
        return Sender(shop, *events.create(unit, "小程序", kind, per_second, late_days))


def ago(now: Any, **time: float) -> str:
    """A moment before `now`, as a library writes it."""
    return str((now - timedelta(**time)).isoformat())
