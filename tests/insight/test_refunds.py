"""What came back counts nowhere: derived sums and reports are those of the sales that are left."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.insight import service as insight
from shuke.kernel.ids import Prefix, show
from tests.insight import oracle
from tests.insight.test_facts import check, count_everything
from tests.support.sales import Sale, open_chain, sales
from tests.support.world import World

START = datetime(2026, 2, 26, tzinfo=UTC)
SETTINGS = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
BACK = st.lists(st.tuples(st.integers(0, 19), st.integers(1, 100)), max_size=8)
"""Which sale, and how many percent of it."""


@SETTINGS
@given(history=sales(START, 4), back=BACK, at_once=st.integers(1, 6))
def test_sums_follow_what_comes_back(
    world: World, history: list[Sale], back: list[tuple[int, int]], at_once: int
) -> None:
    chain = open_chain(world)
    chain.sell(*history)
    left = list(history)
    for number, percent in back:
        if number >= len(history) or not left[number].lines:
            continue
        left[number] = chain.take_back(left[number], percent, START + timedelta(days=5 + number))
        with chain.shop.unit() as unit:
            insight.refresh(unit, at_once)
    count_everything(chain)
    check(chain, left)
    days = (START.date(), START.date() + timedelta(days=5))
    asked = {"from": days[0].isoformat(), "to": days[1].isoformat()}
    reports = world.client(chain.shop.login)
    assert reports.get("/v1/reports/summary", params=asked).json()["current"] == oracle.kpis(
        chain, left, days, {0, 1, 2}
    )
    one = asked | {"store_id": show(Prefix.STORE, chain.stores[1].store_id)}
    found = reports.get("/v1/reports/categories", params=one).json()["items"]
    assert sum(row["net_minor"] for row in found) == oracle.net_of(oracle.within(chain, left, days, {1}))
    with chain.shop.unit() as unit:
        insight.rebuild(unit)
    check(chain, left)
