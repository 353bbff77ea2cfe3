"""Settling orders: points, growth and the tier they reach."""

from datetime import timedelta
from uuid import UUID

import pytest

from shuke.infra.database import Unit
from shuke.infra.outbox import domain_events
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.errors import AlreadyPosted, NotEnough
from shuke.ledger.model import Account, Asset, Balances, Entry, Kind, Move
from shuke.loyalty import service as loyalty
from shuke.tenancy import service as tenancy
from tests.support.purchases import buy
from tests.support.wallets import broken
from tests.support.world import World


def tier_events(unit: Unit) -> list[tuple[str, str]]:
    table = domain_events.c
    rows = unit.connection.execute(
        domain_events.select().where(table.type == "tier.changed").order_by(table.occurred_at, table.event_id)
    )
    return [(row.payload["from"], row.payload["to"]) for row in rows]


def spending(unit: Unit, member_id: UUID, order_id: UUID, points: int) -> Entry:
    move = Move(member_id, Asset.POINTS, -points, Account.SPENT)
    return Entry(Kind.ORDER_SPENT, order_id, unit.now(), (move,))


def test_an_order_earns_and_lifts_at_once(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        first = buy(unit, member_id, 99_950)
        assert (first.points, first.growth, first.tier_change) == (999, 999, None)
        second = buy(unit, member_id, 250_000)
        assert second.points == 2_500, "earned in the tier before the lift"
        assert second.tier_change is not None
        assert (second.tier_change.before.code, second.tier_change.after.code) == ("basic", "gold")
        assert loyalty.standing(unit, member_id).tier.code == "gold"
        third = buy(unit, member_id, 990)
        assert (third.points, third.growth, third.tier_change) == (14, 9, None)
        assert tier_events(unit) == [("basic", "gold")]
        assert ledger.balances(unit, member_id) == Balances(points=3_513, growth=3_508)
        assert broken(unit) == []
        assert all(check.ok for check in loyalty.audit(unit))


def test_spending_and_earning_are_one_posting(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        buy(unit, member_id, 20_000)
        order_id = new_id()
        buy(unit, member_id, 5_000, order_id=order_id, along=[spending(unit, member_id, order_id, 150)])
        assert ledger.balances(unit, member_id) == Balances(points=100, growth=250)
        points = ledger.order_points_relation()
        row = unit.connection.execute(points.select().where(points.c.order_id == order_id)).one()
        assert (row.points_earned, row.points_spent) == (50, 150)
        with pytest.raises(NotEnough):
            buy(unit, member_id, 5_000, along=[spending(unit, member_id, new_id(), 101)])
        assert ledger.balances(unit, member_id) == Balances(points=100, growth=250)


def test_an_order_counts_once(world: World) -> None:
    shop = world.merchant()
    member_id, order_id = shop.member().member_id, new_id()
    with shop.unit() as unit:
        buy(unit, member_id, 5_000, order_id=order_id)
    with pytest.raises(AlreadyPosted), shop.unit() as unit:
        buy(unit, member_id, 5_000, order_id=order_id)


def test_an_order_of_nothing_posts_nothing(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        rewards = buy(unit, member_id, 40)
        assert (rewards.points, rewards.growth) == (0, 0)
        assert ledger.statement(unit, member_id).items == []


def test_the_review_lets_a_tier_go_when_growth_left_the_window(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id, idle = shop.member().member_id, shop.member().member_id
    with shop.unit() as unit:
        buy(unit, member_id, 120_000)
        today = tenancy.today(unit)
    clock.advance(timedelta(days=200))
    with shop.unit() as unit:
        buy(unit, member_id, 50_000)
        assert loyalty.progress(unit, member_id).keep is not None
    clock.moment += timedelta(days=164)
    with shop.unit() as unit:
        day = tenancy.today(unit)
        assert (day - today).days == 364
        assert loyalty.review_all(unit, day).changed == 0
        assert loyalty.standing(unit, member_id).tier.code == "silver"
        assert "by 2027-03-01 keeps Silver" in loyalty.progress(unit, member_id).sentence.en
    clock.advance(timedelta(days=1))
    with shop.unit() as unit:
        done = loyalty.review_all(unit, tenancy.today(unit))
        assert (done.members, done.changed) == (2, 1)
        assert loyalty.standing(unit, member_id).tier.code == "basic"
        assert loyalty.standing(unit, idle).since is not None, "everybody has a row after a review"
        assert tier_events(unit) == [("basic", "silver"), ("silver", "basic")]
        assert all(check.ok for check in loyalty.audit(unit))
        assert loyalty.review_all(unit, tenancy.today(unit)).changed == 0


def test_a_review_works_in_batches(world: World) -> None:
    shop = world.merchant()
    people = [shop.member().member_id for _ in range(5)]
    with shop.unit() as unit:
        for member_id in people:
            buy(unit, member_id, 500_000)
    with shop.unit() as unit:
        day, after, seen = tenancy.today(unit), UUID(int=0), []
        while True:
            done = loyalty.review_batch(unit, day, after, batch=2)
            seen.append(done.members)
            if done.last is None:
                break
            after = done.last
    assert seen == [2, 2, 1]


def test_the_audit_finds_a_tier_that_does_not_follow(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        buy(unit, member_id, 500_000)
        base = loyalty.programme(unit).base_tier.tier_id
        table = loyalty.member_tiers_relation().element.get_final_froms()[0]
        unit.connection.execute(table.update().values(tier_id=base))  # type: ignore[attr-defined]
        assert [check.detail for check in loyalty.audit(unit) if not check.ok] == ["1 rows"]


def test_the_default_programme_is_made_once(world: World) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        made = loyalty.programme(unit)
        assert loyalty.create_default_programme(unit) == made
        assert [tier.code for tier in made.tiers] == ["basic", "silver", "gold", "diamond"]


def test_the_programme_over_http(world: World) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        shop.member()
        buy(unit, shop.member().member_id, 500_000)
    client = world.client(shop.login)
    answer = client.get("/v1/programme")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert [(tier["code"], tier["rank"], tier["members"]) for tier in body["tiers"]] == [
        ("basic", 0, 1),
        ("silver", 1, 0),
        ("gold", 2, 1),
        ("diamond", 3, 0),
    ]
    assert body["tiers"][2]["name"] == {"zh": "金卡", "en": "Gold"}
    assert body["points"] == {"points_per_unit": 100, "unit_minor": 100, "max_share_bps": 5_000, "expiry_months": 12}
    assert {rule["asset"] for rule in body["earn_rules"]} == {"points", "growth"}
    assert world.client().get("/v1/programme").status_code == 401
