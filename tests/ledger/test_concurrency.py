"""Many at the same wallet at once: nothing is spent twice, nobody waits forever."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.errors import AlreadyPosted, NotEnough
from shuke.ledger.model import Account, Asset, ClawBack, Entry, Kind, Move, Transfer
from shuke.loyalty import service as loyalty
from shuke.tenancy import service as tenancy
from tests.support.purchases import buy
from tests.support.wallets import broken, earn, spend
from tests.support.world import World

THREADS = 8


def _at_once(jobs: list[Callable[[], int]]) -> list[int]:
    with ThreadPoolExecutor(THREADS) as pool:
        return [future.result(timeout=60) for future in [pool.submit(job) for job in jobs]]


def test_one_balance_spent_from_many_sides_never_goes_below_zero(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id, owner = shop.member().member_id, shop.owner()
    with shop.unit() as unit:
        for days in range(1, 11):
            earn(unit, member_id, 10, expires=clock.now() + timedelta(days=days))

    def one(amount: int) -> Callable[[], int]:
        def job() -> int:
            try:
                with shop.unit(owner) as unit:
                    spend(unit, member_id, amount)
            except NotEnough:
                return 0
            return amount

        return job

    amounts = [random.Random(7).randint(1, 13) for _ in range(40)]
    spent = sum(_at_once([one(amount) for amount in amounts]))
    with shop.unit() as unit:
        assert ledger.balances(unit, member_id).points == 100 - spent >= 0
        assert 100 - spent < min(amounts) or spent == sum(amounts), "a spend was refused though there was enough"
        assert broken(unit) == []


def test_the_same_order_from_many_sides_is_posted_once(world: World) -> None:
    shop = world.merchant()
    member_id, owner, order_id = shop.member().member_id, shop.owner(), new_id()

    def job() -> int:
        try:
            with shop.unit(owner) as unit:
                buy(unit, member_id, 5_000, order_id=order_id)
        except AlreadyPosted:
            return 0
        return 1

    assert sum(_at_once([job] * THREADS)) == 1
    with shop.unit() as unit:
        assert ledger.balances(unit, member_id).points == 50


def test_orders_expiry_and_review_at_once_end_with_a_clean_audit(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    people, owner = [shop.member().member_id for _ in range(3)], shop.owner()
    with shop.unit() as unit:
        for member_id in people:
            earn(unit, member_id, 500, expires=clock.now() + timedelta(days=1))
            earn(unit, member_id, 500)
    clock.advance(timedelta(days=2))

    def order(number: int) -> Callable[[], int]:
        def job() -> int:
            with shop.unit(owner) as unit:
                member_id, order_id = people[number % len(people)], new_id()
                move = Move(member_id, Asset.POINTS, -20, Account.SPENT)
                spent = [Entry(Kind.ORDER_SPENT, order_id, unit.now(), (move,))] if number % 2 else []
                return buy(unit, member_id, 30_000, order_id=order_id, along=spent).points

        return job

    def expire() -> int:
        with shop.unit(owner) as unit:
            return ledger.expire_due(unit, unit.now()).amount * 0

    def review() -> int:
        with shop.unit(owner) as unit:
            return loyalty.review_all(unit, tenancy.today(unit)).members * 0

    jobs: list[Callable[[], int]] = [order(number) for number in range(36)]
    for at in (3, 9, 17, 23):
        jobs.insert(at, expire)
        jobs.insert(at * 2, review)
    earned = sum(_at_once(jobs))
    with shop.unit() as unit:
        held = ledger.balances_of(unit, people)
        assert sum(balance.points for balance in held.values()) == 3 * 500 + earned - 18 * 20
        assert {loyalty.standing(unit, member_id).tier.code for member_id in people} == {"gold"}
        assert broken(unit) == []
        assert all(check.ok for check in loyalty.audit(unit))


def test_transfers_in_both_directions_never_deadlock(world: World) -> None:
    shop = world.merchant()
    owner, people = shop.owner(), [shop.member().member_id for _ in range(2)]
    with shop.unit() as unit:
        for member_id in people:
            for _ in range(5):
                earn(unit, member_id, 100)

    def send(number: int) -> Callable[[], int]:
        from_, to = people if number % 2 else reversed(people)

        def job() -> int:
            with shop.unit(owner) as unit:
                each = Transfer(Kind.TRANSFERRED, new_id(), unit.now(), from_, to, {Asset.POINTS: 1 + number % 7})
                return ledger.transfer(unit, each)[0][Asset.POINTS]

        return job

    assert sum(_at_once([send(number) for number in range(60)])) == sum(1 + number % 7 for number in range(60))
    with shop.unit() as unit:
        held = ledger.balances_of(unit, people)
        assert sum(balances.points for balances in held.values()) == 1000
        assert broken(unit) == []


def test_spending_while_being_given_sees_every_lot(world: World) -> None:
    """Who waits for a wallet then sees what came meanwhile: refused is only what is not there."""
    shop = world.merchant()
    member_id, owner = shop.member().member_id, shop.owner()
    with shop.unit() as unit:
        earn(unit, member_id, 1)

    def job() -> int:
        with shop.unit(owner) as unit:
            earn(unit, member_id, 10)
            spend(unit, member_id, 10)
            return 10

    assert sum(_at_once([job] * 40)) == 400
    with shop.unit() as unit:
        assert ledger.balances(unit, member_id).points == 1
        assert broken(unit) == []


def test_debt_and_earnings_from_many_sides_end_even(world: World) -> None:
    shop = world.merchant()
    member_id, owner = shop.member().member_id, shop.owner()
    with shop.unit() as unit:
        orders = [earn(unit, member_id, 10) for _ in range(20)]
        spend(unit, member_id, 200)

    def take_back(order_id: UUID) -> Callable[[], int]:
        def job() -> int:
            with shop.unit(owner) as unit:
                claw = ClawBack(
                    Kind.ORDER_REFUNDED, new_id(), unit.now(), member_id, Asset.POINTS, 10, Kind.ORDER_EARNED, order_id
                )
                ledger.claw_back(unit, claw)
            return -10

        return job

    def gain() -> int:
        with shop.unit(owner) as unit:
            earn(unit, member_id, 10)
        return 10

    jobs: list[Callable[[], int]] = [take_back(order_id) for order_id in orders]
    for at in range(0, 30, 2):
        jobs.insert(at, gain)
    net = sum(_at_once(jobs))
    with shop.unit() as unit:
        assert ledger.balances(unit, member_id).points_shown == net == -50
        assert broken(unit) == []
