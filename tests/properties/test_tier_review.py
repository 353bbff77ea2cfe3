"""The review in SQL decides what the pure rule decides, whatever the window, the fall and the grace; day after day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock, business_day
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.loyalty import review, rules, store
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import (
    AnniversaryWindow,
    CalendarWindow,
    Fall,
    GrowthPolicy,
    Programme,
    RollingWindow,
    Since,
    Standing,
)
from tests.support.world import World

ZONE = "Asia/Shanghai"
FIRST = date(2024, 1, 15)
WINDOWS = st.one_of(
    st.builds(RollingWindow, st.integers(1, 14)),
    st.builds(CalendarWindow, st.integers(1, 12)),
    st.builds(AnniversaryWindow, st.sampled_from(Since), st.sampled_from([1, 3, 12])),
)
POLICIES = st.builds(
    GrowthPolicy,
    window=WINDOWS,
    fall=st.sampled_from(Fall),
    grace_days=st.sampled_from([0, 1, 20]),
)
HISTORY = st.lists(st.tuples(st.integers(0, 700), st.integers(100, 4_000)), max_size=8)
STEPS = st.lists(st.integers(1, 200), min_size=2, max_size=6)


def grow(unit: Unit, member_id: UUID, amount: int, at: datetime) -> None:
    move = Move(member_id, Asset.GROWTH, amount, Account.EARNED)
    ledger.post(unit, Entry(Kind.ORDER_EARNED, new_id(), at, (move,)))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(ZONE))


def test_the_review_decides_as_the_rule_does(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant(timezone=ZONE)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(policy=POLICIES, history=HISTORY, steps=STEPS, joined=st.integers(0, 40))
    def run(policy: GrowthPolicy, history: list[tuple[int, int]], steps: list[int], joined: int) -> None:
        joined_on = FIRST - timedelta(days=joined)
        member_id = shop.member(joined_at=noon(joined_on)).member_id
        days: dict[date, int] = {}
        with shop.unit() as unit:
            programme = replace(loyalty.programme(unit), growth=policy)
            for offset, amount in history:
                on = FIRST + timedelta(days=offset)
                days[on] = days.get(on, 0) + amount
                grow(unit, member_id, amount, noon(on))
            standing = Standing(programme.base_tier, noon(joined_on))
            day = FIRST
            for step in steps:
                day += timedelta(days=step)
                clock.moment = noon(day)
                review.review_batch(unit, programme, day, UUID(int=member_id.int - 1), 1)
                standing = _decided(programme, standing, days, joined_on, day)
                found = store.standing(unit, programme, member_id)
                assert (found.tier.code, found.kept_until) == (standing.tier.code, standing.kept_until), (policy, day)
                assert found.since == standing.since

    run()


def _decided(programme: Programme, standing: Standing, days: dict[date, int], joined: date, day: date) -> Standing:
    assert standing.since is not None
    of = rules.term(programme.growth.window, day, joined, business_day(standing.since, ZONE))
    decision = rules.decide(programme, standing, of, max(rules.growth_in(days, of, day)), day)
    since = standing.since if decision.tier == standing.tier else noon(day)
    return Standing(decision.tier, since, decision.kept_until)


@given(window=WINDOWS, joined=st.integers(0, 900), since=st.integers(0, 900), on=st.integers(0, 900))
def test_what_leaves_the_window_leaves_on_the_day_said(window: Any, joined: int, since: int, on: int) -> None:
    """Growth of a day counts until the day before `leaves`, if nothing else changes."""
    origin = date(2023, 2, 28)
    joined_on, since_on = (origin + timedelta(days=offset) for offset in (joined, since))
    today = origin + timedelta(days=900)
    of = rules.term(window, today, joined_on, since_on)
    day = origin + timedelta(days=on)
    if not (of.before or of.start) <= day <= today:
        return
    leaves = rules.leaves(window, of, day)
    for moment, counts in ((leaves - timedelta(days=1), True), (leaves, False)):
        then = rules.term(window, moment, joined_on, since_on)
        assert ((then.before or then.start) <= day <= moment) is counts
