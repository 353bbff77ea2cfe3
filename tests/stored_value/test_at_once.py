"""Two tills at the same card or member: once is once."""

from collections import Counter as Tally
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import Prefix, new_id, parse
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.stored_value import card_checking, cards, refunding, topping
from shuke.stored_value import service as stored_value
from shuke.stored_value.model import Money, MoneyKind
from tests.support.counter import Counter


def _at_once(jobs: list[Callable[[], object]]) -> Tally[str]:
    """How often each outcome came: `done`, or an error's code."""

    def outcome(job: Callable[[], object]) -> str:
        try:
            job()
        except ShukeError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(8) as pool:
        return Tally(future.result(timeout=60) for future in [pool.submit(outcome, job) for job in jobs])


def test_a_card_is_sold_once(counter: Counter) -> None:
    ((number, _),) = counter.cards(1)
    owner = counter.shop.owner()

    def sell() -> None:
        with counter.shop.unit(owner) as unit:
            cards.sell(unit, counter.store.store_id, [number], [Money(MoneyKind.CASH, 5_000)])

    assert _at_once([sell] * 8) == {"done": 1, "card_not_usable": 7}


def test_a_card_is_bound_or_spent_but_never_both(counter: Counter) -> None:
    for number, pin in counter.cards(4):
        counter.sell(number)
        shown = counter.check(number, pin)["pass"]
        card_id = parse(Prefix.CARD, counter.check(number, pin)["id"])
        owner, before = counter.shop.owner(), counter.held()[0]

        def bind(card_id=card_id, shown=shown, owner=owner) -> None:  # type: ignore[no-untyped-def]
            with counter.shop.unit(owner) as unit:
                cards.bind(unit, card_id, counter.member_id, shown)

        def spend(card_id=card_id, shown=shown, owner=owner) -> None:  # type: ignore[no-untyped-def]
            with counter.shop.unit(owner) as unit:
                card = stored_value.card_of_pass(unit, shown)
                (part,) = stored_value.plan_spend(unit, stored_value.funds(unit, [card.card_id]), 3_000)
                move = Move(part.wallet_id, part.asset, -part.amount_minor, Account.SPENT)
                ledger.post(unit, Entry(Kind.ORDER_SPENT, new_id(), unit.now(), (move,)))

        found = _at_once([spend, bind, spend, bind])
        assert found["done"] >= 2 or found == {"done": 1, "card_not_usable": 3}
        assert counter.held(card_id) == (0, 0)
        assert counter.held()[0] - before in (5_000, 2_000, 0)


def test_guesses_sent_side_by_side_do_not_slip_through(counter: Counter) -> None:
    ((number, _),) = counter.cards(1)
    owner = counter.shop.owner()

    def guess(pin: str) -> Callable[[], object]:
        return lambda: card_checking.check(lambda: counter.shop.unit(owner), number, pin)

    found = _at_once([guess(f"{pin:08d}") for pin in range(24)])
    assert found == {"card_or_pin_wrong": 5, "too_many_tries": 19}


@pytest.mark.parametrize("limit", [1, 2])
def test_a_steps_limit_holds_at_many_tills(counter: Counter, limit: int) -> None:
    counter.ladder((10_000, 1_000), per_member=limit)
    owner = counter.shop.owner()

    def pay_in() -> None:
        with counter.shop.unit(owner) as unit:
            topping.top_up(
                unit,
                counter.member_id,
                counter.store.store_id,
                [Money(MoneyKind.CASH, 10_000)],
                amount_minor=10_000,
            )

    found = _at_once([pay_in] * 6)
    principal, bonus = counter.held()
    assert (bonus, principal) == (1_000 * limit, 10_000 * found["done"])


def test_a_top_up_is_refunded_or_spent(counter: Counter) -> None:
    top_up_id = parse(Prefix.TOP_UP, counter.top_up(10_000)["id"])
    owner = counter.shop.owner()

    def refund() -> None:
        with counter.shop.unit(owner) as unit:
            refunding.refund(unit, top_up_id, counter.store.store_id, MoneyKind.CASH)

    def spend() -> None:
        counter.spend(Asset.STORED_PRINCIPAL, 6_000)

    found = _at_once([spend, refund, spend, refund])
    assert found["done"] >= 1
    assert counter.held() == (0, 0)
