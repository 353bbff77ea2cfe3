"""A real server for libraries to send to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database
from shuke.kernel.clock import SystemClock
from tests.support.postgres import Server
from tests.support.replaying import serving
from tests.support.world import World


@pytest.fixture(scope="package")
def running(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    key = new_master_key()
    with server.database() as name:
        settings = {
            "SHUKE_DATABASE_URL": server.app_url(name),
            "SHUKE_OWNER_DATABASE_URL": server.owner_url(name),
            "SHUKE_MASTER_KEY": key,
        }
        database = Database(server.app_url(name), cipher=Cipher(key), clock=SystemClock(), pool_size=3)
        log: Path = tmp_path_factory.mktemp("sdk") / "log"
        with serving(settings, log) as (url, _):
            yield World(database, SystemClock(), Settings(database_url="unused")), url  # type: ignore[arg-type]
        database.close()
