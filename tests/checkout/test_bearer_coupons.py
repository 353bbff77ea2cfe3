"""Coupons on paper: whoever shows the code uses it, without being a member. Once, and again when it came back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from shuke.checkout.cancelling import cancel
from shuke.entrypoints.worker import let_go
from shuke.kernel.ids import Prefix, parse
from shuke.offers import codes, coupon_store
from shuke.offers.model import CouponRules, Limits, Returns, Validity
from tests.support.offers import FOR_MEMBERS, Desk
from tests.support.till import Till, member_id

BREADS: list[Any] = [("BREAD", 8)]  # 40.00


@dataclass
class Paper:
    """A till, and somebody before it with codes on paper: 5.00 off 30.00 each."""

    till: Till
    desk: Desk

    def codes(self, size: int = 2, **terms: Any) -> list[str]:
        rules = terms.pop("rules", None)
        template = self.desk.template(rules=rules, **terms)
        with self.till.shop.unit() as unit:
            batch = codes.print_batch(unit, template, "传单", size, None)
        with self.till.shop.unit() as unit:
            return codes.download(unit, batch.batch_id).split()[1:]

    def show(self, code: str, **whose: Any) -> Any:
        return self.till.post("coupon-codes/redeem", {"code": code} | whose)

    def coupon(self, code: str) -> str:
        answer = self.show(code)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def status(self, coupon: str) -> str:
        with self.till.shop.unit() as unit:
            return str(coupon_store.get(unit, parse(Prefix.COUPON, coupon)).status)

    def quote(self, *coupons: str, **more: Any) -> Any:
        return self.till.client.post("/v1/quotes", json=self.till.basket(BREADS) | {"coupons": coupons} | more)


@pytest.fixture
def paper(till: Till) -> Paper:
    return Paper(till, Desk(till.shop))


def test_a_stranger_pays_less(paper: Paper) -> None:
    first, second = (paper.coupon(code) for code in paper.codes())
    quoted = paper.quote(first).json()
    assert (quoted["payable_minor"], [used["coupon_id"] for used in quoted["used"]]) == (3500, [first])
    assert paper.quote(first, choices={"coupons": []}).json()["payable_minor"] == 4000
    order = paper.till.settle(BREADS, coupons=[first])
    assert (order["paid_minor"], order["member"], paper.status(first)) == (3500, None, "redeemed")
    assert paper.quote(first).json()["code"] == "coupon_used"
    assert paper.till.try_settle(BREADS, coupons=[first]).json()["code"] == "coupon_used"
    assert paper.status(second) == "available"
    assert paper.till.broken_laws() == []


def test_a_coupon_stays_the_same_however_often_its_code_is_shown(paper: Paper) -> None:
    code, _ = paper.codes()
    coupon = paper.coupon(code)
    assert paper.coupon(code) == coupon
    order = paper.till.settle(BREADS, coupons=[coupon])
    assert paper.show(code).json()["code"] == "coupon_used"
    paper.till.refund(order)
    assert (paper.status(coupon), paper.coupon(code)) == ("available", coupon)
    assert paper.till.settle(BREADS, coupons=[coupon])["paid_minor"] == 3500
    assert paper.till.broken_laws() == []


def test_it_comes_back_as_the_template_says(paper: Paper) -> None:
    (coupon,) = (paper.coupon(code) for code in paper.codes(1))
    order = paper.till.settle(BREADS, coupons=[coupon])
    paper.till.refund(order, (1, 1))
    assert paper.status(coupon) == "redeemed"
    paper.till.refund(order)
    assert paper.status(coupon) == "available"
    lost = CouponRules(validity=Validity(days=10), returns=Returns(on_full_refund=False))
    (other,) = (paper.coupon(code) for code in paper.codes(1, rules=lost))
    paper.till.refund(paper.till.settle(BREADS, coupons=[other]))
    assert paper.status(other) == "redeemed"
    assert paper.till.broken_laws() == []


def test_a_pending_order_holds_it_and_lets_it_go(paper: Paper) -> None:
    code, _ = paper.codes()
    coupon = paper.coupon(code)
    order = paper.till.settle(BREADS, coupons=[coupon], tenders=[], pending=True)
    assert (order["due_minor"], paper.status(coupon)) == (3500, "reserved")
    assert paper.quote(coupon).json()["code"] == paper.show(code).json()["code"] == "coupon_reserved"
    paper.till.post(f"orders/{order['id']}/cancel")
    assert paper.status(coupon) == "available"
    held = paper.till.settle(BREADS, coupons=[coupon], tenders=[], pending=True)
    assert paper.till.order(held)["status"] == "pending"
    paper.till.post(f"orders/{held['id']}/payments", {"tenders": [{"kind": "cash", "amount_minor": 3500}]})
    assert (paper.till.order(held)["status"], paper.status(coupon)) == ("paid", "redeemed")
    assert let_go(paper.till.world.database, paper.till.shop.merchant_id) == 0
    assert paper.till.broken_laws() == []


def test_for_members_only(paper: Paper) -> None:
    code, _ = paper.codes(conditions=FOR_MEMBERS)
    refused = paper.show(code)
    assert (refused.status_code, refused.json()["code"]) == (409, "code_for_members")
    member = paper.till.shop.member()
    coupon = paper.show(code, member_id=member_id(member)).json()["id"]
    assert paper.quote(coupon).json()["code"] == "coupon_not_yours"
    assert paper.quote(coupon, member_id=member_id(member)).json()["payable_minor"] == 3500
    assert paper.show(code).json()["code"] == "code_used"
    assert paper.till.broken_laws() == []


def test_a_member_may_show_paper_too(paper: Paper) -> None:
    """What was shown before she said who she is remains nobody's, and counts for her when she uses it."""
    code, other = paper.codes()
    coupon, member = paper.coupon(code), paper.till.shop.member()
    assert paper.show(code, member_id=member_id(member)).json()["member"] is None
    hers = paper.show(other, member_id=member_id(member)).json()["id"]
    order = paper.till.settle(BREADS, member, coupons=[coupon, hers], choices={"coupons": [coupon]})
    assert order["paid_minor"] == 3500
    assert (paper.status(coupon), paper.status(hers)) == ("redeemed", "available")
    paper.till.refund(order)
    assert paper.till.settle(BREADS, coupons=[coupon])["paid_minor"] == 3500
    assert paper.till.broken_laws() == []


def test_a_limit_for_everybody_counts_strangers(paper: Paper) -> None:
    first, second = (paper.coupon(code) for code in paper.codes(limits=Limits(uses=1)))
    order = paper.till.settle(BREADS, coupons=[first])
    assert paper.quote(second).json()["payable_minor"] == 4000
    paper.till.refund(order)
    assert paper.quote(second).json()["payable_minor"] == 3500
    assert paper.till.broken_laws() == []


def test_nonsense_is_refused(paper: Paper) -> None:
    assert paper.quote("cpn_00000000000000000000000000").json()["code"] in ("coupon_not_found", "invalid")
    code, _ = paper.codes()
    late = paper.coupon(code)
    paper.till.world.clock.advance(timedelta(days=11))
    paper.till.client = paper.till.as_machine()
    assert paper.quote(late).json()["code"] == paper.show(code).json()["code"] == "coupon_expired"


def test_eight_tills_use_it_once(paper: Paper) -> None:
    """Sold at once, and held by pending orders that are cancelled at once: it is used or free, and never twice."""
    coupon = paper.coupon(paper.codes(1)[0])
    start = Barrier(8)

    def sell(at: int) -> Any:
        start.wait()
        return paper.till.try_settle(BREADS, coupons=[coupon], pending=at % 2 == 1, tenders=[] if at % 2 else None)

    answers = at_once([lambda at=at: sell(at) for at in range(8)])  # type: ignore[misc]
    won = [answer.json() for answer in answers if answer.status_code == 201]
    lost = {answer.json()["code"] for answer in answers if answer.status_code != 201}
    assert len(won) == 1
    assert lost <= {"coupon_used", "coupon_reserved"}
    if won[0]["status"] == "pending":
        with paper.till.shop.unit() as unit:
            cancel(unit, parse(Prefix.ORDER, won[0]["id"]))
    else:
        paper.till.refund(won[0])
    assert paper.status(coupon) == "available"
    assert paper.till.broken_laws() == []


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(act) for act in acts]]
