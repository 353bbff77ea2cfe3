"""Orders reserve, redeem, let go and give back; limits hold."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from shuke.infra.outbox import START, read_after
from shuke.kernel.conditions import Conditions, Period
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import new_id
from shuke.offers import lifecycle, service
from shuke.offers.errors import (
    CouponExpired,
    CouponNotFound,
    CouponNotYetValid,
    CouponNotYours,
    CouponReserved,
    CouponUsed,
    OfferUsedUp,
    OverYourLimit,
)
from shuke.offers.model import CouponRules, Limits, OfferUse, Remaining, Returns, Reversal, Used, Validity
from shuke.offers.shelves import TEMPLATES
from tests.support.offers import Desk
from tests.support.world import World


def left(desk: Desk, offer_id: object, member_id: object = None) -> Remaining:
    with desk.shop.unit() as unit:
        return service.remaining(unit, [offer_id], member_id, unit.now())[offer_id]  # type: ignore[list-item, arg-type, index]


def test_limits_count_down_and_come_back(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    limits = Limits(uses=3, budget_minor=1000, uses_per_member=2, pieces_per_member=5, period=Period.MONTH)
    offer = desk.promotion(limits=limits)
    assert left(desk, offer, member.member_id) == Remaining(3, 1000, 2, 5)
    order = desk.reserve(member, offers={offer: Used(1, 4, 700)})
    assert left(desk, offer, member.member_id) == Remaining(2, 300, 1, 1)
    assert left(desk, offer) == Remaining(2, 300, 2, 5), "without a member, what one could have"
    for used, refusal in (
        (Used(1, 0, 301), OfferUsedUp),
        (Used(1, 2, 100), OverYourLimit),
        (Used(2, 0, 0), OverYourLimit),
        (Used(3, 0, 0), OfferUsedUp),
    ):
        with pytest.raises(refusal):
            desk.reserve(member, offers={offer: used})
    with desk.shop.unit() as unit:
        service.release(unit, order, unit.now())
        service.release(unit, order, unit.now())
    assert left(desk, offer, member.member_id) == Remaining(3, 1000, 2, 5)
    paid = desk.redeem(member, offers={offer: Used(2, 5, 1000)})
    assert left(desk, offer, member.member_id) == Remaining(1, 0, 0, 0)
    with desk.shop.unit() as unit:
        service.release(unit, paid, unit.now())
        service.restore(unit, paid, new_id(), Reversal.PARTIAL, unit.now())
    assert left(desk, offer, member.member_id) == Remaining(1, 0, 0, 0)
    with desk.shop.unit() as unit:
        service.restore(unit, paid, new_id(), Reversal.FULL, unit.now())
        service.restore(unit, paid, new_id(), Reversal.FULL, unit.now())
    assert left(desk, offer, member.member_id) == Remaining(3, 1000, 2, 5)
    assert desk.broken() == []


def test_a_members_limits_start_anew_with_each_turn_of_the_merchants_calendar(world: World) -> None:
    desk = Desk(world.merchant(timezone="Asia/Shanghai"))
    member = desk.shop.member()
    day = desk.promotion(limits=Limits(uses_per_member=1, period=Period.DAY))
    week = desk.promotion(limits=Limits(uses_per_member=1, period=Period.WEEK))
    life = desk.promotion(limits=Limits(uses_per_member=1))
    order = desk.redeem(member, offers={day: Used(), week: Used(), life: Used()})
    world.clock.advance(timedelta(hours=11, minutes=59))
    with pytest.raises(OverYourLimit):
        desk.redeem(member, offers={day: Used()})
    world.clock.advance(timedelta(minutes=1))
    desk.redeem(member, offers={day: Used()})
    with pytest.raises(OverYourLimit):
        desk.redeem(member, offers={week: Used()})
    with desk.shop.unit() as unit:
        service.restore(unit, order, new_id(), Reversal.CANCEL, unit.now())
    with pytest.raises(OverYourLimit):
        desk.redeem(member, offers={day: Used()})
    world.clock.advance(timedelta(days=7))
    desk.redeem(member, offers={day: Used(), week: Used(), life: Used()})
    assert desk.broken() == []


def test_offers_without_limits_and_orders_of_nobody_are_not_counted(world: World) -> None:
    desk = Desk(world.merchant())
    free, budget = desk.promotion(), desk.promotion(limits=Limits(budget_minor=500))
    desk.redeem(None, offers={free: Used(1, 1, 10**9), budget: Used(1, 1, 500)})
    with desk.shop.unit() as unit:
        assert service.remaining(unit, [free, budget], None, unit.now()) == {budget: Remaining(None, 0, None, None)}
    assert desk.broken() == []


def test_a_coupon_is_used_once_by_its_holder_in_its_time(world: World) -> None:
    desk = Desk(world.merchant())
    mine, other = desk.shop.member(), desk.shop.member()
    template = desk.template()
    coupon = desk.coupon(template, mine).coupon_id
    assert desk.held(mine) == [coupon]
    with pytest.raises(CouponNotYours):
        desk.reserve(other, coupon)
    with pytest.raises(CouponNotYours):
        desk.reserve(None, coupon)
    with pytest.raises(CouponNotFound):
        desk.reserve(mine, uuid4())
    order = desk.reserve(mine, coupon)
    assert desk.held(mine) == []
    with pytest.raises(CouponReserved):
        desk.redeem(mine, coupon)
    with desk.shop.unit() as unit:
        service.redeem(unit, order, at=unit.now())
    with pytest.raises(CouponUsed):
        desk.redeem(mine, coupon)
    late = desk.coupon(desk.template(rules=CouponRules(validity=Validity(days=1, delay_days=1))), mine).coupon_id
    with pytest.raises(CouponNotYetValid):
        desk.redeem(mine, late)
    world.clock.advance(timedelta(days=2))
    with pytest.raises(CouponExpired):
        desk.redeem(mine, late)
    with desk.shop.unit() as unit:
        told = [event.type for event in read_after(unit, START)[0] if event.subject_id == coupon]
    assert told == ["coupon.issued", "coupon.reserved", "coupon.redeemed"]
    assert desk.broken() == []


def test_nothing_is_used_when_one_thing_is_refused(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    offer, template = desk.promotion(limits=Limits(uses=1)), desk.template()
    coupon = desk.coupon(template, member).coupon_id
    with pytest.raises(CouponNotFound):
        desk.reserve(member, coupon, uuid4(), offers={offer: Used()})
    assert left(desk, offer) == Remaining(1, None, None, None)
    assert desk.held(member) == [coupon]


@pytest.mark.parametrize(
    ("returns", "how", "back"),
    [
        (Returns(), Reversal.CANCEL, True),
        (Returns(), Reversal.FULL, True),
        (Returns(), Reversal.PARTIAL, False),
        (Returns(on_cancel=False), Reversal.CANCEL, False),
        (Returns(on_full_refund=False), Reversal.FULL, False),
        (Returns(on_partial_refund=True), Reversal.PARTIAL, True),
    ],
)
def test_coupons_come_back_as_their_template_says(world: World, returns: Returns, how: Reversal, back: bool) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    rules = CouponRules(validity=Validity(days=10), returns=returns)
    template = desk.template(rules=rules, limits=Limits(uses=5, uses_per_member=1))
    coupon = desk.coupon(template, member).coupon_id
    order = desk.redeem(member, coupon, offers={template: Used(1, 2, 500)})
    with desk.shop.unit() as unit:
        service.restore(unit, order, new_id(), how, unit.now())
    assert desk.held(member) == ([coupon] if back else [])
    freed = back or how is not Reversal.PARTIAL
    assert left(desk, template, member.member_id) == Remaining(5 if freed else 4, None, 1 if freed else 0, None)
    if back:
        desk.redeem(member, coupon, offers={template: Used(1, 2, 500)})
    assert desk.broken() == []


def test_a_coupon_whose_time_is_over_comes_back_with_grace(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    graced = desk.template(rules=CouponRules(validity=Validity(days=1), returns=Returns(grace_days=3)))
    plain = desk.template(rules=CouponRules(validity=Validity(days=1)))
    coupons = [desk.coupon(template, member).coupon_id for template in (graced, plain)]
    order = desk.redeem(member, *coupons)
    world.clock.advance(timedelta(days=20))
    with desk.shop.unit() as unit:
        service.restore(unit, order, new_id(), Reversal.FULL, unit.now())
    assert desk.held(member) == coupons[:1]
    world.clock.advance(timedelta(days=3))
    assert desk.held(member) == []


def test_several_coupons_and_offers_go_in_one_statement(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    offers = [desk.promotion(limits=Limits(uses=10)) for _ in range(5)]
    template = desk.template()
    coupons = [desk.coupon(template, member).coupon_id for _ in range(3)]
    order = desk.reserve(member, *coupons, offers=dict.fromkeys(offers, Used(2, 1, 50)))
    with desk.shop.unit() as unit:
        assert {item.uses for item in service.remaining(unit, offers, None, unit.now()).values()} == {8}
        service.redeem(unit, order, at=unit.now())
        service.reserve(unit, new_id(), OfferUse(), None, unit.now(), unit.now())
    assert desk.broken() == []


def test_a_coupon_is_looked_at_before_it_is_rung_up(world: World) -> None:
    desk = Desk(world.merchant())
    member, here, elsewhere = desk.shop.member(), desk.shop.store(), desk.shop.store()
    template = desk.template(conditions=Conditions(stores=frozenset({here.store_id})))
    coupon = desk.coupon(template, member).coupon_id

    def refused(member_id: UUID | None = member.member_id, store_id: UUID = here.store_id) -> str:
        try:
            with desk.shop.unit() as unit:
                service.check_usable(unit, coupon, member_id, store_id, unit.now())
        except ShukeError as refusal:
            return refusal.code
        return ""

    assert refused() == ""
    assert refused(store_id=elsewhere.store_id) == "coupon_wrong_store"
    assert refused(member_id=None) == "coupon_not_yours"
    with desk.shop.unit() as unit:
        lifecycle.pause(unit, TEMPLATES, template)
    assert refused() == "coupon_paused"
    world.clock.advance(timedelta(days=30))
    assert refused() == "coupon_expired"
    with pytest.raises(CouponNotFound), desk.shop.unit() as unit:
        service.check_usable(unit, new_id(), None, here.store_id, unit.now())
