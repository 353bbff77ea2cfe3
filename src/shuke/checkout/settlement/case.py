"""One settlement's matter: the goods, and every right that holds here, now and for this customer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from shuke.checkout.settlement.basket import Basket, Goods
from shuke.checkout.settlement.conditions import exhausted, unmet
from shuke.checkout.settlement.effects.right import Claim, Right, Terms
from shuke.checkout.settlement.index import OfferIndex
from shuke.checkout.settlement.limits import shared
from shuke.checkout.settlement.model import Choices, CouponRight, Customer, Situation, Why
from shuke.checkout.settlement.rights import (
    coupon_terms,
    in_order,
    mark_groups,
    member_price,
    promotion_terms,
    rate,
    right_of,
)
from shuke.checkout.settlement.stacking import Groups, Stacking
from shuke.offers.model import Offer

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Barred:
    """An offer or coupon that concerns the goods and does not hold."""

    offer: Offer
    why: Why
    coupon: CouponRight | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """`rights` in canonical order, numbered."""

    goods: Goods
    shelf: Basket
    customer: Customer
    choices: Choices
    situation: Situation
    rights: Sequence[Right]
    groups: Groups
    barred: Sequence[Barred]


def prepare(goods: Goods, customer: Customer, choices: Choices, offers: OfferIndex, situation: Situation) -> Case:
    """Sort out what holds. Everything is optional from here on."""
    barred: list[Barred] = []
    found: list[Right] = []
    if customer.member:
        found += [right for right in (member_price(goods), *(rate(right, goods) for right in customer.rates)) if right]
    stacking = offers.stacking
    candidates = offers.candidates(goods, situation)
    candidates += [(promotion_terms(offer, stacking), goods.in_scope(offer.scope)) for offer in customer.offers]
    found += _promotions(goods, customer, situation, candidates, barred)
    found += _coupons(goods, customer, choices, situation, stacking, barred)
    if choices.declined:
        found, declined = _declined(found, choices.declined)
        barred += declined
    rights = in_order(found)
    groups = stacking.among(sorted({right.terms.group for right in rights}))
    numbers = {code: number for number, code in enumerate(groups.codes)}
    for order, right in enumerate(rights):
        right.order = order
        right.group = numbers[right.terms.group]
        if choices.coupons is not None and right.coupon is not None:
            right.bonus = 1
    mark_groups(rights)
    return Case(goods, Basket.shelf(goods), customer, choices, situation, rights, groups, barred)


def _promotions(
    goods: Goods,
    customer: Customer,
    situation: Situation,
    candidates: Iterable[tuple[Terms, int]],
    barred: list[Barred],
) -> Iterator[Right]:
    for terms, mask in candidates:
        offer = terms.offer
        if not mask or offer is None:
            continue
        left = situation.left.get(offer.offer_id) if situation.left else None
        why = unmet(offer.conditions, customer, situation) or exhausted(left)
        if why is not None:
            barred.append(Barred(offer, why))
            continue
        right = right_of(Claim(terms, goods, mask, left))
        if right.mask or right.gift:
            yield right


def _coupons(
    goods: Goods,
    customer: Customer,
    choices: Choices,
    situation: Situation,
    stacking: Stacking,
    barred: list[Barred],
) -> Iterator[Right]:
    """Coupons of a template are equal but for their dates: those that expire soonest are used first."""
    by_template: dict[UUID, list[CouponRight]] = {}
    for held in customer.coupons:
        by_template.setdefault(held.offer.offer_id, []).append(held)
    for template_id, twins in by_template.items():
        offer = twins[0].offer
        terms = coupon_terms(offer, stacking)
        mask = goods.in_scope(offer.scope)
        why = (None if mask else Why.NOTHING_IN_SCOPE) or unmet(offer.conditions, customer, situation)
        usable: list[CouponRight] = []
        for held in sorted(twins, key=_soonest):
            reason = why or _untimely(held, situation)
            if reason is None and choices.coupons is not None and held.coupon_id not in choices.coupons:
                reason = Why.DECLINED
            if reason is None:
                usable.append(held)
            else:
                barred.append(Barred(offer, reason, held))
        for held, left in zip(usable, shared(situation.left.get(template_id), usable), strict=True):
            reason = exhausted(left)
            right = None if reason else right_of(Claim(terms, goods, mask, left, held))
            if right is not None and (right.mask or right.gift):
                yield right
            else:
                barred.append(Barred(offer, reason or Why.NOTHING_IN_SCOPE, held))


def _soonest(held: CouponRight) -> tuple[datetime, int]:
    return (held.valid_until or _NEVER, held.coupon_id.int)


def _untimely(held: CouponRight, situation: Situation) -> Why | None:
    if held.valid_from is not None and situation.now < held.valid_from:
        return Why.NOT_YET
    if held.valid_until is not None and situation.now >= held.valid_until:
        return Why.EXPIRED
    return None


def _declined(found: Iterable[Right], rules: frozenset[str]) -> tuple[list[Right], list[Barred]]:
    kept: list[Right] = []
    declined: list[Barred] = []
    for right in found:
        if right.terms.rule not in rules:
            kept.append(right)
        elif right.terms.offer is not None:
            declined.append(Barred(right.terms.offer, Why.DECLINED, right.coupon))
    return kept, declined
