"""Offers and benefits for a tag hold for who has it, at the quote and at the till, and lapse with it."""

from datetime import timedelta

from shuke.kernel.clock import SimulatedClock
from shuke.kernel.conditions import Audience, Conditions
from shuke.members.model import Member
from shuke.members.tags import catalogue, service
from tests.support.offers import OFF_5
from tests.support.offers import Desk as OfferDesk
from tests.support.programmes import benefit, with_benefits
from tests.support.tagging import tagged
from tests.support.till import Till, open_till
from tests.support.world import World

FOR_VIPS = Conditions(audience=Audience(tags=frozenset({"vip", "svip"})))


def paid(till: Till, member: Member | None) -> int:
    """What four pieces of 10 yuan cost: as quoted, and as settled."""
    quoted = till.quote([("P", 4)], member)["payable_minor"]
    assert till.settle([("P", 4)], member)["paid_minor"] == quoted
    return int(quoted)


def test_an_offer_for_a_tag_lapses_with_the_tag(world: World, clock: SimulatedClock) -> None:
    till = open_till(world)
    till.shop.product("P")
    vip, mum, plain = (till.shop.member() for _ in range(3))
    made = tagged(till.shop, vip, "vip", days=7)[0]
    tagged(till.shop, mum, "mum", "svip")
    with till.shop.unit() as unit:
        service.take_off_many(unit, service.codes(unit)["svip"], [mum.member_id])
    OfferDesk(till.shop).promotion(OFF_5, conditions=FOR_VIPS)
    assert [paid(till, each) for each in (vip, mum, plain, None)] == [3500, 4000, 4000, 4000]
    with till.shop.unit() as unit:
        catalogue.change_tag(unit, made.tag_id, {"archived": True})
    assert paid(till, vip) == 4000, "an archived tag counts nowhere"
    with till.shop.unit() as unit:
        catalogue.change_tag(unit, made.tag_id, {"archived": False})
    clock.advance(timedelta(days=7, seconds=-1))
    till.client = world.client(till.shop.login)
    assert paid(till, vip) == 3500
    clock.advance(timedelta(seconds=1))
    assert paid(till, vip) == 4000, "with nobody having taken it off yet"
    assert till.broken_laws() == []


def test_a_benefit_for_a_tag(world: World) -> None:
    till = open_till(world)
    till.shop.product("P")
    vip, plain = till.shop.member(), till.shop.member()
    tagged(till.shop, vip, "vip")
    with_benefits(till.shop, benefit("vip", {"kind": "discount_rate", "off_bps": 1_000}, tags=["vip"]))
    assert [paid(till, each) for each in (vip, plain)] == [3600, 4000]
