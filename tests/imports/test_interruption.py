"""An import that is killed, and run again, ends as if nothing had happened."""

import signal
import subprocess
import sys
from random import Random

import pytest

from shuke.checkout import imports
from shuke.checkout import service as checkout
from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock
from tests.conftest import NOON
from tests.imports.desk import ORDER_COLUMNS, Desk
from tests.imports.killed import CHUNK_ROWS
from tests.support.postgres import Server
from tests.support.world import World


def _rows() -> list[tuple[object, ...]]:
    """Some 20 orders of one to five lines, one of them bad."""
    random = Random(7)
    rows: list[tuple[object, ...]] = []
    for order in range(20):
        for _ in range(random.randint(1, 5)):
            sku = "cheese" if order == 11 else random.choice(["milk", "bread"])
            gross = random.randint(100, 999)
            cut = random.randint(0, 50)
            placed = f"2026-02-{order + 1:02} 12:00:00"
            rows.append((f"K{order}", placed, "S1", "m1", sku, 1, f"{gross / 100:.2f}", f"0.{cut:02}", ""))
    return rows


@pytest.mark.parametrize(("place", "chunk"), [("before", 0), ("inside", 0), ("after", 1), ("inside", 2), ("after", 3)])
def test_killed_and_run_again(server: Server, tmp_path, place: str, chunk: int) -> None:  # type: ignore[no-untyped-def]
    key = new_master_key()
    with server.database() as name:
        clock = SimulatedClock(NOON)
        database = Database(server.app_url(name), cipher=Cipher(key), clock=clock, pool_size=5)
        world = World(database, clock, None)  # type: ignore[arg-type]
        killed, whole = (_furnished(world, tmp_path) for _ in range(2))
        path = killed.write("orders.csv", ORDER_COLUMNS, _rows())
        command = [sys.executable, "-m", "tests.imports.killed", server.app_url(name), key]
        merchant = str(killed.shop.merchant_id)
        done = subprocess.run([*command, merchant, str(path), place, str(chunk)], capture_output=True, timeout=120)
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()

        again = killed.load("orders", path, chunk_rows=CHUNK_ROWS)
        straight = whole.load("orders", path, chunk_rows=CHUNK_ROWS)
        for field in ("status", "rows_done", "rows_total", "created", "unchanged", "rejected", "notes"):
            assert getattr(again, field) == getattr(straight, field), field
        assert killed.totals() == whole.totals()
        assert killed.totals()["orders"][0] == 19
        assert killed.rejects(again).keys() == whole.rejects(straight).keys()
        with killed.shop.unit() as unit:
            assert all(check.ok for check in checkout.audit(unit))
        database.close()


def _furnished(world: World, tmp_path) -> Desk:  # type: ignore[no-untyped-def]
    shop = world.merchant()
    shop.store("S1")
    shop.product("milk", 500)
    shop.product("bread", 800)
    shop.member(external_ref="m1")
    return Desk(shop, tmp_path)


def test_a_failed_chunk_leaves_the_others_and_can_be_gone_on_with(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database goes away in the middle: the import says so, and the next run ends it."""
    path = desk.write("orders.csv", ORDER_COLUMNS, _rows())

    real, calls = imports.insert_orders, iter(range(100))

    def failing(*given: object) -> None:
        if next(calls) == 2:
            raise OSError("gone")
        real(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(imports, "insert_orders", failing)
        with pytest.raises(OSError, match="gone"):
            desk.load("orders", path)
    record = desk.load("orders", path)
    assert (record.status, record.created, record.rows_done) == ("done", 19, record.rows_total)
    assert desk.totals()["orders"][0] == 19
