"""Members put together for the API: rows, one in full, and the wallet."""

from collections.abc import Sequence

from shuke.infra.database import Unit
from shuke.infra.http import TextView
from shuke.insight.members.listing import ListedMember
from shuke.insight.members.profile import LifeInOrders, life_in_orders
from shuke.insight.members.views import (
    ConsentEntry,
    ExpiringPoints,
    GrowthWallet,
    KeepingTier,
    Lifetime,
    MemberProfile,
    MemberProgress,
    MemberRow,
    PointsLot,
    PointsWallet,
    StatementEntry,
    Wallet,
    WalletStatement,
)
from shuke.insight.tiers import tier_of, tier_ref, tier_refs
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, Posting
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Progress
from shuke.members import service as members
from shuke.members.model import Member
from shuke.tenancy import service as tenancy

MAX_LOTS = 100


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
        birthday=member.birthday,
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


def wallet(unit: Unit, member: Member, asset: Asset | None, cursor: str | None, limit: int) -> Wallet:
    balances = ledger.balances(unit, member.member_id)
    lots = ledger.lots(unit, member.member_id)
    expiring = ledger.expiring(lots, tenancy.merchant(unit).timezone)
    page = ledger.statement(unit, member.member_id, asset=asset, cursor=cursor, limit=limit)
    return Wallet(
        points=PointsWallet(
            balance=balances.points,
            lots=[
                PointsLot(
                    id=lot.lot_id,
                    granted=lot.granted,
                    remaining=lot.remaining,
                    earned_at=lot.earned_at,
                    expires_at=lot.expires_at,
                    order_id=lot.order_id,
                )
                for lot in lots[:MAX_LOTS]
            ],
            lots_total=len(lots),
            expiring=[ExpiringPoints(on=item.on, amount=item.amount) for item in expiring],
        ),
        growth=GrowthWallet(balance=balances.growth),
        statement=WalletStatement(items=[_entry(posting) for posting in page.items], next_cursor=page.next_cursor),
    )


def _entry(posting: Posting) -> StatementEntry:
    return StatementEntry(
        id=posting.posting_id,
        at=posting.at,
        asset=posting.asset,
        amount=posting.amount,
        kind=posting.kind,
        order_id=posting.order_id,
        note=posting.note,
    )
