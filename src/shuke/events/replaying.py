"""Messages that were set aside are read again: what is an event by now becomes one, the rest stays where it is.

Somebody has looked at them: how long ago they happened does not matter any more, and what was the future may have come.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.events import schemas
from shuke.events.ingesting import judged, keep
from shuke.events.model import Event, Reason, Source
from shuke.events.rules.linking import BELIEVED
from shuke.events.rules.reading import AHEAD, Arrival
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


@dataclass(frozen=True, slots=True)
class _Read:
    """A row of the quarantine, and what its message says."""

    row: Any
    source: Source
    message: object
    event: Event


def preview(unit: Unit, ids: Collection[UUID]) -> Replayed:
    """What `replay` would come to. Raises NotFound."""
    rows = _found(unit, ids, _chosen(unit, ids))
    readable = len(_read(unit, rows))
    return Replayed(readable, len(rows) - readable)


def replay(unit: Unit, ids: Collection[UUID]) -> Replayed:
    """Read these again; those that are events already change nothing. Raises NotFound."""
    rows = _found(unit, ids, _chosen(unit, ids).with_for_update())
    done = _read(unit, rows)
    requests: dict[tuple[UUID, datetime], list[_Read]] = defaultdict(list)
    for each in done:
        requests[each.source.source_id, each.row.received_at].append(each)
    for (_, received), together in requests.items():
        keep(unit, together[0].source, [(each.message, each.event) for each in together], received)
    _leave(unit, [each.row for each in done])
    return Replayed(len(done), len(rows) - len(done))


def _chosen(unit: Unit, ids: Collection[UUID]) -> sa.Select[Any]:
    """Those of the ids that are set aside, or were replayed. Locked in this order, nobody else reads them meanwhile."""
    mine = sa.and_(_aside.merchant_id == unit.merchant_id, _aside.quarantined_id.in_(list(ids)))
    return sa.select(event_quarantine).where(mine).order_by(_aside.quarantined_id)


def _found(unit: Unit, ids: Collection[UUID], query: sa.Select[Any]) -> list[Any]:
    rows = list(unit.connection.execute(query))
    if len(rows) < len(set(ids)):
        raise NotFound(what="message")
    return rows


def _read(unit: Unit, rows: list[Any]) -> list[_Read]:
    """Those that are events by now."""
    sources, plan = sources_by_id(unit, {row.source_id for row in rows}), schemas.plan(unit)
    found = []
    for row in rows:
        source = sources[row.source_id]
        if row.reason == Reason.TOO_LARGE:  # of which only the beginning is there
            continue
        if row.reason == Reason.TRAIT and source.kind not in BELIEVED:  # who names a member there is nobody
            continue
        message = parsed(unsealed(unit, QUARANTINE, row.sealed))
        came = Arrival(row.received_at, None, unit.now() + AHEAD)
        event = judged(message, dumped(message), came, source, plan)
        if isinstance(event, Event):
            found.append(_Read(row, source, message, event))
    return found


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
