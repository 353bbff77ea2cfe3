"""Members of segments out of a file: one row for each member of each segment of kind upload."""

from collections import defaultdict
from collections.abc import Mapping
from time import perf_counter
from uuid import UUID

import pyarrow as pa

from shuke.audience.segments import store
from shuke.audience.segments.model import SegmentKind, SegmentStatus
from shuke.audience.segments.moving import Look, horizon, settle
from shuke.infra.database import Unit
from shuke.infra.imports import bulk, parsing
from shuke.infra.imports.fields import Field
from shuke.infra.imports.kinds import Context, Outcome, Reading, Rows
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.tenancy import service as tenancy

_NO_UPLOAD = Text("该人群不是名单人群，不能导入", "this segment goes by a rule: files cannot fill it")
_ARCHIVED = Text("该人群已归档", "this segment is archived")
_NOBODY = pa.chunked_array([pa.array([], pa.string())])


class SegmentMemberImport:
    """The segment is known by its code, a member by number, reference, phone or card. Nobody leaves by a file."""

    name = "segment_members"
    label = Text("人群名单", "Members of segments")
    group = None
    threads = 1
    notes: Mapping[str, Text] = {}

    def fields(self, _reading: Reading) -> tuple[Field, ...]:
        code = Field(
            "segment_code", Text("人群编码", "Segment"), parsing.text(40), True, synonyms=("segment", "code", "人群")
        )
        return (code, *members.FILE_FIELDS)

    def loader(self, _context: Context) -> "SegmentMemberLoader":
        return SegmentMemberLoader()


class SegmentMemberLoader:
    def remember(self, rows: Rows) -> None:
        """The same member twice is the same fact."""

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        outcome = Outcome()
        people = members.recognise(unit, rows, outcome)
        codes = [str(code) for code in rows.values("segment_code")]
        known = store.by_codes(unit, set(codes))
        wanted: dict[UUID, set[UUID]] = defaultdict(set)
        for position, (code, member_id) in enumerate(zip(codes, people, strict=True)):
            segment = known.get(code)
            if segment is None:
                outcome.rejects[position] = Text(f"没有人群“{code}”", f"there is no segment {code}")
            elif segment.draft.kind is not SegmentKind.UPLOAD:
                outcome.rejects[position] = _NO_UPLOAD
            elif segment.status is SegmentStatus.ARCHIVED:
                outcome.rejects[position] = _ARCHIVED
            elif member_id is not None:
                wanted[segment.segment_id].add(member_id)
        for segment_id in sorted(wanted):
            outcome.created += _add(unit, segment_id, wanted[segment_id])
        outcome.unchanged = len(rows) - len(outcome.rejects) - outcome.created
        return outcome


def _add(unit: Unit, segment_id: UUID, member_ids: set[UUID]) -> int:
    """How many were not in it yet."""
    segment = store.get(unit, segment_id, lock=True)
    fresh = member_ids - set(unit.connection.scalars(store.held(unit, segment_id).where(store.among(member_ids))))
    if not fresh:
        return 0
    seen = horizon(unit)
    found = pa.chunked_array([bulk.hex_ids(sorted(fresh))])
    settle(unit, segment, found, Look(tenancy.today(unit), seen, seen, perf_counter()), among=_NOBODY)
    return len(fresh)
