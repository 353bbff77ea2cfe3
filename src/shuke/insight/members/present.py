"""Members put together for the API: rows, and one in full."""

from collections.abc import Sequence

from shuke.infra.database import Unit
from shuke.infra.http import TextView
from shuke.insight.members.listing import ListedMember
from shuke.insight.members.profile import LifeInOrders, life_in_orders
from shuke.insight.members.views import (
    ConsentEntry,
    KeepingTier,
    Lifetime,
    MemberProfile,
    MemberProgress,
    MemberRow,
)
from shuke.insight.tiers import tier_of, tier_ref, tier_refs
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Progress
from shuke.members import service as members
from shuke.members.model import Member
from shuke.tenancy import service as tenancy


def rows(unit: Unit, listed: Sequence[ListedMember]) -> list[MemberRow]:
    tiers = tier_refs(unit)
    return [
        MemberRow(
            **members.core(unit, item.member, item.join_store),
            tier=tier_of(tiers, item.tier_id),
            orders=item.orders,
            paid_minor=item.paid_minor,
            last_order_at=item.last_order_at,
            points=item.balances.points,
            growth=item.balances.growth,
        )
        for item in listed
    ]


def profile(unit: Unit, member: Member) -> MemberProfile:
    programme = loyalty.programme(unit)
    progress = loyalty.progress(unit, member.member_id, programme)
    balances = ledger.balances(unit, member.member_id)
    life = life_in_orders(unit, member.member_id)
    stores = tenancy.store_refs(unit, [member.join_store_id] if member.join_store_id else [])
    return MemberProfile(
        **members.core(unit, member, next(iter(stores.values()), None)),
        tier=tier_ref(progress.tier),
        orders=life.orders,
        paid_minor=life.paid_minor,
        last_order_at=life.last_order_at,
        points=balances.points,
        growth=balances.growth,
        email=members.shown_email(unit, member),
        birthday=members.shown_birthday(unit, member),
        gender=member.gender,
        attributes=dict(member.attributes),
        consents=[ConsentEntry.model_validate(consent) for consent in members.consents(unit, member.member_id)],
        lifetime=_lifetime(unit, life, programme.timezone),
        progress=_progress(progress),
    )


def _lifetime(unit: Unit, life: LifeInOrders, timezone: str) -> Lifetime:
    return Lifetime(
        orders=life.orders,
        paid_minor=life.paid_minor,
        net_minor=life.net_minor,
        average_ticket_minor=life.average_ticket_minor,
        first_order_at=life.first_order_at,
        last_order_at=life.last_order_at,
        days_since_last=life.days_since_last(unit.now(), timezone),
    )


def _progress(progress: Progress) -> MemberProgress:
    keep = progress.keep
    return MemberProgress(
        tier=tier_ref(progress.tier),
        growth=progress.growth,
        window_from=progress.window_from,
        window_to=progress.window_to,
        next_tier=tier_ref(progress.next_tier) if progress.next_tier else None,
        growth_to_next=progress.growth_to_next,
        percent_bps=progress.percent_bps,
        keep=KeepingTier(needed=keep.needed, by=keep.by) if keep else None,
        sentence=TextView.of(progress.sentence),
    )
