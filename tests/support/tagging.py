"""Shorthands for tags in tests: groups and tags made, put and taken off as the product does."""

from collections.abc import Collection
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.members.model import Member
from shuke.members.tags import catalogue, service
from shuke.members.tags.audit import audit
from shuke.members.tags.model import Colour, Tag
from tests.support.world import Shop


def tag(unit: Unit, code: str, *, group: UUID | None = None, days: int | None = None) -> Tag:
    """A tag; without a group, in one of its own."""
    group = group or group_of(unit)
    return catalogue.create_tag(unit, group, code, Text(code, code), None, days)


def group_of(unit: Unit, *, exclusive: bool = False) -> UUID:
    return catalogue.create_group(unit, Text("客群", "Crowds"), Colour.BLUE, exclusive=exclusive).group_id


def tagged(shop: Shop, member: Member, *codes: str, days: int | None = None) -> list[Tag]:
    """The member has these new tags."""
    with shop.unit() as unit:
        made = [tag(unit, code, days=days) for code in codes]
        service.change(unit, member.member_id, {each.tag_id: None for each in made}, ())
    return made


def held(unit: Unit, member_id: UUID) -> set[str]:
    return {each.tag.code for each in service.of_member(unit, member_id)}


def broken(unit: Unit) -> list[str]:
    return [check.name for check in audit(unit) if not check.ok]


def put(unit: Unit, made: Tag, member_ids: Collection[UUID]) -> None:
    service.put_on_many(unit, made.tag_id, member_ids)
