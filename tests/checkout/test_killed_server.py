"""A server process is killed in the middle of a stream of orders and refunds; tills ask again, and nothing is lost or
doubled."""

from pathlib import Path

from shuke.entrypoints.audit import run_audit
from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database
from shuke.kernel.clock import SystemClock
from tests.support.postgres import Server
from tests.support.replaying import (
    HEARD_BEFORE,
    furnish,
    kill,
    nothing_is_doubled,
    replay_all,
    serving,
    work_until_killed,
)
from tests.support.world import World


def test_no_acknowledged_order_is_lost_and_none_doubled(server: Server, tmp_path: Path) -> None:
    key = new_master_key()
    with server.database() as name:
        settings = {
            "SHUKE_DATABASE_URL": server.app_url(name),
            "SHUKE_OWNER_DATABASE_URL": server.owner_url(name),
            "SHUKE_MASTER_KEY": key,
        }
        database = Database(server.app_url(name), cipher=Cipher(key), clock=SystemClock(), pool_size=5)
        shop = World(database, SystemClock(), Settings(database_url="unused")).merchant()  # type: ignore[arg-type]
        member, queues = furnish(shop)
        secret = {"Authorization": f"Bearer {shop.key()}"}
        with serving(settings, tmp_path / "log") as (url, process):
            work_until_killed(queues, url, secret, lambda: kill(process))
        heard = [dict(queue.heard) for queue in queues]
        assert sum(map(len, heard)) >= HEARD_BEFORE
        with serving(settings, tmp_path / "log") as (url, _):
            replay_all(queues, url, secret)
        for before, queue in zip(heard, queues, strict=True):
            assert before.items() <= queue.heard.items()
        nothing_is_doubled(shop, member, queues)
        assert [check.name for check in run_audit(database, shop.merchant_id) if not check.ok] == []
        database.close()
