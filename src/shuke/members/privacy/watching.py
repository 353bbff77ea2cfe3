"""Whoever is shown contact data in clear leaves a line, in the same transaction as the answer."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.ids import new_id
from shuke.members import profile, store
from shuke.members.errors import MemberNotFound
from shuke.members.model import Member, MemberRef
from shuke.members.privacy.model import Access, Place
from shuke.members.privacy.tables import access_log
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

_A = access_log.c

LISTED = ("name", "phone")
"""What a list and a till show."""
WHOLE = ("name", "phone", "email", "birthday")


def saw(unit: Unit, members: Collection[Member], place: Place, fields: Collection[str] = LISTED) -> None:
    """The unit's principal is shown `fields` of these members; nothing is noted where they are shown masked."""
    if not members or not unit.principal.may(Permission.MEMBERS_CONTACT):
        return
    rows = [
        {
            "merchant_id": unit.merchant_id,
            "entry_id": new_id(unit.now()),
            "at": unit.now(),
            "actor_kind": str(unit.principal.kind),
            "actor_id": unit.principal.id,
            "actor_name": unit.principal.name,
            "member_id": member.member_id,
            "fields": shown,
            "place": str(place),
        }
        for member in members
        if (shown := [field for field in fields if getattr(member, field) is not None])
    ]
    if rows:
        unit.connection.execute(access_log.insert(), rows)


def seen(
    unit: Unit,
    member_id: UUID | None,
    actor: str | None,
    from_day: date | None,
    to_day: date | None,
    cursor: str | None,
    limit: int,
) -> tuple[list[Access], str | None]:
    """Who saw whom, newest first; days are business days, both included. Raises MemberNotFound."""
    query = sa.select(access_log).where(_A.merchant_id == unit.merchant_id)
    if member_id is not None:
        if not store.refs(unit, [member_id]):
            raise MemberNotFound
        query = query.where(_A.member_id == member_id)
    if actor:
        query = query.where(_A.actor_name.icontains(actor, autoescape=True))
    zone = ZoneInfo(tenancy.merchant(unit).timezone)
    if from_day is not None:
        query = query.where(_A.at >= datetime.combine(from_day, time.min, zone))
    if to_day is not None:
        query = query.where(_A.at < datetime.combine(to_day + timedelta(days=1), time.min, zone))
    rows, following = page(unit, query, Sort(_A.at, _A.entry_id, descending=True), cursor, limit)
    known = profile.shown_refs(unit, store.refs(unit, {row.member_id for row in rows}) if rows else {})
    return [_access(row, known) for row in rows], following


def _access(row: Any, known: Mapping[UUID, MemberRef]) -> Access:
    return Access(
        row.entry_id,
        row.at,
        row.actor_kind,
        row.actor_id,
        row.actor_name,
        known[row.member_id],
        tuple(row.fields),
        Place(row.place),
    )
