"""`shuke bench load`: order lines a second through the import, against a bare COPY of the same rows.

Ours is the whole import of the sample's orders: reading, checking, indexes, references, events and checkpoints.
The yardstick is one `COPY FROM STDIN` of what ends up in `order_lines`, rendered beforehand, into a table of the same
columns without keys or indexes.
"""

from time import perf_counter
from typing import Annotated

import psycopg
import typer
from rich.progress import Progress

from shuke.entrypoints.cli.benches.ground import Ground, prepared
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.entrypoints.imports.registry import KINDS
from shuke.entrypoints.sample.chain import Chain
from shuke.entrypoints.sample.loading import MERCHANT_ID, import_table, open_chain, tables_before_orders
from shuke.entrypoints.sample.sales import orders
from shuke.infra.imports.kinds import Context

_COLUMNS = (
    "merchant_id, order_id, line_no, product_id, quantity, unit_price_minor, gross_minor, discount_minor, net_minor, "
    "paid_minor, adjustments"
)
_EMPTIED = "orders, order_lines, order_redemptions, domain_events, import_chunks, import_rejects, imports"


def register(benches: typer.Typer) -> None:
    benches.command("load")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 3,
    households: Annotated[int | None, typer.Option(min=1, help="Only so many households, for a quick look.")] = None,
    url: Annotated[str, typer.Option(help="A server's URL, of a role that may create databases.")] = "",
) -> None:
    """Load the sample's orders, again and again, into an empty shop."""
    with prepared(url, pool_size=10) as ground:
        context, chain = open_chain(ground.installation.database, households)
        table = orders(chain)
        with Progress(disable=True) as progress:
            for kind, made in tables_before_orders():
                import_table(context, kind, chain, made(chain), progress)
        ours, yardstick = [], []
        for number in range(rounds):
            _empty(ground)
            ours.append(_import(context, chain, table))
            yardstick.append(_bare_copy(ground))
            console.print(f"round {number + 1}: {ours[-1]:,.0f} lines/s, bare COPY {yardstick[-1]:,.0f} lines/s")
        verdict("load", "lines/s", ours, yardstick)


def _import(context: Context, chain: Chain, table: object) -> float:
    with Progress(disable=True) as progress:
        started = perf_counter()
        record = import_table(context, KINDS["orders"].name, chain, table, progress)
        took = perf_counter() - started
    assert record.rejected == 0
    return record.rows_done / took


def _empty(ground: Ground) -> None:
    with psycopg.connect(ground.server_url, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {_EMPTIED} CASCADE")
        connection.execute("CHECKPOINT")


def _bare_copy(ground: Ground) -> float:
    """Lines a second of the bare COPY."""
    with psycopg.connect(ground.server_url, autocommit=True) as connection:
        connection.execute("SELECT set_config('shuke.merchant_id', %s, false)", [str(MERCHANT_ID)])
        with connection.cursor().copy(f"COPY (SELECT {_COLUMNS} FROM order_lines) TO STDOUT") as out:  # noqa: S608
            rendered = [bytes(block) for block in out]
        connection.execute("DROP TABLE IF EXISTS bare")
        connection.execute(f"CREATE TABLE bare AS SELECT {_COLUMNS} FROM order_lines LIMIT 0")  # noqa: S608
        connection.execute("CHECKPOINT")
        rendered = _joined(rendered)
        started = perf_counter()
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY bare ({_COLUMNS}) FROM STDIN") as into:
                for block in rendered:
                    into.write(block)
            copied = cursor.rowcount
        took = perf_counter() - started
        connection.execute("DROP TABLE bare")
    return copied / took


def _joined(rows: list[bytes]) -> list[bytes]:
    """In blocks of about a megabyte, so that the driver's cost for each does not count."""
    every = 5_000
    return [b"".join(rows[start : start + every]) for start in range(0, len(rows), every)]
