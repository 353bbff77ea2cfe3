"""The life of coupons against a small model of it: whatever happens in whatever order, both say the same."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from shuke.kernel.clock import SimulatedClock
from shuke.kernel.errors import Conflict
from shuke.kernel.ids import new_id
from shuke.offers import gifting, issuing, service
from shuke.offers.model import (
    CouponStatus,
    OfferUse,
    Reversal,
    Used,
)
from shuke.offers.rules.coupons import valid_from_until
from tests.support.coupon_model import LIMITS, RULES, WORTH, Held, Model, Order, Waiting
from tests.support.offers import Desk, broken
from tests.support.world import World

WHO = st.integers(0, 2)
WHICH = st.integers(0, 30)
Key = TypeVar("Key")


class Coupons(RuleBasedStateMachine):
    """Three members of one shop and two templates: one scarce and short-lived, one that comes back."""

    desk: Desk
    clock: SimulatedClock

    @initialize()
    def open(self) -> None:
        self.model = Model()
        self.people = [self.desk.shop.member().member_id for _ in range(3)]
        self.templates = [
            self.desk.template(rules=rules, limits=limits) for rules, limits in zip(RULES, LIMITS, strict=True)
        ]

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @rule(template=st.integers(0, 1), who=WHO, claim=st.booleans())
    def issue(self, template: int, who: int, claim: bool) -> None:
        possible = self.model.may_be_issued(template, who)
        try:
            with self.desk.shop.unit() as unit:
                if claim:
                    coupon = issuing.claim(unit, self.templates[template], self.people[who])
                else:
                    coupon = issuing.issue(unit, self.templates[template], self.people[who], "test")
        except Conflict:
            assert not possible
            return
        assert possible
        begins, ends = valid_from_until(RULES[template].validity, self.now, self.desk.shop.merchant.timezone)
        assert (coupon.valid_from, coupon.valid_until) == (begins, ends)
        self.model.coupons[coupon.coupon_id] = Held(template, who, begins, ends)
        self.model.issued[template, who] = self.model.issued.get((template, who), 0) + 1

    @rule(which=WHICH, who=st.none() | WHO, pending=st.booleans())
    def order(self, which: int, who: int | None, pending: bool) -> None:
        """Buy something with a coupon; `who` None: its holder does."""
        if (coupon_id := _pick(self.model.coupons, which)) is None:
            return
        coupon = self.model.coupons[coupon_id]
        buyer = coupon.holder if who is None else who
        template = coupon.template
        possible = buyer == coupon.holder and coupon.usable(self.now) and self.model.within_limits(template, buyer)
        order_id = new_id()
        use = OfferUse({self.templates[template]: Used(1, 0, WORTH)}, (coupon_id,))
        try:
            with self.desk.shop.unit() as unit:
                if pending:
                    service.reserve(unit, order_id, use, self.people[buyer], self.now, self.now)
                else:
                    service.redeem(unit, order_id, use, self.people[buyer], at=self.now)
        except Conflict:
            assert not possible
            return
        assert possible
        coupon.status = CouponStatus.RESERVED if pending else CouponStatus.REDEEMED
        coupon.order = order_id
        self.model.orders[order_id] = Order(buyer, pending, {template: 1}, {template: WORTH})

    @rule(which=WHICH, pay=st.booleans())
    def finish(self, which: int, pay: bool) -> None:
        """A pending order is paid, or let go."""
        if (order_id := _pick(self.model.orders, which)) is None:
            return
        with self.desk.shop.unit() as unit:
            if pay:
                service.redeem(unit, order_id, at=self.now)
            else:
                service.release(unit, order_id, self.now)
        order = self.model.orders[order_id]
        if not order.pending:
            return
        order.pending = False
        for coupon in self.model.coupons.values():
            if coupon.order == order_id:
                coupon.status = CouponStatus.REDEEMED if pay else CouponStatus.AVAILABLE
                coupon.order = order_id if pay else None
        if not pay:
            order.uses, order.minor = {}, {}

    @rule(which=WHICH, how=st.sampled_from(Reversal))
    def undo(self, which: int, how: Reversal) -> None:
        if (order_id := _pick(self.model.orders, which)) is None:
            return
        order = self.model.orders[order_id]
        if order.pending:
            return
        with self.desk.shop.unit() as unit:
            service.restore(unit, order_id, new_id(), how, self.now)
        for coupon in self.model.coupons.values():
            returns = RULES[coupon.template].returns
            comes = {
                Reversal.CANCEL: returns.on_cancel,
                Reversal.FULL: returns.on_full_refund,
                Reversal.PARTIAL: returns.on_partial_refund,
            }[how]
            if coupon.order == order_id and comes:
                coupon.status, coupon.order = CouponStatus.AVAILABLE, None
                if coupon.ends <= self.now:
                    coupon.ends = max(coupon.ends, self.now + timedelta(days=returns.grace_days))
                order.uses[coupon.template] = 0
        if how is not Reversal.PARTIAL:
            order.uses, order.minor = {}, {}

    @rule(which=WHICH, who=st.none() | WHO)
    def give(self, which: int, who: int | None) -> None:
        if (coupon_id := _pick(self.model.coupons, which)) is None:
            return
        coupon = self.model.coupons[coupon_id]
        giver = coupon.holder if who is None else who
        possible = (
            giver == coupon.holder
            and coupon.status is CouponStatus.AVAILABLE
            and coupon.ends > self.now
            and RULES[coupon.template].transferable
        )
        try:
            with self.desk.shop.unit() as unit:
                _, token = gifting.give(unit, coupon_id, self.people[giver], 24)
        except Conflict:
            assert not possible
            return
        assert possible
        for gift in self.model.gifts.values():
            gift.over |= gift.coupon == coupon_id
        self.model.gifts[token] = Waiting(coupon_id, giver, min(coupon.ends, self.now + timedelta(hours=24)))

    @rule(which=WHICH, who=WHO)
    def take(self, which: int, who: int) -> None:
        if (token := _pick(self.model.gifts, which)) is None:
            return
        gift = self.model.gifts[token]
        coupon = self.model.coupons[gift.coupon]
        possible = (
            who != gift.giver
            and not gift.over
            and self.now < gift.ends
            and coupon.holder == gift.giver
            and coupon.status is CouponStatus.AVAILABLE
        )
        try:
            with self.desk.shop.unit() as unit:
                gifting.take(unit, token, self.people[who])
        except Conflict:
            assert not possible
            return
        assert possible
        coupon.holder, gift.over = who, True

    @rule(which=WHICH)
    def revoke(self, which: int) -> None:
        if which % 5 or (coupon_id := _pick(self.model.coupons, which)) is None:
            return
        coupon = self.model.coupons[coupon_id]
        possible = coupon.status is CouponStatus.AVAILABLE
        try:
            with self.desk.shop.unit() as unit:
                gifting.revoke(unit, coupon_id)
        except Conflict:
            assert not possible
            return
        assert possible
        coupon.status = CouponStatus.REVOKED

    @rule(hours=st.integers(1, 40))
    def wait(self, hours: int) -> None:
        self.clock.advance(timedelta(hours=hours))

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "model"):
            return
        with self.desk.shop.unit() as unit:
            for who, member_id in enumerate(self.people):
                held = {coupon.coupon_id for coupon in service.held(unit, member_id, self.now)}
                assert held == {
                    coupon_id
                    for coupon_id, coupon in self.model.coupons.items()
                    if coupon.holder == who and coupon.usable(self.now)
                }
            left = service.remaining(unit, self.templates, self.people[0], self.now)
            scarce, back = (left[template] for template in self.templates)
            assert scarce.uses == 4 - self.model.used(0)
            assert scarce.budget_minor == 1000 - self.model.spent(0)
            assert back.uses_of_member == 2 - self.model.used(1, 0)

    def teardown(self) -> None:
        with self.desk.shop.unit() as unit:
            assert broken(unit) == []


def _pick(things: Mapping[Key, object], which: int) -> Key | None:
    return list(things)[which % len(things)] if things else None


def test_coupons_agree_with_the_model(world: World) -> None:
    class Here(Coupons):
        desk = Desk(world.merchant())
        clock = world.clock

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
