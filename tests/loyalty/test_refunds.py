"""What a refund takes back, and what becomes of the tier."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.errors import AlreadyPosted
from shuke.ledger.model import Shortfall
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import RefundedLine, Rewards
from shuke.loyalty.service import TakenBack
from tests.support.purchases import buy
from tests.support.wallets import broken, spend
from tests.support.world import Shop, World


def refund(
    unit: Unit,
    member_id: UUID,
    order_id: UUID,
    paid: int,
    rewards: Rewards,
    before: int,
    now: int,
    policy: Shortfall = Shortfall.NEGATIVE,
) -> TakenBack:
    programme = loyalty.programme(unit)
    programme = replace(programme, points=replace(programme.points, shortfall=policy))
    return loyalty.on_refund(
        unit,
        programme,
        member_id=member_id,
        order_id=order_id,
        ordered_at=unit.now(),
        refund_id=new_id(),
        lines=[RefundedLine(paid, rewards.points, rewards.growth, before, now)],
        at=unit.now(),
    )


def member_of(shop: Shop) -> UUID:
    return shop.member().member_id


def test_parts_take_back_all_in_the_end_and_the_tier_goes(world: World) -> None:
    shop = world.merchant()
    member_id, order_id = member_of(shop), new_id()
    with shop.unit() as unit:
        buy(unit, member_id, 40_000)
        rewards = buy(unit, member_id, 70_001, order_id=order_id)
        assert rewards.tier_change is not None
        first = refund(unit, member_id, order_id, 70_001, rewards, 0, 333)
        assert (first.points, first.growth, first.tier_change) == (3, 3, None)
        second = refund(unit, member_id, order_id, 70_001, rewards, 333, 69_668)
        assert (second.points, second.growth) == (697, 697)
        assert second.tier_change is not None
        assert (second.tier_change.before.code, second.tier_change.after.code) == ("silver", "basic")
        held = ledger.balances(unit, member_id)
        assert (held.points, held.growth) == (400, 400)
        assert broken(unit) == []
        assert all(check.ok for check in loyalty.audit(unit))


@pytest.mark.parametrize(
    ("policy", "points", "owed", "deduct"),
    [(Shortfall.NEGATIVE, 20, 80, 0), (Shortfall.DEDUCT_FROM_REFUND, 20, 0, 80), (Shortfall.FORGIVE, 20, 0, 0)],
)
def test_spent_points_are_owed_deducted_or_forgiven(
    world: World, policy: Shortfall, points: int, owed: int, deduct: int
) -> None:
    shop = world.merchant()
    member_id, order_id = member_of(shop), new_id()
    with shop.unit() as unit:
        rewards = buy(unit, member_id, 10_000, order_id=order_id)
        spend(unit, member_id, 80)
        back = refund(unit, member_id, order_id, 10_000, rewards, 0, 10_000, policy)
        assert (back.points, back.owed, back.deduct_minor, back.growth) == (points, owed, deduct, 100)
        assert broken(unit) == []


def test_a_tier_from_before_waits_for_the_review(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id, order_id = member_of(shop), new_id()
    with shop.unit() as unit:
        buy(unit, member_id, 100_000)
    clock.advance(timedelta(days=1))
    with shop.unit() as unit:
        rewards = buy(unit, member_id, 10_000, order_id=order_id)
        assert refund(unit, member_id, order_id, 10_000, rewards, 0, 10_000).tier_change is None
        assert loyalty.standing(unit, member_id).tier.code == "silver"


def test_a_refund_counts_once_and_nothing_earned_takes_nothing(world: World) -> None:
    shop = world.merchant()
    member_id, order_id, refund_id = member_of(shop), new_id(), new_id()
    with shop.unit() as unit:
        programme, now = loyalty.programme(unit), unit.now()
        rewards = buy(unit, member_id, 10_000, order_id=order_id)
        line = RefundedLine(10_000, rewards.points, rewards.growth, 0, 5_000)
        same = {
            "member_id": member_id,
            "order_id": order_id,
            "ordered_at": now,
            "refund_id": refund_id,
            "at": now,
        }
        assert loyalty.on_refund(unit, programme, lines=[RefundedLine(50, 0, 0, 0, 50)], **same) == TakenBack()  # type: ignore[arg-type]
        loyalty.on_refund(unit, programme, lines=[line], **same)  # type: ignore[arg-type]
    with pytest.raises(AlreadyPosted), shop.unit() as unit:
        loyalty.on_refund(unit, programme, lines=[line], **same)  # type: ignore[arg-type]
