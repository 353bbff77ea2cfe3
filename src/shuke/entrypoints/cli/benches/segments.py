"""`shuke bench segments`: whom a rule tree holds, against the best statement that a person would write for it."""

from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated

import duckdb
import typer

from shuke.audience.asking import spelled
from shuke.audience.model import (
    Aggregate,
    All,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Did,
    Fact,
    Filter,
    Is,
    Kind,
    Last,
    Measure,
    Node,
    Registered,
    RegisteredAs,
)
from shuke.audience.rules.ids import in_the_lake
from shuke.entrypoints.cli.benches import looks
from shuke.entrypoints.cli.benches.crowd import gather
from shuke.entrypoints.cli.benches.ground import prepared
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.infra.lake.engine import Engine, engine_of
from shuke.infra.lake.folder import LakeFolder
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, parse, show

TODAY = date(2026, 3, 31)
_SPENT = 100_000
_MUCH_TIME = 600

_MEMBERS = """
CREATE TABLE members AS SELECT
  i AS member_no, 'm' || i AS member_id, 'active' AS status, TIMESTAMP '2024-01-01' AS joined_at,
  DATE '2024-01-01' AS joined_day,
  CASE hash(i, 1) % 3 WHEN 0 THEN 'female' WHEN 1 THEN 'male' END AS gender, 'pos' AS join_channel,
  {store} AS join_store_id, 1980 + (hash(i, 3) % 30)::BIGINT AS birth_year,
  1 + (hash(i, 4) % 12)::BIGINT AS birth_month, 101 + 100 * (hash(i, 4) % 12)::BIGINT AS birthday,
  (hash(i, 5) % 5)::BIGINT AS tier_rank, 0::BIGINT AS growth, 0::BIGINT AS points, 0::BIGINT AS stored_minor,
  0::BIGINT AS red_packet_minor, 'city ' || (hash(i, 12) % 300) AS {city}
FROM range(1, {members} + 1) t(i)
"""
_LINES = """
CREATE TABLE lines AS SELECT
  1 + (hash(i, 6) % {members})::BIGINT AS member_no, DATE '2024-04-01' + (hash(i, 7) % 730)::INT AS day, {category} AS
  category_id, 'brand' || (hash(product, 9) % 1000) AS brand, {store} AS store_id, 'pos' AS channel,
  'p' || product AS product_id, 1000::BIGINT AS quantity_milli, 500 + (hash(i, 11) % 20000)::BIGINT AS
  net_minor, 0::BIGINT AS discount_minor, day::TIMESTAMP AS placed_at
FROM (SELECT i, hash(i, 10) % 20000 AS product FROM range({lines}) t(i)) ORDER BY day, member_no
"""


def register(benches: typer.Typer) -> None:
    benches.command("segments")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 7,
    members: Annotated[int, typer.Option(min=1_000, help="Members; each has twenty lines in two years.")] = 1_000_000,
    url: Annotated[str, typer.Option(help="A server's URL, of a role that may create databases.")] = "",
) -> None:
    """Finding a segment among a million members and twenty million purchases.

    Narrow: tier at least 2, one of 10 cities of 300, at least two purchases of a category in 30 days, none of another
    in 90, and a spend of at least 1 000 in 365 days. Broad: the same without tier and city. The yardstick is SQL
    written by hand over the same native tables, the cheap conditions staged first. Spelling the statement is done once
    for a segment and a day, and told apart. The ratio is of times, the worse of the two: at most 1.2 is wanted.

    Then both are kept, one member in a hundred buys something, and they are looked at again: the ratio is of looking by
    what changed to looking at everybody, at most 0.1 is wanted.
    """
    with (
        TemporaryDirectory(prefix="shuke-bench-") as folder,
        prepared(url, pool_size=2, clock=SimulatedClock(looks.NOW)) as ground,
    ):
        made_up, crowd = Path(folder) / "made-up.duckdb", gather(ground, members)
        lake = LakeFolder.of(Path(folder) / "lake", crowd.merchant_id)
        with console.status(f"{members:,} members and {20 * members:,} lines"):
            _fill(made_up, members)
            native = looks.lay_out(made_up, lake, crowd)
        measured = [_measured(name, native, tree, by_hand, rounds) for name, tree, by_hand in _CASES]
        looks.measure(made_up, lake, crowd, {name: tree for name, tree, _ in _CASES}, rounds)
    verdict("segments", "ms", *max(measured, key=lambda times: median(times[0]) / median(times[1])))


def _fill(made_up: Path, members: int) -> None:
    values = {
        "members": members,
        "lines": 20 * members,
        "store": _uuid("i", 2, 300),
        "category": _uuid("product", 8, 20),
        "city": _CITY,
    }
    with duckdb.connect(str(made_up)) as lake:
        for statement in (_MEMBERS, _LINES):
            lake.execute(statement.format(**values))


def _uuid(number: str, salt: int, of: int) -> str:
    """SQL for one of `of` ids."""
    return f"('00000000-0000-0000-0000-' || lpad((hash({number}, {salt}) % {of})::VARCHAR, 12, '0'))"


def _measured(name: str, native: Path, tree: Node, by_hand: str, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of ours and of the yardstick, after showing that both find the same."""
    engine = engine_of(native)
    begun = perf_counter()
    ours = spelled(in_the_lake(tree, _REGISTERED), TODAY, engine.dialect)
    spelling = perf_counter() - begun
    found = [_found(engine, sql) for sql in (ours, by_hand)]
    assert found[0] == found[1], f"{name}: ours and the yardstick do not find the same"
    times: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for took, sql in zip(times, (ours, by_hand), strict=True):
            begun = perf_counter()
            engine.rows(sql, _MUCH_TIME)
            took.append((perf_counter() - begun) * 1000)
    mine, theirs = median(times[0]), median(times[1])
    console.print(
        f"{name}: {len(found[0]):,} members in {mine:.0f} ms, by hand {theirs:.0f} ms ({mine / theirs:.2f} ×);"
        f" spelling it once {spelling * 1000:.0f} ms"
    )
    return times


def _found(engine: Engine, sql: str) -> list[int]:
    return sorted(engine.rows(sql, _MUCH_TIME).column("member_no").to_pylist())


def _id(prefix: Prefix, number: int) -> str:
    return show(prefix, parse(prefix, f"{prefix}_{number:032d}"))


def _bought(category: int, days: int) -> Behaviour:
    return Behaviour(Fact.LINE, (Filter("category_id", Is((_id(Prefix.CATEGORY, category),))),), Last(days))


_BEHAVIOUR = (
    Measure(Behaviour(Fact.LINE, (), Last(365)), Aggregate.SUM, AtLeast(_SPENT), "net_minor"),
    Did(_bought(2, 90), AtMost(0)),
    Did(_bought(1, 30), AtLeast(2)),
)
_CITY = "text_1"
"""The column of the first attribute of texts that a merchant registers."""
_REGISTERED = {"city": RegisteredAs(Kind.TEXT, _CITY, since=0)}
_CITIES = tuple(f"city {number}" for number in range(10))
_ATTRIBUTES = (
    Attribute("tier_rank", AtLeast(2)),
    Registered("city", Is(_CITIES)),
)
_BY_HAND = """
WITH {first}
often AS MATERIALIZED (SELECT member_no FROM lines WHERE category_id = '00000000-0000-0000-0000-000000000001'
  AND day BETWEEN DATE '2026-03-02' AND DATE '2026-03-31' {of_first} GROUP BY member_no HAVING count(*) >= 2),
others AS MATERIALIZED (SELECT DISTINCT member_no FROM lines WHERE category_id = '00000000-0000-0000-0000-000000000002'
  AND day BETWEEN DATE '2026-01-01' AND DATE '2026-03-31' AND member_no IN (SELECT member_no FROM often)),
left_over AS MATERIALIZED (SELECT member_no FROM often WHERE member_no NOT IN (SELECT member_no FROM others))
SELECT member_no FROM lines WHERE day BETWEEN DATE '2025-04-01' AND DATE '2026-03-31'
  AND member_no IN (SELECT member_no FROM left_over) GROUP BY member_no HAVING sum(net_minor) >= 100000
"""
_FIRST = f"people AS MATERIALIZED (SELECT member_no FROM members WHERE tier_rank >= 2 AND {_CITY} IN {_CITIES}),"  # noqa: S608
_CASES = (
    (
        "narrow",
        All((*_BEHAVIOUR, *_ATTRIBUTES)),
        _BY_HAND.format(first=_FIRST, of_first="AND member_no IN (SELECT member_no FROM people)"),
    ),
    ("broad", All(_BEHAVIOUR), _BY_HAND.format(first="", of_first="")),
)
"""In the order in which somebody might write them: the dear ones first."""
