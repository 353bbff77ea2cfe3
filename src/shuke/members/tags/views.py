"""Tags in JSON."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from shuke.infra.http import Body, TextView, View
from shuke.infra.http_ids import MemberId, TagEntryId, TagGroupId, TagId
from shuke.kernel.text import Text
from shuke.members.tags import rules
from shuke.members.tags.model import Colour, Done, Entry, Group, Held, Source, Tag

Days = Annotated[int, Field(ge=1, le=rules.DAYS_MAX, description="The tag lapses so many days after it was put.")]
Word = Annotated[str, Field(max_length=rules.NAME_MAX)]


class NameBody(Body):
    """A language left empty says what the other says."""

    zh: Word = ""
    en: Word = ""

    def text(self) -> Text:
        return Text(self.zh, self.en)


class GroupNew(Body):
    """Of an exclusive group a member has at most one tag: putting one takes the others off."""

    name: NameBody
    colour: Colour = Colour.GREY
    exclusive: bool = False


class GroupChange(Body):
    """Only what is sent changes."""

    name: NameBody = Field(default_factory=NameBody)
    colour: Colour = Colour.GREY
    exclusive: bool = False
    position: Annotated[int, Field(ge=0, le=100_000)] = 0


class TagNew(Body):
    """`code` names the tag in offers and files, for ever. No colour: its group's. No days: it lasts."""

    group_id: TagGroupId
    code: Annotated[str, Field(min_length=1, max_length=rules.CODE_MAX)]
    name: NameBody
    colour: Colour | None = None
    days: Days | None = None


class TagChange(Body):
    """Only what is sent changes; days are for whom the tag is put on from now on."""

    name: NameBody = Field(default_factory=NameBody)
    colour: Colour | None = None
    days: Days | None = None
    archived: bool = False


class TagView(View):
    """`members` have it now; null where it was not asked for."""

    id: TagId
    group_id: TagGroupId
    code: str
    name: TextView
    colour: Colour | None
    days: int | None
    archived: bool
    members: int | None = None

    @classmethod
    def of(cls, tag: Tag, members: int | None = None) -> "TagView":
        return cls(
            id=tag.tag_id,
            group_id=tag.group_id,
            code=tag.code,
            name=TextView.of(tag.name),
            colour=tag.colour,
            days=tag.days,
            archived=tag.archived_at is not None,
            members=members,
        )


class TagGroupView(View):
    id: TagGroupId
    name: TextView
    colour: Colour
    exclusive: bool
    position: int
    tags: list[TagView]

    @classmethod
    def of(cls, group: Group, tags: list[TagView]) -> "TagGroupView":
        return cls(
            id=group.group_id,
            name=TextView.of(group.name),
            colour=group.colour,
            exclusive=group.exclusive,
            position=group.position,
            tags=tags,
        )


class TagGroups(View):
    groups: list[TagGroupView]


class HeldView(View):
    tag: TagView
    since: datetime
    until: datetime | None
    source: Source

    @classmethod
    def of(cls, held: Held) -> "HeldView":
        return cls(tag=TagView.of(held.tag), since=held.since, until=held.until, source=held.source)


class MemberTags(View):
    items: list[HeldView]


class PutBody(Body):
    """`until` absent: as the tag says."""

    tag_id: TagId
    until: AwareDatetime | None = None


class MemberTagsChange(Body):
    """First what is taken off, then what is put."""

    put: Annotated[list[PutBody], Field(max_length=50)] = Field(default_factory=list)
    take_off: Annotated[list[TagId], Field(max_length=50)] = Field(default_factory=list)


class EntryView(View):
    """`put` false: it was taken off, lapsed, or made room for another tag of its group."""

    id: TagEntryId
    tag: TagView
    put: bool
    at: datetime
    until: datetime | None
    source: Source
    by: str

    @classmethod
    def of(cls, entry: Entry) -> "EntryView":
        return cls(
            id=entry.entry_id,
            tag=TagView.of(entry.tag),
            put=entry.put,
            at=entry.at,
            until=entry.until,
            source=entry.source,
            by=entry.by,
        )


class TagHistory(View):
    items: list[EntryView]
    next_cursor: str | None


class MemberList(Body):
    member_ids: Annotated[list[MemberId], Field(min_length=1, max_length=rules.MEMBERS_MAX)]


class PutOnMany(MemberList):
    until: AwareDatetime | None = None


class ListDone(View):
    """`renewed` have it until another time now; `unknown` are nobody here, and nothing happened to them."""

    changed: int
    renewed: int
    unchanged: int
    unknown: list[MemberId]

    @classmethod
    def of(cls, done: Done) -> "ListDone":
        return cls(changed=done.changed, renewed=done.renewed, unchanged=done.unchanged, unknown=list(done.unknown))
