"""Orders that are paid later: what they hold, how they are paid, and how they are let go."""

from datetime import timedelta

from shuke.entrypoints.worker import let_go
from shuke.infra import outbox
from tests.support.till import Till


def types(till: Till) -> list[str]:
    with till.shop.unit() as unit:
        events, _ = outbox.read_after(unit, outbox.START)
    return [event.type for event in events if event.type.startswith("order.")]


def test_a_pending_order_holds_points_and_earns_when_paid(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 20)], member)  # 100 points
    order = till.settle([("BREAD", 2)], member, points=100, tenders=[], pending=True)
    assert (order["status"], order["due_minor"], order["points_earned"]) == ("pending", 900, 0)
    assert order["hold_until"] == "2026-03-02T04:15:00Z"
    assert till.wallet(member)[:2] == (0, 100)
    short = till.post(f"orders/{order['id']}/payments", {"tenders": [{"kind": "cash", "amount_minor": 899}]})
    assert short.json()["code"] == "tender_short"
    paid = till.post(f"orders/{order['id']}/payments", {"tenders": [{"kind": "cash", "amount_minor": 1000}]})
    assert paid.status_code == 200, paid.text
    now = paid.json()
    assert (now["status"], now["change_minor"], now["due_minor"], now["points_earned"]) == ("paid", 100, 0, 9)
    assert till.wallet(member)[:2] == (9, 109)
    assert types(till) == ["order.settled", "order.placed", "order.settled"]
    assert till.broken_laws() == []


def test_a_cancelled_order_gives_all_back(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 20)], member)
    order = till.settle([("BREAD", 2)], member, points=100, tenders=[], pending=True)
    gone = till.post(f"orders/{order['id']}/cancel").json()
    assert (gone["status"], gone["due_minor"]) == ("cancelled", 0)
    assert till.wallet(member)[:2] == (100, 100)
    again = till.post(f"orders/{order['id']}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "order_not_pending")
    late = till.post(f"orders/{order['id']}/payments", {"tenders": [{"kind": "cash", "amount_minor": 900}]})
    assert (late.status_code, late.json()["code"]) == (409, "order_not_pending")
    assert till.try_refund(order).json()["code"] == "not_refundable"
    assert types(till)[1:] == ["order.placed", "order.cancelled"]
    assert till.broken_laws() == []


def test_time_lets_orders_go(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 20)], member)
    orders = [till.settle([("BREAD", 1)], member, points=30, tenders=[], pending=True) for _ in range(3)]
    till.post(f"orders/{orders[1]['id']}/payments", {"tenders": [{"kind": "cash", "amount_minor": 470}]})
    till.world.clock.advance(timedelta(minutes=14, seconds=59))
    assert let_go(till.world.database, till.shop.merchant_id) == 0
    till.world.clock.advance(timedelta(seconds=1))
    assert let_go(till.world.database, till.shop.merchant_id) == 2
    assert let_go(till.world.database, till.shop.merchant_id) == 0
    assert [till.order(order)["status"] for order in orders] == ["cancelled", "paid", "cancelled"]
    assert till.wallet(member)[0] == 100 - 30 + 4
    assert till.broken_laws() == []


def test_an_order_in_time_can_be_paid_after_its_time_until_it_is_let_go(till: Till) -> None:
    order = till.settle([("BREAD", 1)], tenders=[], pending=True)
    till.world.clock.advance(timedelta(hours=1))
    paid = till.post(f"orders/{order['id']}/payments", {"tenders": [{"kind": "card", "amount_minor": 500}]})
    assert paid.json()["status"] == "paid"


def test_pending_orders_count_nowhere(till: Till) -> None:
    till.settle([("BREAD", 1)])
    order = till.settle([("BREAD", 2)], tenders=[], pending=True)
    summary = till.client.get("/v1/reports/summary?from=2026-03-02&to=2026-03-02").json()["current"]
    assert (summary["orders"], summary["net_minor"]) == (1, 500)
    listed = till.client.get("/v1/orders?status=pending").json()["items"]
    assert [item["id"] for item in listed] == [order["id"]]


def test_what_is_tendered_at_once_and_too_much(till: Till) -> None:
    over = till.try_settle([("BREAD", 1)], tenders=[{"kind": "cash", "amount_minor": 501}], pending=True)
    assert over.json()["code"] == "tender_over"
    order = till.settle([("BREAD", 1)], tenders=[{"kind": "card", "amount_minor": 200}], pending=True)
    assert order["due_minor"] == 300
    paid = till.post(f"orders/{order['id']}/payments", {"tenders": [{"kind": "cash", "amount_minor": 500}]}).json()
    assert (paid["change_minor"], [item["kind"] for item in paid["tenders"]]) == (200, ["card", "cash"])
    back = till.refund(paid, amounts=[(1, 250)])
    assert [(item["kind"], item["amount_minor"]) for item in back["tenders"]] == [("card", 200), ("cash", 50)]
    assert till.broken_laws() == []
