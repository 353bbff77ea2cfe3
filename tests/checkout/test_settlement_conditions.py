"""When, where and for whom an offer holds, and what is said when it does not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from shuke.checkout.settlement.conditions import unmet
from shuke.checkout.settlement.model import STRANGER, Customer, Situation, Why
from shuke.kernel.conditions import Audience, BirthdayTime, Conditions, Who, Window
from tests.support.quotes import NOBODY

SHANGHAI = ZoneInfo("Asia/Shanghai")
GOLD, PLUS, HERE, THERE = (UUID(int=number) for number in range(1, 5))


def at(text: str) -> Situation:
    """A local moment in Shanghai, at a till of the shop."""
    local = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    return Situation(store_id=HERE, channel="pos", now=local.astimezone(UTC), local=local)


NOON = at("2026-03-06T12:00")  # a Friday


def test_nothing_asked_nothing_unmet() -> None:
    assert unmet(Conditions(), STRANGER, NOON) is None


@pytest.mark.parametrize(
    ("window", "when", "expected"),
    [
        (Window(starts_at=datetime(2026, 3, 6, 4, tzinfo=UTC)), "2026-03-06T12:00", None),
        (Window(starts_at=datetime(2026, 3, 6, 4, tzinfo=UTC)), "2026-03-06T11:59", Why.NOT_YET),
        (Window(ends_at=datetime(2026, 3, 6, 4, tzinfo=UTC)), "2026-03-06T12:00", Why.EXPIRED),
        (Window(weekdays=frozenset({5})), "2026-03-06T00:30", None),
        (Window(weekdays=frozenset({4})), "2026-03-06T00:30", Why.OTHER_TIME),
        (Window(month_days=frozenset({6})), "2026-03-06T23:59", None),
        (Window(month_days=frozenset({6})), "2026-03-07T00:00", Why.OTHER_TIME),
        (Window(minutes=((600, 720), (1020, 1080))), "2026-03-06T10:00", None),
        (Window(minutes=((600, 720), (1020, 1080))), "2026-03-06T12:00", Why.OTHER_TIME),
        (Window(minutes=((600, 720), (1020, 1080))), "2026-03-06T17:59", None),
        (Window(weekdays=frozenset({5}), minutes=((1320, 120),)), "2026-03-06T22:00", None),
        (Window(weekdays=frozenset({5}), minutes=((1320, 120),)), "2026-03-07T01:59", None),
        (Window(weekdays=frozenset({5}), minutes=((1320, 120),)), "2026-03-07T02:00", Why.OTHER_TIME),
        (Window(weekdays=frozenset({5}), minutes=((1320, 120),)), "2026-03-06T01:00", Why.OTHER_TIME),
        (Window(month_days=frozenset({6}), minutes=((1320, 120),)), "2026-03-07T00:30", None),
        (Window(minutes=((1320, 120),)), "2026-03-06T12:00", Why.OTHER_TIME),
    ],
)
def test_times(window: Window, when: str, expected: Why | None) -> None:
    assert unmet(Conditions(window=window), NOBODY, at(when)) is expected


def test_places() -> None:
    assert unmet(Conditions(stores=frozenset({HERE})), NOBODY, NOON) is None
    assert unmet(Conditions(stores=frozenset({THERE})), NOBODY, NOON) is Why.OTHER_STORE
    assert unmet(Conditions(channels=frozenset({"mall"})), NOBODY, NOON) is Why.OTHER_CHANNEL


@pytest.mark.parametrize(
    ("audience", "customer", "expected"),
    [
        (Audience(), STRANGER, None),
        (Audience(Who.MEMBERS), STRANGER, Why.JOIN),
        (Audience(Who.MEMBERS), NOBODY, None),
        (Audience(tiers=frozenset({GOLD})), STRANGER, Why.JOIN),
        (Audience(tiers=frozenset({GOLD})), NOBODY, Why.OTHER_PEOPLE),
        (Audience(tiers=frozenset({GOLD})), replace(NOBODY, tier_id=GOLD), None),
        (Audience(plans=frozenset({PLUS})), replace(NOBODY, plans=frozenset({PLUS})), None),
        (Audience(plans=frozenset({PLUS})), replace(NOBODY, plans=frozenset({GOLD})), Why.OTHER_PEOPLE),
        (Audience(tags=frozenset({"mum", "vip"})), replace(NOBODY, tags=frozenset({"vip"})), None),
        (Audience(tags=frozenset({"mum"})), NOBODY, Why.OTHER_PEOPLE),
        (Audience(Who.FIRST_ORDER), NOBODY, Why.OTHER_PEOPLE),
        (Audience(Who.FIRST_ORDER), replace(NOBODY, first_order=True), None),
        (Audience(tiers=frozenset({GOLD}), tags=frozenset({"vip"})), replace(NOBODY, tier_id=GOLD), Why.OTHER_PEOPLE),
    ],
)
def test_people(audience: Audience, customer: Customer, expected: Why | None) -> None:
    assert unmet(Conditions(audience=audience), customer, NOON) is expected


@pytest.mark.parametrize(
    ("birthday", "time", "when", "holds"),
    [
        (date(1990, 3, 6), BirthdayTime.DAY, "2026-03-06T00:00", True),
        (date(1990, 3, 6), BirthdayTime.DAY, "2026-03-07T00:00", False),
        (date(1990, 3, 9), BirthdayTime.WEEK, "2026-03-06T12:00", True),
        (date(1990, 3, 10), BirthdayTime.WEEK, "2026-03-06T12:00", False),
        (date(1990, 1, 2), BirthdayTime.WEEK, "2026-12-30T12:00", True),
        (date(1990, 12, 30), BirthdayTime.WEEK, "2026-01-02T12:00", True),
        (date(1990, 3, 31), BirthdayTime.MONTH, "2026-03-01T12:00", True),
        (date(1990, 4, 1), BirthdayTime.MONTH, "2026-03-31T12:00", False),
        (date(1992, 2, 29), BirthdayTime.DAY, "2026-02-28T12:00", True),
        (date(1992, 2, 29), BirthdayTime.DAY, "2028-02-28T12:00", False),
        (date(1992, 2, 29), BirthdayTime.DAY, "2028-02-29T12:00", True),
        (date(1992, 2, 29), BirthdayTime.WEEK, "2026-03-03T12:00", True),
        (date(1992, 2, 29), BirthdayTime.MONTH, "2026-02-01T12:00", True),
    ],
)
def test_birthdays(birthday: date, time: BirthdayTime, when: str, holds: bool) -> None:
    found = unmet(Conditions(audience=Audience(birthday=time)), replace(NOBODY, birthday=birthday), at(when))
    assert (found is None) == holds


def test_a_birthday_nobody_knows() -> None:
    assert unmet(Conditions(audience=Audience(birthday=BirthdayTime.MONTH)), NOBODY, NOON) is Why.OTHER_PEOPLE
