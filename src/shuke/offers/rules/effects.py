"""Whether an effect makes sense by itself."""

from collections.abc import Sequence

from shuke.offers.model import (
    Bundle,
    BuyGet,
    Effect,
    FreeDelivery,
    Gift,
    ItemAmount,
    ItemPercent,
    Measure,
    NForM,
    NthItem,
    OfferKind,
    OrderPercent,
    Scope,
    Step,
    Threshold,
    UnitPrice,
)
from shuke.offers.rules.problems import Problems


def check_effect(effect: Effect, problems: Problems) -> None:
    match effect:
        case UnitPrice():
            problems.number(effect.price_minor, "price_minor")
            problems.count(effect.max_quantity, "max_quantity")
        case ItemPercent():
            problems.rate(effect.off_bps, "off_bps")
            problems.count(effect.max_quantity, "max_quantity")
        case ItemAmount():
            problems.number(effect.off_minor, "off_minor", least=1)
            problems.count(effect.max_quantity, "max_quantity")
        case NForM():
            _check_n_for_m(effect, problems)
        case NthItem():
            problems.number(effect.nth, "nth", least=2)
            problems.rate(effect.off_bps, "off_bps")
            problems.count(effect.max_sets, "max_sets")
        case BuyGet():
            _check_buy_get(effect, problems)
        case Bundle():
            _check_bundle(effect, problems)
        case Threshold():
            _check_threshold(effect, problems)
        case OrderPercent():
            _check_steps(effect.steps, problems)
            for number, step in enumerate(effect.steps):
                problems.rate(step.off, f"steps.{number}.off")
        case Gift():
            problems.number(effect.quantity, "quantity", least=1)
            _check_from(effect.at, effect.every, problems)
        case FreeDelivery():
            problems.number(effect.at, "at")


def _check_n_for_m(effect: NForM, problems: Problems) -> None:
    problems.number(effect.take, "take", least=2)
    problems.need(
        1 <= effect.pay < effect.take,
        "pay",
        f"付款件数应为 1 到 {effect.take - 1}，须少于取走的件数。",
        f"Pay 1 to {effect.take - 1} pieces: fewer than are taken.",
    )
    problems.count(effect.max_sets, "max_sets")


def _check_buy_get(effect: BuyGet, problems: Problems) -> None:
    problems.number(effect.buy, "buy", least=1)
    problems.number(effect.get, "get", least=1)
    problems.rate(effect.off_bps, "off_bps")
    problems.count(effect.max_sets, "max_sets")
    check_scope(effect.get_scope, problems.at("get_scope"))


def _check_bundle(effect: Bundle, problems: Problems) -> None:
    problems.need(bool(effect.parts), "parts", "套餐至少要有一个部分。", "A bundle needs at least one part.")
    for number, part in enumerate(effect.parts):
        problems.number(part.count, f"parts.{number}.count", least=1)
        check_scope(part.scope, problems.at(f"parts.{number}.scope"))
    problems.number(effect.price_minor, "price_minor")
    problems.count(effect.max_sets, "max_sets")


def _check_threshold(effect: Threshold, problems: Problems) -> None:
    _check_steps(effect.steps, problems)
    for number, step in enumerate(effect.steps):
        problems.need(step.off > 0, f"steps.{number}.off", "减免金额须大于 0。", "Take off more than nothing.")
        problems.need(
            effect.measure is Measure.PIECES or step.at <= 0 or step.off <= step.at,
            f"steps.{number}.off",
            "减免金额不能超过门槛金额。",
            "No more can be taken off than the threshold.",
        )
    if effect.every and effect.steps:
        problems.need(len(effect.steps) == 1, "steps", "“每满”只能有一个档位。", "With `every`, give a single step.")
        _check_from(effect.steps[0].at, effect.every, problems.at("steps.0"))


def _check_steps(steps: Sequence[Step], problems: Problems) -> None:
    problems.need(bool(steps), "steps", "请至少填写一个档位。", "Give at least one step.")
    for number, step in enumerate(steps):
        problems.number(step.at, f"steps.{number}.at")
        if number:
            before = steps[number - 1]
            problems.need(
                before.at < step.at and before.off < step.off,
                f"steps.{number}.at",
                "档位须由低到高：门槛与优惠都要大于上一档。",
                "Steps go up: both threshold and discount must exceed those of the step before.",
            )


def _check_from(at: int, every: bool, problems: Problems) -> None:
    problems.number(at, "at", least=1 if every else 0)


def check_scope(scope: Scope, problems: Problems) -> None:
    """What is named must not be excluded in the same breath."""
    for name in ("products", "categories", "brands"):
        both = getattr(scope, name) & getattr(scope, f"without_{name}")
        problems.need(
            not both,
            f"without_{name}",
            "同一项不能既包含又排除，请删去其一。",
            "Something cannot be both included and excluded. Take it out of one list.",
        )


def kind_of(effect: Effect, *, of_coupon: bool) -> OfferKind:
    """What people call it: the same effect has another name on a coupon."""
    match effect:
        case UnitPrice() if of_coupon:
            return OfferKind.EXCHANGE if effect.price_minor == 0 else OfferKind.PRIVILEGE_PURCHASE
        case Threshold(steps=(Step(at=0),)):
            return OfferKind.CASH_VOUCHER
    return _KINDS[type(effect)]


_KINDS: dict[type, OfferKind] = {
    UnitPrice: OfferKind.LIMITED_PRICE,
    ItemPercent: OfferKind.ITEM_PERCENT,
    ItemAmount: OfferKind.ITEM_AMOUNT,
    NForM: OfferKind.N_FOR_M,
    NthItem: OfferKind.NTH_ITEM,
    BuyGet: OfferKind.BUY_GET,
    Bundle: OfferKind.BUNDLE,
    Threshold: OfferKind.THRESHOLD,
    OrderPercent: OfferKind.PERCENT,
    Gift: OfferKind.GIFT,
    FreeDelivery: OfferKind.FREE_DELIVERY,
}
