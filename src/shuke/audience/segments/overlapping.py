"""How many members segments share, by their last snapshots."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.audience.errors import SegmentNotFound
from shuke.audience.segments import store
from shuke.audience.segments.model import Overlap, Part
from shuke.audience.segments.tables import segment_members
from shuke.infra.database import Unit

_M = segment_members.c


def overlap(unit: Unit, segment_ids: Sequence[UUID]) -> Overlap:
    """Everybody who is in one of the segments, counted once, by which of them exactly. Raises SegmentNotFound."""
    refs = store.refs(unit, segment_ids)
    if len(refs) < len(set(segment_ids)):
        raise SegmentNotFound
    each = list(dict.fromkeys(segment_ids))
    bit = sa.case({segment_id: 1 << place for place, segment_id in enumerate(each)}, value=_M.segment_id)
    by_member = (
        sa.select(sa.func.bit_or(bit).label("held"))
        .where(_M.merchant_id == unit.merchant_id, _M.segment_id.in_(each))
        .group_by(_M.member_id)
        .subquery()
    )
    rows = unit.connection.execute(sa.select(by_member.c.held, sa.func.count()).group_by(by_member.c.held))
    counted: dict[int, int] = dict(tuple(row) for row in rows)
    parts = [
        Part([segment_id for place, segment_id in enumerate(each) if held >> place & 1], counted.get(held, 0))
        for held in range(1, 1 << len(each))
    ]
    sizes = {segment_id: sum(part.count for part in parts if segment_id in part.of) for segment_id in each}
    return Overlap([(refs[segment_id], sizes[segment_id]) for segment_id in each], parts)
