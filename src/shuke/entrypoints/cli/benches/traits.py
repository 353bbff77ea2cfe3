"""`shuke bench traits`: all standing traits of all members, once; and those of one member in a hundred anew.

Purchases are made up: members' rates differ as gammas do and some leave, each buys her own few categories, products
and stores more than others, over two years. Nothing is random: the same number of members gives the same lake.
"""

from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated
from zoneinfo import ZoneInfo

import duckdb
import typer

from shuke.audience.facts.copying import copied
from shuke.audience.traits.computing import compute
from shuke.audience.traits.renewing import catch_up
from shuke.audience.traits.terms import Terms
from shuke.audience.traits.touching import Touched
from shuke.entrypoints.cli.benches.report import console, verdict

ORDERS_EACH = 20
WANTED_SECONDS = 300.0
WANTED_MEMBERS = 1_000_000
"""The yardstick: so many members, with twenty orders each, in five minutes."""

_TERMS = Terms(date(2026, 3, 31), ZoneInfo("Asia/Shanghai"))
_MEMBERS = """
CREATE TABLE members AS SELECT i::BIGINT AS member_no, {member} AS member_id, DATE '2024-04-01' AS joined_day
FROM range(1, {members} + 1) t(i)
"""
_PEOPLE = "CREATE TABLE people AS SELECT member_id, member_no FROM members"

_ORDERS = """
CREATE TABLE orders AS
WITH rates AS (
  SELECT member_no,
    ln((1 + hash(member_no, 1) % 10000) / 10001) * ln((1 + hash(member_no, 2) % 10000) / 10001) AS rate,
    (hash(member_no, 3) % 700)::INT AS joined, 60 + (hash(member_no, 4) % 1400)::INT AS stays
  FROM members
), counted AS (
  SELECT *, greatest(1, round({each} * rate))::INT AS times, least(729 - joined, stays) AS span FROM rates
), placed AS (
  SELECT member_no, unnest(range(times)) AS nth, times, joined, span FROM counted
)
SELECT member_no, 'o' || member_no || '-' || nth AS order_id,
  DATE '2024-04-01' + joined + (hash(member_no, nth, 5) % (span + 1))::INT AS day,
  day::TIMESTAMP + to_minutes((hash(member_no, nth, 6) % 1440)::INT) AS placed_at,
  CASE WHEN hash(member_no, nth, 7) % 3 = 0 THEN {any_store} ELSE {own_store} END AS store_id,
  CASE hash(member_no, nth, 8) % 4 WHEN 0 THEN 'mall' ELSE 'pos' END AS channel,
  500 + (hash(member_no, 9) % 20000)::BIGINT + (hash(member_no, nth, 10) % 5000)::BIGINT AS net_minor,
  CASE WHEN hash(member_no, nth, 20) % 3 = 0 THEN net_minor // 5 ELSE 0 END AS discount_minor
FROM placed ORDER BY day, member_no, order_id
"""
_LINES = """
CREATE TABLE lines AS
WITH bought AS (
  SELECT member_no, order_id, day, net_minor, line_no,
    CASE WHEN hash(order_id, line_no, 11) % 2 = 0 THEN hash(member_no, line_no, 12) ELSE hash(order_id, line_no, 13) END
      % 20000 AS product
  FROM orders CROSS JOIN range(1, {lines} + 1) t(line_no)
)
SELECT member_no, order_id, day, {product} AS product_id, {category} AS category_id, 'brand' || hash(product, 15) % 1000
  AS brand, 1000::BIGINT AS quantity_milli, net_minor // {lines} + (hash(product, 16) % 500)::BIGINT AS net_minor
FROM bought ORDER BY day, member_no, order_id, line_no
"""
_REFUNDS = """
CREATE TABLE refunds AS SELECT member_no, order_id, day, net_minor // 2 AS net_minor FROM orders
WHERE hash(order_id, 17) % 25 = 0 ORDER BY day, member_no
"""

_TOUCHED = 100
"""One in so many buys again on the day after."""
_CHANGED = (
    "CREATE TABLE again AS SELECT * REPLACE (order_id || '+' AS order_id, DATE '2026-04-01' AS day,"
    " TIMESTAMP '2026-04-01 12:00:00' AS placed_at) FROM orders WHERE member_no % {one_in} = 0"
    " QUALIFY row_number() OVER (PARTITION BY member_no ORDER BY order_id) = 1",
    "INSERT INTO orders FROM again",
    "CREATE SCHEMA changed",
    *(
        f"CREATE TABLE changed.{table} AS FROM main.{table} WHERE member_no % {{one_in}} = 0"
        for table in ("members", "orders", "lines", "refunds")
    ),
)
"""The next copy of the lake, in which what is known of them lies together."""


def register(benches: typer.Typer) -> None:
    benches.command("traits")(run)


def run(
    members: Annotated[int, typer.Option(min=1_000, help="Members; each has about twenty orders.")] = 100_000,
    lines: Annotated[int, typer.Option(min=1, help="Lines of an order.")] = 2,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 1,
) -> None:
    """Members a second whose standing traits are all reckoned and written, over two years of about twenty orders each.

    The yardstick is not another program but what is wanted: a million members and twenty million orders in five
    minutes on two cores, 3 333 members a second (`--members 1000000`).
    """
    with TemporaryDirectory(prefix="shuke-bench-") as folder:
        native, found = Path(folder) / "native.duckdb", Path(folder) / "traits.duckdb"
        with console.status(f"making up {members:,} members"), duckdb.connect(str(native)) as lake:
            lake.execute("SET enable_progress_bar = false")
            _fill(lake, members, lines)
            orders, rows = (lake.execute(f"SELECT count(*) FROM {of}").fetchall()[0][0] for of in ("orders", "lines"))  # noqa: S608 - constants
        console.print(f"{members:,} members, {orders:,} orders, {rows:,} lines")
        ours = []
        for _ in range(rounds):
            begun = perf_counter()
            compute(native, found, _TERMS, threads=2)
            took = perf_counter() - begun
            ours.append(members / took)
            console.print(f"all traits in {took:.1f} s")
        _told(found)
        _change(native)
        again = [_renewed(native, found) for _ in range(rounds)]
        console.print(
            f"{members // _TOUCHED:,} members anew, the file copied too, in {median(again):.2f} s,"
            f" {median(again) * median(ours) / members:.4f} of that"
        )
    verdict("traits", "members/s", ours, [WANTED_MEMBERS / WANTED_SECONDS])


def _fill(lake: duckdb.DuckDBPyConnection, members: int, lines: int) -> None:
    values = {
        "members": members,
        "member": _uuid("i"),
        "each": ORDERS_EACH,
        "lines": lines,
        "any_store": _uuid("hash(member_no, nth, 18) % 300"),
        "own_store": _uuid("hash(member_no, 19) % 300"),
        "product": _uuid("product"),
        "category": _uuid("hash(product, 14) % 20"),
    }
    for statement in (_MEMBERS, _PEOPLE, _ORDERS, _LINES, _REFUNDS):
        lake.execute(statement.format(**values))


def _change(native: Path) -> None:
    with duckdb.connect(str(native)) as lake:
        for statement in _CHANGED:
            lake.execute(statement.format(one_in=_TOUCHED))


def _renewed(native: Path, night: Path) -> float:
    """Seconds."""
    draft = night.with_suffix(".draft")
    with duckdb.connect(str(native), read_only=True) as lake:
        ids = lake.sql("SELECT member_id FROM changed.members").to_arrow_table().column("member_id")
    begun = perf_counter()
    copied(night, draft)
    catch_up(draft, native, Touched(ids, together=True), _TERMS, _TERMS.as_of + timedelta(days=1), threads=2)
    return perf_counter() - begun


def _uuid(number: str) -> str:
    return f"('00000000-0000-0000-0000-' || lpad(({number})::VARCHAR, 12, '0'))"


def _told(found: Path) -> None:
    """Something of what was found, to see that it is what was made up."""
    with duckdb.connect(str(found), read_only=True) as reading:
        stages = reading.execute("SELECT lifecycle, count(*) FROM traits GROUP BY ALL ORDER BY 2 DESC").fetchall()
        best = reading.execute("SELECT sales_bps FROM pareto WHERE members_bps = 2000").fetchall()[0][0]
        models = reading.execute("SELECT learned FROM definitions").fetchall()[0][0]
    console.print(", ".join(f"{stage} {count:,}" for stage, count in stages))
    console.print(f"20 % of the members make {best / 100:.1f} % of the year's sales; {models}")
