"""Family cards at the till: one wallet that several people pay from and earn to, within each one's limits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shuke.entrypoints import worker
from shuke.ledger import service as ledger
from shuke.ledger.model import Balances
from shuke.loyalty.families import sharing
from shuke.loyalty.model import EarnsTo, SpendingLimits
from shuke.members.model import Member
from tests.support.counter import Counter
from tests.support.till import Till

BREAD: Any = [("BREAD", 20)]
"""100.00: a hundred points."""
NO_LIMITS = SpendingLimits()


@dataclass
class Home:
    """A mother who brought 500 points and 30.00 of stored value (20.00 paid in, 10.00 bonus), and her child."""

    till: Till
    mother: Member
    child: Member
    family_id: UUID

    def held(self, wallet_id: UUID) -> Balances:
        with self.till.shop.unit() as unit:
            return ledger.balances(unit, wallet_id)

    @property
    def family(self) -> Balances:
        return self.held(self.family_id)

    def limit(self, **limits: int) -> None:
        with self.till.shop.unit() as unit:
            sharing.limit(unit, self.family_id, self.child.member_id, SpendingLimits(**limits))

    def buy(self, who: Member, points: int = 0, stored: int = 0, **more: Any) -> dict[str, Any]:
        choices = {"points": points, "stored_value_minor": stored}
        return self.till.settle(BREAD, who, choices=choices, **more)


def home(till: Till, earns_to: EarnsTo = EarnsTo.FAMILY) -> Home:
    mother, child = till.shop.member(), till.shop.member()
    till.settle([("BREAD", 100)], mother)
    counter = Counter(till.shop, till.store, mother.member_id, till.as_machine())
    counter.ladder((2_000, 1_000))
    counter.top_up(2_000)
    with till.shop.unit() as unit:
        made = sharing.create(unit, mother.member_id, "一家人", earns_to, move_balance=True)
        invited = sharing.invite(unit, made.family_id, child.member_id)
        sharing.accept(unit, invited.invitation_id, NO_LIMITS)
    return Home(till, mother, child, made.family_id)


@pytest.fixture
def at_home(till: Till) -> Home:
    return home(till)


def test_everybody_pays_from_and_earns_to_the_family(at_home: Home) -> None:
    quoted = at_home.till.quote(BREAD, at_home.child)
    assert quoted["points"]["usable"] > 0
    order = at_home.buy(at_home.child, points=300, stored=1_500)
    assert (order["points_spent"], order["stored_minor"], order["paid_minor"]) == (300, 1_500, 9_700)
    assert at_home.family == Balances(points=500 - 300 + 97, stored_principal=1_500, stored_bonus=0)
    assert at_home.held(at_home.child.member_id) == Balances(growth=97), "growth stays her own"
    assert at_home.till.broken_laws() == []


def test_what_comes_back_goes_to_the_family(at_home: Home) -> None:
    before = at_home.family
    order = at_home.buy(at_home.child, points=300, stored=1_500)
    at_home.till.refund(order, (1, 5))
    at_home.till.refund(order)
    assert at_home.family == before
    assert at_home.held(at_home.child.member_id) == Balances()
    assert at_home.till.broken_laws() == []


def test_a_pending_order_holds_the_familys_wallet_and_earns_to_it_once_paid(at_home: Home) -> None:
    before = at_home.family
    first = at_home.buy(at_home.child, points=200, stored=500, tenders=[], pending=True)
    at_home.buy(at_home.child, points=100, tenders=[], pending=True)
    assert (at_home.family.points, at_home.family.stored_bonus) == (200, 500)
    at_home.till.world.clock.advance(timedelta(minutes=10))
    paid = at_home.till.post(f"orders/{first['id']}/payments", {"tenders": [{"kind": "cash", "amount_minor": 9_300}]})
    assert paid.status_code in (200, 201), paid.text
    at_home.till.world.clock.advance(timedelta(minutes=10))
    assert worker.let_go(at_home.till.world.database, at_home.till.shop.merchant_id) == 1
    assert at_home.family.points == before.points - 200 + 98
    assert at_home.till.broken_laws() == []


def test_her_own_wallet_comes_first(till: Till) -> None:
    family = home(till, EarnsTo.PERSON)
    family.buy(family.child)
    assert family.held(family.child.member_id).points == 100
    order = family.buy(family.child, points=250)
    assert order["points_spent"] == 250
    assert family.held(family.child.member_id).points == 97
    assert family.family.points == 350
    till.refund(order)
    assert (family.held(family.child.member_id).points, family.family.points) == (100, 500)
    assert till.broken_laws() == []


def test_nobody_goes_over_her_limit(at_home: Home) -> None:
    at_home.till.client = at_home.till.as_machine()
    at_home.limit(points_day=120, value_month_minor=700)
    order = at_home.buy(at_home.child, points=500, stored=3_000)
    assert (order["points_spent"], order["stored_minor"]) == (120, 700)
    again = at_home.buy(at_home.child, points=500, stored=3_000)
    assert (again["points_spent"], again["stored_minor"]) == (0, 0)
    assert at_home.buy(at_home.mother, points=100, stored=500)["points_spent"] == 100, "her limits are nobody else's"
    at_home.till.refund(order)
    assert at_home.buy(at_home.child, points=50)["points_spent"] == 50, "what came back can be spent again"
    at_home.till.world.clock.advance(timedelta(days=1))
    assert at_home.buy(at_home.child, points=500)["points_spent"] == 120
    assert at_home.till.broken_laws() == []


def test_two_tills_at_once_stay_within_a_limit(at_home: Home) -> None:
    at_home.limit(points_day=100)
    till = at_home.till
    till.client = till.as_machine()
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: till.try_settle(BREAD, at_home.child, choices={"points": 80}), range(5)))
    codes = {answer.json()["code"] for answer in answers if answer.status_code != 201}
    assert codes <= {"over_family_limit", "not_enough"}
    assert sum(answer.json()["points_spent"] for answer in answers if answer.status_code == 201) <= 100
    assert till.broken_laws() == []


def test_who_has_left_pays_from_her_own(at_home: Home) -> None:
    with at_home.till.shop.unit() as unit:
        sharing.leave(unit, at_home.family_id, at_home.child.member_id)
    assert at_home.buy(at_home.child, points=100)["points_spent"] == 0
    assert at_home.held(at_home.child.member_id).points == 100


def test_what_comes_back_to_a_family_that_is_no_more_goes_to_its_owner(at_home: Home) -> None:
    before = at_home.family
    order = at_home.buy(at_home.child, points=300, stored=1_500)
    waiting = at_home.buy(at_home.child, points=100, tenders=[], pending=True)
    with at_home.till.shop.unit() as unit:
        sharing.close(unit, at_home.family_id)
    at_home.till.refund(order)
    cancelled = at_home.till.post(f"orders/{waiting['id']}/cancel")
    assert cancelled.status_code in (200, 201), cancelled.text
    assert at_home.held(at_home.mother.member_id) == replace(before, growth=500), "as if nothing had been bought"
    assert at_home.till.broken_laws() == []
