"""What benefits owe is given as coupons, once, by whichever worker comes by."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from shuke.entrypoints.giving import give_due
from shuke.loyalty.benefits import giving
from shuke.offers.model import CouponRules, Validity
from tests.support.offers import Desk
from tests.support.programmes import benefit, gift, publish
from tests.support.world import Shop, World


def statuses(shop: Shop, member_id: UUID) -> list[tuple[str, str]]:
    with shop.unit() as unit:
        return sorted((grant.occasion, str(grant.status)) for grant in giving.grants_of(unit, member_id))


def test_coupons_are_given_once_whoever_gives(world: World) -> None:
    shop = world.merchant()
    template = Desk(shop).template()
    pack = gift("joining", template)
    pack["coupons"][0]["count"] = 2
    with shop.unit() as unit:
        publish(unit, lambda d: d["benefits"].append(benefit("hello", pack, tiers=["basic"])))
    people = [shop.member() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda _: give_due(world.database, shop.merchant_id), range(4)))
    assert sum(given) == len(people)
    assert give_due(world.database, shop.merchant_id) == 0
    for member in people:
        assert len(Desk(shop).held(member)) == 2
        assert statuses(shop, member.member_id) == [("joining", "given")]
    assert Desk(shop).broken() == []


def test_who_cannot_be_given_is_told_why_and_the_others_get_theirs(world: World) -> None:
    shop = world.merchant()
    template = Desk(shop).template(rules=CouponRules(Validity(days=10), stock=2))
    with shop.unit() as unit:
        publish(unit, lambda d: d["benefits"].append(benefit("hello", gift("joining", template), tiers=["basic"])))
    people = [shop.member() for _ in range(3)]
    give_due(world.database, shop.merchant_id)
    found = [statuses(shop, member.member_id)[0][1] for member in people]
    assert sorted(found) == ["failed", "given", "given"]
    assert sum(len(Desk(shop).held(member)) for member in people) == 2
    client = world.client(shop.login)
    failed = people[found.index("failed")]
    (grant,) = client.get(f"/v1/members/mem_{failed.member_id.hex}/benefits").json()["grants"]
    assert grant["note"].startswith("cannot_give")
