"""Days near today: birthdays over the end of the year, leap days, and days that the merchant registered."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.audience.model import Dated, DayOf, Last, Near, Next, ThisMonth, Unit
from shuke.audience.reading.one import MemberFacts, holds
from shuke.audience.rules.dating import OF_YEAR, number, ranges
from shuke.audience.rules.windows import span
from shuke.entrypoints.lake import bring_up_to_date
from tests.support.till import Till, open_till
from tests.support.windows import dated
from tests.support.world import World

_TODAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31)) | st.sampled_from(
    [date(2027, 2, 27), date(2028, 2, 28), date(2028, 2, 29), date(2026, 12, 28), date(2027, 1, 2)]
)


def _kept_on(day: int, year: int) -> date:
    """Where in a year a month and day is kept."""
    if day == 229 and date(year, 3, 1) - timedelta(days=1) == date(year, 2, 28):
        return date(year, 2, 28)
    return date(year, *divmod(day, 100))


@settings(max_examples=300, deadline=None)
@given(dated(), _TODAYS, st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_a_day_is_kept_once_a_year(node: Dated, today: date, day: date) -> None:
    days, of_year = span(node.days, today), number(day) % OF_YEAR
    assert days.first is not None
    assert days.last is not None
    found = any(low <= of_year <= high for low, high in ranges(Dated(node.day, node.days, True, node.name), today))
    years = range(days.first.year, days.last.year + 1)
    assert found is any(days.holds(_kept_on(of_year, year)) for year in years)


@settings(max_examples=300, deadline=None)
@given(dated(), _TODAYS, st.dates(date(2020, 1, 1), date(2031, 12, 31)) | st.just(date(2024, 2, 29)))
def test_a_day_is_no_anniversary_of_itself(asked: Dated, today: date, day: date) -> None:
    node = Dated(DayOf.JOINED, asked.days, yearly=True)
    days = span(node.days, today)
    assert days.last is not None
    kept = [_kept_on(number(day) % OF_YEAR, year) for year in range(day.year + 1, days.last.year + 1)]
    her = MemberFacts({"joined_day": day}, {})
    assert holds(node, her, today) is any(days.holds(each) for each in kept)


@pytest.mark.parametrize(
    ("days", "today", "first", "last"),
    [
        (Next(7), "2026-12-28", "2026-12-28", "2027-01-03"),
        (Next(1), "2026-03-31", "2026-03-31", "2026-03-31"),
        (Next(2, Unit.WEEKS), "2026-03-31", "2026-03-31", "2026-04-13"),
        (Next(1, Unit.MONTHS), "2027-01-31", "2027-01-31", "2027-02-27"),
        (Last(3), "2026-01-01", "2025-12-30", "2026-01-01"),
        (ThisMonth(), "2028-02-10", "2028-02-01", "2028-02-29"),
    ],
)
def test_days_from_today(days: Near, today: str, first: str, last: str) -> None:
    found = span(days, date.fromisoformat(today))
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_leap_day_is_kept_on_the_28th_where_there_is_none() -> None:
    def holds(today: date) -> bool:
        days = ranges(Dated(DayOf.BIRTHDAY, Next(1), yearly=True), today)
        return any(low <= 229 <= high for low, high in days)

    kept = [day for day in range(26, 32) if holds(date(2027, 2, 1) + timedelta(days=day - 1))]
    assert kept == [28]
    assert [day for day in range(26, 32) if holds(date(2028, 2, 1) + timedelta(days=day - 1))] == [29]


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    till = open_till(world)
    till.client = till.as_machine()
    return till


def _ask(of: str, window: str, **more: Any) -> dict[str, Any]:
    days = {"window": window, **({"count": more.pop("count")} if "count" in more else {})}
    return {"rule": "dated", "day": of, "days": days, **more}


def test_members_are_found_by_days_near_today_and_drift_with_them(till: Till) -> None:
    today = till.world.clock.now().date()
    soon, past = today + timedelta(days=3), today - timedelta(days=3)
    told = {"name": "moved_on", "type": "date", "label": {"zh": "搬来", "en": "moved"}, "personal": False}
    owner = till.world.client(till.shop.login)
    assert owner.post("/v1/attributes", json=told).status_code == 201
    assert owner.post("/v1/attributes", json={**told, "name": "city", "type": "text"}).status_code == 201
    till.shop.member(birthday=soon.replace(year=2000), attributes={"moved_on": past.isoformat()})
    till.shop.member(birthday=past.replace(year=2000), attributes={"moved_on": soon.replace(year=2020).isoformat()})

    def count(tree: dict[str, Any]) -> int:
        bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
        answer = owner.post("/v1/segments/preview", json={"tree": tree})
        assert answer.status_code == 200, answer.text
        return int(answer.json()["count"])

    birthday = _ask("birthday", "next", count=4, yearly=True)
    assert count(birthday) == 1
    assert count(_ask("birthday", "next", count=3, yearly=True)) == 0
    assert count(_ask("birthday", "last", count=4, yearly=True)) == 1
    assert count(_ask("registered", "last", count=4, name="moved_on")) == 1
    assert count(_ask("registered", "next", count=4, name="moved_on")) == 0
    assert count(_ask("registered", "next", count=4, name="moved_on", yearly=True)) == 1
    assert count(_ask("joined", "this_month")) == 2
    assert count({"rule": "not", "of": _ask("joined", "next", count=2)}) == 0
    body = {"code": "soon", "name": "快过生日", "tree": birthday, "refresh": "daily"}
    made = owner.post("/v1/segments", json=body).json()
    assert made["words"] == {"zh": "生日在未来 4 天内", "en": "birthday is in the next 4 days"}
    path = f"segments/{made['id']}/refresh"
    sizes = []
    for _ in range(3):
        bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
        sizes.append(till.post(path).json()["last"]["size"])
        till.world.clock.advance(timedelta(days=3))
    assert sizes == [1, 1, 0], "in three days, today, and three days ago"


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (_ask("birthday", "next", count=7), "tree.yearly"),
        (_ask("joined", "next", count=7, name="x"), "tree.name"),
        (_ask("registered", "next", count=7), "tree.name"),
        (_ask("registered", "next", count=7, name="nothing"), "tree.name"),
        (_ask("joined", "next", count=0), "tree"),
        (_ask("joined", "days", first="2026-02-01"), "tree"),
    ],
)
def test_what_cannot_be_asked_says_where(till: Till, wrong: dict[str, Any], path: str) -> None:
    answer = till.world.client(till.shop.login).post("/v1/segments/preview", json={"tree": wrong})
    assert answer.status_code == 422
    assert any(path in str(each) for each in (answer.json()["fields"],))
