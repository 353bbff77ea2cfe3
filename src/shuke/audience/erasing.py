"""What of segments goes with a member: she leaves them at once, as if they had been looked at by what they knew."""

from dataclasses import replace
from time import perf_counter
from uuid import UUID

import pyarrow as pa
import sqlalchemy as sa

from shuke.audience.segments import store
from shuke.audience.segments.model import Segment
from shuke.audience.segments.moving import Look, horizon, settle
from shuke.audience.segments.tables import segment_members
from shuke.audience.traits.store import lock as hold_states
from shuke.audience.traits.tables import trait_states
from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.members.service import Goes, Her, Part, Stays, deleted
from shuke.tenancy import service as tenancy

_M = segment_members.c
_NOBODY = pa.chunked_array([pa.array([], pa.string())])


def _in(unit: Unit, her: Her) -> list[UUID]:
    mine = (_M.merchant_id == unit.merchant_id, _M.member_id.in_(her.names))
    return list(unit.connection.scalars(sa.select(_M.segment_id).distinct().where(*mine).order_by(_M.segment_id)))


def _count(unit: Unit, her: Her) -> int:
    return len(_in(unit, her))


def _leave(unit: Unit, her: Her) -> int:
    found = _in(unit, her)
    names = pa.chunked_array([pa.array([str(name) for name in sorted(her.names)], pa.string())])
    for segment_id in found:
        segment = store.get(unit, segment_id, lock=True)
        settle(unit, _as_seen(segment), _NOBODY, _as_before(unit, segment), among=names)
    return len(found)


_STATES = deleted(trait_states, Text("生命周期与活跃度", "Lifecycle and activity"))


def _forget_states(unit: Unit, her: Her) -> int:
    """Whoever notes at this moment where everybody stands is waited for, and waits."""
    hold_states(unit)
    return _STATES.do(unit, her)


def _as_seen(segment: Segment) -> Segment:
    """As it was written at the last look: if it was changed since then, the next one has to ask everybody."""
    return replace(segment, version=segment.last.version) if segment.last else segment


def _as_before(unit: Unit, segment: Segment) -> Look:
    """The next look goes on from where the last one was: this one sees nothing but her."""
    last, begun = segment.last, perf_counter()
    if last is None:
        seen = horizon(unit)
        return Look(tenancy.today(unit), seen, seen, begun)
    return Look(last.as_of, last.upto, last.horizon, begun)


ERASES = Part(
    goes=(
        Goes("segment_members", Text("所在人群（退出）", "Segments she is in"), ("segment_members",), _count, _leave),
        replace(_STATES, do=_forget_states),
    ),
    stays=(
        Stays(
            Text("人群的进出记录", "Who came and went in segments"),
            Text(
                "人群的历史以此核对；只以会员号为键。",
                "Histories of segments add up by it; it is kept by her number alone.",
            ),
            ("segment_moves",),
        ),
    ),
    nobodys=("segments", "segment_uses", "segment_snapshots", "segment_tags", "trait_runs"),
)
