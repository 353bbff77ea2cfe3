"""Whose events are whose: written once as they are followed, read for a person and all who turned out to be her."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.members.identity.becoming import BECAME
from shuke.members.identity.model import Recognised
from shuke.members.identity.tables import person_events, visitors
from shuke.members.tables import members

FOLLOWED = "tracked_events.followed"
"""Of the merchant: in the transaction of this event it was noted whose some events are."""

_NOTE = sa.text(
    "INSERT INTO person_events (merchant_id, person_id, occurred_at, message_key, namespace, origin_id) "
    "SELECT :merchant, person, at, event, space, origin FROM json_to_recordset(CAST(:rows AS json)) "
    "AS seen(at timestamptz, event uuid, person uuid, space text, origin uuid) ON CONFLICT DO NOTHING"
)


def event_keys(unit: Unit, people: Collection[UUID]) -> sa.Select[tuple[UUID]]:
    """Keys of the events of these people, members or visitors."""
    table = person_events.c
    return sa.select(table.message_key).where(table.merchant_id == unit.merchant_id, table.person_id.in_(list(people)))


def begins(unit: Unit) -> datetime | None:
    """The oldest event of which it is kept whose it is; None where there is none. What is older may be anybody's."""
    table = person_events.c
    oldest = sa.select(sa.func.min(table.occurred_at)).where(table.merchant_id == unit.merchant_id)
    found: datetime | None = unit.connection.scalar(oldest)
    return found


def note(unit: Unit, found: Iterable[tuple[datetime, UUID, Recognised | None]]) -> None:
    """The events (when, which, whose) are in their persons' timelines from now on."""
    rows = [
        {
            "at": at.isoformat(),
            "event": str(message_key),
            "person": str(who.person_id),
            "space": who.namespace,
            "origin": str(who.origin_id),
        }
        for at, message_key, who in found
        if who is not None
    ]
    if rows:
        unit.connection.execute(_NOTE, {"merchant": unit.merchant_id, "rows": json.dumps(rows)})
        emit(unit, FOLLOWED, unit.merchant_id)


def of_members(unit: Unit, told: sa.Subquery) -> sa.Subquery:
    """Of domain events (type, subject_id, member_id, transaction_id): `message_key` of the tracked events that came to
    be a member's with them, and the `member_id`. Each once: a visitor's come when she turns out to be a member.

    The member is the one with whom what the event was recognised by was first seen; who that is now, merges say.
    """
    pe, her, first = person_events.c, members.alias("her").c, members.alias("first")
    followed = sa.select(told.c.transaction_id).where(told.c.type == FOLLOWED).distinct().subquery()
    became = sa.select(told.c.subject_id, told.c.member_id).where(told.c.type == BECAME).distinct().subquery()
    origin = sa.and_(first.c.merchant_id == pe.merchant_id, first.c.member_id == pe.origin_id)
    as_member = (
        sa.select(pe.message_key, sa.func.coalesce(first.c.member_id, pe.person_id).label("member_id"))
        .select_from(person_events.outerjoin(first, origin))
        .where(
            pe.merchant_id == unit.merchant_id,
            pe.transaction_id == followed.c.transaction_id,
            her.merchant_id == unit.merchant_id,
            her.member_id == pe.person_id,
        )
    )
    before = sa.select(pe.message_key, became.c.member_id).where(
        pe.merchant_id == unit.merchant_id, pe.person_id == became.c.subject_id
    )
    return as_member.union_all(before).subquery("of_members")


def events_of(unit: Unit, member_id: UUID) -> sa.Select[tuple[UUID]]:
    """Keys of the member's events: hers, those of whom she absorbed, and of the visitors who turned out to be one of
    them."""
    hers = sa.select(members.c.member_id).where(
        members.c.merchant_id == unit.merchant_id,
        sa.or_(members.c.member_id == member_id, members.c.merged_into == member_id),
    )
    were = sa.select(visitors.c.person_id).where(
        visitors.c.merchant_id == unit.merchant_id, visitors.c.became_id.in_(hers)
    )
    table = person_events.c
    return sa.select(table.message_key).where(
        table.merchant_id == unit.merchant_id, table.person_id.in_(hers.union_all(were))
    )
