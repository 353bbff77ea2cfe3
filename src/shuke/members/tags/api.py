"""Groups and tags, and what members have of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, allow
from shuke.infra.http_ids import MemberId, TagGroupId, TagId
from shuke.members.tags import catalogue as catalogues
from shuke.members.tags import service
from shuke.members.tags.model import GroupChanges, Held, TagChanges
from shuke.members.tags.views import (
    EntryView,
    GroupChange,
    GroupNew,
    HeldView,
    ListDone,
    MemberList,
    MemberTags,
    MemberTagsChange,
    NameBody,
    PutOnMany,
    TagChange,
    TagGroups,
    TagGroupView,
    TagHistory,
    TagNew,
    TagView,
)
from shuke.tenancy.model import Permission

router = APIRouter(tags=["tags"])

Reader = Annotated[Call, allow(Permission.TAGS_READ)]
Writer = Annotated[Call, allow(Permission.TAGS_WRITE)]


@router.get("/tags")
def list_tags(
    call: Reader, counts: Annotated[bool, Query(description="Count who has each tag now.")] = False
) -> TagGroups:
    """Every group with its tags, archived ones included."""
    with call.unit() as unit:
        found = catalogues.catalogue(unit)
        members = catalogues.counts(unit) if counts else None
    return TagGroups(
        groups=[
            TagGroupView.of(
                group,
                [
                    TagView.of(tag, None if members is None else members.get(tag.tag_id, 0))
                    for tag in found.tags.get(group.group_id, ())
                ],
            )
            for group in found.groups
        ]
    )


@router.post("/tag-groups", status_code=201)
def create_group(body: GroupNew, call: Writer) -> TagGroupView:
    def act(unit: Unit) -> TagGroupView:
        made = catalogues.create_group(unit, body.name.text(), body.colour, exclusive=body.exclusive)
        return TagGroupView.of(made, [])

    return call.once(TagGroupView, body, act)


@router.patch("/tag-groups/{group_id}")
def change_group(group_id: TagGroupId, body: GroupChange, call: Writer) -> TagGroupView:
    """A group becomes exclusive only while nobody has two of it."""

    def act(unit: Unit) -> TagGroupView:
        group = catalogues.change_group(unit, group_id, GroupChanges(**_sent(body)))  # type: ignore[typeddict-item]
        return TagGroupView.of(group, [TagView.of(tag) for tag in catalogues.catalogue(unit).tags.get(group_id, ())])

    return call.once(TagGroupView, body, act)


@router.delete("/tag-groups/{group_id}", status_code=204)
def remove_group(group_id: TagGroupId, call: Writer) -> Response:
    """Take a group away that has no tags."""
    with call.unit() as unit:
        catalogues.remove_group(unit, group_id)
    return Response(status_code=204)


@router.post("/tags", status_code=201)
def create_tag(body: TagNew, call: Writer) -> TagView:
    def act(unit: Unit) -> TagView:
        name = body.name.text()
        return TagView.of(catalogues.create_tag(unit, body.group_id, body.code, name, body.colour, body.days))

    return call.once(TagView, body, act)


@router.patch("/tags/{tag_id}")
def change_tag(tag_id: TagId, body: TagChange, call: Writer) -> TagView:
    """An archived tag is put on nobody and counts nowhere; who has it has it again when it is restored."""
    changes = TagChanges(**_sent(body))  # type: ignore[typeddict-item]
    return call.once(TagView, body, lambda unit: TagView.of(catalogues.change_tag(unit, tag_id, changes)))


@router.post("/tags/{tag_id}/put")
def put_on_many(tag_id: TagId, body: PutOnMany, call: Writer) -> ListDone:
    """Put a tag on a list of members; longer lists are imported (kind `tags`)."""
    return call.once(
        ListDone, body, lambda unit: ListDone.of(service.put_on_many(unit, tag_id, body.member_ids, body.until))
    )


@router.post("/tags/{tag_id}/take-off")
def take_off_many(tag_id: TagId, body: MemberList, call: Writer) -> ListDone:
    return call.once(ListDone, body, lambda unit: ListDone.of(service.take_off_many(unit, tag_id, body.member_ids)))


@router.get("/members/{member_id}/tags")
def member_tags(member_id: MemberId, call: Reader) -> MemberTags:
    """What counts now, in the order of the groups."""
    with call.unit() as unit:
        return _present(service.of_member(unit, member_id))


@router.post("/members/{member_id}/tags")
def change_member_tags(member_id: MemberId, body: MemberTagsChange, call: Writer) -> MemberTags:
    """Put tags on a member and take others off; says what she has then."""

    def act(unit: Unit) -> MemberTags:
        puttings = {each.tag_id: each.until for each in body.put}
        return _present(service.change(unit, member_id, puttings, set(body.take_off)))

    return call.once(MemberTags, body, act)


@router.get("/members/{member_id}/tags/history")
def member_tag_history(member_id: MemberId, call: Reader, limit: Limit = 50, cursor: Cursor = None) -> TagHistory:
    """Newest first."""
    with call.unit() as unit:
        entries, following = service.history(unit, member_id, cursor, limit)
    return TagHistory(items=[EntryView.of(entry) for entry in entries], next_cursor=following)


def _present(held: list[Held]) -> MemberTags:
    return MemberTags(items=[HeldView.of(each) for each in held])


def _sent(body: Body) -> dict[str, object]:
    sent: dict[str, object] = {name: getattr(body, name) for name in body.model_fields_set}
    return {name: value.text() if isinstance(value, NameBody) else value for name, value in sent.items()}
