"""What a member paid of stored value with is her money: erased, she gets it over the counter, and nobody keeps it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shuke.entrypoints.erasing import ERASING
from shuke.kernel.ids import Prefix, show
from shuke.ledger import service as ledger
from shuke.ledger.model import Balances
from shuke.loyalty.families import sharing
from shuke.members import service as members
from shuke.members.erasing.errors import ErasureHindered
from tests.checkout.test_family_wallets import home
from tests.support.counter import Counter
from tests.support.erasing import her_own
from tests.support.till import Till

GOODS: Any = [("BREAD", 20)]
CASH = [{"kind": "cash", "amount_minor": 100_000}]


def erase(till: Till, member_id: UUID, *, paid_out: bool = True) -> None:
    with till.shop.unit() as unit:
        own = her_own(unit, member_id) if paid_out else 0
        members.erase(unit, ERASING, member_id, "x", forfeit=True, paid_out_minor=own)


def held(till: Till, wallet_id: UUID) -> Balances:
    with till.shop.unit() as unit:
        return ledger.balances(unit, wallet_id)


def nothing_left(till: Till, member_id: UUID) -> bool:
    left = held(till, member_id)
    return (left.points, left.stored_principal, left.stored_bonus) == (0, 0, 0) and till.broken_laws() == []


@pytest.fixture
def counter(till: Till) -> Counter:
    return Counter(till.shop, till.store, till.shop.member().member_id, till.as_machine())


def test_her_own_goes_back_in_cash(till: Till, counter: Counter) -> None:
    counter.ladder((2_000, 1_000))
    counter.top_up(2_000)
    with till.shop.unit() as unit:
        member = members.get(unit, counter.member_id)
    order = till.settle(GOODS, member, choices={"stored_value_minor": 1_500})
    erase(till, counter.member_id)
    half = till.refund(order, (1, 10))
    rest = till.refund(order)
    assert half["paid_out_minor"] + rest["paid_out_minor"] == 500, "after the bonus of 10.00"
    assert nothing_left(till, counter.member_id)


def test_a_card_that_she_bound(till: Till, counter: Counter) -> None:
    ((number, pin),) = counter.cards(1, face=1_000)
    counter.sell(number, face=1_000)
    shown = counter.check(number, pin)
    order = till.settle(GOODS, choices={"stored_value_minor": 600}, cards=[shown["pass"]], tenders=CASH)
    shown = counter.check(number, pin)
    counter.post(f"/cards/{shown['id']}/bind", {"member_id": counter.member, "pass": shown["pass"]}, 200)
    erase(till, counter.member_id)
    assert till.refund(order)["paid_out_minor"] == 600
    assert nothing_left(till, counter.member_id)


def test_a_family_that_she_closed(till: Till) -> None:
    at_home = home(till)
    order = at_home.buy(at_home.child, points=100, stored=2_500)
    with till.shop.unit() as unit:
        sharing.close(unit, at_home.family_id)
    mother = at_home.mother.member_id
    erase(till, mother)
    back = till.refund(order)
    principal = sum(each["amount"] for each in back["assets"] if each["asset"] == "stored_principal")
    assert back["paid_out_minor"] == principal > 0
    assert nothing_left(till, mother)


def test_an_order_let_go_brings_her_nothing(till: Till, counter: Counter) -> None:
    ((number, pin),) = counter.cards(1, face=1_000)
    counter.sell(number, face=1_000)
    shown = counter.check(number, pin)
    order = till.settle(GOODS, choices={"stored_value_minor": 600}, cards=[shown["pass"]], tenders=[], pending=True)
    shown = counter.check(number, pin)
    counter.post(f"/cards/{shown['id']}/bind", {"member_id": counter.member, "pass": shown["pass"]}, 200)
    with pytest.raises(ErasureHindered):
        erase(till, counter.member_id)
    counter.post(f"/orders/{order['id']}/cancel", status=200)
    assert held(till, counter.member_id).stored_principal == 1_000
    erase(till, counter.member_id)
    assert nothing_left(till, counter.member_id)


def test_an_order_of_her_child_let_go_brings_her_nothing(till: Till) -> None:
    at_home = home(till)
    order = at_home.buy(at_home.child, stored=2_500, tenders=[], pending=True)
    with till.shop.unit() as unit:
        sharing.close(unit, at_home.family_id)
    with pytest.raises(ErasureHindered):
        erase(till, at_home.mother.member_id)
    assert till.post(f"orders/{order['id']}/cancel").status_code == 200
    erase(till, at_home.mother.member_id)
    assert nothing_left(till, at_home.mother.member_id)


def test_what_had_expired_of_principal_is_not_handed_over(till: Till, counter: Counter) -> None:
    ((number, pin),) = counter.cards(1, face=1_000, valid_days=1)
    counter.sell(number, face=1_000)
    shown = counter.check(number, pin)
    counter.post(f"/cards/{shown['id']}/bind", {"member_id": counter.member, "pass": shown["pass"]}, 200)
    till.world.clock.advance(timedelta(days=3))
    erase(till, counter.member_id, paid_out=False)
    assert nothing_left(till, counter.member_id)


def test_nobody_gives_up_principal_by_being_erased(till: Till, counter: Counter) -> None:
    counter.top_up(2_000)
    with pytest.raises(ErasureHindered):
        erase(till, counter.member_id, paid_out=False)
    assert held(till, counter.member_id).stored_principal == 2_000
    erase(till, counter.member_id)
    with till.shop.unit() as unit:
        posting = ledger.postings_relation().c
        rows = unit.connection.execute(
            ledger.postings_relation().select().where(posting.asset == "stored_principal", posting.amount < 0)
        )
        assert [(row.kind, row.account, row.amount) for row in rows] == [("paid_out", "paid_out", -2_000)]
    assert nothing_left(till, counter.member_id)


def test_who_hands_it_over_gets_it_from_who_took_it_in(till: Till, counter: Counter) -> None:
    counter.top_up(2_000)
    other = show(Prefix.STORE, till.shop.store().store_id)
    with till.shop.unit() as unit:
        member = members.get(unit, counter.member_id)
    order = till.settle(GOODS, member, choices={"stored_value_minor": 1_500}, store_id=other)
    erase(till, counter.member_id)
    assert till.refund(order)["paid_out_minor"] == 1_500
    client = till.world.client(till.shop.login)
    today = client.get("/v1/clearing/days").json()["items"][0]["day"]
    entries = client.get(f"/v1/clearing/days/{today}/entries").json()["items"]
    owed = sorted((each["kind"], each["reason"], each["amount_minor"]) for each in entries)
    assert owed == [
        ("order", "stored_principal", 1_500),
        ("refund", "stored_principal", -1_500),
        ("refund", "top_up_refund", 1_500),
    ]
    assert {each["debtor"]["store"]["id"] for each in entries} == {till.store_id}
    assert nothing_left(till, counter.member_id)
