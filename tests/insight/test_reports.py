"""Every number of the dashboard against brute force, on random histories around midnights."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.insight.reports.definitions import DEFINITIONS
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import Role
from tests.insight import oracle
from tests.support.sales import Chain, Line, Sale, open_chain, sales
from tests.support.world import World

START = datetime(2026, 2, 26, tzinfo=UTC)
DAYS = st.integers(-2, 14).map(lambda number: START.date() + timedelta(days=number))
ZONES = st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC"])
JOINED = st.lists(st.integers(-48, 14 * 24).map(lambda hours: START + timedelta(hours=hours)), min_size=4, max_size=4)
SETTINGS = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def get(world: World, login: str, report: str, **query: object) -> Any:
    answer = world.client(login).get(f"/v1/reports/{report}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


@SETTINGS
@given(
    history=sales(START, 12), ends=st.tuples(DAYS, DAYS), zone=ZONES, joined=JOINED, store=st.none() | st.integers(0, 2)
)
def test_every_measure_is_what_brute_force_says(
    world: World, history: list[Sale], ends: tuple[date, date], zone: str, joined: list[datetime], store: int | None
) -> None:
    chain = open_chain(world, zone, joined)
    chain.sell(*history)
    days = (min(ends), max(ends))
    stores = {0, 1, 2} if store is None else {store}
    query: dict[str, object] = {"from": days[0], "to": days[1]}
    if store is not None:
        query["store_id"] = show(Prefix.STORE, chain.stores[store].store_id)
    client = world.client(chain.shop.login)

    def report(name: str) -> Any:
        answer = client.get(f"/v1/reports/{name}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    summary = report("summary")
    assert summary["current"] == oracle.kpis(chain, history, days, stores)
    assert summary["previous"] == oracle.kpis(chain, history, oracle.before(days), stores)
    assert report("days")["items"] == oracle.day_series(chain, history, days, stores)
    _check_stores(chain, report("stores")["items"], history, days, stores)
    _check_tiers(chain, report("tiers")["items"], history, days, stores)
    found = report("categories")["items"]
    assert {_category(row): _amounts(row) for row in found} == {
        category and show(Prefix.CATEGORY, category): amounts
        for category, amounts in oracle.categories(chain, history, days, stores).items()
    }
    nets = [row["net_minor"] for row in found]
    assert nets == sorted(nets, reverse=True)


def _category(row: dict[str, Any]) -> str | None:
    return row["category"] and row["category"]["id"]


def _amounts(row: dict[str, Any]) -> tuple[int, ...]:
    return row["net_minor"], row["units"], row["orders"], row["previous_net_minor"]


def _check_stores(
    chain: Chain, rows: list[dict[str, Any]], history: list[Sale], days: oracle.Days, stores: set[int]
) -> None:
    expected = {}
    for store in stores:
        now, then = (oracle.within(chain, history, period, {store}) for period in (days, oracle.before(days)))
        if now or then:
            members = len(oracle.members_of(now))
            expected[chain.stores[store].code] = (oracle.net_of(now), len(now), members, oracle.net_of(then))
    names = ("net_minor", "orders", "members_active", "previous_net_minor")
    assert {row["store"]["code"]: tuple(row[name] for name in names) for row in rows} == expected


def _check_tiers(
    chain: Chain, rows: list[dict[str, Any]], history: list[Sale], days: oracle.Days, stores: set[int]
) -> None:
    """Nobody was reviewed yet: all members are in the base tier."""
    now, then = (oracle.within(chain, history, period, stores) for period in (days, oracle.before(days)))
    for row, is_member, total in ((rows[0], True, 4), (rows[-1], False, 0)):
        mine, previous = ([sale for sale in some if (sale.member is not None) is is_member] for some in (now, then))
        assert (row["net_minor"], row["orders"]) == (oracle.net_of(mine), len(mine))
        assert (row["previous_net_minor"], row["members_total"]) == (oracle.net_of(previous), total)
        assert row["members_active"] == len(oracle.members_of(mine))
    assert rows[-1]["tier"] is None
    assert [row["tier"]["rank"] for row in rows[:-1]] == [0, 1, 2, 3]


def test_a_manager_sees_the_sales_of_own_stores_only(world: World) -> None:
    chain = open_chain(world)
    for store in range(3):
        chain.sell(Sale(store, store, world.clock.now(), (Line(0, 1, 100 * (store + 1)),)))
    login = chain.shop.staff(Role.MANAGER, [chain.stores[1]])
    assert get(world, login, "summary")["current"]["net_minor"] == 200
    assert [row["store"]["code"] for row in get(world, login, "stores")["items"]] == [chain.stores[1].code]
    assert [row["net_minor"] for row in get(world, login, "categories")["items"]] == [200]
    assert sum(row["net_minor"] for row in get(world, login, "days")["items"]) == 200
    assert sum(row["net_minor"] for row in get(world, login, "tiers")["items"]) == 200
    other = world.client(login).get(
        "/v1/reports/summary", params={"store_id": show(Prefix.STORE, chain.stores[0].store_id)}
    )
    assert (other.status_code, other.json()["code"]) == (404, "not_found")


def test_the_calendar_says_how_far_the_orders_reach(world: World, clock: SimulatedClock) -> None:
    chain = open_chain(world)
    login = chain.shop.staff(Role.MANAGER, [chain.stores[1]])
    assert get(world, login, "calendar") == {"today": "2026-03-02", "latest_day": None}
    for store in (1, 0):
        chain.sell(Sale(store, store, clock.now(), (Line(0, 1, 100),)))
        clock.advance(timedelta(days=2))
    assert get(world, login, "calendar") == {"today": "2026-03-06", "latest_day": "2026-03-02"}
    assert get(world, chain.shop.login, "calendar")["latest_day"] == "2026-03-04"


def test_thirty_days_up_to_today_unless_said_otherwise(world: World, clock: SimulatedClock) -> None:
    login = world.merchant().login
    clock.moment = datetime(2026, 3, 2, 17, tzinfo=UTC)  # already the third in Shanghai
    summary = get(world, login, "summary")
    named = tuple(summary[name] for name in ("from", "to", "previous_from", "previous_to"))
    assert named == ("2026-02-02", "2026-03-03", "2026-01-03", "2026-02-01")


def test_each_measure_is_defined_in_both_languages(world: World) -> None:
    summary = get(world, world.merchant().login, "summary")
    assert set(summary["definitions"]) == set(summary["current"]) == set(DEFINITIONS)
    assert all(text["zh"] and text["en"] for text in summary["definitions"].values())


def test_periods_that_make_no_sense_are_refused(world: World) -> None:
    client = world.client(world.merchant().login)
    for query, path in (
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"from": "2001-01-01", "to": "2026-03-01"}, "from"),
        ({"from": "0001-01-01"}, "from"),
        ({"from": "yesterday"}, "from"),
        ({"store_id": "sto_1"}, "store_id"),
    ):
        answer = client.get("/v1/reports/summary", params=query)
        assert (answer.status_code, answer.json()["fields"][0]["path"]) == (422, path)
