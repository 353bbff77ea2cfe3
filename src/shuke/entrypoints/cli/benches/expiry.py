"""`shuke bench expiry`: everybody's points expire, against a bare UPDATE of as many lots.

Expiry writes a posting, the use of the lot and an event for each member, empties the lot and lowers the balance: five
rows and eight entries of indexes. The yardstick empties as many lots of another merchant in one statement, and nothing
else: one row a member and one entry. Both count members, so what expiry has to write besides is in the ratio.
"""

from datetime import timedelta
from time import perf_counter
from typing import Annotated

import sqlalchemy as sa
import typer

from shuke.entrypoints.cli.benches.crowd import Crowd, gather
from shuke.entrypoints.cli.benches.ground import prepared
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Expired, Kind

_UPDATE = sa.text("UPDATE ledger_lots SET remaining = 0 WHERE merchant_id = :merchant AND remaining > 0")
_POINTS = 5


def register(benches: typer.Typer) -> None:
    benches.command("expiry")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 3,
    members: Annotated[int, typer.Option(min=10, help="Members whose points expire.")] = 1_000_000,
    url: Annotated[str, typer.Option(help="A server's URL, of a role that may create databases.")] = "",
) -> None:
    """Lots expired a second, in batches as the worker does it."""
    with prepared(url, pool_size=2) as ground:
        console.print(f"gathering 2 × {members:,} members")
        expiring, emptied = gather(ground, members), gather(ground, members)
        ours, yardstick = [], []
        for number in range(rounds):
            console.print(f"round {number + 1}: granting 2 × {members:,} lots")
            _grant(expiring)
            _grant(emptied)
            expiring.settle_down()
            ours.append(members / _expire(expiring))
            expiring.settle_down()
            yardstick.append(members / _empty(emptied))
            console.print(f"round {number + 1}: expiry {ours[-1]:,.0f}/s, bare UPDATE {yardstick[-1]:,.0f}/s")
        verdict("expiry", "lots/s", ours, yardstick)


def _grant(crowd: Crowd) -> None:
    """Points for everybody, over since a while."""
    table = sa.table("crowd", sa.column("merchant_id", sa.Uuid), sa.column("wallet_id", sa.Uuid))
    with crowd.database.merchant(crowd.merchant_id) as unit:
        rows = sa.select(
            sa.func.gen_random_uuid().label("reference_id"),
            table.c.wallet_id,
            sa.literal(Asset.POINTS.value).label("asset"),
            sa.literal(_POINTS).label("amount"),
            sa.literal(unit.now() - timedelta(days=2)).label("at"),
            sa.literal(unit.now() - timedelta(days=1)).label("expires_at"),
            sa.cast(sa.null(), sa.DateTime(timezone=True)).label("available_at"),
            sa.cast(sa.null(), sa.Uuid).label("source_id"),
        ).where(table.c.merchant_id == unit.merchant_id)
        ledger.post_many(unit, Kind.IMPORTED, Account.GRANTED, rows)


def _expire(crowd: Crowd) -> float:
    start, done = perf_counter(), Expired()
    lost, more = 0, True
    while more:
        with crowd.database.merchant(crowd.merchant_id) as unit:
            done = ledger.expire_batch(unit, unit.now(), done.last)
        lost, more = lost + done.amount, done.last is not None
    took = perf_counter() - start
    assert lost == _POINTS * len(crowd.wallets)
    return took


def _empty(crowd: Crowd) -> float:
    start = perf_counter()
    with crowd.database.merchant(crowd.merchant_id) as unit:
        emptied = unit.connection.execute(_UPDATE, {"merchant": crowd.merchant_id}).rowcount
    took = perf_counter() - start
    assert emptied == len(crowd.wallets)
    return took
