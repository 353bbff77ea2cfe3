"""One member from every side."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shuke.checkout.tables import order_redemptions
from shuke.infra.outbox import emit
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, new_id, show
from shuke.members import service as members
from shuke.members.model import Purpose
from shuke.offers.tables import campaign_members, campaigns
from shuke.tenancy.model import Role
from tests.support.sales import Chain, Line, Sale, open_chain
from tests.support.wallets import earn, spend
from tests.support.world import World

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def get(world: World, login: str, member_id: UUID, part: str = "", **query: object) -> Any:
    answer = world.client(login).get(f"/v1/members/{show(Prefix.MEMBER, member_id)}{part}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_profile_is_of_this_very_moment(world: World) -> None:
    chain = open_chain(world, joined=[NOW - timedelta(days=90)])
    member_id = chain.members[0].member_id
    chain.sell(
        Sale(0, 0, NOW - timedelta(days=40), (Line(0, 1, 1000, 100, 40),)),
        Sale(1, 0, NOW - timedelta(days=2), (Line(1, 2, 501),)),
    )
    profile = get(world, chain.shop.login, member_id)
    assert profile["lifetime"] == {
        "orders": 2,
        "paid_minor": 1401,
        "net_minor": 1441,
        "average_ticket_minor": 721,
        "first_order_at": "2026-01-21T04:00:00Z",
        "last_order_at": "2026-02-28T04:00:00Z",
        "days_since_last": 2,
    }
    assert (profile["orders"], profile["paid_minor"]) == (2, 1401)
    assert profile["progress"]["tier"] == profile["tier"]
    assert profile["progress"]["sentence"]["zh"]


def test_somebody_who_never_bought(world: World) -> None:
    chain = open_chain(world)
    member_id = chain.members[0].member_id
    lifetime = get(world, chain.shop.login, member_id)["lifetime"]
    assert (lifetime["orders"], lifetime["average_ticket_minor"], lifetime["days_since_last"]) == (0, 0, None)
    nothing: dict[str, list[object]] = {"favourite_categories": [], "months": [], "campaigns": []}
    assert get(world, chain.shop.login, member_id, "/insight") == nothing
    wallet = get(world, chain.shop.login, member_id, "/wallet")
    empty = {"balance": 0, "pending": 0, "lots": [], "lots_total": 0, "expiring": []}
    assert wallet["points"] == empty | {"owed": 0}
    assert wallet["stored_principal"] == wallet["stored_bonus"] == wallet["red_packets"] == empty


def test_nobody_is_not_found(world: World) -> None:
    client = world.client(world.merchant().login)
    for part in ("", "/wallet", "/orders", "/timeline", "/insight", "/savings"):
        answer = client.get(f"/v1/members/{show(Prefix.MEMBER, new_id())}{part}")
        assert (answer.status_code, answer.json()["code"]) == (404, "member_not_found")


def test_wallet_with_lots_expiry_and_statement(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        earn(unit, member_id, 30, expires=NOW + timedelta(hours=12))  # midnight in Shanghai
        earn(unit, member_id, 50)
    clock.advance(timedelta(hours=1))
    with shop.unit() as unit:
        spend(unit, member_id, 10)
    wallet = get(world, shop.login, member_id, "/wallet", limit=2)
    assert wallet["points"]["balance"] == 70
    assert [(lot["granted"], lot["remaining"]) for lot in wallet["points"]["lots"]] == [(30, 20), (50, 50)]
    assert wallet["points"]["expiring"] == [{"on": "2026-03-02", "amount": 20}]
    following = wallet["statement"]["next_cursor"]
    rest = get(world, shop.login, member_id, "/wallet", limit=2, cursor=following)["statement"]
    entries = wallet["statement"]["items"] + rest["items"]
    assert sorted(entry["amount"] for entry in entries) == [-10, 30, 50]
    assert entries[0]["amount"] == -10
    assert rest["next_cursor"] is None


def test_insight_shares_gaps_and_campaigns(world: World) -> None:
    chain = open_chain(world)
    member, shop = chain.members[2], chain.shop
    chain.sell(
        Sale(0, 2, datetime(2025, 11, 30, 16, 0, tzinfo=UTC), (Line(0, 1, 600), Line(1, 1, 100), Line(2, 1, 250))),
        Sale(1, 2, datetime(2026, 2, 28, 15, 59, tzinfo=UTC), (Line(4, 1, 50),)),
        Sale(1, 3, NOW, (Line(2, 1, 9999),)),
    )
    campaign, other = new_id(), new_id()
    with shop.database.merchant(shop.merchant_id) as unit:
        mine = {"merchant_id": shop.merchant_id}
        for number, campaign_id in enumerate((campaign, other)):
            days = {"starts_on": NOW.date(), "ends_on": NOW.date()}
            values = {"campaign_id": campaign_id, "code": f"K{number}", "kind": "A", **days}
            unit.connection.execute(campaigns.insert().values(**mine, **values))
        unit.connection.execute(
            campaign_members.insert().values(**mine, campaign_id=campaign, member_id=member.member_id)
        )
        redeemed = {"campaign_id": campaign, "member_id": member.member_id, "coupon_code": "1", "redeemed_on": NOW}
        for _ in range(2):
            unit.connection.execute(order_redemptions.insert().values(**mine, redemption_id=new_id(), **redeemed))
    seen = get(world, shop.login, member.member_id, "/insight")
    favourites = [
        (row["category"] and row["category"]["name"], row["net_minor"], row["orders"], row["share_bps"])
        for row in seen["favourite_categories"]
    ]
    assert favourites == [("乳品", 700, 1, 7000), ("水果", 250, 1, 2500), (None, 50, 1, 500)]
    assert [(row["month"], row["net_minor"], row["orders"]) for row in seen["months"]] == [
        ("2025-12", 950, 1),
        ("2026-01", 0, 0),
        ("2026-02", 50, 1),
        ("2026-03", 0, 0),
    ]
    assert [(row["code"], row["redemptions"]) for row in seen["campaigns"]] == [("K0", 2)]


def told(chain: Chain, member_id: UUID) -> None:
    """Something of each kind, an hour apart."""
    clock, shop = chain.shop.database.clock, chain.shop
    assert isinstance(clock, SimulatedClock)
    clock.advance(timedelta(hours=1))
    chain.sell(Sale(0, 0, clock.now(), (Line(0, 3, 1234),)), Sale(1, 0, clock.now(), (Line(0, 1, 50),)))
    clock.advance(timedelta(hours=1))
    with shop.unit() as unit:
        earn(unit, member_id, 12)
    clock.advance(timedelta(hours=1))
    with shop.unit() as unit:
        spend(unit, member_id, 5)
    clock.advance(timedelta(hours=1))
    with shop.unit() as unit:
        emit(unit, "tier.changed", member_id, {"from": "basic", "to": "gold"}, member_id=member_id)
    clock.advance(timedelta(hours=1))
    with shop.unit() as unit:
        members.consent(unit, member_id, {Purpose.MARKETING: True}, source="staff")
    clock.advance(timedelta(hours=1))
    with shop.unit() as unit:
        emit(unit, "moon.landed", member_id, {"points": "many"}, member_id=member_id)


def test_timeline_tells_everything_in_both_languages(world: World) -> None:
    chain = open_chain(world)
    member_id = chain.members[0].member_id
    told(chain, member_id)
    client = world.client(chain.shop.login)
    path = f"/v1/members/{show(Prefix.MEMBER, member_id)}/timeline"
    items: list[Any] = []
    cursor = None
    while True:
        page = client.get(path, params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len({item["id"] for item in items}) == len(items) == 8
    assert [item["type"] for item in items] == [
        "moon.landed",
        "consent.changed",
        "tier.changed",
        "points.spent",
        "points.earned",
        "order.imported",
        "order.imported",
        "member.joined",
    ]
    titles = {item["title"]["zh"]: item["title"]["en"] for item in items}
    assert titles == {
        "moon.landed": "moon.landed",
        "授权变更": "Consent changed",
        "升级为金卡": "Moved up to Gold",
        "使用 5 积分": "Spent 5 points",
        "获得 12 积分": "Earned 12 points",
        "消费 12.34 CNY": "Bought for 12.34 CNY",
        "消费 0.50 CNY": "Bought for 0.50 CNY",
        "入会": "Joined",
    }
    (order,) = [item for item in items if item["title"]["en"] == "Bought for 12.34 CNY"]
    assert order["order_id"] is not None
    assert order["detail"]["en"].startswith("0号店 · 3 items · order ")


def test_orders_of_other_stores_stay_out_of_a_managers_sight(world: World) -> None:
    chain = open_chain(world)
    member_id = chain.members[0].member_id
    told(chain, member_id)
    login = chain.shop.staff(Role.MANAGER, [chain.stores[1]])
    items = get(world, login, member_id, "/timeline")["items"]
    assert [item["detail"]["zh"][:3] for item in items if item["order_id"]] == ["1号店"]
    orders = get(world, login, member_id, "/orders")["items"]
    assert [order["store"]["code"] for order in orders] == [chain.stores[1].code]
    everything = get(world, chain.shop.login, member_id, "/orders")["items"]
    assert {order["paid_minor"] for order in everything} == {1234, 50}


@pytest.mark.parametrize("cursor", ["x", "WyIyMDI2LTAxLTAxIiwiMSJd", "WzEsMl0"])
def test_bad_cursors_are_refused(world: World, cursor: str) -> None:
    shop = world.merchant()
    path = f"/v1/members/{show(Prefix.MEMBER, shop.member().member_id)}/timeline"
    answer = world.client(shop.login).get(path, params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")
