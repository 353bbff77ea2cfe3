"""The next best action: the rule that passes soonest, and always one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.insight.members.next_action import Known, next_action
from shuke.kernel.text import Text

TODAY = date(2026, 3, 31)
QUIET = Known(TODAY, lifecycle="mature", silent=3, rhythm=20, next_day=TODAY + timedelta(days=17))


@pytest.mark.parametrize(
    ("known", "code"),
    [
        (QUIET, "none"),
        (replace(QUIET, birthday=date(1990, 4, 2)), "birthday"),
        (replace(QUIET, birthday=date(1990, 3, 30)), "none"),
        (replace(QUIET, lifecycle="at_risk", coupons=1, coupon_ends=TODAY), "remind_coupon"),
        (replace(QUIET, lifecycle="at_risk"), "keep"),
        (replace(QUIET, lifecycle="lost"), "win_back"),
        (replace(QUIET, points_expiring=500, points_expire=TODAY + timedelta(days=9)), "points_expiring"),
        (replace(QUIET, coupons=1, coupon_ends=TODAY + timedelta(days=5)), "coupon_ending"),
        (replace(QUIET, next_tier=Text("金", "gold"), growth_left=20, growth_bps=9_000), "tier_near"),
        (replace(QUIET, lifecycle="new"), "second_purchase"),
        (replace(QUIET, lifecycle="prospect"), "first_purchase"),
        (replace(QUIET, next_day=TODAY), "due"),
        (replace(QUIET, next_day=TODAY - timedelta(days=9), overdue=4), "due"),
    ],
)
def test_what_to_do_next(known: Known, code: str) -> None:
    found = next_action(known)
    assert found.code == code
    assert "None" not in found.reason.zh + found.reason.en


def test_who_was_to_come_is_not_said_to_be_expected() -> None:
    late = next_action(replace(QUIET, rhythm=1, next_day=TODAY - timedelta(days=9), overdue=4)).reason
    assert late.en == "By her rhythm of about 1 day she was to come about 2026-03-22, and is overdue for 4 days."
    assert late.zh == "按她约 1 天一次的节奏，2026-03-22 前后就该来了，已逾期 4 天。"


@given(
    st.builds(
        Known,
        st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        birthday=st.none() | st.dates(date(1930, 1, 1), date(2020, 1, 1)),
        lifecycle=st.none() | st.sampled_from(["prospect", "new", "growing", "mature", "at_risk", "lost", "won_back"]),
        coupons=st.integers(0, 3),
    )
)
def test_there_is_always_something(known: Known) -> None:
    found = next_action(known)
    assert found.title.zh
    assert found.reason.en
