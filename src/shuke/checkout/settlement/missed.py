"""What is not applied, and why: the coupons in the wallet, and the promotions that are within reach."""

from collections.abc import Iterator, Sequence

from shuke.checkout.settlement.case import Barred, Case
from shuke.checkout.settlement.effects.gift import GiftRight
from shuke.checkout.settlement.effects.order import Gauge, OrderRight
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import GiftToAdd, Missed, Why
from shuke.checkout.settlement.steps import Played
from shuke.kernel.text import Text

MOST = 12
"""As many promotions are told, those nearest to being applied first; of a coupon it is always told why it is not."""

_TELLING = frozenset({Why.JOIN, Why.YOUR_LIMIT, Why.USED_UP, Why.DECLINED})
"""Why a promotion may not hold and is still worth telling; of other stores, times and people nobody needs to know."""

_FIRST = {why: place for place, why in enumerate(Why)}


def missed(case: Case, played: Played) -> tuple[Missed, ...]:
    """Rights that were left aside and offers that do not hold, and further steps of what is applied."""
    used = {step.right for step in played.steps if step.right is not None}
    found = [*_left_aside(case, played, used), *_further(played, used), *_barred(case.barred)]
    found.sort(key=_place)
    return _most(found)


def _place(one: Missed) -> tuple[int, int, bool, str, int]:
    """Of coupons of one template, each has a place of its own."""
    coupon = one.coupon_id.int if one.coupon_id else 0
    return _FIRST[one.why], one.missing, one.coupon_id is None, one.rule, coupon


def _most(found: Sequence[Missed]) -> tuple[Missed, ...]:
    """All coupons, and the first of the rest."""
    kept: list[Missed] = []
    others = 0
    for one in found:
        others += one.coupon_id is None
        if one.coupon_id is not None or others <= MOST:
            kept.append(one)
    return tuple(kept)


def gifts_to_add(case: Case, played: Played) -> tuple[GiftToAdd, ...]:
    """Gifts that are earned and not, or not all, in the basket."""
    used = {step.right for step in played.steps if step.right is not None}
    found: list[GiftToAdd] = []
    for right in case.rights:
        offer = right.terms.offer
        if (
            not isinstance(right, GiftRight)
            or offer is None
            or (right not in used and _standing_in_way(case, right, used))
        ):
            continue
        wanted = right.gifts(right.gauge.read(played.started[right.stage]))
        more = wanted - case.goods.count(right.lines)
        if more > 0:
            found.append(GiftToAdd(offer.rule, offer.name, right.effect.product_id, more))
    return tuple(found)


def _left_aside(case: Case, played: Played, used: set[Right]) -> Iterator[Missed]:
    for right in case.rights:
        if right in used or right.terms.offer is None:
            continue
        short = _short(right, played.started[right.stage], first=True)
        if short is not None:
            yield _missed(right, *short)
            continue
        way = _standing_in_way(case, right, used)
        if way is not None:
            yield _missed(right, way[0], other=way[1])
        elif right.cut(played.ended[right.stage], played.started[right.stage]) is not None:
            yield _missed(right, Why.BETTER_FOUND)
        elif right.coupon is not None:
            yield _missed(right, Why.SAVES_NOTHING)


def _further(played: Played, used: set[Right]) -> Iterator[Missed]:
    """The next step of thresholds that are reached already."""
    for right in used:
        if right.terms.offer is not None:
            short = _short(right, played.started[right.stage], first=False)
            if short is not None:
                yield _missed(right, *short)


def _short(right: Right, start: Sequence[int], *, first: bool) -> tuple[Why, int] | None:
    """What is missing for the first step of a threshold, or for the next one."""
    if isinstance(right, OrderRight):
        measured = right.gauge.read(start)
        step = right.next_step(measured)
        if step is None or first is not (right.reached(measured) is None):
            return None
        return _counted(right.gauge, step.at - measured)
    if first and isinstance(right, GiftRight):
        missing = right.effect.at - right.gauge.read(start)
        return _counted(right.gauge, missing) if missing > 0 else None
    return None


def _counted(gauge: Gauge, missing: int) -> tuple[Why, int]:
    return (Why.MORE_MONEY if gauge.of_money else Why.MORE_PIECES, missing)


def _standing_in_way(case: Case, right: Right, used: set[Right]) -> tuple[Why, Text] | None:
    """What keeps a right from being used beside those that are."""
    groups, same = case.groups, []
    for other in sorted(used, key=lambda one: one.order):
        if groups.excludes[right.group] >> other.group & 1:
            return Why.EXCLUDED, other.terms.name
        if other.group == right.group:
            same.append(other)
    limit = groups.at_most[right.group]
    if limit is not None and len(same) >= limit:
        return Why.GROUP_FULL, same[0].terms.name if same else right.terms.name
    return None


def _missed(right: Right, why: Why, missing: int = 0, other: Text | None = None) -> Missed:
    offer, held = right.terms.offer, right.coupon
    assert offer is not None
    return Missed(offer.rule, offer.name, why, missing, other, offer.offer_id, held.coupon_id if held else None)


def _barred(barred: Sequence[Barred]) -> Iterator[Missed]:
    for one in barred:
        if one.coupon is not None or one.why in _TELLING:
            offer = one.offer
            held = one.coupon.coupon_id if one.coupon else None
            yield Missed(offer.rule, offer.name, one.why, offer_id=offer.offer_id, coupon_id=held)
