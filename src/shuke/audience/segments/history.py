"""Who came and who went, and when."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.audience.segments.model import Move, MovePosition
from shuke.audience.segments.tables import segment_moves, segment_snapshots
from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.infra.outbox import HORIZON
from shuke.kernel.paging import Page

_V, _S = segment_moves.c, segment_snapshots.c
BEGINNING = MovePosition(0, UUID(int=0), UUID(int=0))
"""Before all moves."""


def moves_after(
    unit: Unit, position: MovePosition, limit: int, segment_id: UUID | None = None
) -> tuple[Sequence[Move], MovePosition]:
    """The next entries and exits after `position`, of all segments (None) or of one, in an order that never gains rows
    behind it; and the position after them."""
    here = (position.transaction_id, position.segment_id, position.member_id)
    query = _query(unit).where(
        sa.tuple_(_V.transaction_id, _V.segment_id, _V.member_id) > here, _V.transaction_id < HORIZON
    )
    if segment_id is not None:
        query = query.where(_V.segment_id == segment_id)
    rows = unit.connection.execute(query.order_by(_V.transaction_id, _V.segment_id, _V.member_id).limit(limit)).all()
    following = MovePosition(rows[-1].transaction_id, rows[-1].segment_id, rows[-1].member_id) if rows else position
    return [_read(row) for row in rows], following


def moves_of(unit: Unit, segment_id: UUID, number: int, cursor: str | None, limit: int) -> Page[Move]:
    """Who came and went with one snapshot. Raises BadCursor."""
    query = _query(unit).where(_V.segment_id == segment_id, _V.number == number)
    rows, following = page(unit, query, Sort(_V.entered, _V.member_id, descending=True), cursor, limit)
    return Page([_read(row) for row in rows], following)


def _query(unit: Unit) -> sa.Select[Any]:
    same = sa.and_(_S.merchant_id == _V.merchant_id, _S.segment_id == _V.segment_id, _S.number == _V.number)
    return sa.select(segment_moves, _S.at).join(segment_snapshots, same).where(_V.merchant_id == unit.merchant_id)


def _read(row: Any) -> Move:
    return Move(row.segment_id, row.number, row.member_id, row.entered, row.at)
