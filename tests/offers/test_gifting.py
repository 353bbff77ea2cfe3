"""A coupon goes to another member by a link; and coupons are revoked."""

from datetime import timedelta

import pytest

from shuke.infra.outbox import START, read_after
from shuke.offers import gifting
from shuke.offers.errors import (
    CouponExpired,
    CouponNotYours,
    CouponReserved,
    CouponRevoked,
    CouponUsed,
    GiftNotValid,
    GiftOver,
    GiftToOneself,
    NotTransferable,
)
from shuke.offers.model import CouponRules, Validity
from tests.support.offers import Desk
from tests.support.world import World

MAY_TRAVEL = CouponRules(validity=Validity(days=10), transferable=True, per_member=1)


def test_a_gift_is_taken_once(world: World) -> None:
    desk = Desk(world.merchant())
    giver, taker, late = (desk.shop.member() for _ in range(3))
    coupon = desk.coupon(desk.template(rules=MAY_TRAVEL), giver).coupon_id
    with desk.shop.unit() as unit:
        gift, token = gifting.give(unit, coupon, giver.member_id)
    assert desk.held(giver) == [coupon], "until it is taken"
    with pytest.raises(GiftToOneself), desk.shop.unit() as unit:
        gifting.take(unit, token, giver.member_id)
    with desk.shop.unit() as unit:
        assert gifting.take(unit, token, taker.member_id).member_id == taker.member_id
    assert (desk.held(giver), desk.held(taker)) == ([], [coupon])
    with pytest.raises(GiftOver), desk.shop.unit() as unit:
        gifting.take(unit, token, late.member_id)
    with pytest.raises(GiftOver), desk.shop.unit() as unit:
        gifting.withdraw(unit, gift.gift_id)
    with pytest.raises(CouponNotYours):
        desk.redeem(giver, coupon)
    desk.redeem(taker, coupon)
    with desk.shop.unit() as unit:
        told = [event for event in read_after(unit, START)[0] if event.type == "coupon.gifted"]
    assert [event.member_id for event in told] == [taker.member_id]
    assert desk.broken() == []


def test_gifts_that_come_to_nothing(world: World) -> None:
    desk = Desk(world.merchant())
    giver, taker = desk.shop.member(), desk.shop.member()
    template = desk.template(rules=CouponRules(validity=Validity(days=10), transferable=True))
    used, withdrawn, slow, replaced = (desk.coupon(template, giver).coupon_id for _ in range(4))
    fixed = desk.coupon(desk.template(), giver).coupon_id
    with pytest.raises(NotTransferable), desk.shop.unit() as unit:
        gifting.give(unit, fixed, giver.member_id)
    with pytest.raises(CouponNotYours), desk.shop.unit() as unit:
        gifting.give(unit, used, taker.member_id)
    with desk.shop.unit() as unit:
        tokens = {coupon: gifting.give(unit, coupon, giver.member_id)[1] for coupon in (used, slow, replaced)}
        gift, tokens[withdrawn] = gifting.give(unit, withdrawn, giver.member_id)
        gifting.withdraw(unit, gift.gift_id)
        gifting.give(unit, replaced, giver.member_id)
    desk.redeem(giver, used)
    for token, refusal in (
        ("nothing", GiftNotValid),
        (tokens[used], CouponUsed),
        (tokens[withdrawn], GiftOver),
        (tokens[replaced], GiftOver),
    ):
        with pytest.raises(refusal), desk.shop.unit() as unit:
            gifting.take(unit, token, taker.member_id)
    world.clock.advance(timedelta(hours=gifting.HOURS))
    with pytest.raises(GiftOver), desk.shop.unit() as unit:
        gifting.take(unit, tokens[slow], taker.member_id)
    assert desk.held(taker) == []
    world.clock.advance(timedelta(days=10))
    with pytest.raises(CouponExpired), desk.shop.unit() as unit:
        gifting.give(unit, slow, giver.member_id)


def test_only_free_coupons_are_revoked(world: World) -> None:
    desk = Desk(world.merchant())
    member, other = desk.shop.member(), desk.shop.member()
    template = desk.template(rules=CouponRules(validity=Validity(days=10), transferable=True))
    free, used, pending = (desk.coupon(template, member).coupon_id for _ in range(3))
    desk.redeem(member, used)
    desk.reserve(member, pending)
    with desk.shop.unit() as unit:
        _, token = gifting.give(unit, free, member.member_id)
        gifting.revoke(unit, free)
    for coupon, refusal in ((free, CouponRevoked), (used, CouponUsed), (pending, CouponReserved)):
        with pytest.raises(refusal), desk.shop.unit() as unit:
            gifting.revoke(unit, coupon)
    with pytest.raises(GiftOver), desk.shop.unit() as unit:
        gifting.take(unit, token, other.member_id)
    with pytest.raises(CouponRevoked):
        desk.redeem(member, free)
    assert desk.broken() == []
