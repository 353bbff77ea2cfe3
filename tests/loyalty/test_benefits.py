"""Benefits: who has them, what they come to at the till, what is given for which occasion, and what is used."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.loyalty import service as loyalty
from shuke.loyalty.benefits import giving, occasions, using
from shuke.loyalty.errors import NotEntitled, NothingToUse, UsedUp
from shuke.loyalty.model import GrantStatus
from shuke.loyalty.rules.calendar import is_festival, lunar, lunar_birthdays
from shuke.tenancy import service as tenancy
from tests.support.programmes import benefit, day_run, gift, with_benefits
from tests.support.purchases import buy
from tests.support.tagging import put, tag
from tests.support.world import Shop, World

SILVER = ["silver"]
TASTING = {"kind": "entitlement", "service": "tasting", "count": 2, "period": "month"}


def silver(shop: Shop, **given: Any) -> UUID:
    member_id = shop.member(**given).member_id
    with shop.unit() as unit:
        buy(unit, member_id, 120_000)
    return member_id


def occasions_of(unit: Unit, member_id: UUID) -> list[str]:
    return sorted(grant.occasion for grant in giving.grants_of(unit, member_id))


def test_rights_at_the_till(world: World) -> None:
    shop = world.merchant()
    wine = shop.product("WINE")
    scope = {"products": [wine.product_id]}
    with shop.unit() as unit:
        vip = tag(unit, "vip")
    with_benefits(
        shop,
        benefit("off", {"kind": "discount_rate", "off_bps": 500}, tiers=SILVER),
        benefit("more", {"kind": "more_points", "bps": 30_000}, tiers=SILVER),
        benefit("post", {"kind": "delivery_free", "from_minor": 5_000}, tiers=SILVER),
        benefit("wine", {"kind": "exclusive_products", "scope": scope}, tiers=SILVER),
        benefit("rice", {"kind": "limited_purchase", "scope": scope, "pieces": 2, "price_minor": 100}, tiers=SILVER),
        benefit("vip", {"kind": "discount_rate", "off_bps": 900}, tags=["vip"]),
    )
    member_id, other = silver(shop), shop.member().member_id
    with shop.unit() as unit:
        rights = loyalty.rights(unit, member_id)
        assert [(right.rule, right.off_bps) for right in rights.discounts] == [("benefit:off", 500)]
        assert (rights.points_multiplier_bps, rights.free_delivery_from_minor) == (30_000, 5_000)
        assert (rights.purchases[0].left, rights.purchases[0].price_minor) == (2, 100)
        assert rights.may_buy(wine.product_id, frozenset(), None)
        plain = loyalty.rights(unit, other)
        assert not plain.may_buy(wine.product_id, frozenset(), None)
        assert (plain.discounts, plain.free_delivery_from_minor, plain.points_multiplier_bps) == ((), None, 10_000)
        put(unit, vip, [other])
        assert [item.by for item in loyalty.rights(unit, other).held] == ["vip"]
        assert buy(unit, member_id, 1_000).points == 30


def test_limited_purchases_are_counted_and_come_back(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    rice = {"kind": "limited_purchase", "scope": {"products": [shop.product().product_id]}, "pieces": 3}
    with_benefits(shop, benefit("rice", rice, tiers=["basic"]))
    member_id, order_id = shop.member().member_id, new_id()
    with shop.unit() as unit:
        programme = loyalty.programme(unit)
        benefit_id = using.find(programme, "rice").benefit_id
        loyalty.use_purchases(unit, programme, member_id, order_id, {benefit_id: 2})
        with pytest.raises(UsedUp):
            loyalty.use_purchases(unit, programme, member_id, new_id(), {benefit_id: 2})
        loyalty.give_back_purchases(unit, order_id, {benefit_id: 1})
        assert loyalty.rights(unit, member_id).purchases[0].left == 2
        loyalty.give_back_purchases(unit, order_id)
        loyalty.give_back_purchases(unit, order_id)
        assert loyalty.rights(unit, member_id).purchases[0].left == 3
    clock.advance(timedelta(days=31))
    with shop.unit() as unit:
        assert loyalty.rights(unit, member_id).purchases[0].left == 3


def test_services_are_used_no_more_often_than_allowed(world: World) -> None:
    shop = world.merchant()
    with_benefits(shop, benefit("tasting", TASTING, tiers=["basic"]), benefit("gold", TASTING, tiers=["gold"]))
    member_id, owner = shop.member().member_id, shop.owner()

    def use(_: int) -> bool:
        try:
            with shop.unit(owner) as unit:
                using.use(unit, loyalty.programme(unit), member_id, "tasting")
        except UsedUp:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(use, range(6))) == 2
    with shop.unit() as unit, pytest.raises(NotEntitled):
        using.use(unit, loyalty.programme(unit), member_id, "gold")


def test_the_upgrade_gift_is_given_once_by_order_and_by_review(world: World) -> None:
    shop = world.merchant()
    template = new_id()
    with_benefits(shop, benefit("welcome", gift("upgrade", template), tiers=["silver", "gold"]))
    member_id = silver(shop)
    with shop.unit() as unit:
        assert occasions_of(unit, member_id) == ["upgrade:silver:2026"]
        buy(unit, member_id, 250_000)
        assert occasions_of(unit, member_id) == ["upgrade:gold:2026", "upgrade:silver:2026"]
    late = shop.member().member_id
    with shop.unit() as unit:
        buy(unit, late, 100)
        table = loyalty.member_tiers_relation().element.get_final_froms()[0]
        move = table.update().where(table.c.member_id == late).values(growth=0)  # type: ignore[attr-defined]
        unit.connection.execute(move)
    with shop.unit() as unit:
        buy_growth(unit, late, 150_000)
        for _ in range(2):
            loyalty.review_all(unit, tenancy.today(unit))
        assert occasions_of(unit, late) == ["upgrade:silver:2026"]
        (grant,) = giving.grants_of(unit, late)
        assert (grant.status, grant.coupons[0].template_id, grant.coupons[0].count) == (GrantStatus.DUE, template, 1)


def buy_growth(unit: Unit, member_id: UUID, paid: int) -> None:
    """Growth that lifts nobody by itself: posted as history."""
    import_rows = _orders(member_id, paid, unit.now())
    loyalty.post_history(unit, import_rows)


def _orders(member_id: UUID, paid: int, at: datetime) -> Any:
    return sa.select(
        sa.literal(new_id()).label("order_id"),
        sa.literal(member_id).label("member_id"),
        sa.literal(paid, sa.BigInteger).label("paid_minor"),
        sa.literal(at, sa.DateTime(timezone=True)).label("at"),
    )


@pytest.mark.parametrize(
    ("timing", "given", "days"),
    [
        ({"occasion": "birthday"}, {"birthday": date(1990, 3, 10)}, {date(2026, 3, 10): "birthday:2026"}),
        (
            {"occasion": "birthday", "days_before": 7},
            {"birthday": date(1992, 2, 29)},
            {date(2027, 2, 21): "birthday:2027"},
        ),
        (
            {"occasion": "lunar_birthday"},
            {"birthday": date(1990, 1, 27)},
            {date(2026, 2, 17): "lunar_birthday:2026"},
        ),
        (
            {"occasion": "festival", "month": 8, "day": 15, "lunar": True},
            {},
            {date(2026, 9, 25): "festival:2026-09-25"},
        ),
        (
            {"occasion": "festival", "month": 12, "day": 30, "lunar": True},
            {},
            {date(2027, 2, 5): "festival:2027-02-05"},
        ),
        ({"occasion": "monthly", "day": 31}, {}, {date(2026, 4, 30): "monthly:2026-04"}),
        (
            {"occasion": "anniversary"},
            {"joined_at": datetime(2024, 3, 4, 18, tzinfo=UTC)},
            {date(2026, 3, 5): "anniversary:2026"},
        ),
    ],
)
def test_occasions_come_round(
    world: World, timing: dict[str, Any], given: dict[str, Any], days: dict[date, str]
) -> None:
    shop = world.merchant()
    occasion = timing.pop("occasion")
    with_benefits(shop, benefit("gift", gift(occasion, new_id(), **timing), tiers=["basic"]))
    member_id = shop.member(**given).member_id
    for day, label in days.items():
        assert day_run(shop, day - timedelta(days=1)) == 0
        assert day_run(shop, day) == 1
        assert day_run(shop, day) == 0
        assert day_run(shop, day + timedelta(days=1)) == 0, "a day that was missed is made up for, once"
        with shop.unit() as unit:
            assert occasions_of(unit, member_id) == [label]


def test_joining_gifts_are_for_those_who_just_joined(world: World) -> None:
    shop = world.merchant()
    with_benefits(shop, benefit("hello", gift("joining", new_id()), tiers=["basic"]))
    new, old = shop.member().member_id, shop.member(joined_at=datetime(2025, 1, 1, tzinfo=UTC)).member_id
    with shop.unit() as unit:
        assert (loyalty.grant_joining_gifts(unit), loyalty.grant_joining_gifts(unit)) == (1, 0)
        assert (occasions_of(unit, new), occasions_of(unit, old)) == (["joining"], [])


def test_gifts_are_once_only_from_many_sides(world: World) -> None:
    shop = world.merchant()
    with_benefits(shop, benefit("gift", gift("monthly", new_id(), day=1), tiers=["basic"]))
    people, owner, day = [shop.member().member_id for _ in range(5)], shop.owner(), date(2026, 3, 2)

    def run(_: int) -> int:
        with shop.unit(owner) as unit:
            return occasions.grant_day(unit, loyalty.programme(unit), day)

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(run, range(6))) == len(people)
    with shop.unit() as unit:
        assert [occasions_of(unit, member_id) for member_id in people] == [["monthly:2026-03"]] * len(people)


def test_a_benefit_in_person_over_http(world: World) -> None:
    shop = world.merchant()
    with_benefits(
        shop, benefit("tasting", TASTING), benefit("off", {"kind": "discount_rate", "off_bps": 100}), *_plain()
    )
    member = f"mem_{shop.member().member_id.hex}"
    client = world.client(shop.login)
    assert client.get(f"/v1/members/{member}/benefits").json() == {"benefits": [], "grants": []}
    attached = client.put(
        f"/v1/members/{member}/benefits/tasting", json={"reason": "常客", "until": "2026-04-01T00:00:00+08:00"}
    )
    assert attached.status_code == 200, attached.text
    (found,) = attached.json()["benefits"]
    assert (found["code"], found["ground"], found["uses"]) == (
        "tasting",
        "person",
        {"turn": "2026-03", "used": 0, "left": 2},
    )
    used = client.post(f"/v1/members/{member}/benefits/tasting/uses", json={})
    assert (used.status_code, used.json()["left"]) == (201, 1)
    assert client.post(f"/v1/members/{member}/benefits/none/uses", json={}).status_code == 404
    past = client.put(f"/v1/members/{member}/benefits/off", json={"reason": "x", "until": "2026-03-01T00:00:00Z"})
    assert past.status_code == 422
    assert client.delete(f"/v1/members/{member}/benefits/tasting").json()["benefits"] == []
    assert client.delete(f"/v1/members/{member}/benefits/tasting").status_code == 409


def _plain() -> list[dict[str, Any]]:
    return [benefit("post", {"kind": "delivery_free", "from_minor": 0})]


def test_what_is_no_service_cannot_be_used(world: World) -> None:
    shop = world.merchant()
    with_benefits(shop, *_plain())
    with shop.unit() as unit, pytest.raises(NothingToUse):
        using.use(unit, loyalty.programme(unit), shop.member().member_id, "post")


def test_the_chinese_calendar() -> None:
    assert lunar(date(2026, 2, 17)) == (1, 1, False)
    assert lunar(date(2025, 7, 25)) == (6, 1, True)
    assert is_festival(date(2026, 2, 16), 12, 30, lunar_date=True), "the twelfth month of that year has 29 days"
    assert is_festival(date(2027, 2, 28), 2, 29, lunar_date=False)
    assert not is_festival(date(2028, 2, 28), 2, 29, lunar_date=False)
    assert not is_festival(date(2025, 7, 25), 6, 1, lunar_date=True), "kept in the first of two sixth months"
    assert date(1990, 1, 27) in lunar_birthdays(date(2026, 2, 17))
    assert lunar_birthdays(date(2025, 7, 25)) == []
