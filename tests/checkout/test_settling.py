"""Settling orders: money, points, tiers, change; and that a repeat settles nothing twice."""

from shuke.checkout import service as checkout
from shuke.infra import outbox
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.tenancy.model import Role
from tests.support.till import Till


def test_an_order_says_everything_about_itself(till: Till) -> None:
    member = till.shop.member(name="王小明")
    order = till.settle([("MILK", 2), ("APPLE", "0.455")], member, tenders=[{"kind": "cash", "amount_minor": 3000}])
    assert (order["gross_minor"], order["discount_minor"], order["paid_minor"]) == (2855, 400, 2455)
    assert (order["net_minor"], order["change_minor"], order["units"], order["line_count"]) == (2455, 545, 3, 2)
    assert (order["points_earned"], order["points_spent"], order["status"], order["source"]) == (24, 0, "paid", "shuke")
    assert order["member"] == {"id": order["member"]["id"], "number": member.number, "name": "王小明"}
    assert (order["business_day"], order["placed_at"]) == ("2026-03-02", "2026-03-02T04:00:00Z")
    assert order["number"].startswith("260302-")
    assert order["cashier"]["name"] == "店主"
    assert [step["stage"] for step in order["stages"]] == ["member_price"]
    assert till.client.get(f"/v1/orders/{order['id']}").json() == order


def test_points_and_growth_follow_the_order(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 250)], member)  # 1250.00 paid: 1250 points, growth 1250 → silver
    assert till.wallet(member) == (1250, 1250, "silver")
    quote = till.quote([("BREAD", 10)], member)
    assert quote["payable_minor"] == 4900
    assert quote["lines"][0]["adjustments"][0]["reason"] == {"zh": "银卡享 9.8 折", "en": "Silver members: 2% off"}
    assert quote["points"] == {"usable": 1250, "used": 0, "worth_minor": 0, "to_earn": 58}


def test_points_pay_up_to_half_and_are_gone(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 20)], member)  # 100.00: 100 points
    order = till.settle([("BREAD", 1)], member, points=10_000, tenders=[{"kind": "wechat", "amount_minor": 400}])
    assert (order["points_spent"], order["paid_minor"], order["points_earned"], order["change_minor"]) == (
        100,
        400,
        4,
        0,
    )
    assert till.wallet(member) == (4, 104, "basic")


def test_what_points_may_pay_is_capped(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 200)], member)  # 1000 points, silver
    quote = till.quote([("BREAD", 2)], member, points=1000)
    assert quote["points"] == {"usable": 490, "used": 490, "worth_minor": 490, "to_earn": 5}
    assert (quote["payable_minor"], quote["adjustments"][1]["reason"]["zh"]) == (490, "490 积分抵扣")


def test_a_stranger_settles_too(till: Till) -> None:
    order = till.settle(
        [("MILK", 1)], tenders=[{"kind": "cash", "amount_minor": 200}, {"kind": "alipay", "amount_minor": 1000}]
    )
    assert (order["member"], order["points_earned"], order["change_minor"]) == (None, 0, 0)


def test_nothing_due_needs_no_tender(till: Till) -> None:
    till.shop.product("GIFT", 0)
    order = till.settle([("GIFT", 1)], tenders=[])
    assert (order["paid_minor"], order["tenders"], order["change_minor"]) == (0, [], 0)


def test_the_expected_amount_is_honoured(till: Till) -> None:
    assert till.settle([("MILK", 1)], expected_payable_minor=1200)["paid_minor"] == 1200


def test_prices_are_stated_by_those_who_may(till: Till) -> None:
    till.shop.product("LOOSE", None, name="散装")
    cashier = till.as_staff(Role.CASHIER, till.store)
    assert till.settle([("MILK", 1, 800)])["gross_minor"] == 800
    assert till.settle([("LOOSE", 1, 350)], client=cashier)["gross_minor"] == 350
    refused = till.try_settle([("MILK", 1, 800)], client=cashier)
    assert (refused.status_code, refused.json()["code"]) == (403, "price_not_yours")
    manager = till.as_staff(Role.MANAGER, till.store)
    assert till.settle([("MILK", 1, 800)], client=manager)["gross_minor"] == 800


def test_a_member_never_pays_more_than_a_stated_price(till: Till) -> None:
    member = till.shop.member()
    assert till.quote([("MILK", 1, 1100)], member)["payable_minor"] == 1000
    assert till.quote([("MILK", 1, 800)], member)["payable_minor"] == 800


def test_the_event_tells_of_the_order(till: Till) -> None:
    member = till.shop.member()
    order = till.settle([("MILK", 1)], member)
    with till.shop.unit() as unit:
        events, _ = outbox.read_after(unit, outbox.START)
    told = next(event for event in events if event.type == "order.settled")
    assert told.member_id == member.member_id
    assert (told.payload["number"], told.payload["paid_minor"]) == (order["number"], 1000)
    assert member.phone is not None
    assert member.phone not in str(told.payload)


def test_a_repeat_with_the_same_key_is_the_same_order(till: Till) -> None:
    member = till.shop.member()
    first = till.try_settle([("MILK", 1)], member, key="till-1-0001")
    before = till.everything()
    again = till.try_settle([("MILK", 1)], member, key="till-1-0001")
    assert (again.status_code, again.json()) == (201, first.json())
    other = till.try_settle([("MILK", 2)], member, key="till-1-0001")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert till.everything() == before


def test_a_refused_order_leaves_its_key_free(till: Till) -> None:
    assert till.try_settle([("MILK", 1)], tenders=[], key="k").json()["code"] == "tender_short"
    assert till.try_settle([("MILK", 1)], key="k").status_code == 201


def test_the_tills_own_number_settles_once(till: Till) -> None:
    order = till.settle([("MILK", 1)], external_ref="T1-77")
    before = till.everything()
    again = till.try_settle([("MILK", 1)], external_ref="T1-77")
    assert (again.status_code, again.json()["code"]) == (409, "external_ref_taken")
    assert order["number"] in again.json()["detail"]
    assert till.everything() == before


def test_the_audit_is_green_and_sees_what_is_wrong(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 100)], member)
    till.settle([("MILK", 3), ("APPLE", "1.5")], member, points=100)
    till.settle([("MILK", 1)])
    with till.shop.unit() as unit:
        checks = [*checkout.audit(unit), *ledger.audit(unit), *loyalty.audit(unit)]
    assert [check for check in checks if not check.ok] == []
    with till.shop.unit() as unit:
        unit.connection.exec_driver_sql("UPDATE orders SET points_earned = points_earned + 1, tenders = '[]'")
        unit.connection.exec_driver_sql(
            "INSERT INTO order_lines (merchant_id, order_id, line_no, product_id, quantity, gross_minor, "
            "discount_minor, net_minor, paid_minor, adjustments) "
            "SELECT merchant_id, order_id, 99, product_id, quantity, gross_minor, discount_minor, net_minor, "
            "paid_minor, adjustments FROM order_lines WHERE line_no = 1"
        )
        assert {check.name for check in checkout.audit(unit) if not check.ok} == {
            "checkout: orders equal their lines",
            "checkout: orders equal their points",
            "checkout: orders equal their tenders",
        }
