"""The standing traits of everybody, against each member's past told in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.audience.facts.datasets import LINES, ORDERS, REFUNDS
from shuke.audience.rules.lifecycle import Bought, grade, rhythm, stage
from shuke.audience.rules.loyalty import PERIOD_DAYS, PERIODS, level, share_bps
from shuke.audience.traits.computing import compute
from shuke.audience.traits.terms import Terms

TODAY = date(2026, 3, 31)
TERMS = Terms(TODAY, ZoneInfo("Europe/Berlin"))
_SUMMER_TIME = date(2026, 3, 29)
Row = dict[str, Any]


@st.composite
def random_orders(draw: st.DrawFn) -> list[Row]:
    """A few orders of five members (0 is nobody), on days that meet each other and the borders of the year."""
    back = st.one_of(st.integers(-2, 12), st.integers(360, 370), st.integers(0, 500))
    rows: list[Row] = []
    for number in range(draw(st.integers(0, 14))):
        day = TODAY - timedelta(days=draw(back))
        placed = datetime.combine(day, time(draw(st.integers(0, 23)), 30))
        net = draw(st.integers(0, 900))
        lines = draw(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 3)), max_size=2))
        rows.append(
            {
                "order_id": f"o{number:02}",
                "member_no": draw(st.integers(0, 5)) or None,
                "store_id": draw(st.sampled_from("ST")),
                "channel": draw(st.sampled_from(("pos", "mall"))),
                "placed_at": placed,
                "day": day,
                "net_minor": net,
                "came_back": draw(st.integers(0, net)),
                "lines": lines,
            }
        )
    return rows


_GOODS = {number: (f"c{number % 2}", "ab"[number // 3 % 2] if number < 6 else None) for number in range(1, 7)}


_FIRST = TODAY - timedelta(days=2_000)
_JOINED = {6: TODAY - timedelta(days=40)}


def named(number: int) -> str:
    return f"m{number}"


def fill(native: Path, orders: Sequence[Row], members: int = 6) -> None:
    """A native copy of what the test knows of, with each under her own name."""
    kinds = {"member_no": pa.int64()}
    goods = pa.schema({**kinds, **{f.name: f.type for f in LINES}, "category_id": pa.string(), "brand": pa.string()})
    lines = [
        {**order, "line_no": place, "product_id": f"p{product}", "category_id": _GOODS[product][0]}
        | {"brand": _GOODS[product][1], "quantity_milli": 1000 * pieces, "net_minor": 100 * product * pieces}
        for order in orders
        for place, (product, pieces) in enumerate(order["lines"], 1)
    ]
    refunds = [
        {**order, "refund_id": order["order_id"], "net_minor": order["came_back"]}
        for order in orders
        if order["came_back"]
    ]
    tables = {
        "members": pa.Table.from_pylist(
            [
                {"member_no": n, "member_id": named(n), "joined_day": _JOINED.get(n, _FIRST)}
                for n in range(1, members + 1)
            ],
            pa.schema({"member_no": pa.int64(), "member_id": pa.string(), "joined_day": pa.date32()}),
        ),
        "orders": pa.Table.from_pylist(list(orders), pa.schema({**kinds, **{f.name: f.type for f in ORDERS}})),
        "lines": pa.Table.from_pylist(lines, goods),
        "refunds": pa.Table.from_pylist(refunds, pa.schema({**kinds, **{f.name: f.type for f in REFUNDS}})),
    }
    with duckdb.connect(str(native)) as lake:
        for name, rows in tables.items():
            lake.register("given", rows)
            lake.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            lake.unregister("given")
        lake.execute("CREATE TABLE people AS SELECT member_id, member_no FROM members")


def asked(file: Path, sql: str) -> list[Row]:
    with duckdb.connect(str(file), read_only=True) as traits:
        rows: list[Row] = traits.sql(sql).to_arrow_table().to_pylist()
        return rows


def _traits(orders: Sequence[Row], terms: Terms = TERMS) -> tuple[list[Row], list[Row], list[Row]]:
    """Traits by member, thresholds, and the curve."""
    with TemporaryDirectory() as folder:
        native, into = Path(folder) / "1.duckdb", Path(folder) / "traits" / "1.duckdb"
        fill(native, orders)
        compute(native, into, terms)
        assert sorted(path.name for path in Path(folder).rglob("*") if path.is_file()) == ["1.duckdb", "1.duckdb"]
        _flows_end_where_members_stand(into)
        return (
            asked(into, "FROM traits ORDER BY member_id"),
            asked(into, "FROM thresholds"),
            asked(into, "FROM pareto ORDER BY members_bps"),
        )


def _flows_end_where_members_stand(file: Path) -> None:
    """Whatever the way there: as many as there are members, those who joined later were absent, and today's stages
    are those of the traits."""
    stages = "SELECT {column} AS stage, {count} AS members FROM {table} GROUP BY ALL ORDER BY ALL"
    today = asked(file, stages.format(column="stage_0", count="sum(members)::BIGINT", table="paths"))
    assert today == asked(file, stages.format(column="lifecycle", count="count(*)", table="traits"))
    before = asked(file, stages.format(column="stage_60", count="sum(members)::BIGINT", table="paths"))
    assert sum(row["members"] for row in before) == 6
    assert sum(row["members"] for row in before if row["stage"] == "absent") == 1


def _number(row: Row) -> int:
    return int(row["member_id"][1:])


def _by_member(orders: Sequence[Row]) -> Mapping[int, Mapping[date, int]]:
    """What each member's days brought, in the end."""
    days: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for order in orders:
        if order["member_no"] and order["day"] <= TODAY:
            days[order["member_no"]][order["day"]] += order["net_minor"] - _came_back(order)
    return days


def _came_back(order: Row) -> int:
    return int(order["came_back"]) if order["day"] <= TODAY else 0


@settings(max_examples=12, deadline=None)
@given(random_orders())
def test_everybody_is_told_as_she_is(orders: list[Row]) -> None:
    traits, thresholds, curve = _traits(orders)
    past = _by_member(orders)
    assert [row["member_id"] for row in traits] == [named(number) for number in range(1, 7)]
    for row in traits:
        days = past.get(_number(row), {})
        year = [day for day in days if day > TODAY - timedelta(days=365)]
        assert (row["days"], row["net_minor"]) == (len(days), sum(days.values()))
        assert (row["year_days"], row["year_net_minor"]) == (len(year), sum(days[day] for day in year))
        assert (row["first_day"], row["last_day"]) == (min(days, default=None), max(days, default=None))
        _stands(row, sorted(days))
        _scored(row, thresholds)
    _prefers(orders, traits)
    bought = [row for row in traits if row["year_days"]]
    if bought:
        assert curve[-1]["net_minor"] == sum(row["year_net_minor"] for row in bought)
        assert [point["net_minor"] for point in curve] == sorted(point["net_minor"] for point in curve)


def _stands(row: Row, days: Sequence[date]) -> None:
    gaps = [(after - before).days for before, after in pairwise(days)]
    if not days:
        assert (row["rhythm"], row["since"]) == (None, None)
        assert (row["lifecycle"], row["grade"]) == (
            stage(Bought(0, None, 0, None), 1),
            grade(Bought(0, None, 0, None), 1),
        )
        return
    own = row["rhythm"]
    assert own in {rhythm(len(gaps), sum(gaps), usual, TERMS.prior) for usual in range(1, 505)}
    back = [(TODAY - day).days for day, gap in zip(days[1:], gaps, strict=True) if gap > 3 * own]
    visits = sum(day > TODAY - timedelta(days=30) for day in days)
    bought = Bought(len(days), (TODAY - days[-1]).days, visits, min(back, default=None))
    assert (row["lifecycle"], row["grade"]) == (stage(bought, own), grade(bought, own))
    assert row["next_day"] == days[-1] + timedelta(days=own)
    if row["next_from"] is not None:
        assert row["last_day"] < row["next_from"] <= row["next_day"] <= row["next_upto"]
    periods = {(days[-1] - day).days // PERIOD_DAYS for day in days}
    whole = min(PERIODS, (days[-1] - days[0]).days // PERIOD_DAYS + 1)
    assert row["loyalty_bps"] == share_bps(len(periods & set(range(PERIODS))), whole)
    assert row["loyalty"] == level(row["loyalty_bps"])
    if row["alive_bps"] is not None:
        assert 0 <= row["alive_bps"] <= 10_000
        assert row["expected_milli"] >= 0


def _scored(row: Row, thresholds: Sequence[Row]) -> None:
    values = {
        "recency": -row["since"] if row["since"] is not None else None,
        "frequency": row["year_days"],
        "monetary": row["year_net_minor"],
    }
    for measure, value in values.items():
        above = [each["above"] for each in thresholds if each["measure"] == measure]
        assert row[measure] == (1 + sum(value > each for each in above) if row["year_days"] else None)


def _prefers(orders: Sequence[Row], traits: Sequence[Row]) -> None:
    """What she bought most."""
    for column, share, values in _KINDS:
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        for order in orders:
            if order["member_no"] and order["day"] <= TODAY:
                counts[order["member_no"]].update(values(order))
        for row in traits:
            mine = counts[_number(row)]
            best = min(mine, key=lambda value: (-mine[value], value), default=None)
            told = 10_000 * mine[best] // mine.total() if best is not None else None
            assert (row[column], row[share]) == (best, told), column


def _hour(order: Row) -> Iterator[str]:
    hour = order["placed_at"].replace(tzinfo=UTC).astimezone(TERMS.zone).hour
    bands = (("night", 6), ("morning", 11), ("midday", 14), ("afternoon", 18), ("evening", 24))
    yield next(band for band, until in bands if hour < until)


_KINDS = (
    ("store_id", "store_share_bps", lambda order: [order["store_id"]]),
    ("channel", "channel_share_bps", lambda order: [order["channel"]]),
    ("hour_band", "hour_share_bps", _hour),
    ("category_id", "category_share_bps", lambda order: [_GOODS[product][0] for product, _ in order["lines"]]),
    ("brand", "brand_share_bps", lambda order: [b for p, _ in order["lines"] if (b := _GOODS[p][1]) is not None]),
)


@settings(max_examples=3, deadline=None)
@given(random_orders(), st.integers(2, 9))
def test_scores_do_not_depend_on_the_currency(orders: list[Row], times: int) -> None:
    dearer = [
        {**order, "net_minor": order["net_minor"] * times, "came_back": order["came_back"] * times} for order in orders
    ]
    scores = [[(row["frequency"], row["monetary"]) for row in _traits(each)[0]] for each in (orders, dearer)]
    assert scores[0] == scores[1]


def test_nothing_is_written_where_there_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error):
        compute(tmp_path / "none.duckdb", tmp_path / "traits.duckdb", TERMS)
    assert list(tmp_path.iterdir()) == []


def test_the_same_facts_give_the_same_traits(tmp_path: Path) -> None:
    native, files = tmp_path / "1.duckdb", [tmp_path / "a.duckdb", tmp_path / "b.duckdb"]
    orders = [
        one_order(member, TODAY - timedelta(days=nth * (2 + member % 7)))
        for member in range(1, 91)
        for nth in (0, 1, 3)
    ]
    fill(native, orders, members=90)
    for file in files:
        compute(native, file, TERMS)
    for table in ("traits ORDER BY member_id", "clusters", "paths", "centres", "definitions"):
        assert asked(files[0], f"FROM {table}") == asked(files[1], f"FROM {table}") != [], table
    assert {row["cluster"] for row in asked(files[0], "FROM traits")} == {
        row["cluster"] for row in asked(files[0], "FROM clusters")
    }


def one_order(member: int, day: date) -> Row:
    placed = datetime.combine(day, time(9, 30))
    net, lines = 100 * member, [(1 + member % 6, 1)]
    named = {
        "order_id": f"o{member}-{day}",
        "member_no": member,
        "store_id": "S",
        "channel": "pos",
        "placed_at": placed,
    }
    return {**named, "day": day, "net_minor": net, "came_back": 0, "lines": lines}
