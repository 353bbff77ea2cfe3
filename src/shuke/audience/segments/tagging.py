"""A tag that follows a segment: whoever is in it has the tag, and nobody else has it by this rule.

Looks at segments put nothing: the worker follows them, batch by batch, in transactions of their own. A segment that is
archived, or whose tag is taken away or changed, ends: then the tag goes from whom it gave it. What people put stays.
"""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.audience.errors import SegmentArchived, TagFollowsAnother
from shuke.audience.segments import store, uses
from shuke.audience.segments.model import Following, SegmentStatus, Tagging
from shuke.audience.segments.tables import segment_members, segment_snapshots, segment_tags
from shuke.infra.database import Unit
from shuke.members import service as members
from shuke.tenancy import service as tenancy

TAG_CHANGED = "segment.tag_changed"

_P, _M, _N = segment_tags.c, segment_members.c, segment_snapshots.c


def tagging(unit: Unit, segment_id: UUID) -> Tagging:
    """Raises SegmentNotFound."""
    tag_id = store.get(unit, segment_id).tag_id
    pending = any(each.segment_id == segment_id for each in to_follow(unit))
    if tag_id is None:
        return Tagging(None, 0, pending)
    count = sa.select(sa.func.count()).select_from(members.tagged_by_rule(unit, tag_id).subquery())
    return Tagging(tag_id, unit.connection.scalar(count) or 0, pending)


def change_tag(unit: Unit, segment_id: UUID, tag_id: UUID | None) -> Tagging:
    """From now on a segment puts this tag, or none; its members follow within minutes. Raises SegmentNotFound,
    SegmentArchived, TagNotFound, TagArchived, TagFollowsAnother and CircularSegments."""
    # In the order in which those who write or archive it do: first the segment.
    segment = store.get(unit, segment_id, lock=True)
    uses.hold(unit)
    if segment.status is SegmentStatus.ARCHIVED:
        raise SegmentArchived
    if tag_id != segment.tag_id:
        end(unit, segment_id)
        if tag_id is not None:
            members.tag_to_put(unit, tag_id)
            _begin(unit, segment_id, tag_id)
            uses.refuse_circle(unit, segment_id, segment.draft.tree)
        tenancy.record_change(
            unit, TAG_CHANGED, "segment", segment_id, _told(unit, segment.tag_id), _told(unit, tag_id)
        )
    return tagging(unit, segment_id)


def end(unit: Unit, segment_id: UUID) -> None:
    """A segment puts its tag no more: it goes from whom it gave it."""
    unit.connection.execute(_of(unit, segment_tags.update(), _P.segment_id == segment_id).values(ended=True))


def _begin(unit: Unit, segment_id: UUID, tag_id: UUID) -> None:
    row = {"merchant_id": unit.merchant_id, "segment_id": segment_id, "tag_id": tag_id, "number": 0, "ended": False}
    other = unit.connection.scalar(_of(unit, sa.select(_P.segment_id), _P.tag_id == tag_id, ~_P.ended))
    if other is not None:
        raise TagFollowsAnother(name=store.refs(unit, {other})[other].name)
    unit.connection.execute(
        insert(segment_tags)
        .values(row)
        .on_conflict_do_update(constraint=segment_tags.primary_key, set_={"number": 0, "ended": False})
    )


def to_follow(unit: Unit) -> Sequence[Following]:
    """Tags whose segments were looked at since, or put them no more."""
    last = (
        sa.select(sa.func.max(_N.number))
        .where(_N.merchant_id == _P.merchant_id, _N.segment_id == _P.segment_id)
        .scalar_subquery()
    )
    query = sa.select(_P.segment_id, _P.tag_id, _P.number, sa.func.coalesce(last, 0), _P.ended)
    wanted = _of(unit, query, sa.or_(_P.ended, last > _P.number)).order_by(_P.segment_id, _P.tag_id)
    return [Following(*row) for row in unit.connection.execute(wanted)]


def take(unit: Unit, rule: Following, after: UUID) -> UUID | None:
    """Takes the tag off the next thousands, by id, of those who have it by a rule and should not any more. Returns the
    last of them, None when there were none."""
    if not _stays(unit, rule):
        return None
    last = members.take_tag_from_others(unit, rule.tag_id, _who(unit, rule), after)
    if last is not None:
        _make_room(unit, rule)
    return last


def _make_room(unit: Unit, rule: Following) -> None:
    """Its tag goes: in an exclusive group others can be put now where it was, so they follow their segments anew."""
    groups = members.exclusive_tags(unit)
    same = [each for each in groups if each != rule.tag_id and groups[each] == groups.get(rule.tag_id)]
    others = (_P.tag_id.in_(same), _P.number > 0)
    unit.connection.execute(_of(unit, segment_tags.update(), *others).values(number=0))


def give(unit: Unit, rule: Following, after: UUID) -> UUID | None:
    """Puts the tag on the next thousands, by id, of those who should have it. Returns the last of them, None when there
    were none."""
    if rule.ended or not _stays(unit, rule):
        return None
    return members.put_tag_on(unit, rule.tag_id, _who(unit, rule), after)


def done(unit: Unit, rule: Following) -> None:
    """Note that the tag is where it should be, unless it is to follow anew meanwhile."""
    mine = (_P.segment_id == rule.segment_id, _P.tag_id == rule.tag_id, _P.ended == rule.ended)
    if rule.ended:
        unit.connection.execute(_of(unit, segment_tags.delete(), *mine))
    else:
        still = _P.number == rule.since
        unit.connection.execute(_of(unit, segment_tags.update(), *mine, still).values(number=rule.number))


def _stays(unit: Unit, rule: Following) -> bool:
    """Whether the segment still puts the tag, or takes it back, as `rule` says; so it stays until this transaction
    ends."""
    mine = (_P.segment_id == rule.segment_id, _P.tag_id == rule.tag_id, _P.ended == rule.ended)
    return (
        unit.connection.execute(_of(unit, sa.select(_P.number), *mine).with_for_update(read=True)).first() is not None
    )


def _who(unit: Unit, rule: Following) -> sa.Select[tuple[UUID]]:
    """Who should have the tag: the members of the segment that puts it now, if any does."""
    putting = sa.and_(_P.merchant_id == _M.merchant_id, _P.segment_id == _M.segment_id, ~_P.ended)
    return (
        sa.select(_M.member_id)
        .join(segment_tags, putting)
        .where(_M.merchant_id == unit.merchant_id, _P.tag_id == rule.tag_id)
    )


def _told(unit: Unit, tag_id: UUID | None) -> dict[str, object] | None:
    if tag_id is None:
        return None
    name = members.tag_names(unit, {tag_id})[tag_id]
    return {"tag": {"zh": name.zh, "en": name.en}}


Statement = TypeVar("Statement", sa.Select[Any], sa.Update, sa.Delete)


def _of(unit: Unit, statement: Statement, *wanted: sa.ColumnElement[bool]) -> Statement:
    return statement.where(_P.merchant_id == unit.merchant_id, *wanted)
