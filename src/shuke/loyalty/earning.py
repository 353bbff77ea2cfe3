"""An order is settled or refunded: points and growth are booked, and the tier follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.kernel.clock import business_day
from shuke.kernel.rounding import Rounding, divide
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, ClawBack, Clawed, Entry, Kind, Move, Shortfall
from shuke.loyalty import rules, store
from shuke.loyalty.benefits.granting import grant_upgrade
from shuke.loyalty.model import (
    ActivityExpiry,
    Already,
    AnniversaryWindow,
    Earnable,
    Earned,
    Programme,
    Purchase,
    RefundedLine,
    Rewards,
    Rights,
    RollingWindow,
    Since,
    Tier,
    TierChange,
)


def on_order(
    unit: Unit,
    bought: Purchase,
    rights: Rights,
    programme: Programme,
    *,
    wallet_id: UUID | None = None,
    along: Sequence[Entry] = (),
) -> Rewards:
    """Book what a paid order means for the member: points and growth earned, and the tier they reach, which starts at
    once with all that it brings.

    `rights` are those of the quote, its tier the one she earns by. Points go to `wallet_id` (None: her own), growth is
    always hers. `along` is posted in the same write: what the order spends. Raises NotEnough and AlreadyPosted.
    """
    points_to = wallet_id or bought.member_id
    if _looks_back(programme):
        store.lock_earning(unit, {points_to, bought.member_id})
    earned = rules.earn(programme, rights, bought, already(unit, programme, bought, points_to))
    entries = [*along, *_entries(programme, bought, earned, points_to)]
    books = ledger.post(unit, *entries) if entries else {}
    if isinstance(programme.points.expiry, ActivityExpiry) and earned.points:
        until = rules.expires_at(programme, bought.at)
        assert until is not None
        ledger.extend(unit, [points_to], Asset.POINTS, until)
    lifts = earned.growth and _may_lift(unit, programme, bought.member_id, books[bought.member_id][Asset.GROWTH])
    change = _lift(unit, programme, bought.member_id, bought.at) if lifts else None
    return Rewards(earned.points, earned.growth, change, earned.points_by_line, earned.growth_by_line)


def already(unit: Unit, programme: Programme, bought: Purchase, points_to: UUID) -> Mapping[Earnable, Already]:
    """What the member has earned before, as far as caps ask for it: nothing is read where none does."""
    asked = _looks_back(programme)
    if not asked:
        return {}
    day = business_day(bought.at, programme.timezone)
    return store.already_earned(
        unit,
        {points_to, bought.member_id},
        asked,
        rules.day_start(day, programme.timezone),
        rules.day_start(day.replace(day=1), programme.timezone),
    )


def _looks_back(programme: Programme) -> list[Earnable]:
    """What has caps for which it matters what was earned before."""
    caps = {Earnable.POINTS: programme.points.caps, Earnable.GROWTH: programme.growth.caps}
    return [asset for asset, cap in caps.items() if cap.looks_back]


def _entries(programme: Programme, bought: Purchase, earned: Earned, points_to: UUID) -> list[Entry]:
    at, order_id = bought.at, bought.order_id
    gains = []
    if earned.points:
        ends, starts = rules.expires_at(programme, at), rules.available_at(programme, at)
        gains.append(Move(points_to, Asset.POINTS, earned.points, Account.EARNED, ends, starts, order_id))
    if earned.growth:
        gains.append(Move(bought.member_id, Asset.GROWTH, earned.growth, Account.EARNED))
    acting = None if points_to == bought.member_id else bought.member_id
    return [Entry(Kind.ORDER_EARNED, order_id, at, tuple(gains), member_id=acting)] if gains else []


def _may_lift(unit: Unit, programme: Programme, member_id: UUID, growth: int) -> bool:
    """Whether her growth, all that ever was, reaches more than the tier she holds. No window counts more than that:
    what lies before it never sums to less than nothing."""
    tier_id = store.hold_recorded(unit, member_id)
    return tier_id is None or rules.tier_for(programme, growth).rank > programme.tier(tier_id).rank


def _lift(unit: Unit, programme: Programme, member_id: UUID, at: datetime) -> TierChange | None:
    """Put the member into the tier that growth reaches, if that is a higher one."""
    today = business_day(unit.now(), programme.timezone)
    held = store.hold_tier(unit, programme, member_id, today)
    before, after = held.standing.tier, rules.tier_for(programme, held.growth)
    if after.rank <= before.rank:
        if not held.recorded:
            store.put_tier(unit, member_id, before.tier_id, held.growth, held.joined_at, today)
        return None
    store.put_tier(unit, member_id, after.tier_id, held.growth, at, today)
    _tell(unit, member_id, before, after, at)
    grant_upgrade(unit, programme, member_id, after, today)
    return TierChange(before, after)


def _tell(unit: Unit, member_id: UUID, before: Tier, after: Tier, at: datetime) -> None:
    payload = {"from": before.code, "to": after.code}
    emit(unit, "tier.changed", member_id, payload, member_id=member_id, occurred_at=at)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a refund took back of what the order earned.

    `deduct_minor` is what missing points are worth, to be kept from the money that goes back.
    """

    points: int = 0
    owed: int = 0
    growth: int = 0
    deduct_minor: int = 0
    tier_change: TierChange | None = None


def on_refund(
    unit: Unit,
    programme: Programme,
    *,
    member_id: UUID,
    order_id: UUID,
    ordered_at: datetime,
    refund_id: UUID,
    lines: Sequence[RefundedLine],
    at: datetime,
    forgiving: bool = False,
) -> TakenBack:
    """Take back what the refunded part of an order earned; the last refund takes exactly what is left.

    Points that are spent already are owed, kept from the refund, or forgiven, as the programme says; `forgiving` they
    always are, of somebody whose points were forfeited. A tier that this
    order or a later one brought, and that growth no longer reaches, is lost at once; any other waits for the review.
    Lots that she shared with whom she was one for a while are that member's now; what they do not have, she owes.
    Raises AlreadyPosted when `refund_id` was booked before.
    """
    points, growth = rules.claw_back(lines)
    policy = Shortfall.FORGIVE if forgiving else programme.points.shortfall
    wallets = store.earned_wallets(unit, order_id) if points or growth else {}
    claws = []
    if points:
        to, own = wallets.get(Asset.POINTS, wallets.get(Asset.POINTS_OWED, (member_id, True)))
        claw = _claw(refund_id, order_id, at, to, member_id, Asset.POINTS, points, policy)
        claws.append(replace(claw, rest_of=member_id) if own else claw)
    if growth:
        claws.append(_claw(refund_id, order_id, at, member_id, member_id, Asset.GROWTH, growth, Shortfall.FORGIVE))
    if not claws:
        return TakenBack()
    done = ledger.claw_back(unit, *claws)
    of_points = done[0] if points else Clawed()
    taken_growth = done[-1].taken if growth else 0
    change = _lower(unit, programme, member_id, ordered_at, at) if taken_growth else None
    deduct = worth(programme, of_points.short) if policy is Shortfall.DEDUCT_FROM_REFUND else 0
    return TakenBack(of_points.taken, of_points.owed, taken_growth, deduct, change)


def _claw(
    refund_id: UUID,
    order_id: UUID,
    at: datetime,
    wallet_id: UUID,
    member_id: UUID,
    asset: Asset,
    amount: int,
    shortfall: Shortfall,
) -> ClawBack:
    return ClawBack(
        Kind.ORDER_REFUNDED, refund_id, at, wallet_id, asset, amount, Kind.ORDER_EARNED, order_id, shortfall, member_id
    )


def worth(programme: Programme, points: int) -> int:
    """What so many points pay for, rounded down."""
    return divide(points * programme.unit_minor, programme.points_per_unit, Rounding.DOWN)


def _lower(unit: Unit, programme: Programme, member_id: UUID, ordered_at: datetime, at: datetime) -> TierChange | None:
    """Undo a lift that the refunded purchase brought. Where terms begin with the tier, growth before it decides too."""
    today: date = business_day(unit.now(), programme.timezone)
    window = programme.growth.window
    if isinstance(window, AnniversaryWindow) and window.since is Since.TIER:
        programme = replace(programme, growth=replace(programme.growth, window=RollingWindow(window.months)))
    held = store.hold_tier(unit, programme, member_id, today)
    before, since = held.standing.tier, held.standing.since
    after = rules.tier_for(programme, held.growth)
    if after.rank >= before.rank or since is None or since < ordered_at:
        return None
    store.put_tier(unit, member_id, after.tier_id, held.growth, at, today)
    _tell(unit, member_id, before, after, at)
    return TierChange(before, after)
