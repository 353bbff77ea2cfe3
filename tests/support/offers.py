"""Shorthands for offers in tests: published ones, coupons in hand, and the laws that should hold."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.audit import Check
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.members.model import Member
from shuke.offers import issuing, lifecycle, service
from shuke.offers.hooks import OfferHooks
from shuke.offers.model import (
    Audience,
    Conditions,
    Coupon,
    CouponRules,
    Effect,
    OfferUse,
    PacketAmount,
    PacketDraft,
    PacketKind,
    PacketTerms,
    PromotionDraft,
    Step,
    TemplateDraft,
    Terms,
    Threshold,
    Used,
    Validity,
    Who,
)
from shuke.offers.shelves import PACKETS, PROMOTIONS, TEMPLATES
from tests.support.world import Shop

OFF_5 = Threshold((Step(3000, 500),))
"""30 − 5."""
FOR_MEMBERS = Conditions(audience=Audience(who=Who.MEMBERS))
_SERIAL = count(1)


@dataclass(frozen=True)
class Desk:
    """Where a shop writes its offers."""

    shop: Shop

    def promotion(self, effect: Effect = OFF_5, **terms: Any) -> UUID:
        """A published promotion; limits for each member make it one for members."""
        draft = PromotionDraft(_code(), _name(), terms=_terms(effect, terms))
        with self.shop.unit() as unit:
            made = lifecycle.create(unit, PROMOTIONS, draft)
            lifecycle.publish(unit, PROMOTIONS, made.id, OfferHooks())
        return made.id

    def template(self, effect: Effect = OFF_5, rules: CouponRules | None = None, **terms: Any) -> UUID:
        """A published template; its coupons are good for ten days unless `rules` say otherwise."""
        rules = rules or CouponRules(validity=Validity(days=10))
        draft = TemplateDraft(_code(), _name(), terms=_terms(effect, terms), rules=rules)
        with self.shop.unit() as unit:
            made = lifecycle.create(unit, TEMPLATES, draft)
            lifecycle.publish(unit, TEMPLATES, made.id, OfferHooks())
        return made.id

    def campaign(
        self,
        kind: PacketKind = PacketKind.ACTIVATION,
        low: int = 100,
        high: int = 100,
        *,
        amount_share_bps: int | None = None,
        **terms: Any,
    ) -> UUID:
        """A published red packet campaign."""
        draft = PacketDraft(
            _code(), _name(), PacketTerms(kind=kind, amount=PacketAmount(low, high, amount_share_bps), **terms)
        )
        with self.shop.unit() as unit:
            made = lifecycle.create(unit, PACKETS, draft)
            lifecycle.publish(unit, PACKETS, made.id, OfferHooks())
        return made.id

    def coupon(self, template_id: UUID, member: Member) -> Coupon:
        with self.shop.unit() as unit:
            return issuing.issue(unit, template_id, member.member_id, "test")

    def reserve(self, member: Member | None, *coupons: UUID, offers: dict[UUID, Used] | None = None) -> UUID:
        """A pending order that uses these; its id."""
        order_id = new_id()
        with self.shop.unit() as unit:
            until = unit.now() + timedelta(minutes=15)
            service.reserve(
                unit, order_id, OfferUse(offers or {}, coupons), member.member_id if member else None, until, unit.now()
            )
        return order_id

    def redeem(self, member: Member | None, *coupons: UUID, offers: dict[UUID, Used] | None = None) -> UUID:
        """A paid order that uses these; its id."""
        order_id = new_id()
        with self.shop.unit() as unit:
            use = OfferUse(offers or {}, coupons)
            service.redeem(unit, order_id, use, member.member_id if member else None, at=unit.now())
        return order_id

    def held(self, member: Member) -> list[UUID]:
        with self.shop.unit() as unit:
            return [coupon.coupon_id for coupon in service.held(unit, member.member_id, unit.now())]

    def broken(self) -> list[Check]:
        """The laws of offers that do not hold; none should ever."""
        with self.shop.unit() as unit:
            return broken(unit)


def broken(unit: Unit) -> list[Check]:
    return [check for check in service.audit(unit) if not check.ok]


def _code() -> str:
    return f"O{next(_SERIAL)}"


def _name() -> Text:
    return Text("满减", "Money off")


def _terms(effect: Effect, given: dict[str, Any]) -> Terms:
    limits = given.get("limits")
    if limits is not None and (limits.uses_per_member or limits.pieces_per_member):
        given = {"conditions": FOR_MEMBERS, **given}
    return Terms(effect=effect, **given)
