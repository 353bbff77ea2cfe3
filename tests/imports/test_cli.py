"""`shuke import` and `shuke export`, as processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database
from shuke.kernel.clock import SystemClock
from tests.imports.desk import ORDER_COLUMNS, Desk
from tests.support.postgres import Server
from tests.support.world import World


def test_import_export_and_import_again(server: Server, tmp_path: Path) -> None:
    key = new_master_key()
    with server.database() as name:
        database = Database(server.app_url(name), cipher=Cipher(key), clock=SystemClock(), pool_size=4)
        world = World(database, SystemClock(), None)  # type: ignore[arg-type]
        desk = Desk(world.merchant(), tmp_path)
        known = {"SHUKE_DATABASE_URL": server.app_url(name), "SHUKE_MASTER_KEY": key, "LC_ALL": "C.UTF-8"}

        def shuke(*words: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "shuke", *words]
            return subprocess.run(command, env=os.environ | known, cwd=tmp_path, capture_output=True, text=True)

        stores = desk.write("stores.csv", ("Laden", "name"), [("S1", "=1+1"), ("", "none")])
        refused = shuke("import", "stores", str(stores), "--map", "code=Laden", "--rejects", "rejects.csv")
        assert refused.returncode == 2, refused.stderr
        assert "code: is required" in (tmp_path / "rejects.csv").read_text("utf-8-sig")
        products = desk.write("products.csv", ("sku", "name", "list_price"), [("milk", "-Milk", "5.00")])
        assert shuke("import", "products", str(products)).returncode == 0
        members = desk.write("members.csv", ("ref", "name", "phone"), [("m1", "李雷", "13900001111")])
        assert shuke("import", "members", str(members)).returncode == 0
        rows = [("A", "2026-02-27 10:00", "S1", "m1", "milk", 2, "10.00", "1.00", "0.50")]
        orders = desk.write("orders.csv", ORDER_COLUMNS, rows)
        assert shuke("import", "orders", str(orders), "--source", "till").returncode == 0
        before = desk.counts()
        assert before["orders"] == 1

        for kind in ("stores", "products", "members", "orders"):
            out = tmp_path / f"out-{kind}.csv"
            assert shuke("export", kind, str(out)).returncode == 0
            assert out.stat().st_mode & 0o077 == 0
            again = shuke("import", kind, str(out), "--source", "till")
            assert again.returncode == 0, again.stderr
        after = desk.counts()
        assert after.pop("domain_events") >= before.pop("domain_events")
        assert after == before
        assert "'=1+1" in (tmp_path / "out-stores.csv").read_text("utf-8-sig")

        missing = shuke("import", "stores", "nowhere.csv")
        assert (missing.returncode, "does not exist" in missing.stderr) == (1, True)
        wrong = shuke("import", "orders", str(stores))
        assert (wrong.returncode, "no column for" in wrong.stderr) == (1, True)
        database.close()


def test_a_database_that_was_never_migrated_says_what_to_do(tmp_path: Path) -> None:
    env = os.environ | {"SHUKE_DATA_DIR": str(tmp_path / "data"), "LC_ALL": "C.UTF-8"}
    told = subprocess.run([sys.executable, "-m", "shuke", "audit"], env=env, capture_output=True, text=True)
    assert (told.returncode, "Run 'shuke migrate' first" in " ".join(told.stderr.split())) == (1, True)
    assert "Traceback" not in told.stderr
