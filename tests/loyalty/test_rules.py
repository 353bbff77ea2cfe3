"""Earning, tiers and progress as pure decisions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.kernel.clock import months_before
from shuke.kernel.ids import new_id
from shuke.loyalty import rules
from shuke.loyalty.defaults import default_programme
from shuke.loyalty.model import Keep, Rights, Standing, Tier
from shuke.loyalty.words import short_money
from tests.conftest import NOON
from tests.support.purchases import purchase

PROGRAMME = default_programme("CNY", "Asia/Shanghai")
BASIC, SILVER, GOLD, DIAMOND = PROGRAMME.tiers
TODAY = date(2026, 3, 2)
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("tier", "paid_minor", "points", "growth"),
    [
        (BASIC, 99, 0, 0),
        (BASIC, 100, 1, 1),
        (BASIC, 12_345, 123, 123),
        (SILVER, 990, 11, 9),  # 9.90 × 1.2 = 11.88, rounded once
        (GOLD, 990, 14, 9),
        (DIAMOND, 990, 19, 9),
        (DIAMOND, 0, 0, 0),
        (DIAMOND, -500, 0, 0),
    ],
)
def test_earning(tier: Tier, paid_minor: int, points: int, growth: int) -> None:
    earned = rules.earn(PROGRAMME, Rights(tier=tier), purchase(new_id(), NOON, paid_minor))
    assert (earned.points, earned.growth) == (points, growth)


@pytest.mark.parametrize(
    ("growth", "tier"),
    [(-5, BASIC), (0, BASIC), (999, BASIC), (1_000, SILVER), (2_999, SILVER), (3_000, GOLD), (99_999, DIAMOND)],
)
def test_growth_decides_the_tier(growth: int, tier: Tier) -> None:
    assert rules.tier_for(PROGRAMME, growth) == tier


def test_points_last_through_the_same_day_a_year_later() -> None:
    late_evening = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    assert rules.expires_at(PROGRAMME, late_evening) == datetime(2027, 3, 2, 16, 0, tzinfo=UTC)
    leap_day = datetime(2028, 2, 29, 4, 0, tzinfo=UTC)
    assert rules.expires_at(PROGRAMME, leap_day) == datetime(2029, 2, 28, 16, 0, tzinfo=UTC)


@given(day=DAYS, today=DAYS)
def test_a_day_is_in_the_window_until_its_last_day(day: date, today: date) -> None:
    within = rules.window_start(today, 12) <= day
    assert within == (months_before(today, 12) < day)
    assert within == (today <= rules.last_day_in_window(day, 12))


@given(
    days=st.dictionaries(st.dates(date(2025, 3, 3), TODAY), st.integers(1, 4_000), max_size=12),
    rank=st.integers(0, 3),
)
def test_keep_names_the_day_before_the_tier_falls(days: dict[date, int], rank: int) -> None:
    tier = PROGRAMME.tiers[rank]
    of = rules.term(PROGRAMME.growth.window, TODAY, TODAY, TODAY)
    kept = rules.keep(PROGRAMME, Standing(tier), days, of, TODAY)

    def growth_on(day: date) -> int:
        return sum(amount for at, amount in days.items() if rules.window_start(day, 12) <= at <= day)

    if kept is None:
        assert tier.rank == 0
        return
    falls = next((n for n in range(1, 400) if growth_on(TODAY + timedelta(days=n)) < tier.threshold_growth), 0)
    if growth_on(TODAY) < tier.threshold_growth:
        assert kept == Keep(tier.threshold_growth - growth_on(TODAY), TODAY)
    else:
        assert kept.by == TODAY + timedelta(days=falls - 1)
        assert kept.needed == tier.threshold_growth - growth_on(TODAY + timedelta(days=falls))
        assert growth_on(kept.by) >= tier.threshold_growth


def test_the_sentence_says_the_way_up() -> None:
    found = rules.progress(PROGRAMME, Standing(SILVER), {TODAY: 2_880}, TODAY, TODAY, TODAY)
    assert (found.growth, found.growth_to_next, found.percent_bps) == (2_880, 120, 9_400)
    assert (found.sentence.zh, found.sentence.en) == ("再消费 ¥120 升级金卡", "¥120 more to Gold")
    assert found.keep == Keep(1_000, date(2027, 3, 1)), "it would be lost a year from now"


def test_the_sentence_warns_when_the_tier_ends_within_thirty_days() -> None:
    days = {date(2025, 3, 20): 900, date(2026, 1, 1): 500}
    found = rules.progress(PROGRAMME, Standing(SILVER), days, TODAY, TODAY, TODAY)
    assert found.keep == Keep(500, date(2026, 3, 19))
    assert found.sentence.zh == "3月19日（含）前再消费 ¥500，保留银卡"
    assert found.sentence.en == "¥500 more by 2026-03-19 keeps Silver"


def test_at_the_top_there_is_nothing_more_to_reach() -> None:
    found = rules.progress(PROGRAMME, Standing(DIAMOND), {TODAY: 7_000}, TODAY, TODAY, TODAY)
    assert (found.next_tier, found.growth_to_next, found.percent_bps) == (None, 0, 10_000)
    assert found.sentence.zh == "已是最高等级钻石卡"


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [(12_000, "CNY", "¥120"), (123_456_70, "USD", "$123,456.70"), (5, "EUR", "€0.05"), (1_200, "JPY", "¥1,200")],
)
def test_short_money(amount: int, currency: str, shown: str) -> None:
    assert short_money(amount, currency) == shown
