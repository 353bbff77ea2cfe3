"""Orders paid with everything at once: a coupon, red packets, points, stored value of two wallets, and money."""

from dataclasses import dataclass
from typing import Any

import pytest

from shuke.ledger import service as ledger
from shuke.ledger.model import Balances
from shuke.members.model import Member
from shuke.offers import service as offers
from shuke.offers.model import CouponRules, Funder, FundingShare, Limits, PacketKind, Returns, Validity
from tests.support.counter import Counter
from tests.support.offers import Desk
from tests.support.till import Till

GOODS: Any = [("BREAD", 10), ("MILK", 3)]
CASH = [{"kind": "cash", "amount_minor": 10_000}]
EVERYTHING = {"points": 50, "stored_value_minor": 4_000}
CO_FUNDED = (FundingShare(Funder.MERCHANT, 6_000), FundingShare(Funder.PLATFORM, 4_000))


@dataclass
class Rich:
    """A member with 100 points, a coupon 30 − 5 (two uses in all), 3.00 of red packets, and 20.00 stored with 5.00
    bonus."""

    till: Till
    desk: Desk
    counter: Counter
    member: Member

    def balances(self) -> Balances:
        with self.till.shop.unit() as unit:
            return ledger.balances(unit, self.member.member_id)

    def coupons(self) -> int:
        return len(self.desk.held(self.member))

    def settle(self, **more: Any) -> dict[str, Any]:
        choices = EVERYTHING | more.pop("choices", {})
        return self.till.settle(GOODS, self.member, choices=choices, **more)


@pytest.fixture
def rich(till: Till) -> Rich:
    member = till.shop.member()
    desk = Desk(till.shop)
    rules = CouponRules(validity=Validity(days=10), returns=Returns(on_partial_refund=False))
    template = desk.template(rules=rules, limits=Limits(uses=2, budget_minor=1_000), funding=CO_FUNDED)
    till.settle([("BREAD", 20)], member, tenders=CASH)  # 100 points
    desk.coupon(template, member)
    campaign = desk.campaign(PacketKind.ACTIVATION, 300, 300)
    with till.shop.unit() as unit:
        offers.grant_red_packet(unit, campaign, member.member_id, member.member_id)
    counter = Counter(till.shop, till.store, member.member_id, till.as_machine())
    counter.ladder((2_000, 500))
    counter.top_up(2_000)
    return Rich(till, desk, counter, member)


def test_everything_pays_and_everything_comes_back(rich: Rich) -> None:
    before = rich.balances()
    assert (before.points, before.red_packet, before.stored_principal, before.stored_bonus) == (100, 300, 2_000, 500)
    order = rich.settle(tenders=CASH)
    # 86.00 − 6.00 member price − 5.00 coupon − 3.00 red packet − 0.50 points = 71.50, of which stored value pays 25.00
    assert (order["gross_minor"], order["discount_minor"], order["paid_minor"]) == (8_600, 1_450, 7_150)
    assert (order["stored_minor"], order["change_minor"]) == (2_500, 10_000 - 4_650)
    assert [step["stage"] for step in order["stages"]] == [
        "member_price",
        "coupon",
        "red_packet",
        "points",
        "stored_value",
    ]
    assert {item["funder"] for line in order["lines"] for item in line["adjustments"]} == {"merchant", "platform"}
    assert sum(part["amount_minor"] for line in order["lines"] for part in line["payments"]) == 2_500
    after = rich.balances()
    assert (after.points, after.red_packet, after.stored_principal, after.stored_bonus) == (50 + 71, 0, 0, 0)
    assert rich.coupons() == 0
    assert rich.till.broken_laws() == []

    first = rich.till.refund(order, (1, 5))
    assert rich.coupons() == 0
    assert {item["asset"] for item in first["assets"]} == {"points", "red_packet", "stored_principal", "stored_bonus"}
    assert (
        first["money_minor"] + sum(item["amount"] for item in first["assets"] if item["asset"].startswith("stored"))
        == first["paid_minor"]
    )
    rich.till.refund(order, amounts=[(2, 333)])
    last = rich.till.refund(order)
    assert last["complete"]
    assert rich.balances() == before
    assert rich.coupons() == 1
    assert rich.till.broken_laws() == []
    assert rich.settle(tenders=CASH)["paid_minor"] == 7_150


def test_a_pending_order_holds_everything(rich: Rich) -> None:
    before = rich.balances()
    order = rich.settle(tenders=[], pending=True)
    held = rich.balances()
    assert (held.points, held.red_packet, held.stored_principal, held.stored_bonus) == (50, 0, 0, 0)
    assert (order["due_minor"], rich.coupons()) == (4_650, 0)
    assert rich.till.broken_laws() == []
    rich.till.post(f"orders/{order['id']}/cancel")
    assert (rich.balances(), rich.coupons()) == (before, 1)
    again = rich.settle(tenders=[], pending=True)
    paid = rich.till.post(f"orders/{again['id']}/payments", {"tenders": [{"kind": "card", "amount_minor": 4_650}]})
    assert (paid.json()["status"], paid.json()["points_earned"]) == ("paid", 71)
    assert rich.till.broken_laws() == []
    rich.till.refund(again)
    assert (rich.balances(), rich.coupons()) == (before, 1)
    assert rich.till.broken_laws() == []


def test_a_gift_card_of_a_stranger(till: Till) -> None:
    counter = Counter(till.shop, till.store, till.shop.member().member_id, till.as_machine())
    ((number, pin),) = counter.cards(1, face=1_000)
    counter.sell(number, face=1_000)
    shown = counter.check(number, pin)["pass"]
    order = till.settle([("BREAD", 3)], choices={"stored_value_minor": 5_000}, cards=[shown], tenders=CASH)
    assert (order["paid_minor"], order["stored_minor"], order["change_minor"]) == (1_500, 1_000, 9_500)
    back = till.refund(order, (1, 1))
    assert (back["paid_minor"], back["money_minor"]) == (500, 167)
    assert [(item["asset"], item["amount"]) for item in back["assets"]] == [("stored_principal", 333)]
    till.refund(order)
    assert till.broken_laws() == []


def test_a_card_that_is_shown_goes_before_what_the_member_stored(rich: Rich) -> None:
    ((number, pin),) = rich.counter.cards(1, face=1_000)
    rich.counter.sell(number, face=1_000)
    shown = rich.counter.check(number, pin)["pass"]
    order = rich.settle(choices={"stored_value_minor": 1_500}, cards=[shown], tenders=CASH)
    assert order["stored_minor"] == 1_500
    after = rich.balances()
    assert (after.stored_principal, after.stored_bonus) == (2_000, 0)
    assert rich.counter.check(number, pin)["balance_minor"] == 0
    assert rich.till.broken_laws() == []


def test_what_comes_back_to_a_card_that_was_bound_goes_to_its_member(rich: Rich) -> None:
    ((number, pin),) = rich.counter.cards(1, face=1_000)
    rich.counter.sell(number, face=1_000)
    checked = rich.counter.check(number, pin)
    stranger = rich.till.settle(GOODS, choices={"stored_value_minor": 600}, cards=[checked["pass"]], tenders=CASH)
    before = rich.balances().stored_principal
    bound = rich.counter.check(number, pin)
    rich.counter.post(f"/cards/{bound['id']}/bind", {"member_id": rich.counter.member, "pass": bound["pass"]}, 200)
    rich.till.refund(stranger)
    assert rich.balances().stored_principal == before + 1_000
    assert rich.till.broken_laws() == []


def test_a_wallet_shows_what_there_is_to_pay_with(rich: Rich) -> None:
    wallet = rich.counter.get(f"/members/{rich.counter.member}/wallet")
    held = {name: wallet[name]["balance"] for name in ("points", "stored_principal", "stored_bonus", "red_packets")}
    assert held == {"points": 100, "stored_principal": 2_000, "stored_bonus": 500, "red_packets": 300}
    (packet,) = wallet["red_packets"]["lots"]
    assert (packet["remaining"], packet["source"] is None, packet["expires_at"] is None) == (300, False, False)
    (entry, *_) = rich.counter.get(f"/members/{rich.counter.member}/wallet?asset=red_packet")["statement"]["items"]
    assert (entry["kind"], entry["amount"]) == ("red_packet_granted", 300)
    told = rich.counter.get(f"/members/{rich.counter.member}/timeline")["items"]
    words = {item["title"]["zh"] for item in told}
    assert {"收到红包 3.00 CNY", "储值到账 25.00 CNY"} <= words


def test_red_packets_stay_with_the_shop_where_it_says_so(rich: Rich) -> None:
    rich.till.client.patch("/v1/settings/orders", json={"returns_red_packets": False})
    order = rich.settle(tenders=CASH)
    back = rich.till.refund(order)
    assert "red_packet" not in {item["asset"] for item in back["assets"]}
    assert rich.balances().red_packet == 0
    assert rich.till.broken_laws() == []


def test_packets_after_the_purchase_come_with_the_payment(till: Till) -> None:
    Desk(till.shop).campaign(PacketKind.AFTER_PURCHASE, 200, 200)
    member = till.shop.member()
    order = till.settle([("BREAD", 1)], member, tenders=[], pending=True)
    with till.shop.unit() as unit:
        assert ledger.balances(unit, member.member_id).red_packet == 0
    till.post(f"orders/{order['id']}/payments", {"tenders": [{"kind": "cash", "amount_minor": 500}]})
    with till.shop.unit() as unit:
        assert ledger.balances(unit, member.member_id).red_packet == 200
    till.settle([("BREAD", 1)], member)
    with till.shop.unit() as unit:
        assert ledger.balances(unit, member.member_id).red_packet <= 400
    assert till.broken_laws() == []


def test_a_limit_is_held_by_pending_orders(rich: Rich) -> None:
    template = rich.desk.template(limits=Limits(uses=1))
    for _ in range(2):
        rich.desk.coupon(template, rich.member)
    coupons = rich.desk.held(rich.member)
    assert len(coupons) == 3
    order = rich.till.settle(GOODS, rich.member, tenders=[], pending=True)
    assert rich.coupons() < 3
    rich.till.post(f"orders/{order['id']}/cancel")
    assert rich.coupons() == 3
    assert rich.till.broken_laws() == []
