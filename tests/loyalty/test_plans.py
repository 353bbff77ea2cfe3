"""Paid membership: opening, renewing, upgrading, cancelling; every amount previewed and recorded."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.loyalty import service as loyalty
from shuke.loyalty.benefits import giving
from shuke.loyalty.model import Plan, RefundRule, Subscription, SubscriptionStatus
from shuke.loyalty.rules import plans as periods
from tests.conftest import NOON
from tests.support.programmes import benefit, gift, plan, publish
from tests.support.world import Shop, World


def cash(amount: int) -> dict[str, Any]:
    return {"payment": {"kind": "cash", "amount_minor": amount}}


@pytest.fixture
def shop(world: World) -> Shop:
    made = world.merchant()
    with made.unit() as unit:

        def change(document: dict[str, Any]) -> None:
            document["plans"] += [
                plan("year", 36_500, trial_days=7, rank=1),
                plan("gold", 73_000, rank=2),
                plan("gone", 100, on_sale=False),
                plan("strict", 10_000, months=1, rank=0, refund="full_then_nothing", refund_days=3),
            ]
            document["benefits"] += [
                benefit("welcome", gift("opening", new_id()), plans=["year", "gold"]),
                benefit("post", {"kind": "delivery_free", "from_minor": 0}, plans=["year"]),
            ]

        publish(unit, change)
    return made


def machine(world: World, shop: Shop) -> TestClient:
    client = world.client()
    client.headers["Authorization"] = f"Bearer {shop.key()}"
    return client


def test_a_year_of_membership(world: World, shop: Shop, clock: SimulatedClock) -> None:
    client, member = machine(world, shop), shop.member()
    path = f"/v1/members/mem_{member.member_id.hex}/subscriptions"
    wrong = client.post(path, json={"plan": "year", **cash(1)})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "amount_differs")
    trial = client.post(path, json={"plan": "year", "trial": True, "auto_renew": True})
    assert trial.status_code == 201, trial.text
    assert (trial.json()["ends_on"], trial.json()["paid_minor"], trial.json()["trial"]) == ("2026-03-08", 0, True)
    assert client.post(path, json={"plan": "year", **cash(36_500)}).json()["code"] == "already_subscribed"
    with shop.unit() as unit:
        rights = loyalty.rights(unit, member.member_id)
        assert (len(rights.plans), rights.free_delivery_from_minor) == (1, 0)
        assert len(giving.grants_of(unit, member.member_id)) == 1

    one = f"/v1/subscriptions/{trial.json()['id']}"
    paid = client.post(f"{one}/renew", json=cash(36_500)).json()
    assert (paid["period_from"], paid["ends_on"], paid["trial"]) == ("2026-03-09", "2027-03-08", False)
    clock.moment = NOON + timedelta(days=200)
    cost = client.post(f"{one}/upgrade/preview", json={"plan": "gold"}).json()
    assert cost == {
        "price_minor": 73_000,
        "credit_minor": 17_100,
        "due_minor": 55_900,
        "days_left": 171,
        "ends_on": "2027-09-17",
    }
    assert client.post(f"{one}/upgrade", json={"plan": "strict", **cash(0)}).json()["code"] == "not_an_upgrade"
    gold = client.post(f"{one}/upgrade", json={"plan": "gold", **cash(55_900)})
    assert gold.status_code == 200, gold.text
    assert (gold.json()["paid_minor"], gold.json()["replaces_id"]) == (73_000, trial.json()["id"])
    assert client.get(one).json()["status"] == "upgraded"
    assert client.post(f"{one}/renew", json=cash(36_500)).json()["code"] == "not_active"

    two = f"/v1/subscriptions/{gold.json()['id']}"
    back = client.post(f"{two}/cancel/preview").json()
    assert back["amount_minor"] == 72_800
    done = client.post(f"{two}/cancel", json=cash(back["amount_minor"])).json()
    assert (done["refund_minor"], done["subscription"]["status"]) == (72_800, "cancelled")
    assert client.post(path, json={"plan": "year", "trial": True}).json()["code"] == "no_trial_again"
    assert client.post(path, json={"plan": "gone", **cash(100)}).json()["code"] == "plan_not_on_sale"
    assert len(client.get(path).json()["items"]) == 2
    with shop.unit() as unit:
        assert loyalty.rights(unit, member.member_id).plans == frozenset()
        assert [check for check in loyalty.audit(unit) if not check.ok] == []


def test_plans_expire_and_can_be_opened_again(world: World, shop: Shop, clock: SimulatedClock) -> None:
    client, member = machine(world, shop), shop.member()
    path = f"/v1/members/mem_{member.member_id.hex}/subscriptions"
    first = client.post(path, json={"plan": "strict", **cash(10_000)}).json()
    one = f"/v1/subscriptions/{first['id']}"
    assert client.put(f"{one}/auto-renew", json={"auto_renew": True}).json()["auto_renew"] is True
    assert client.post(f"{one}/cancel/preview").json()["amount_minor"] == 10_000
    clock.advance(timedelta(days=3))
    assert client.post(f"{one}/cancel/preview").json()["amount_minor"] == 0
    clock.advance(timedelta(days=40))
    assert client.post(path, json={"plan": "strict", **cash(10_000)}).status_code == 201
    with shop.unit() as unit:
        assert loyalty.expire_plans(unit, unit.now()) == 0, "opening said already that the old one is over"
    clock.advance(timedelta(days=40))
    with shop.unit() as unit:
        assert (loyalty.expire_plans(unit, unit.now()), loyalty.expire_plans(unit, unit.now())) == (1, 0)
    assert {item["status"] for item in client.get(path).json()["items"]} == {"expired"}


PLANS = st.builds(
    Plan,
    plan_id=st.uuids(),
    code=st.just("p"),
    name=st.none(),  # type: ignore[arg-type]
    price_minor=st.integers(0, 10**6),
    months=st.integers(1, 24),
    refund=st.sampled_from(RefundRule),
    refund_days=st.integers(0, 30),
)


@given(before=PLANS, after=PLANS, start=st.dates(date(2024, 1, 1), date(2028, 12, 31)), passed=st.integers(0, 800))
def test_nobody_gets_back_more_than_was_paid(before: Plan, after: Plan, start: date, passed: int) -> None:
    present = Subscription(
        subscription_id=new_id(),
        member_id=new_id(),
        plan_id=before.plan_id,
        status=SubscriptionStatus.ACTIVE,
        starts_at=NOON,
        period_from=start,
        ends_on=periods.last_day(before, start),
        ends_at=NOON,
        trial=False,
        auto_renew=False,
        paid_minor=before.price_minor,
    )
    today = min(start + timedelta(days=passed), present.ends_on)
    cost, back = periods.upgrade(after, present, today), periods.refund(before, present, today)
    assert 0 <= back.amount_minor <= present.paid_minor
    assert 0 <= cost.credit_minor <= min(present.paid_minor, after.price_minor)
    assert cost.due_minor + cost.credit_minor == after.price_minor
    assert periods.refund(before, present, present.ends_on).days_left == 0
