"""Facts leave PostgreSQL in the order in which they became visible.

A range ends below every transaction that still runs, so nothing can appear in it any more; what an event tells of is
never rewritten. So a range that is exported again, after a crash or from scratch, gives the same facts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.lake.fetching import fetch
from shuke.infra.lake.folder import LakeFolder, Range, written
from shuke.infra.lake.tables import lake_exports
from shuke.infra.outbox import HORIZON, domain_events

EVENTS = 200_000
"""Events of a range, about: whole transactions are taken, and at least one."""

_event = domain_events.c
_SETTLED = _event.transaction_id < HORIZON


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset, and the rows that a range of transactions adds to it. No personal data."""

    dataset: str
    schema: pa.Schema
    rows: Callable[[Unit, sa.Subquery], sa.Select[Any]]
    """`events` of the range (type, subject_id, member_id, occurred_at, event_id, transaction_id) → what they tell of,
    in one order."""
    spelled: pa.Schema | None = None
    """How the rows come, where that is not as they are written."""
    shaped: Callable[[pa.Table], pa.Table] | None = None
    """Makes of them what is written."""
    heavy: Mapping[str, int] = field(default_factory=dict)
    """Types of events that tell of many rows, of how many about."""


def position(unit: Unit) -> int:
    """The last transaction that was exported; 0 before the first."""
    last = sa.select(sa.func.max(lake_exports.c.upto)).where(lake_exports.c.merchant_id == unit.merchant_id)
    return unit.connection.scalar(last) or 0


def exported(unit: Unit) -> list[Range]:
    """The ranges that were exported, oldest first; each begins where the one before it ended."""
    table = lake_exports.c
    rows = unit.connection.execute(
        sa.select(table.after, table.upto).where(table.merchant_id == unit.merchant_id).order_by(table.upto)
    )
    return [Range(row.after, row.upto) for row in rows]


def export_next(unit: Unit, folder: LakeFolder, sources: Sequence[Source], limit: int = EVENTS) -> Range | None:
    """Write the next range and note it; None when there is nothing to export. One at a time for each merchant."""
    heavy = {kind: rows for source in sources for kind, rows in source.heavy.items()}
    span = next_range(unit, position(unit), limit, heavy)
    if span is None:
        return None
    counted = {source.dataset: write(unit, folder, source, span) for source in sources}
    unit.connection.execute(
        lake_exports.insert().values(
            merchant_id=unit.merchant_id, after=span.after, upto=span.upto, rows=counted, exported_at=unit.now()
        )
    )
    return span


def next_range(unit: Unit, after: int, limit: int, heavy: Mapping[str, int]) -> Range | None:
    in_order = (_event.transaction_id, _event.event_id)
    one = sa.literal(1)
    weight = sa.case(*((_event.type == kind, rows) for kind, rows in heavy.items()), else_=one) if heavy else one
    some = (
        sa.select(_event.transaction_id, (sa.func.sum(weight).over(order_by=in_order) - weight).label("before"))
        .where(_event.merchant_id == unit.merchant_id, _event.transaction_id > after, _SETTLED)
        .order_by(*in_order)
        .limit(limit)
        .subquery()
    )
    upto = unit.connection.scalar(sa.select(sa.func.max(some.c.transaction_id)).where(some.c.before < limit))
    return None if upto is None else Range(after, upto)


def tells_of(unit: Unit, span: Range, kind: str) -> bool:
    """Whether an event of a kind is in a range."""
    within = (_event.transaction_id > span.after, _event.transaction_id <= span.upto)
    return bool(
        unit.connection.scalar(
            sa.select(sa.exists().where(_event.merchant_id == unit.merchant_id, _event.type == kind, *within))
        )
    )


def write(unit: Unit, folder: LakeFolder, source: Source, span: Range) -> int:
    """Write the partition of a range; how many rows it has. Nothing is written for none."""
    events = (
        sa.select(
            _event.type,
            _event.subject_id,
            _event.member_id,
            _event.occurred_at,
            _event.event_id,
            _event.transaction_id,
        )
        .where(
            _event.merchant_id == unit.merchant_id,
            _event.transaction_id > span.after,
            _event.transaction_id <= span.upto,
        )
        .subquery("told")
    )
    table = fetch(unit, source.rows(unit, events), source.spelled or source.schema)
    if source.shaped:
        table = source.shaped(table)
    path = folder.partition(source.dataset, span)
    if not table.num_rows:
        path.unlink(missing_ok=True)
        return 0
    with written(path) as beside:
        pq.write_table(table, beside, compression="zstd")
    return int(table.num_rows)
