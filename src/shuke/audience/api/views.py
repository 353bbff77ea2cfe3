"""Segments as the API hears and shows them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shuke.audience.model import Cap, Node, SetOf
from shuke.audience.naming import described_for
from shuke.audience.rules.sets import set_of, tree_of
from shuke.audience.segments.model import (
    Draft,
    Lineage,
    Refresh,
    Segment,
    SegmentKind,
    SegmentRef,
    SegmentStatus,
    Tagging,
)
from shuke.infra.database import Unit
from shuke.infra.http import Body, TextView, View
from shuke.infra.http_ids import SegmentId, TagId
from shuke.infra.http_refs import MemberRef
from shuke.members import service as members

_CapField = Annotated[Cap | None, Field(description="Not all of them, but so many.")]
_SetField = Annotated[SetOf | None, Field(description="Of a `set`: the segments that it is made of.")]


class SegmentBody(Body):
    """A `rule` has a `tree`, a `set` has other segments (`sets`), an `upload` has neither: files fill it. It is looked
    at again `continuous`, within minutes of what happens, `daily` at night, or `once`, when asked."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    kind: SegmentKind = SegmentKind.RULE
    tree: Node | None = None
    sets: _SetField = None
    cap: _CapField = None
    refresh: Refresh = Refresh.DAILY

    @model_validator(mode="after")
    def _of_its_kind(self) -> "SegmentBody":
        fits = (self.tree is not None, self.sets is not None) == (
            self.kind is SegmentKind.RULE,
            self.kind is SegmentKind.SET,
        )
        if not fits or (self.cap is not None and self.kind is SegmentKind.UPLOAD):
            raise PydanticCustomError(
                "kind", "A rule has a tree, a set has sets, an upload has none of these and no cap: give what fits."
            )
        return self

    def draft(self) -> Draft:
        tree = tree_of(self.sets) if self.sets else self.tree
        return Draft(self.code, self.name, tree, self.refresh, self.kind, self.cap)


class SegmentChange(SegmentBody):
    version: Annotated[int, Field(description="Of the segment as it was read: another one means that it has changed.")]


class SnapshotView(View):
    """`as_of`: the business day that windows end with. `entered` and `left`: since the snapshot before."""

    number: int
    at: datetime
    as_of: date
    size: int
    entered: int
    left: int
    took_ms: int


class TagRef(View):
    id: TagId
    name: TextView

    @classmethod
    def of(cls, unit: Unit, tag_id: UUID) -> "TagRef":
        return cls(id=tag_id, name=TextView.of(members.tag_names(unit, {tag_id})[tag_id]))


class SegmentView(View):
    """`tree` is null for an upload; a set has one too, of its segments."""

    id: SegmentId
    code: str
    name: str
    kind: SegmentKind
    tree: Node | None
    sets: _SetField
    cap: _CapField
    words: TextView
    refresh: Refresh
    status: SegmentStatus
    version: int
    updated_at: datetime
    last: Annotated[SnapshotView | None, Field(description="Null until it was looked at for the first time.")]
    tag: Annotated[TagRef | None, Field(description="Its members have this tag, as long as they are in it.")]

    @classmethod
    def of(cls, unit: Unit, segment: Segment) -> "SegmentView":
        draft = segment.draft
        return cls(
            id=segment.segment_id,
            code=draft.code,
            name=draft.name,
            kind=draft.kind,
            tree=draft.tree,
            sets=set_of(draft.tree) if draft.tree and draft.kind is SegmentKind.SET else None,
            cap=draft.cap,
            words=TextView.of(described_for(unit, draft.tree, draft.cap)),
            refresh=draft.refresh,
            status=segment.status,
            version=segment.version,
            updated_at=segment.updated_at,
            last=SnapshotView.model_validate(segment.last) if segment.last else None,
            tag=TagRef.of(unit, segment.tag_id) if segment.tag_id else None,
        )


class SegmentTagBody(Body):
    tag_id: Annotated[TagId | None, Field(description="Null: it puts none any more.")]


class SegmentTagging(View):
    """`members` have the tag because they are in the segment; `pending` while some have still to get or lose it."""

    tag: TagRef | None
    members: int
    pending: bool

    @classmethod
    def of(cls, unit: Unit, tagging: Tagging) -> "SegmentTagging":
        tag = TagRef.of(unit, tagging.tag_id) if tagging.tag_id else None
        return cls(tag=tag, members=tagging.members, pending=tagging.pending)


class SegmentList(View):
    items: list[SegmentView]
    next_cursor: str | None


class SnapshotList(View):
    items: list[SnapshotView]
    next_cursor: str | None


class SegmentMember(View):
    member: MemberRef
    since: datetime


class SegmentMemberList(View):
    items: list[SegmentMember]
    next_cursor: str | None


class SegmentRefView(View):
    id: SegmentId
    code: str
    name: str

    @classmethod
    def of(cls, ref: SegmentRef) -> "SegmentRefView":
        return cls(id=ref.segment_id, code=ref.code, name=ref.name)


class SegmentUse(View):
    """One segment is made of another, among others."""

    segment_id: SegmentId
    used_id: SegmentId


class SegmentLineage(View):
    """What a segment is made of and what is made of it, itself among them."""

    segments: list[SegmentRefView]
    uses: list[SegmentUse]

    @classmethod
    def of(cls, lineage: Lineage) -> "SegmentLineage":
        return cls(
            segments=[SegmentRefView.of(each) for each in lineage.segments],
            uses=[SegmentUse(segment_id=user, used_id=used) for user, used in lineage.uses],
        )
