"""Refunds over HTTP: money, points, stock of rights; in parts and as a whole; and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from shuke.infra import outbox
from shuke.insight import service as insight
from shuke.tenancy.model import Role
from tests.support.till import Till

CASH = {"kind": "cash", "amount_minor": 100_000}


def test_a_refund_of_all_undoes_the_order(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 20)], member)  # 100 points
    order = till.settle([("BREAD", 1), ("MILK", 1)], member, points=100)  # 15.00 - 1.00
    assert (order["paid_minor"], order["points_spent"], order["points_earned"]) == (1400, 100, 14)
    back = till.refund(order)
    assert (back["gross_minor"], back["discount_minor"], back["paid_minor"]) == (1700, 300, 1400)
    assert (back["points_returned"], back["points_taken_back"], back["growth_taken_back"]) == (100, 14, 14)
    assert back["tenders"] == [{"tender_no": 0, "kind": "cash", "amount_minor": 1400}]
    assert back["complete"] is True
    now = till.order(order)
    assert (now["status"], now["refunded_paid_minor"], now["points_returned"]) == ("refunded", 1400, 100)
    assert now["refunds"] == [back]
    assert till.wallet(member)[:2] == (100, 100)
    assert till.broken_laws() == []


def test_a_refund_in_parts_ends_exactly(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 20)], member)
    order = till.settle([("BREAD", 3), ("APPLE", "0.455")], member, points=77)
    parts = [
        till.refund(order, (1, 1)),
        till.refund(order, amounts=[(1, 100)]),
        till.refund(order, (2, "0.155")),
        till.refund(order, (1, 1), amounts=[(2, 7)]),
        till.refund(order),
    ]
    assert [part["complete"] for part in parts] == [False] * 4 + [True]
    for name in ("gross_minor", "discount_minor", "paid_minor", "net_minor"):
        assert sum(part[name] for part in parts) == order[name]
    assert sum(part["points_returned"] for part in parts) == order["points_spent"]
    assert sum(part["points_taken_back"] for part in parts) == order["points_earned"]
    assert till.wallet(member)[:2] == (100, 100)
    assert till.broken_laws() == []


def test_what_was_spent_already_is_owed(till: Till) -> None:
    member = till.shop.member()
    order = till.settle([("BREAD", 20)], member)  # earns 100
    till.settle([("BREAD", 1)], member, points=90, tenders=[CASH])  # spends 90, earns 4
    back = till.refund(order)
    assert (back["points_taken_back"], back["points_owed"]) == (100, 86)
    till.settle([("BREAD", 20)], member)  # earns 100: 86 pay the debt
    assert till.wallet(member)[0] == 14
    assert till.broken_laws() == []


def test_money_goes_back_where_it_came_from(till: Till) -> None:
    tenders = [{"kind": "cash", "amount_minor": 1000}, {"kind": "card", "amount_minor": 500, "reference": "T1"}]
    order = till.settle([("BREAD", 2), ("MILK", 1)], tenders=[*tenders, {"kind": "cash", "amount_minor": 1000}])
    assert order["change_minor"] == 300
    first = till.refund(order, (1, 1))
    assert [(item["tender_no"], item["amount_minor"]) for item in first["tenders"]] == [(1, 500)]
    second = till.refund(order, (1, 1), tenders="proportional")
    assert [(item["tender_no"], item["amount_minor"]) for item in second["tenders"]] == [(0, 294), (2, 206)]
    third = till.refund(order, tenders="cash")
    assert sum(item["amount_minor"] for item in third["tenders"]) == 1200
    assert till.broken_laws() == []


def test_a_preview_is_the_refund_and_writes_nothing(till: Till) -> None:
    member = till.shop.member()
    order = till.settle([("BREAD", 3)], member)
    before = till.everything()
    body = {"lines": [{"line_no": 1, "quantity": 2}]}
    answer = till.post(f"orders/{order['id']}/refunds/preview", body)
    assert answer.status_code == 200, answer.text
    assert till.everything() == before
    made = till.refund(order, (1, 2), reason="")
    assert made | {"id": ""} == answer.json() | {"id": ""}


def test_a_repeat_is_the_same_refund(till: Till) -> None:
    order = till.settle([("BREAD", 3)])
    first = till.refund(order, (1, 1), key="r1")
    before = till.everything()
    assert till.refund(order, (1, 1), key="r1") == first
    assert till.try_refund(order, (1, 2), key="r1").json()["code"] == "idempotency_key_reused"
    assert till.everything() == before


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"lines": [{"line_no": 1, "quantity": 4}]}, 409, "quantity_over"),
        ({"lines": [{"line_no": 1, "amount_minor": 1501}]}, 409, "amount_over"),
        ({"lines": [{"line_no": 3, "quantity": 1}]}, 422, "bad_refund"),
        ({"lines": [{"line_no": 1, "quantity": 1}, {"line_no": 1, "quantity": 1}]}, 422, "bad_refund"),
        ({"lines": [{"line_no": 1, "quantity": "0.5"}]}, 422, "bad_refund"),
        ({"lines": [{"line_no": 1, "quantity": 1}], "expected_minor": 499}, 409, "refund_changed"),
        ({"lines": [{"line_no": 1}]}, 422, "invalid"),
        ({"lines": [{"line_no": 1, "quantity": 1, "amount_minor": 1}]}, 422, "invalid"),
        ({"lines": [], "all": False}, 422, "invalid"),
        ({"lines": [{"line_no": 1, "quantity": 1}], "all": True}, 422, "invalid"),
        ({"all": True, "tenders": "gold"}, 422, "invalid"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    till: Till, body: dict[str, Any], status: int, code: str
) -> None:
    order = till.settle([("BREAD", 3), ("MILK", 1)])
    before = till.everything()
    answer = till.post(f"orders/{order['id']}/refunds", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert till.everything() == before


def test_what_came_back_does_not_come_back_again(till: Till) -> None:
    order = till.settle([("BREAD", 3), ("MILK", 1)])
    till.refund(order, (1, 3))
    assert till.try_refund(order, (1, 1)).json()["code"] == "line_returned"
    till.refund(order)
    assert till.try_refund(order).json()["code"] == "nothing_left"
    assert till.broken_laws() == []


def test_the_time_for_refunds_ends(till: Till) -> None:
    till.client = till.as_machine()
    assert till.client.patch("/v1/settings/orders", json={"refund_days": 7}).status_code == 200
    orders = [till.settle([("BREAD", 1)]) for _ in range(2)]
    till.world.clock.advance(timedelta(days=7))
    till.refund(orders[0])
    till.world.clock.advance(timedelta(days=1))
    answer = till.try_refund(orders[1])
    assert (answer.status_code, answer.json()["code"]) == (409, "window_closed")
    assert "2026-03-09" in answer.json()["detail"]
    assert till.client.patch("/v1/settings/orders", json={"refund_days": None}).json()["refund_days"] is None
    till.refund(orders[1])


def test_who_may_refund(till: Till) -> None:
    order = till.settle([("BREAD", 1)])
    for role, store, status in (
        (Role.CASHIER, till.store, 403),
        (Role.MANAGER, till.shop.store(), 404),
        (Role.MANAGER, till.store, 201),
    ):
        till.client = till.world.client(till.shop.staff(role, [store]))
        assert till.try_refund(order).status_code == status


def test_weighed_goods_and_gifts(till: Till) -> None:
    till.shop.product("GIFT", 0)
    order = till.settle([("GIFT", 2), ("APPLE", "1.234")])
    half = till.refund(order, (1, 1), (2, "0.617"))
    assert [line["paid_minor"] for line in half["lines"]] == [0, 617]
    assert till.try_refund(order, amounts=[(1, 1)]).json()["code"] == "amount_over"
    rest = till.refund(order)
    assert (rest["paid_minor"], rest["complete"]) == (order["paid_minor"] - 617, True)
    assert till.broken_laws() == []


def test_a_refund_is_told_and_counted(till: Till) -> None:
    member = till.shop.member()
    order = till.settle([("BREAD", 4)], member)
    with till.shop.unit() as unit:
        insight.refresh(unit)
    back = till.refund(order, (1, 1))
    with till.shop.unit() as unit:
        while insight.refresh(unit):
            pass
        events, _ = outbox.read_after(unit, outbox.START)
    told = next(event for event in events if event.type == "order.refunded")
    assert told.member_id == member.member_id
    assert (told.payload["number"], told.payload["paid_minor"]) == (order["number"], back["paid_minor"])
    assert till.broken_laws() == []
    summary = till.client.get("/v1/reports/summary?from=2026-03-02&to=2026-03-02").json()
    assert summary["current"]["net_minor"] == 1500
    timeline = till.client.get(f"/v1/members/{order['member']['id']}/timeline").json()
    assert "退款 5.00 CNY" in [item["title"]["zh"] for item in timeline["items"]]
