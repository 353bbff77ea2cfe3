"""The only SQL of single members' tiers and of what they have earned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit, directly
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Kind
from shuke.loyalty.model import Already, Earnable, Programme, Standing
from shuke.loyalty.tables import member_tiers
from shuke.loyalty.windows import deciding_growth, term_columns
from shuke.members import service as members


def standing(unit: Unit, programme: Programme, member_id: UUID) -> Standing:
    """The tier on record; the base tier for who has none."""
    table = member_tiers.c
    row = unit.connection.execute(
        sa.select(table.tier_id, table.since, table.kept_until).where(
            table.merchant_id == unit.merchant_id, table.member_id == member_id
        )
    ).first()
    if row is None:
        return Standing(programme.base_tier)
    return Standing(programme.tier(row.tier_id), row.since, row.kept_until)


@dataclass(frozen=True, slots=True)
class HeldTier:
    """A member's tier, held until the transaction ends if there is one on record, and the growth that decides today."""

    standing: Standing
    recorded: bool
    growth: int
    joined_at: datetime


def hold_recorded(unit: Unit, member_id: UUID) -> UUID | None:
    """The tier on record of a member, held until the transaction ends; None where there is none."""
    rows = directly(unit.connection, _RECORDED, (unit.merchant_id, member_id))
    return rows[0][0] if rows else None


_RECORDED = "SELECT tier_id FROM member_tiers WHERE merchant_id = %s AND member_id = %s FOR UPDATE"


def hold_tier(unit: Unit, programme: Programme, member_id: UUID, today: date) -> HeldTier:
    member, held = members.members_relation().c, member_tiers.c
    mine = (held.merchant_id == unit.merchant_id, held.member_id == member_id)
    of = term_columns(programme, today, member.joined_at, held.since)
    grown = deciding_growth(unit, programme, held.member_id, of, today)
    row = unit.connection.execute(
        sa.select(held.tier_id, held.since, held.kept_until, member.joined_at, grown.c.growth)
        .join_from(
            member_tiers,
            members.members_relation(),
            sa.and_(member.merchant_id == held.merchant_id, member.member_id == held.member_id),
        )
        .join(grown, sa.true())
        .where(*mine)
        .with_for_update(of=member_tiers)
    ).first()
    if row is not None:
        standing = Standing(programme.tier(row.tier_id), row.since, row.kept_until)
        return HeldTier(standing, True, row.growth, row.joined_at)
    of = term_columns(programme, today, member.joined_at, member.joined_at)
    grown = deciding_growth(unit, programme, member.member_id, of, today)
    new = unit.connection.execute(
        sa.select(member.joined_at, grown.c.growth)
        .join_from(members.members_relation(), grown, sa.true())
        .where(member.merchant_id == unit.merchant_id, member.member_id == member_id)
    ).one()
    return HeldTier(Standing(programme.base_tier), False, new.growth, new.joined_at)


def put_tier(unit: Unit, member_id: UUID, tier_id: UUID, growth: int, since: datetime, today: date) -> None:
    row = insert(member_tiers).values(
        merchant_id=unit.merchant_id,
        member_id=member_id,
        tier_id=tier_id,
        growth=growth,
        since=since,
        kept_until=None,
        reviewed_on=today,
    )
    unit.connection.execute(
        row.on_conflict_do_update(
            index_elements=["merchant_id", "member_id"],
            set_={
                "tier_id": row.excluded.tier_id,
                "growth": row.excluded.growth,
                "since": row.excluded.since,
                "kept_until": None,
                "reviewed_on": sa.func.greatest(member_tiers.c.reviewed_on, row.excluded.reviewed_on),
            },
        )
    )


def growth_by_day(unit: Unit, member_id: UUID, since: datetime, timezone: str) -> dict[date, int]:
    """Growth posted since then, by the business day of its posting."""
    move = ledger.movements_relation().c
    day = sa.cast(sa.func.timezone(timezone, move.at), sa.Date).label("day")
    rows = unit.connection.execute(
        sa.select(day, sa.cast(sa.func.sum(move.amount), sa.BigInteger).label("amount"))
        .where(
            move.merchant_id == unit.merchant_id,
            move.member_id == member_id,
            move.asset == Asset.GROWTH.value,
            move.at >= since,
        )
        .group_by(sa.text("1"))
    )
    return {row.day: row.amount for row in rows}


def members_by_tier(unit: Unit, base_tier_id: UUID) -> dict[UUID, int]:
    """How many members each tier has; who has no row is in the base tier."""
    member, held = members.members_relation().c, member_tiers.c
    tier_id = sa.func.coalesce(held.tier_id, sa.literal(base_tier_id)).label("tier_id")
    rows = unit.connection.execute(
        sa.select(tier_id, sa.func.count().label("members"))
        .outerjoin_from(
            members.members_relation(),
            member_tiers,
            sa.and_(held.merchant_id == member.merchant_id, held.member_id == member.member_id),
        )
        .where(member.merchant_id == unit.merchant_id)
        .group_by(sa.text("1"))
    )
    return {row.tier_id: row.members for row in rows}


def lock_earning(unit: Unit, wallet_ids: Collection[UUID]) -> None:
    """Nobody else earns into these wallets until the transaction ends: what caps allow is read and used by one order
    after the other. Before the wallets themselves are held."""
    for wallet_id in sorted(wallet_ids):
        name = f"earning:{unit.merchant_id.hex}:{wallet_id.hex}"
        unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))


_EARNING = (Account.EARNED, Account.CLAWED_BACK, Account.REPAID, Account.OWED)
"""Where purchases earn and refunds take back."""


def already_earned(
    unit: Unit, wallet_ids: Collection[UUID], assets: Collection[Earnable], day: datetime, month: datetime
) -> Mapping[Earnable, Already]:
    """What purchases have earned these wallets of each asset since the day and the month began, and ever, less what was
    taken back: also where it paid off debt, or became one."""
    posting = ledger.postings_relation().c
    earned = posting.kind.in_((Kind.ORDER_EARNED.value, Kind.ORDER_REFUNDED.value))
    counts = posting.account.in_([account.value for account in _EARNING])
    is_debt = posting.asset == Asset.POINTS_OWED.value
    asset = sa.case((is_debt, Asset.POINTS.value), else_=posting.asset).label("earnable")
    amount = sa.case((is_debt, -posting.amount), else_=posting.amount)

    def since(moment: datetime) -> sa.ColumnElement[int]:
        return sa.cast(sa.func.coalesce(sa.func.sum(amount).filter(posting.at >= moment), 0), sa.BigInteger)

    asked = {asset.value for asset in assets}
    if Earnable.POINTS in assets:
        asked.add(Asset.POINTS_OWED.value)
    rows = unit.connection.execute(
        sa.select(
            asset,
            since(day).label("day"),
            since(month).label("month"),
            sa.cast(sa.func.sum(amount), sa.BigInteger).label("ever"),
        )
        .where(
            posting.merchant_id == unit.merchant_id,
            posting.wallet_id.in_(list(wallet_ids)),
            posting.asset.in_(asked),
            earned,
            counts,
        )
        .group_by(sa.text("1"))
    )
    return {Earnable(row.earnable): Already(row.day, row.month, row.ever) for row in rows}


def earned_wallets(unit: Unit, order_id: UUID) -> dict[Asset, tuple[UUID, bool]]:
    """Whose wallet has what an order's points and growth went to, and whether it was to her own that they went."""
    posting = ledger.postings_relation().c
    rows = unit.connection.execute(
        sa.select(posting.asset, posting.wallet_id, posting.member_id).where(
            posting.merchant_id == unit.merchant_id,
            posting.reference_id == order_id,
            posting.kind == Kind.ORDER_EARNED.value,
        )
    )
    return {Asset(row.asset): (row.wallet_id, row.member_id is None) for row in rows}
