"""What cannot be published, field by field; kinds, validity, stacking, codes."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from shuke.kernel.conditions import Audience, Conditions, Period, Who, Window
from shuke.kernel.text import Text
from shuke.offers.model import (
    Bundle,
    BundlePart,
    BuyGet,
    Caps,
    CouponRules,
    Effect,
    FreeDelivery,
    Funder,
    FundingShare,
    Gift,
    ItemAmount,
    ItemPercent,
    Limits,
    Measure,
    NForM,
    NthItem,
    OrderPercent,
    PacketAmount,
    PacketKind,
    PacketTerms,
    Returns,
    Scope,
    StackingGroup,
    Step,
    Terms,
    Threshold,
    UnitPrice,
    Validity,
)
from shuke.offers.rules.coupons import check_coupon_rules, valid_from_until
from shuke.offers.rules.effects import kind_of
from shuke.offers.rules.packets import packet_problems
from shuke.offers.rules.problems import Problems
from shuke.offers.rules.stacking import check_group
from shuke.offers.rules.terms import limits_fixed, terms_problems

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
NAME = Text("满减", "Money off")
GOOD = Threshold((Step(3000, 500),))
ONE = uuid4()

GOOD_EFFECTS: tuple[tuple[Effect, str, str], ...] = (
    (UnitPrice(990, 3), "limited_price", "privilege_purchase"),
    (UnitPrice(0, 1), "limited_price", "exchange"),
    (ItemPercent(1000), "item_percent", "item_percent"),
    (ItemAmount(100), "item_amount", "item_amount"),
    (NForM(3, 2), "n_for_m", "n_for_m"),
    (NthItem(2, 5000), "nth_item", "nth_item"),
    (BuyGet(2, 1), "buy_get", "buy_get"),
    (Bundle((BundlePart(Scope(products=frozenset({ONE})), 1),), 1000), "bundle", "bundle"),
    (GOOD, "threshold", "threshold"),
    (Threshold((Step(3000, 500), Step(6000, 1200))), "threshold", "threshold"),
    (Threshold((Step(2, 500),), Measure.PIECES, every=True), "threshold", "threshold"),
    (Threshold((Step(0, 500),)), "cash_voucher", "cash_voucher"),
    (OrderPercent((Step(0, 1000),)), "percent", "percent"),
    (Gift(ONE, 1, 5000), "gift", "gift"),
    (FreeDelivery(), "free_delivery", "free_delivery"),
)


@pytest.mark.parametrize(("effect", "kind", "of_coupon"), GOOD_EFFECTS)
def test_good_effects_have_names(effect: Effect, kind: str, of_coupon: str) -> None:
    assert terms_problems(NAME, Terms(effect=effect), NOW) == []
    assert (kind_of(effect, of_coupon=False), kind_of(effect, of_coupon=True)) == (kind, of_coupon)


def members(**audience: object) -> Conditions:
    return Conditions(audience=Audience(who=Who.MEMBERS, **audience))  # type: ignore[arg-type]


def window(**given: object) -> Terms:
    return Terms(effect=GOOD, conditions=Conditions(window=Window(**given)))  # type: ignore[arg-type]


def funded(*shares: FundingShare) -> Terms:
    return Terms(effect=GOOD, funding=shares)


BAD_TERMS: tuple[tuple[Terms, str], ...] = (
    (Terms(), "effect"),
    (Terms(effect=UnitPrice(-1)), "effect.price_minor"),
    (Terms(effect=UnitPrice(1, 0)), "effect.max_quantity"),
    (Terms(effect=ItemPercent(0)), "effect.off_bps"),
    (Terms(effect=ItemPercent(10_001)), "effect.off_bps"),
    (Terms(effect=ItemAmount(0)), "effect.off_minor"),
    (Terms(effect=NForM(1, 1)), "effect.take"),
    (Terms(effect=NForM(3, 3)), "effect.pay"),
    (Terms(effect=NForM(3, 0)), "effect.pay"),
    (Terms(effect=NthItem(1, 5000)), "effect.nth"),
    (Terms(effect=NthItem(2, 5000, 0)), "effect.max_sets"),
    (Terms(effect=BuyGet(0, 1)), "effect.buy"),
    (Terms(effect=BuyGet(1, 0)), "effect.get"),
    (
        Terms(effect=BuyGet(1, 1, Scope(brands=frozenset({"A"}), without_brands=frozenset({"A"})))),
        "effect.get_scope.without_brands",
    ),
    (Terms(effect=Bundle((), 1000)), "effect.parts"),
    (Terms(effect=Bundle((BundlePart(Scope(), 0),), 1000)), "effect.parts.0.count"),
    (Terms(effect=Bundle((BundlePart(Scope(), 1),), -1)), "effect.price_minor"),
    (Terms(effect=Threshold(())), "effect.steps"),
    (Terms(effect=Threshold((Step(3000, 0),))), "effect.steps.0.off"),
    (Terms(effect=Threshold((Step(3000, 3001),))), "effect.steps.0.off"),
    (Terms(effect=Threshold((Step(-1, 5),))), "effect.steps.0.at"),
    (Terms(effect=Threshold((Step(6000, 500), Step(3000, 900)))), "effect.steps.1.at"),
    (Terms(effect=Threshold((Step(3000, 500), Step(6000, 500)))), "effect.steps.1.at"),
    (Terms(effect=Threshold((Step(3000, 500), Step(6000, 900)), every=True)), "effect.steps"),
    (Terms(effect=Threshold((Step(0, 500),), every=True)), "effect.steps.0.at"),
    (Terms(effect=OrderPercent((Step(0, 10_001),))), "effect.steps.0.off"),
    (Terms(effect=Gift(ONE, 0, 5000)), "effect.quantity"),
    (Terms(effect=Gift(ONE, 1, 0, every=True)), "effect.at"),
    (Terms(effect=FreeDelivery(-1)), "effect.at"),
    (
        Terms(effect=GOOD, scope=Scope(products=frozenset({ONE}), without_products=frozenset({ONE}))),
        "scope.without_products",
    ),
    (window(starts_at=NOW + timedelta(days=2), ends_at=NOW + timedelta(days=1)), "conditions.window.ends_at"),
    (window(ends_at=NOW), "conditions.window.ends_at"),
    (window(weekdays=frozenset({0})), "conditions.window.weekdays"),
    (window(month_days=frozenset({32})), "conditions.window.month_days"),
    (window(minutes=((600, 600),)), "conditions.window.minutes.0"),
    (window(minutes=((0, 60), (100, 1441))), "conditions.window.minutes.1"),
    (funded(), "funding"),
    (funded(FundingShare(bps=9_999)), "funding"),
    (funded(FundingShare(bps=5_000), FundingShare(bps=5_000)), "funding"),
    (funded(FundingShare(bps=10_000), FundingShare(Funder.STORE, 0)), "funding.1.bps"),
    (funded(FundingShare(Funder.PARTNER)), "funding.0.party"),
    (Terms(effect=GOOD, caps=Caps(order_minor=-1)), "caps.order_minor"),
    (Terms(effect=GOOD, caps=Caps(line_minor=200, order_minor=100)), "caps.line_minor"),
    (Terms(effect=GOOD, limits=Limits(uses=0)), "limits.uses"),
    (Terms(effect=GOOD, limits=Limits(budget_minor=-5)), "limits.budget_minor"),
    (Terms(effect=GOOD, limits=Limits(uses_per_member=1)), "limits.uses_per_member"),
    (Terms(effect=GOOD, limits=Limits(pieces_per_member=1)), "limits.pieces_per_member"),
    (Terms(effect=GOOD, limits=Limits(period=Period.DAY)), "limits.period"),
    (Terms(effect=GOOD, conditions=members(), limits=Limits(uses=1, uses_per_member=2)), "limits.uses_per_member"),
)


@pytest.mark.parametrize(("terms", "path"), BAD_TERMS)
def test_contradictions_name_their_field_and_the_remedy(terms: Terms, path: str) -> None:
    found = {problem.path: problem.message for problem in terms_problems(NAME, terms, NOW)}
    assert path in found
    assert all(message.zh.endswith("。") and message.en.endswith(".") for message in found.values())


def test_names_are_needed_in_both_languages() -> None:
    paths = [problem.path for problem in terms_problems(Text("满减", " "), Terms(effect=GOOD), NOW)]
    assert paths == ["name.en"]


BAD_RULES = (
    (CouponRules(), "validity.days"),
    (CouponRules(Validity(days=1, ends_at=NOW + timedelta(days=1))), "validity.days"),
    (CouponRules(Validity(days=0)), "validity.days"),
    (CouponRules(Validity(days=5, starts_at=NOW)), "validity.starts_at"),
    (CouponRules(Validity(ends_at=NOW + timedelta(days=1), delay_days=1)), "validity.delay_days"),
    (CouponRules(Validity(days=5, delay_days=-1)), "validity.delay_days"),
    (CouponRules(Validity(ends_at=NOW)), "validity.ends_at"),
    (CouponRules(Validity(NOW + timedelta(9), NOW + timedelta(8))), "validity.ends_at"),
    (CouponRules(Validity(days=5), stock=0), "stock"),
    (CouponRules(Validity(days=5), stock=2, per_member=3), "per_member"),
    (CouponRules(Validity(days=5), returns=Returns(grace_days=-1)), "returns.grace_days"),
)


@pytest.mark.parametrize(("rules", "path"), BAD_RULES)
def test_coupon_rules_that_cannot_be(rules: CouponRules, path: str) -> None:
    problems = Problems()
    check_coupon_rules(rules, Terms(effect=GOOD), NOW, problems)
    assert path in {problem.path for problem in problems.found}


def test_a_coupon_that_could_never_be_used_is_noticed() -> None:
    over = Terms(effect=GOOD, conditions=Conditions(window=Window(ends_at=NOW + timedelta(days=3))))
    problems = Problems()
    validity = Validity(NOW + timedelta(days=3), NOW + timedelta(days=9))
    check_coupon_rules(CouponRules(validity), over, NOW, problems)
    assert [problem.path for problem in problems.found] == ["validity.ends_at"]


@pytest.mark.parametrize(
    ("validity", "timezone", "begins", "ends"),
    [
        (Validity(days=1), "Asia/Shanghai", "2026-03-02T04:00", "2026-03-02T16:00"),
        (Validity(days=7, delay_days=1), "Asia/Shanghai", "2026-03-02T16:00", "2026-03-09T16:00"),
        (Validity(days=7), "America/New_York", "2026-03-02T04:00", "2026-03-08T05:00"),
        (Validity(days=8), "America/New_York", "2026-03-02T04:00", "2026-03-09T04:00"),
        (Validity(ends_at=NOW + timedelta(1)), "Asia/Shanghai", "2026-03-02T04:00", "2026-03-03T04:00"),
    ],
)
def test_days_are_those_of_the_merchant(validity: Validity, timezone: str, begins: str, ends: str) -> None:
    found = valid_from_until(validity, NOW, timezone)
    assert [f"{moment:%Y-%m-%dT%H:%M}" for moment in found] == [begins, ends]


def group(code: str, *after: str, excludes: tuple[str, ...] = (), at_most: int | None = None) -> StackingGroup:
    return StackingGroup(code, Text(code, code), at_most, frozenset(after), frozenset(excludes))


@pytest.mark.parametrize(
    ("made", "path"),
    [
        (group("a", at_most=0), "at_most"),
        (group("a", "a"), "after"),
        (group("a", excludes=("a",)), "excludes"),
        (group("a", "nowhere"), "after"),
        (group("a", excludes=("nowhere",)), "excludes"),
        (group("a", "c"), "after"),
        (group("tier"), "code"),
    ],
)
def test_groups_that_do_not_get_along(made: StackingGroup, path: str) -> None:
    problems = Problems()
    check_group(made, [group("b", "a"), group("c", "b")], problems)
    assert [problem.path for problem in problems.found] == [path]


def test_groups_that_get_along() -> None:
    problems = Problems()
    check_group(group("a", "default", "tier", excludes=("member_price", "c")), [group("c", "a")], problems)
    assert problems.found == []


BAD_PACKETS = (
    (PacketTerms(), "amount.low_minor"),
    (PacketTerms(amount=PacketAmount(200, 100)), "amount.high_minor"),
    (PacketTerms(amount=PacketAmount(1, 1, 100)), "amount.share_bps"),
    (PacketTerms(PacketKind.SHARED, PacketAmount(2, 9), parts=3), "amount.low_minor"),
    (PacketTerms(PacketKind.SHARED, PacketAmount(9, 9)), "parts"),
    (PacketTerms(amount=PacketAmount(9, 9), parts=2), "parts"),
    (PacketTerms(amount=PacketAmount(9, 9), days=0), "days"),
    (PacketTerms(amount=PacketAmount(9, 9), budget_minor=8), "budget_minor"),
    (PacketTerms(amount=PacketAmount(9, 9), funding=()), "funding"),
    (PacketTerms(amount=PacketAmount(9, 9), ends_at=NOW), "ends_at"),
    (PacketTerms(amount=PacketAmount(9, 9), per_member=0), "per_member"),
)


@pytest.mark.parametrize(("terms", "path"), BAD_PACKETS)
def test_packets_that_cannot_be(terms: PacketTerms, path: str) -> None:
    assert path in {problem.path for problem in packet_problems(NAME, terms, NOW)}


def test_which_limits_there_are_is_settled_once_published() -> None:
    before = Limits(uses=5, uses_per_member=1, period=Period.DAY)
    for after, paths in (
        (Limits(uses=9, uses_per_member=2, period=Period.DAY), []),
        (Limits(uses=5, uses_per_member=1, period=Period.WEEK), ["period"]),
        (Limits(uses_per_member=1, budget_minor=5, period=Period.DAY), ["uses", "budget_minor"]),
    ):
        problems = Problems()
        limits_fixed(before, after, problems)
        assert [problem.path for problem in problems.found] == paths
