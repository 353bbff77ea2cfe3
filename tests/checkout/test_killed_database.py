"""The database is killed in the middle of a stream of orders and refunds, and comes back by itself: what tills were
told is there, what they were not told they ask for again, and nothing is doubled."""

import os
import signal
import time
from pathlib import Path

from shuke.entrypoints.audit import run_audit
from shuke.entrypoints.wiring import install
from shuke.infra.config import Settings
from shuke.infra.database import Database
from shuke.kernel.clock import SystemClock
from tests.support.replaying import (
    HEARD_BEFORE,
    furnish,
    nothing_is_doubled,
    replay_all,
    serving,
    work_until_killed,
)
from tests.support.world import Shop, World

ENDS_WITHIN_S = 30


def strike(folder: Path) -> None:
    """SIGKILL for the postmaster and all that it forked, settlements in flight included."""
    postmaster = int((folder / "postmaster.pid").read_text().splitlines()[0])
    forked = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if parent(pid) == postmaster]
    assert len(forked) > 5, "a server at work has processes of its own"
    for pid in (postmaster, *forked):
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + ENDS_WITHIN_S
    while any(parent(pid) is not None for pid in forked):
        assert time.monotonic() < until
        time.sleep(0.05)


def parent(pid: int) -> int | None:
    """The process that started `pid`; None when it is gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, started_by = status.rpartition(")")[2].split()[:2]
    return None if state == "Z" else int(started_by)


def test_no_acknowledged_order_is_lost_with_the_database(tmp_path: Path) -> None:
    data = tmp_path / "data"
    installation = install(Settings(data_dir=data))
    installation.migrate()
    shop = _open_shop(installation.database)
    member, queues = furnish(shop)
    secret = {"Authorization": f"Bearer {shop.key()}"}
    settings = {"SHUKE_DATA_DIR": str(data)}
    with serving(settings, tmp_path / "log") as (url, _):
        work_until_killed(queues, url, secret, lambda: strike(data / "postgres"))
    heard = [dict(queue.heard) for queue in queues]
    assert sum(map(len, heard)) >= HEARD_BEFORE
    installation.database.close()
    with serving(settings, tmp_path / "log") as (url, _):
        replay_all(queues, url, secret)
        for before, queue in zip(heard, queues, strict=True):
            assert before.items() <= queue.heard.items()
        nothing_is_doubled(shop, member, queues)
        assert [check.name for check in run_audit(installation.database, shop.merchant_id) if not check.ok] == []
        installation.database.close()
    installation.close()


def _open_shop(database: Database) -> Shop:
    return World(database, SystemClock(), Settings(database_url="unused")).merchant()  # type: ignore[arg-type]
