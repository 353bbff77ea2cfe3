"""Law: whatever a file of orders holds, what is taken adds up to the cent, and nothing is lost or doubled.

Oracle: plain decimal arithmetic over the orders all of whose lines are good.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.imports.desk import ORDER_COLUMNS, Desk
from tests.support.world import World

CENTS = st.integers(0, 99_999).map(lambda cents: f"{Decimal(cents).scaleb(-2)}")
LINES = st.lists(
    st.tuples(st.sampled_from(["milk", "milk", "bread", "cheese"]), st.integers(0, 3), CENTS, CENTS, CENTS),
    min_size=1,
    max_size=5,
)


@contextmanager
def _desk(world: World) -> Iterator[Desk]:
    shop = world.merchant()
    shop.store("S1")
    shop.product("milk", 500)
    shop.product("bread", 800)
    with TemporaryDirectory() as folder:
        yield Desk(shop, Path(folder))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=st.lists(LINES, min_size=1, max_size=8), chunk_rows=st.integers(1, 9))
def test_totals_are_exact(world: World, orders: list[list[tuple[str, int, str, str, str]]], chunk_rows: int) -> None:
    rows = [
        (f"O{number}", "2026-02-27 10:00", "S1", "", sku, quantity, gross, merchant, partner)
        for number, lines in enumerate(orders)
        for sku, quantity, gross, merchant, partner in lines
    ]
    good = [list(lines) for _, lines in groupby(rows, key=lambda row: row[0])]
    good = [lines for lines in good if all(line[4] != "cheese" for line in lines)]
    with _desk(world) as desk:
        path = desk.write("orders.csv", ORDER_COLUMNS, rows)
        for attempt in range(2):
            record = desk.load("orders", path, chunk_rows=chunk_rows)
            assert record.created == (0 if attempt else len(good))
            assert record.unchanged == (len(good) if attempt else 0)
            assert record.rejected == len(rows) - sum(map(len, good))
        taken = [line for lines in good for line in lines]
        gross, merchant, partner = (sum(int(Decimal(str(line[at])) * 100) for line in taken) for at in (6, 7, 8))
        amounts = (gross, merchant + partner, gross - merchant, gross - merchant - partner)
        assert desk.totals() == {"orders": (len(good), *amounts), "order_lines": (len(taken), *amounts)}
