"""`shuke bench tier-review`: every member's tier reviewed, against a bare UPDATE of as many rows.

The review adds up each member's growth, decides, and writes rows and events where something changed; the yardstick
writes all rows of the same table, one a member, and decides nothing. Half of the members have orders of growth in
several months.
`tier-review` is an ordinary night, on which one member in sixteen has bought since the last; `tier-review-all` one on
which nobody's row is right any more.
"""

from collections.abc import Callable
from datetime import timedelta
from time import perf_counter
from typing import Annotated
from uuid import UUID

import psycopg
import sqlalchemy as sa
import typer

from shuke.entrypoints.cli.benches.crowd import Crowd, gather
from shuke.entrypoints.cli.benches.ground import prepared
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.infra.fresh_ids import fresh_id_sql
from shuke.loyalty import service as loyalty
from shuke.tenancy import service as tenancy

_UPDATE = "UPDATE member_tiers SET reviewed_on = reviewed_on + 1 WHERE merchant_id = :merchant"
_SPOIL = "UPDATE member_tiers SET growth = growth + 1 WHERE merchant_id = :merchant"

_GROW = f"""
WITH rows AS MATERIALIZED (
  SELECT wallet_id, {fresh_id_sql("now()")} AS id, get_byte(uuid_send(wallet_id), 15) * 8 AS amount,
    now() - make_interval(days => %(days)s) AS at
  FROM crowd WHERE merchant_id = %(merchant)s AND get_byte(uuid_send(wallet_id), 15) %% %(one_in)s = 1
), entered AS (
  INSERT INTO ledger_transactions (merchant_id, transaction_id, kind, reference_id, at)
  SELECT %(merchant)s, id, 'imported', id, at FROM rows
), posted AS (
  INSERT INTO ledger_postings (merchant_id, posting_id, transaction_id, wallet_id, asset, amount, counter_account, at)
  SELECT %(merchant)s, id, id, wallet_id, 'growth', amount, 'earned', at FROM rows
)
INSERT INTO ledger_balances AS b (merchant_id, wallet_id, growth) SELECT %(merchant)s, wallet_id, amount FROM rows
ON CONFLICT (merchant_id, wallet_id) DO UPDATE SET growth = b.growth + excluded.growth
"""  # noqa: S608 - built from constants

POSTINGS = 4
"""Orders of growth of each member who has any."""


def register(benches: typer.Typer) -> None:
    benches.command("tier-review")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 3,
    members: Annotated[int, typer.Option(min=10, help="Members to review.")] = 1_000_000,
    url: Annotated[str, typer.Option(help="A server's URL, of a role that may create databases.")] = "",
) -> None:
    """Members reviewed a second, when the rows are there and a few change."""
    with prepared(url, pool_size=2) as ground:
        console.print(f"gathering {members:,} members with {POSTINGS} orders of growth for every other one")
        crowd = gather(ground, members)
        for month in range(POSTINGS):
            _grow(crowd, 90 * month + 5, 2)
        console.print(f"first review, which makes the rows: {_timed(crowd, lambda: _review(crowd, 0)):.1f} s")
        for name, spoil in (("tier-review", False), ("tier-review-all", True)):
            ours, yardstick = [], []
            for number in range(rounds):
                if spoil:
                    _update(crowd, _SPOIL)
                else:
                    _grow(crowd, 0, 16)
                ours.append(members / _timed(crowd, lambda day=number: _review(crowd, day)))  # type: ignore[misc]
                yardstick.append(members / _timed(crowd, lambda: _update(crowd, _UPDATE)))
                console.print(f"round {number + 1}: review {ours[-1]:,.0f}/s, bare UPDATE {yardstick[-1]:,.0f}/s")
            verdict(name, "members/s", ours, yardstick)


def _grow(crowd: Crowd, days: int, one_in: int) -> None:
    """Growth of one order, some days ago, for one in so many members; written by hand, as a past that is there."""
    values = {"merchant": crowd.merchant_id, "days": days, "one_in": one_in}
    with psycopg.connect(crowd.ground.server_url, autocommit=True) as connection:
        connection.execute("SELECT set_config('shuke.merchant_id', %s, false)", [str(crowd.merchant_id)])
        connection.execute(_GROW, values)


def _timed(crowd: Crowd, act: Callable[[], None]) -> float:
    crowd.settle_down()
    start = perf_counter()
    act()
    return perf_counter() - start


def _review(crowd: Crowd, days: int) -> None:
    """As the worker does it: a unit of work a batch."""
    after: UUID | None = UUID(int=0)
    while after is not None:
        with crowd.database.merchant(crowd.merchant_id) as unit:
            after = loyalty.review_batch(unit, tenancy.today(unit) + timedelta(days=days), after).last


def _update(crowd: Crowd, statement: str) -> None:
    with crowd.database.merchant(crowd.merchant_id) as unit:
        unit.connection.execute(sa.text(statement), {"merchant": unit.merchant_id})
