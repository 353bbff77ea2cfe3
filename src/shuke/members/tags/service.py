"""Tags are put on members and taken off: by hand, by lists, out of files, and by time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.infra.outbox import emit
from shuke.members.errors import MemberNotFound
from shuke.members.merging.present import present
from shuke.members.tables import members
from shuke.members.tags import rules, store
from shuke.members.tags.catalogue import tag_of
from shuke.members.tags.errors import OneOfGroup, TagArchived, TagNotFound
from shuke.members.tags.model import Done, Entry, Held, Putting, Source, Tag
from shuke.members.tags.tables import member_tags, tag_groups, tag_history, tags
from shuke.tenancy import service as tenancy

PUT, TAKEN_OFF = "tag.put", "tag.taken_off"
PUT_ON_MANY, TAKEN_OFF_MANY, EXPIRED = "tag.put_on_many", "tag.taken_off_many", "tag.expired"

_T, _G, _M, _H = tags.c, tag_groups.c, member_tags.c, tag_history.c


def of_member(unit: Unit, member_id: UUID) -> list[Held]:
    """What a member has now, archived tags left out, by group. Raises MemberNotFound."""
    _there(unit, member_id)
    rows = unit.connection.execute(
        sa.select(tags, _M.since, _M.until, _M.source)
        .join_from(member_tags, tags, _joined(_M))
        .join(tag_groups, sa.and_(_G.merchant_id == _T.merchant_id, _G.group_id == _T.group_id))
        .where(_M.merchant_id == unit.merchant_id, _M.member_id == member_id, *store.in_force(unit.now()))
        .order_by(_G.position, _G.group_id, _T.code)
    )
    return [Held(tag_of(row), row.since, row.until, Source(row.source)) for row in rows]


def history(unit: Unit, member_id: UUID, cursor: str | None, limit: int) -> tuple[list[Entry], str | None]:
    """All that happened to a member's tags, newest first. Raises MemberNotFound."""
    _there(unit, member_id)
    query = (
        sa.select(tags, *(_H[name] for name in ("entry_id", "put", "at", "until", "source", "by_name")))
        .join_from(tag_history, tags, _joined(_H))
        .where(_H.merchant_id == unit.merchant_id, _H.member_id == member_id)
    )
    rows, following = page(unit, query, Sort(_H.at, _H.entry_id, descending=True), cursor, limit)
    return [
        Entry(row.entry_id, tag_of(row), row.put, row.at, row.until, Source(row.source), row.by_name) for row in rows
    ], following


def change(
    unit: Unit, member_id: UUID, puttings: Mapping[UUID, datetime | None], taken_off: Collection[UUID]
) -> list[Held]:
    """Puts tags on one member (tag → end, None: as the tag says) and takes others off; what she has then. Whatever
    shares an exclusive group with one put goes. Raises MemberNotFound, TagNotFound, TagArchived, OneOfGroup, Invalid.
    """
    asked = named(unit, {*puttings, *taken_off})
    present(unit, member_id)
    store.hold(unit, [member_id])
    store.lapse(unit, [member_id])
    gone = store.take_off(unit, [(member_id, tag_id) for tag_id in taken_off], Source.HAND)
    done = store.put(unit, _checked(unit, asked, [(member_id, *each) for each in puttings.items()]), Source.HAND)
    for _, tag_id in (*gone, *done.gone):
        _record(unit, TAKEN_OFF, member_id, asked.get(tag_id) or _tag(unit, tag_id), None)
    for _, tag_id in (*done.fresh, *done.renewed):
        _record(unit, PUT, member_id, asked[tag_id], puttings[tag_id])
    return of_member(unit, member_id)


def put_on_many(unit: Unit, tag_id: UUID, member_ids: Collection[UUID], until: datetime | None = None) -> Done:
    """Puts one tag on a list of members; ids that are no member's are told and left. Raises TagNotFound, TagArchived,
    Invalid."""
    return put_all(unit, [Putting(member_id, tag_id, until) for member_id in member_ids], Source.LIST)


def put_all(unit: Unit, puttings: Sequence[Putting], source: Source) -> Done:
    """Puts tags on members as `puttings` say, each pair counted once. Raises TagNotFound, TagArchived, OneOfGroup,
    Invalid."""
    pairs = {(each.member_id, each.tag_id): each.until for each in puttings}
    asked = named(unit, {tag_id for _, tag_id in pairs})
    wanted = _checked(unit, asked, [(*pair, until) for pair, until in pairs.items()])
    known = store.hold(unit, {each.member_id for each in wanted})
    store.lapse(unit, known)
    done = store.put(unit, [each for each in wanted if each.member_id in known], source)
    tell(unit, PUT_ON_MANY, (*done.fresh, *done.renewed), source)
    tell(unit, TAKEN_OFF_MANY, done.gone, Source.EXCLUSIVE)
    met = sum(each.member_id in known for each in wanted)
    unknown = {each.member_id for each in wanted} - known
    return Done(len(done.fresh), len(done.renewed), met - len(done.fresh) - len(done.renewed), tuple(sorted(unknown)))


def take_off_many(unit: Unit, tag_id: UUID, member_ids: Collection[UUID]) -> Done:
    """Takes one tag off a list of members. Raises TagNotFound."""
    named(unit, {tag_id})
    known = store.hold(unit, member_ids)
    store.lapse(unit, known)
    gone = store.take_off(unit, [(member_id, tag_id) for member_id in sorted(known)], Source.LIST)
    tell(unit, TAKEN_OFF_MANY, gone, Source.LIST)
    return Done(len(gone), 0, len(known) - len(gone), tuple(sorted(set(member_ids) - known)))


def expire_batch(unit: Unit, at: datetime) -> int:
    """Takes off what is due at `at`, of some thousand members at once; how many tags went, 0 when nothing is left."""
    gone = store.lapse(unit, store.hold(unit, store.due(unit, at)))
    tell(unit, EXPIRED, gone, Source.EXPIRY)
    return len(gone)


def codes(unit: Unit) -> dict[str, UUID]:
    """Tags that can be put, by code."""
    rows = unit.connection.execute(
        sa.select(_T.code, _T.tag_id).where(_T.merchant_id == unit.merchant_id, _T.archived_at.is_(None))
    )
    return {row.code: row.tag_id for row in rows}


def can_be_put(unit: Unit, tag_id: UUID) -> Tag:
    """The tag, if it can be put on members; it stays so until this transaction ends. Raises TagNotFound and
    TagArchived."""
    return _open(named(unit, {tag_id})[tag_id])


def exclusive_groups(unit: Unit) -> dict[UUID, UUID]:
    """Tag → group, of the tags in exclusive groups."""
    rows = unit.connection.execute(
        sa.select(_T.tag_id, _T.group_id)
        .join(tag_groups, sa.and_(_G.merchant_id == _T.merchant_id, _G.group_id == _T.group_id))
        .where(_T.merchant_id == unit.merchant_id, _G.exclusive)
    )
    return {row.tag_id: row.group_id for row in rows}


def _there(unit: Unit, member_id: UUID) -> None:
    found = sa.exists().where(members.c.merchant_id == unit.merchant_id, members.c.member_id == member_id)
    if not unit.connection.scalar(sa.select(found)):
        raise MemberNotFound


def _joined(of: ReadOnlyColumnCollection[str, sa.Column[Any]]) -> sa.ColumnElement[bool]:
    return sa.and_(_T.merchant_id == of.merchant_id, _T.tag_id == of.tag_id)


def named(unit: Unit, tag_ids: Collection[UUID]) -> dict[UUID, Tag]:
    """The tags, which nobody archives, and whose groups nobody makes exclusive, until this transaction ends. Raises
    TagNotFound."""
    rows = unit.connection.execute(
        sa.select(tags)
        .join(tag_groups, sa.and_(_G.merchant_id == _T.merchant_id, _G.group_id == _T.group_id))
        .where(_T.merchant_id == unit.merchant_id, _T.tag_id.in_(list(tag_ids)))
        .order_by(_T.tag_id)
        .with_for_update(read=True)
    )
    found = {row.tag_id: tag_of(row) for row in rows}
    if len(found) < len(tag_ids):
        raise TagNotFound
    return found


def _tag(unit: Unit, tag_id: UUID) -> Tag:
    return tag_of(
        unit.connection.execute(sa.select(tags).where(_T.merchant_id == unit.merchant_id, _T.tag_id == tag_id)).one()
    )


def _checked(
    unit: Unit, asked: Mapping[UUID, Tag], wanted: Iterable[tuple[UUID, UUID, datetime | None]]
) -> list[Putting]:
    """What to put, each with the moment at which it lapses."""
    now = unit.now()
    puttings = []
    for member_id, tag_id, end in wanted:
        tag = _open(asked[tag_id])
        puttings.append(Putting(member_id, tag_id, rules.until(tag, end, now)))
    second = rules.clash(puttings, exclusive_groups(unit))
    if second is not None:
        raise OneOfGroup(zh=asked[second.tag_id].name.zh, en=asked[second.tag_id].name.en)
    return puttings


def _open(tag: Tag) -> Tag:
    if tag.archived_at is not None:
        raise TagArchived(zh=tag.name.zh, en=tag.name.en)
    return tag


def _record(unit: Unit, action: str, member_id: UUID, tag: Tag, until: datetime | None) -> None:
    told: dict[str, object] = {"tag": tag.code, "name": {"zh": tag.name.zh, "en": tag.name.en}}
    end = {} if until is None else {"until": until}
    before, after = ({"tag": tag.code}, None) if action == TAKEN_OFF else (None, {"tag": tag.code, **end})
    tenancy.record_change(
        unit, action, "member", member_id, before, after, member_id=member_id, payload={**told, **end}
    )


def tell(unit: Unit, event: str, pairs: Collection[tuple[UUID, UUID]], source: Source) -> None:
    """One event for each tag, with how many members it is about; what people did is in the audit log too."""
    counted: dict[UUID, int] = {}
    for _, tag_id in pairs:
        counted[tag_id] = counted.get(tag_id, 0) + 1
    for tag_id, count in sorted(counted.items()):
        told = {"members": count, "source": str(source)}
        if source in {Source.EXPIRY, Source.RULE}:
            emit(unit, event, tag_id, told)
        else:
            tenancy.record_change(unit, event, "tag", tag_id, None, told, payload=told)
