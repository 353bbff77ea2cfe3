"""A tag that follows a list: whoever is on it has the tag, whoever is not any more has it no more.

What people put stays: only what came by the rule goes by it. In an exclusive group what is there stays.
"""

from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members.tables import members
from shuke.members.tags import store
from shuke.members.tags.model import Putting, Source
from shuke.members.tags.service import PUT_ON_MANY, TAKEN_OFF_MANY, named, tell
from shuke.members.tags.tables import member_tags, tag_groups, tags

BATCH = 5_000
"""Members whose tag follows in one go."""

_M, _T, _G = member_tags.c, tags.c, tag_groups.c


def by_rule(unit: Unit, tag_id: UUID) -> sa.Select[tuple[UUID]]:
    """Ids of members who have a tag because of a rule."""
    mine = (_M.merchant_id == unit.merchant_id, _M.tag_id == tag_id, _M.source == Source.RULE.value)
    return sa.select(_M.member_id).where(*mine)


def take_from_others(unit: Unit, tag_id: UUID, who: sa.Select[tuple[UUID]], after: UUID) -> UUID | None:
    """Takes it off the next thousands, by id, of members who have it by a rule and are not among `who`, nor became
    one with somebody of them. Returns the last of them, None when there were none."""
    listed, absorbed = who.subquery(), members.alias("absorbed")
    became = sa.and_(
        absorbed.c.merchant_id == unit.merchant_id,
        absorbed.c.merged_into == _M.member_id,
        absorbed.c.member_id.in_(sa.select(listed.c.member_id)),
    )
    others = by_rule(unit, tag_id).where(
        ~sa.exists().where(listed.c.member_id == _M.member_id),
        ~sa.exists().where(became),
    )
    batch = others.where(_M.member_id > after).order_by(_M.member_id).limit(BATCH)
    held = store.hold(unit, _ids(unit, batch))
    if not held:
        return None
    wanted = [each for each in _ids(unit, batch) if each in held]
    gone = store.take_off(unit, [(member_id, tag_id) for member_id in wanted], Source.RULE)
    tell(unit, TAKEN_OFF_MANY, gone, Source.RULE)
    return max(held)


def put_on(unit: Unit, tag_id: UUID, who: sa.Select[tuple[UUID]], after: UUID) -> UUID | None:
    """Puts it on the next thousands, by id, of `who` who lack it. Returns the last of them, None when there were none.
    It stays as long as the rule says so, whatever the tag says of days. One that is archived is put on nobody."""
    if named(unit, {tag_id})[tag_id].archived_at is not None:
        return None
    batch = _lacking(unit, tag_id, who, after)
    held = store.hold(unit, _ids(unit, batch))
    if not held:
        return None
    store.lapse(unit, held)
    wanted = [each for each in _ids(unit, batch) if each in held]
    done = store.put(unit, [Putting(member_id, tag_id) for member_id in wanted], Source.RULE)
    tell(unit, PUT_ON_MANY, done.fresh, Source.RULE)
    return max(held)


def _ids(unit: Unit, query: sa.Select[tuple[UUID]]) -> list[UUID]:
    """Asked before members are held, and again once they are: till then somebody may have changed their tags."""
    return list(unit.connection.scalars(query))


def _lacking(unit: Unit, tag_id: UUID, who: sa.Select[tuple[UUID]], after: UUID) -> sa.Select[tuple[UUID]]:
    """The next of `who` who have neither the tag nor one in whose place it would come."""
    listed = who.subquery()
    group = sa.select(_T.group_id).where(_T.merchant_id == unit.merchant_id, _T.tag_id == tag_id).scalar_subquery()
    instead = (
        sa.select(_T.tag_id)
        .join(tag_groups, sa.and_(_G.merchant_id == _T.merchant_id, _G.group_id == _T.group_id))
        .where(_T.merchant_id == unit.merchant_id, _T.group_id == group, _G.exclusive)
    )
    has = sa.exists().where(
        _M.merchant_id == unit.merchant_id,
        _M.member_id == members.c.member_id,
        sa.or_(_M.tag_id == tag_id, _M.tag_id.in_(instead)),
        store.in_time(unit.now()),
    )
    return (
        sa.select(listed.c.member_id)
        .join(members, listed.c.member_id == members.c.member_id)
        .where(
            members.c.merchant_id == unit.merchant_id,
            members.c.merged_into.is_(None),
            members.c.erased_at.is_(None),
            listed.c.member_id > after,
            ~has,
        )
        .order_by(listed.c.member_id)
        .limit(BATCH)
    )
