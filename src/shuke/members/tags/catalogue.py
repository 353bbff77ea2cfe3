"""Groups and tags themselves: made, changed, archived, counted."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.members.tags import rules
from shuke.members.tags.errors import (
    GroupNotEmpty,
    GroupNotFound,
    SeveralHeld,
    TagCodeTaken,
    TagNotFound,
    TooManyTags,
)
from shuke.members.tags.model import Catalogue, Colour, Group, GroupChanges, Tag, TagChanges
from shuke.members.tags.store import in_force
from shuke.members.tags.tables import member_tags, tag_groups, tags
from shuke.tenancy import service as tenancy

_G, _T, _M = tag_groups.c, tags.c, member_tags.c


def catalogue(unit: Unit) -> Catalogue:
    """Every group, and every tag under its group."""
    groups = unit.connection.execute(
        sa.select(tag_groups).where(_G.merchant_id == unit.merchant_id).order_by(_G.position, _G.group_id)
    )
    found: dict[UUID, list[Tag]] = {}
    for row in unit.connection.execute(sa.select(tags).where(_T.merchant_id == unit.merchant_id).order_by(_T.code)):
        found.setdefault(row.group_id, []).append(tag_of(row))
    return Catalogue(tuple(_group(row) for row in groups), {group: tuple(each) for group, each in found.items()})


def counts(unit: Unit) -> dict[UUID, int]:
    """How many members have each tag now; tags that nobody has are not in it."""
    joined = sa.and_(_T.merchant_id == _M.merchant_id, _T.tag_id == _M.tag_id)
    rows = unit.connection.execute(
        sa.select(_M.tag_id, sa.func.count())
        .join_from(member_tags, tags, joined)
        .where(_M.merchant_id == unit.merchant_id, in_force(unit.now())[0])
        .group_by(_M.tag_id)
    )
    return {row[0]: row[1] for row in rows}


def create_group(unit: Unit, name: Text, colour: Colour, *, exclusive: bool) -> Group:
    """A new group, behind the others. Raises Invalid, TooManyTags."""
    _hold(unit)
    known = unit.connection.execute(
        sa.select(sa.func.count().label("groups"), sa.func.max(_G.position).label("last")).where(
            _G.merchant_id == unit.merchant_id
        )
    ).one()
    _few_enough(known.groups < rules.GROUPS_MAX)
    group = Group(new_id(), rules.normal_name(name.zh, name.en), colour, exclusive, (known.last or 0) + 1)
    unit.connection.execute(
        tag_groups.insert().values(merchant_id=unit.merchant_id, group_id=group.group_id, **_group_values(group))
    )
    _record(unit, "tag_group.created", "tag_group", group.group_id, None, _group_values(group))
    return group


def change_group(unit: Unit, group_id: UUID, changes: GroupChanges) -> Group:
    """Raises GroupNotFound, Invalid, and SeveralHeld where a group becomes exclusive of which somebody has two."""
    before = _held_group(unit, group_id)
    name = changes.get("name", before.name)
    after = Group(
        group_id,
        rules.normal_name(name.zh, name.en),
        changes.get("colour", before.colour),
        changes.get("exclusive", before.exclusive),
        changes.get("position", before.position),
    )
    if after == before:
        return before
    if after.exclusive and not before.exclusive and (several := _several(unit, group_id)):
        raise SeveralHeld(count=several)
    unit.connection.execute(tag_groups.update().where(*_is_group(unit, group_id)).values(**_group_values(after)))
    _record(unit, "tag_group.changed", "tag_group", group_id, _group_values(before), _group_values(after))
    return after


def remove_group(unit: Unit, group_id: UUID) -> None:
    """Raises GroupNotFound, and GroupNotEmpty while it has tags: those may be archived, not removed."""
    group = _held_group(unit, group_id)
    inside = sa.select(sa.func.count()).where(_T.merchant_id == unit.merchant_id, _T.group_id == group_id)
    if count := unit.connection.scalar(inside):
        raise GroupNotEmpty(count=count)
    unit.connection.execute(tag_groups.delete().where(*_is_group(unit, group_id)))
    _record(unit, "tag_group.removed", "tag_group", group_id, _group_values(group), None)


def create_tag(unit: Unit, group_id: UUID, code: str, name: Text, colour: Colour | None, days: int | None) -> Tag:
    """Raises Invalid, GroupNotFound, TagCodeTaken, TooManyTags."""
    rules.check_code(code)
    tag = Tag(new_id(), group_id, code, rules.normal_name(name.zh, name.en), colour, days, None)
    _hold(unit)
    there = sa.exists().where(_G.merchant_id == unit.merchant_id, _G.group_id == group_id)
    if not unit.connection.scalar(sa.select(there)):
        raise GroupNotFound
    known = sa.select(sa.func.count()).where(_T.merchant_id == unit.merchant_id)
    _few_enough((unit.connection.scalar(known) or 0) < rules.TAGS_MAX)
    added = unit.connection.execute(
        insert(tags)
        .values(merchant_id=unit.merchant_id, tag_id=tag.tag_id, group_id=group_id, code=code, **_tag_values(tag))
        .on_conflict_do_nothing()
        .returning(_T.tag_id)
    )
    if added.first() is None:
        raise TagCodeTaken(code=code)
    _record(unit, "tag.created", "tag", tag.tag_id, None, {"code": code, **_tag_values(tag)})
    return tag


def change_tag(unit: Unit, tag_id: UUID, changes: TagChanges) -> Tag:
    """Its code and group stay for ever; another number of days is for who gets it from now on. Raises TagNotFound,
    Invalid."""
    mine = (_T.merchant_id == unit.merchant_id, _T.tag_id == tag_id)
    row = unit.connection.execute(sa.select(tags).where(*mine).with_for_update()).first()
    if row is None:
        raise TagNotFound
    before = tag_of(row)
    name = changes.get("name", before.name)
    archived = changes.get("archived", before.archived_at is not None)
    after = Tag(
        tag_id,
        before.group_id,
        before.code,
        rules.normal_name(name.zh, name.en),
        changes.get("colour", before.colour),
        changes.get("days", before.days),
        (before.archived_at or unit.now()) if archived else None,
    )
    if after != before:
        unit.connection.execute(tags.update().where(*mine).values(**_tag_values(after)))
        _record(unit, "tag.changed", "tag", tag_id, _tag_values(before), _tag_values(after))
    return after


def tag_of(row: Any) -> Tag:
    colour = None if row.colour is None else Colour(row.colour)
    return Tag(row.tag_id, row.group_id, row.code, Text(**row.name), colour, row.days, row.archived_at)


def _is_group(unit: Unit, group_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return (_G.merchant_id == unit.merchant_id, _G.group_id == group_id)


def _held_group(unit: Unit, group_id: UUID) -> Group:
    """The group, nobody else's to change until the end of the unit. Raises GroupNotFound."""
    row = unit.connection.execute(sa.select(tag_groups).where(*_is_group(unit, group_id)).with_for_update()).first()
    if row is None:
        raise GroupNotFound
    return _group(row)


def _group(row: Any) -> Group:
    return Group(row.group_id, Text(**row.name), Colour(row.colour), row.exclusive, row.position)


def _several(unit: Unit, group_id: UUID) -> int:
    """How many members have more than one tag of the group."""
    joined = sa.and_(_T.merchant_id == _M.merchant_id, _T.tag_id == _M.tag_id)
    several = (
        sa.select(_M.member_id)
        .join_from(member_tags, tags, joined)
        .where(_M.merchant_id == unit.merchant_id, _T.group_id == group_id)
        .group_by(_M.member_id)
        .having(sa.func.count() > 1)
    ).subquery()
    return unit.connection.scalar(sa.select(sa.func.count()).select_from(several)) or 0


def _hold(unit: Unit) -> None:
    """One after another, so that the limits are counted right."""
    lock = f"tags/{unit.merchant_id}"
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(lock, 0))))


def _few_enough(few: bool) -> None:
    if not few:
        raise TooManyTags(groups=rules.GROUPS_MAX, tags=rules.TAGS_MAX)


def _group_values(group: Group) -> dict[str, Any]:
    return {
        "name": {"zh": group.name.zh, "en": group.name.en},
        "colour": str(group.colour),
        "exclusive": group.exclusive,
        "position": group.position,
    }


def _tag_values(tag: Tag) -> dict[str, Any]:
    return {
        "name": {"zh": tag.name.zh, "en": tag.name.en},
        "colour": None if tag.colour is None else str(tag.colour),
        "days": tag.days,
        "archived_at": tag.archived_at,
    }


def _record(
    unit: Unit, action: str, kind: str, of: UUID, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    if before is not None and after is not None:
        changed = [name for name in after if before[name] != after[name]]
        before, after = {name: before[name] for name in changed}, {name: after[name] for name in changed}
    tenancy.record_change(unit, action, kind, of, before, after)
