"""Earn rules: rates, multipliers, extras, conditions, caps, and what they say of themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.catalog.model import Scope
from shuke.kernel.conditions import Audience, BirthdayTime, Conditions, Who, Window
from shuke.kernel.ids import new_id
from shuke.kernel.rounding import Rounding
from shuke.loyalty import rules
from shuke.loyalty.defaults import default_programme
from shuke.loyalty.model import (
    Already,
    Earnable,
    EarnCaps,
    EarnedPart,
    EarnEffect,
    EarnRule,
    Extra,
    FixedExpiry,
    GrowthSource,
    Multiplier,
    PaidLine,
    PointsMultiplier,
    Programme,
    Rate,
    RefundedLine,
    Rights,
)
from tests.conftest import NOON
from tests.support.purchases import purchase

BASE = default_programme("CNY", "Asia/Shanghai")
BASIC, SILVER, GOLD, DIAMOND = BASE.tiers
MILK, BREAD, FOOD = new_id(), new_id(), new_id()
ME = new_id()


def rule(code: str, effect: EarnEffect, **more: Any) -> EarnRule:
    from_text = BASE.earn_rules[0].name
    return EarnRule(rule_id=new_id(), code=code, name=from_text, asset=Earnable.POINTS, effect=effect, **more)


def with_rules(*more: EarnRule, **points: Any) -> Programme:
    return replace(BASE, earn_rules=(*BASE.earn_rules, *more), points=replace(BASE.points, **points))


def points(programme: Programme, *lines: int | PaidLine, tier: Any = BASIC, **bought: Any) -> int:
    rights = bought.pop("rights", Rights(tier=tier))
    return rules.earn(programme, rights, purchase(ME, bought.pop("at", NOON), *lines, **bought)).points


def parts(found: tuple[EarnedPart, ...]) -> dict[str, int]:
    return {part.rule: part.amount for part in found if part.asset is Earnable.POINTS}


MILK_LINE = PaidLine(10_000, MILK, frozenset({FOOD}), "Farm", Decimal(4))
BREAD_LINE = PaidLine(5_000, BREAD, frozenset(), None, Decimal(1))


def test_the_best_multiplier_applies_and_stacking_ones_come_on_top() -> None:
    double = rule("double", Multiplier(20_000), scope=Scope(categories=frozenset({FOOD})))
    half_more = rule("more", Multiplier(15_000), stacks=True)
    programme = with_rules(double, half_more)
    found = rules.earn(programme, Rights(tier=SILVER), purchase(ME, NOON, MILK_LINE, BREAD_LINE))
    # milk 100 × (2 + 0.5), bread 50 × (1.2 + 0.5)
    assert found.points == 250 + 85
    assert parts(found.parts) == {"points_base": 150, "double": 100, "more": 75, "tier:silver": 10}
    assert found.points_by_line == (250, 85)


def test_the_best_extra_applies_and_stacking_ones_too() -> None:
    small = rule("small", Extra(5))
    large = rule("large", Extra(3, per_piece=True), scope=Scope(products=frozenset({MILK})))
    always = rule("always", Extra(7), stacks=True)
    much = rule("much", Extra(100, from_minor=1_000_000), stacks=True)
    programme = with_rules(small, large, always, much)
    found = rules.earn(programme, Rights(tier=BASIC), purchase(ME, NOON, MILK_LINE, BREAD_LINE))
    assert parts(found.parts) == {"points_base": 150, "large": 12, "always": 7}
    assert sum(found.points_by_line) == found.points == 169
    assert points(programme, BREAD_LINE) == 50 + 5 + 7


def test_a_rule_has_a_cap_of_its_own() -> None:
    assert points(with_rules(rule("much", Extra(500), order_cap=40)), 10_000) == 140


@pytest.mark.parametrize(
    ("conditions", "met", "not_met"),
    [
        (Conditions(stores=frozenset({MILK})), {"store_id": MILK}, {"store_id": BREAD}),
        (Conditions(channels=frozenset({"mall"})), {"channel": "mall"}, {"channel": "pos"}),
        (Conditions(Window(weekdays=frozenset({1}))), {}, {"at": datetime(2026, 3, 3, 4, tzinfo=UTC)}),
        (Conditions(Window(month_days=frozenset({2}))), {}, {"at": datetime(2026, 3, 3, 4, tzinfo=UTC)}),
        (Conditions(Window(minutes=((720, 780),))), {}, {"at": datetime(2026, 3, 2, 6, tzinfo=UTC)}),
        (Conditions(Window(ends_at=datetime(2026, 3, 3, tzinfo=UTC))), {}, {"at": datetime(2026, 3, 3, tzinfo=UTC)}),
        (Conditions(audience=Audience(who=Who.FIRST_ORDER)), {"first_order": True}, {}),
        (Conditions(audience=Audience(tiers=frozenset({GOLD.tier_id}))), {"tier": GOLD}, {}),
        (
            Conditions(audience=Audience(plans=frozenset({FOOD}))),
            {"rights": Rights(tier=BASIC, plans=frozenset({FOOD}))},
            {},
        ),
        (
            Conditions(audience=Audience(tags=frozenset({"vip"}))),
            {"rights": Rights(tier=BASIC, tags=frozenset({"vip"}))},
            {},
        ),
        (
            Conditions(audience=Audience(birthday=BirthdayTime.WEEK)),
            {"birthday": date(1990, 2, 27)},
            {"birthday": date(1990, 2, 26)},
        ),
    ],
)
def test_conditions(conditions: Conditions, met: dict[str, Any], not_met: dict[str, Any]) -> None:
    programme = with_rules(rule("extra", Extra(1_000), conditions=conditions))
    assert points(programme, 10_000, **met) >= 1_000
    assert points(programme, 10_000, **not_met) < 1_000


def test_rights_multiply_like_tiers_do() -> None:
    rights = Rights(tier=SILVER, multipliers=(PointsMultiplier("benefit:triple", BASIC.name, 30_000),))
    assert points(BASE, 10_000, rights=rights) == 300


@pytest.mark.parametrize(("how", "earned"), [(Rounding.DOWN, 1), (Rounding.UP, 2), (Rounding.HALF_UP, 2)])
def test_rounding(how: Rounding, earned: int) -> None:
    assert points(with_rules(rounding=how), 150) == earned


@pytest.mark.parametrize(
    ("already", "earned"),
    [
        (Already(), 60),
        (Already(day=50), 50),
        (Already(day=100), 0),
        (Already(day=130), 0),
        (Already(month=990), 10),
        (Already(ever=9_995), 5),
    ],
)
def test_caps(already: Already, earned: int) -> None:
    programme = with_rules(caps=EarnCaps(order=60, day=100, month=1_000, ever=10_000))
    found = rules.earn(programme, Rights(tier=BASIC), purchase(ME, NOON, 9_000), {Earnable.POINTS: already})
    assert (found.points, found.cut, sum(found.points_by_line)) == (earned, 90 - earned, earned)


@pytest.mark.parametrize(
    ("source", "paid", "growth"),
    [(GrowthSource.ORDERS, 9_000, 1), (GrowthSource.ORDERS, 900, 0), (GrowthSource.POINTS, 9_000, 108)],
)
def test_growth_from_orders_or_points(source: GrowthSource, paid: int, growth: int) -> None:
    programme = replace(BASE, growth=replace(BASE.growth, source=source, order_minimum_minor=1_000))
    found = rules.earn(programme, Rights(tier=SILVER), purchase(ME, NOON, paid))
    assert (found.growth, sum(found.growth_by_line)) == (growth, growth)


@pytest.mark.parametrize(
    ("expiry", "day", "last"),
    [
        (FixedExpiry(12, 31), date(2026, 3, 2), date(2026, 12, 31)),
        (FixedExpiry(12, 31, years=1), date(2026, 3, 2), date(2027, 12, 31)),
        (FixedExpiry(3, 1), date(2026, 3, 2), date(2027, 3, 1)),
        (FixedExpiry(2, 31, years=2), date(2026, 3, 2), date(2029, 2, 28)),
        (None, date(2026, 3, 2), None),
    ],
)
def test_fixed_expiry(expiry: FixedExpiry | None, day: date, last: date | None) -> None:
    assert rules.last_day(expiry, day) == last


def test_pending_points_wait_for_full_days() -> None:
    programme = with_rules(pending_days=7)
    assert rules.available_at(programme, NOON) == datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert rules.available_at(BASE, NOON) is None


LINES = st.lists(
    st.builds(
        PaidLine,
        st.integers(0, 100_000),
        st.sampled_from([MILK, BREAD]),
        st.sampled_from([frozenset(), frozenset({FOOD})]),
        st.none(),
        st.integers(1, 9).map(Decimal),
    ),
    min_size=1,
    max_size=6,
)
RULES = st.lists(
    st.builds(
        rule,
        st.sampled_from(["a", "b", "c", "d"]),
        st.one_of(
            st.builds(Rate, st.integers(1, 5), st.integers(1, 1_000)),
            st.builds(Multiplier, st.integers(10_000, 40_000)),
            st.builds(Extra, st.integers(1, 99), st.integers(0, 5_000), st.booleans()),
        ),
        scope=st.sampled_from([Scope(), Scope(products=frozenset({MILK})), Scope(categories=frozenset({FOOD}))]),
        stacks=st.booleans(),
        order_cap=st.none() | st.integers(0, 50),
    ),
    max_size=4,
    unique_by=lambda each: each.code,
)
CAPS = st.builds(EarnCaps, *[st.none() | st.integers(0, 300)] * 4)


@given(lines=LINES, more=RULES, caps=CAPS, tier=st.sampled_from(BASE.tiers), before=st.integers(0, 300))
def test_earning_adds_up_and_stays_within_caps(
    lines: list[PaidLine], more: list[EarnRule], caps: EarnCaps, tier: Any, before: int
) -> None:
    programme = with_rules(*more, caps=caps)
    already = {Earnable.POINTS: Already(before, before, before)}
    found = rules.earn(programme, Rights(tier=tier), purchase(ME, NOON, *lines), already)
    assert found.points >= 0
    assert sum(found.points_by_line) == found.points == sum(parts(found.parts).values())
    assert sum(found.growth_by_line) == found.growth
    for cap, used in ((caps.order, 0), (caps.day, before), (caps.month, before), (caps.ever, before)):
        assert cap is None or found.points <= max(cap - used, 0)
    nothing = all(line.paid_minor == 0 for line in lines)
    assert not nothing or (found.points, found.growth) == (0, 0)


@given(lines=LINES, tier=st.sampled_from(BASE.tiers), cut=st.integers(0, 5))
def test_two_orders_earn_no_more_than_one(lines: list[PaidLine], tier: Any, cut: int) -> None:
    whole = points(BASE, *lines, tier=tier)
    first, second = lines[:cut], lines[cut:]
    apart = sum(points(BASE, *some, tier=tier) for some in (first, second) if some)
    assert apart <= whole <= apart + 1


@given(lines=LINES, tier=st.sampled_from(BASE.tiers))
def test_the_order_of_lines_does_not_matter(lines: list[PaidLine], tier: Any) -> None:
    assert points(BASE, *lines, tier=tier) == points(BASE, *reversed(lines), tier=tier)


@given(
    lines=st.lists(
        st.tuples(st.integers(1, 10_000), st.integers(0, 500), st.integers(0, 500), st.lists(st.integers(1, 4_000))),
        min_size=1,
        max_size=4,
    )
)
def test_refunds_take_back_exactly_what_was_earned(lines: list[tuple[int, int, int, list[int]]]) -> None:
    taken_points = taken_growth = 0
    for paid, earned, grown, refunds in lines:
        before = 0
        for wish in [*refunds, paid]:
            now = min(wish, paid - before)
            part = RefundedLine(paid, earned, grown, before, now)
            back_points, back_growth = rules.claw_back([part])
            assert back_points >= 0
            assert back_growth >= 0
            taken_points, taken_growth, before = taken_points + back_points, taken_growth + back_growth, before + now
    assert taken_points == sum(line[1] for line in lines)
    assert taken_growth == sum(line[2] for line in lines)
