"""Messages that were set aside are read again: what is an event by now becomes one, the rest stays where it is.

Somebody has looked at them: how long ago they happened does not matter any more, and what was the future may have come.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.events.ingesting import ingest
from shuke.events.model import Event, Reason
from shuke.events.rules.reading import AHEAD, Arrival, read
from shuke.events.rules.shape import dumped
from shuke.events.rules.unpacking import parsed
from shuke.events.sealing import QUARANTINE, unsealed
from shuke.events.sources import sources_by_id
from shuke.events.tables import event_quarantine
from shuke.infra.database import Unit
from shuke.kernel.errors import NotFound
from shuke.tenancy import service as tenancy

_aside = event_quarantine.c


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many became events, and how many stay."""

    replayed: int
    left: int


def replay(unit: Unit, ids: Collection[UUID]) -> Replayed:
    """Read these again; those that are events already change nothing. Raises NotFound."""
    rows = _locked(unit, ids)
    if len(rows) < len(set(ids)):
        raise NotFound(what="message")
    sources = sources_by_id(unit, {row.source_id for row in rows})
    done: list[Any] = []
    for row in rows:
        if row.reason == Reason.TOO_LARGE:  # of which only the beginning is there
            continue
        message = parsed(unsealed(unit, QUARANTINE, row.sealed))
        came = Arrival(row.received_at, None, unit.now() + AHEAD)
        if isinstance(read(message, dumped(message), came), Event):
            ingest(unit, sources[row.source_id], [message], came)
            done.append(row)
    _leave(unit, done)
    return Replayed(len(done), len(rows) - len(done))


def _locked(unit: Unit, ids: Collection[UUID]) -> list[Any]:
    """Those of the ids that are still set aside, or were replayed: nobody else reads them at the same time."""
    query = (
        sa.select(event_quarantine)
        .where(_aside.merchant_id == unit.merchant_id, _aside.quarantined_id.in_(list(ids)))
        .order_by(_aside.quarantined_id)
        .with_for_update()
    )
    return list(unit.connection.execute(query))


def _leave(unit: Unit, done: list[Any]) -> None:
    """Out of quarantine, and into the log for each source."""
    fresh = [row for row in done if row.replayed_at is None]
    if not fresh:
        return
    mine = sa.and_(
        _aside.merchant_id == unit.merchant_id, _aside.quarantined_id.in_([row.quarantined_id for row in fresh])
    )
    unit.connection.execute(event_quarantine.update().where(mine).values(replayed_at=unit.now()))
    for source_id, messages in Counter(row.source_id for row in fresh).items():
        said = {"messages": messages}
        tenancy.record_change(unit, "event_quarantine.replayed", "event_source", source_id, None, said)
