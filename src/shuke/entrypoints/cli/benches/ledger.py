"""`shuke bench ledger`: postings a second, one by one and in crowds, against hand-written SQL for the same rows.

Both sides write a transaction, a posting, a lot, the balance and an event, to the same tables, in the name of the same
role, and commit alike. Where the yardstick differs is that it decides nothing: no debt, no kinds of wallets, no lots
looked for, no reference looked up.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import cycle
from threading import Barrier, Thread
from time import perf_counter
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
import typer
from psycopg import Connection

from shuke.entrypoints.cli.benches.crowd import Crowd, gather
from shuke.entrypoints.cli.benches.ground import Ground, prepared
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id_sql
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move

_ONE = """
WITH t AS (
  INSERT INTO ledger_transactions (merchant_id, transaction_id, kind, reference_id, at)
  VALUES (%(merchant)s, %(id)s, 'order_earned', %(reference)s, %(at)s)
), p AS (
  INSERT INTO ledger_postings (merchant_id, posting_id, transaction_id, wallet_id, asset, amount, counter_account, at)
  VALUES (%(merchant)s, %(posting)s, %(id)s, %(wallet)s, 'points', %(amount)s, 'earned', %(at)s)
), l AS (
  INSERT INTO ledger_lots (merchant_id, lot_id, wallet_id, asset, granted, remaining, earned_at, expires_at)
  VALUES (%(merchant)s, %(posting)s, %(wallet)s, 'points', %(amount)s, %(amount)s, %(at)s, %(expires)s)
), e AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  VALUES (%(merchant)s, %(event)s, 'points.earned', %(reference)s, %(wallet)s, %(at)s, %(payload)s)
)
INSERT INTO ledger_balances AS b (merchant_id, wallet_id, points) VALUES (%(merchant)s, %(wallet)s, %(amount)s)
ON CONFLICT (merchant_id, wallet_id) DO UPDATE SET points = b.points + excluded.points
"""

_MANY = f"""
WITH rows AS MATERIALIZED (
  SELECT wallet_id, {fresh_id_sql("CAST(%(at)s AS timestamptz)")} AS id,
    {fresh_id_sql("CAST(%(at)s AS timestamptz)")} AS posting FROM crowd WHERE merchant_id = %(merchant)s
), t AS (
  INSERT INTO ledger_transactions (merchant_id, transaction_id, kind, reference_id, at)
  SELECT %(merchant)s, id, 'campaign_granted', gen_random_uuid(), %(at)s FROM rows
), p AS (
  INSERT INTO ledger_postings (merchant_id, posting_id, transaction_id, wallet_id, asset, amount, counter_account, at)
  SELECT %(merchant)s, posting, id, wallet_id, 'points', 5, 'granted', %(at)s FROM rows
), l AS (
  INSERT INTO ledger_lots (merchant_id, lot_id, wallet_id, asset, granted, remaining, earned_at, expires_at)
  SELECT %(merchant)s, posting, wallet_id, 'points', 5, 5, %(at)s, %(expires)s FROM rows
), e AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  SELECT %(merchant)s, {fresh_id_sql("CAST(%(at)s AS timestamptz)")}, 'points.granted', id, wallet_id, %(at)s,
    jsonb_build_object('points', 5) FROM rows
)
INSERT INTO ledger_balances AS b (merchant_id, wallet_id, points) SELECT %(merchant)s, wallet_id, 5 FROM rows
ON CONFLICT (merchant_id, wallet_id) DO UPDATE SET points = b.points + excluded.points
"""  # noqa: S608 - built from constants

DAY = timedelta(days=1)
THREADS = 4


def register(benches: typer.Typer) -> None:
    benches.command("ledger")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 5,
    seconds: Annotated[float, typer.Option(min=0.1, help="Seconds a round and side, one by one.")] = 2.0,
    wallets: Annotated[int, typer.Option(min=10, help="Wallets in the crowd.")] = 50_000,
    url: Annotated[str, typer.Option(help="A server's URL, of a role that may create databases.")] = "",
) -> None:
    """Postings a second: one by one, to a crowd at once, and with everybody at one merchant."""
    with prepared(url, pool_size=THREADS + 2) as ground:
        crowd = gather(ground, wallets)
        _crowds(crowd, rounds, wallets)
        _hot(ground, crowd, rounds, seconds)
        _one_by_one(crowd, rounds, seconds)


def _one_by_one(crowd: Crowd, rounds: int, seconds: float) -> None:
    """In turns of a few each, so that whatever else the machine does falls on both alike."""
    people = cycle(crowd.wallets[:1000])
    ours, yardstick = [], []
    for number in range(rounds):
        mine = theirs = 0.0
        done = 0
        while mine + theirs < 2 * seconds:
            mine += _turn(lambda: _post(crowd, next(people)))
            theirs += _turn(lambda: _write_by_hand(crowd, next(people)))
            done += _TURN
        ours.append(done / mine)
        yardstick.append(done / theirs)
        console.print(f"round {number + 1}: one by one {ours[-1]:,.0f}/s, by hand {yardstick[-1]:,.0f}/s")
    verdict("ledger", "postings/s", ours, yardstick)


_TURN = 10


def _turn(act: Callable[[], object]) -> float:
    start = perf_counter()
    for _ in range(_TURN):
        act()
    return perf_counter() - start


def _rate(seconds: float, act: Callable[[], object]) -> float:
    act()
    done, start = 0, perf_counter()
    while (elapsed := perf_counter() - start) < seconds:
        act()
        done += 1
    return done / elapsed


def _post(crowd: Crowd, wallet_id: UUID) -> None:
    with crowd.database.merchant(crowd.merchant_id) as unit:
        ledger.post(unit, _entry(wallet_id, unit.now()))


def _entry(wallet_id: UUID, at: datetime) -> Entry:
    move = Move(wallet_id, Asset.POINTS, 5, Account.EARNED, expires_at=at + DAY)
    return Entry(Kind.ORDER_EARNED, new_id(), at, (move,))


def _write_by_hand(crowd: Crowd, wallet_id: UUID) -> None:
    with crowd.database.merchant(crowd.merchant_id) as unit:
        at = unit.now()
        values = {
            "merchant": crowd.merchant_id,
            "id": new_id(at),
            "reference": new_id(),
            "posting": new_id(at),
            "wallet": wallet_id,
            "amount": 5,
            "at": at,
            "expires": at + DAY,
            "event": new_id(),
            "payload": '{"points": 5}',
        }
        _driver(unit).execute(_ONE, values)


def _driver(unit: Unit) -> Connection[Any]:
    driver = unit.connection.connection.driver_connection
    assert isinstance(driver, Connection)
    return driver


def _crowds(crowd: Crowd, rounds: int, wallets: int) -> None:
    """As many grants at once, over and over."""
    ours, yardstick = [], []
    for number in range(rounds):
        ours.append(wallets / _took(crowd, _post_many))
        yardstick.append(wallets / _took(crowd, _insert_many))
        console.print(f"round {number + 1}: at once {ours[-1]:,.0f}/s, INSERT … SELECT {yardstick[-1]:,.0f}/s")
    verdict("ledger-batch", "postings/s", ours, yardstick)


def _took(crowd: Crowd, act: Callable[[Crowd, Unit], None]) -> float:
    crowd.settle_down()
    with crowd.database.merchant(crowd.merchant_id) as unit:
        start = perf_counter()
        act(crowd, unit)
    return perf_counter() - start


def _post_many(crowd: Crowd, unit: Unit) -> None:
    now = sa.literal(unit.now())
    crowd_table = sa.table("crowd", sa.column("merchant_id", sa.Uuid), sa.column("wallet_id", sa.Uuid))
    rows = sa.select(
        sa.func.gen_random_uuid().label("reference_id"),
        crowd_table.c.wallet_id,
        sa.literal(Asset.POINTS.value).label("asset"),
        sa.literal(5).label("amount"),
        now.label("at"),
        sa.literal(unit.now() + DAY).label("expires_at"),
        sa.cast(sa.null(), sa.DateTime(timezone=True)).label("available_at"),
        sa.cast(sa.null(), sa.Uuid).label("source_id"),
    ).where(crowd_table.c.merchant_id == unit.merchant_id)
    done = ledger.post_many(unit, Kind.CAMPAIGN_GRANTED, Account.GRANTED, rows)
    assert done.count == len(crowd.wallets)


def _insert_many(crowd: Crowd, unit: Unit) -> None:
    at = unit.now()
    _driver(unit).execute(_MANY, {"merchant": crowd.merchant_id, "at": at, "expires": at + DAY})


def _hot(ground: Ground, crowd: Crowd, rounds: int, seconds: float) -> None:
    """Some tills at one merchant, against as many at as many merchants."""
    others = [gather(ground, 1000) for _ in range(THREADS)]
    hot, spread = [], []
    for number in range(rounds):
        hot.append(_together([crowd] * THREADS, seconds))
        spread.append(_together(others, seconds))
        console.print(f"round {number + 1}: one merchant {hot[-1]:,.0f}/s, {THREADS} merchants {spread[-1]:,.0f}/s")
    verdict("ledger-hot", "postings/s", hot, spread)


def _together(crowds: Sequence[Crowd], seconds: float) -> float:
    barrier, rates = Barrier(len(crowds)), []

    def till(number: int, crowd: Crowd) -> None:
        people = cycle(crowd.wallets[number :: len(crowds)])
        with suppress(Exception):
            barrier.wait()
            rates.append(_rate(seconds, lambda: _post(crowd, next(people))))

    threads = [Thread(target=till, args=each) for each in enumerate(crowds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rates) == len(crowds), "a till failed"
    return sum(rates)
