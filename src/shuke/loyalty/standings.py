"""Where a member stands: her tier, the way to the next one, and the postings that decide."""

from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.ledger import service as ledger
from shuke.ledger.model import ORDER_KINDS, Asset
from shuke.loyalty import rules, store
from shuke.loyalty.model import AnniversaryWindow, Counted, Programme, Progress, Standing, Term
from shuke.members import service as members
from shuke.members.errors import MemberNotFound


def joined_at(unit: Unit, member_id: UUID) -> datetime:
    """When a member joined; raises MemberNotFound."""
    member = members.members_relation().c
    found: datetime | None = unit.connection.scalar(
        sa.select(member.joined_at).where(member.merchant_id == unit.merchant_id, member.member_id == member_id)
    )
    if found is None:
        raise MemberNotFound
    return found


def days_of(unit: Unit, programme: Programme, member_id: UUID, standing: Standing) -> tuple[date, date]:
    """The business days on which the member joined and reached her tier; raises MemberNotFound where that matters."""
    today = business_day(unit.now(), programme.timezone)
    if not isinstance(programme.growth.window, AnniversaryWindow):
        return today, today
    joined = business_day(joined_at(unit, member_id), programme.timezone)
    return joined, business_day(standing.since, programme.timezone) if standing.since else joined


def progress(unit: Unit, programme: Programme, member_id: UUID) -> Progress:
    """How far the member is from the next tier, what it takes to keep the present one, and what to tell her."""
    today = business_day(unit.now(), programme.timezone)
    standing = store.standing(unit, programme, member_id)
    joined, since = days_of(unit, programme, member_id, standing)
    of = rules.term(programme.growth.window, today, joined, since)
    start = rules.day_start(of.before or of.start, programme.timezone)
    days = store.growth_by_day(unit, member_id, start, programme.timezone)
    return rules.progress(programme, standing, days, joined, since, today)


def window(unit: Unit, programme: Programme, member_id: UUID) -> tuple[Standing, Term, list[Counted]]:
    """The term that decides today, and each posting of growth in it, newest first, with the day it no longer counts.
    Raises MemberNotFound."""
    joined_at(unit, member_id)
    today = business_day(unit.now(), programme.timezone)
    standing = store.standing(unit, programme, member_id)
    of = rules.term(programme.growth.window, today, *days_of(unit, programme, member_id, standing))
    posting = ledger.postings_relation().c
    rows = unit.connection.execute(
        sa.select(posting.posting_id, posting.at, posting.amount, posting.kind, posting.reference_id)
        .where(
            posting.merchant_id == unit.merchant_id,
            posting.wallet_id == member_id,
            posting.asset == Asset.GROWTH.value,
            posting.at >= rules.day_start(of.before or of.start, programme.timezone),
            posting.at < rules.day_start(today + timedelta(days=1), programme.timezone),
        )
        .order_by(posting.at.desc(), posting.posting_id.desc())
    )
    counted = []
    for row in rows:
        on = business_day(row.at, programme.timezone)
        order_id = row.reference_id if row.kind in ORDER_KINDS else None
        leaves = rules.leaves(programme.growth.window, of, on)
        counted.append(Counted(row.posting_id, on, row.amount, row.kind, order_id, leaves))
    return standing, of, counted
