"""Fixtures every test may use. Sockets reach the loopback only."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from argon2 import PasswordHasher

from scripts import build, core
from shuke.infra import passwords
from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock
from tests.support.postgres import Server, running_server
from tests.support.world import World

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
"""A Monday, noon in Shanghai: where the simulated clock starts."""


def pytest_sessionstart() -> None:
    if core.compiled() and not build.core_done():
        pytest.exit("The compiled settlement is older than its sources: run `make build`.", returncode=2)


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise RuntimeError(f"a test tried to reach {address[0]}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(autouse=True, scope="session")
def _passwords_cost_little() -> Iterator[None]:
    """Argon2id as in service, but quick: a hash that resists guessing for years takes a quarter of a second here."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        patch.setattr(passwords, "_NOBODY", quick.hash("nobody"))
        yield


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server of this test worker's own."""
    folder = tmp_path_factory.mktemp("postgres")
    with running_server(folder) as running:
        yield running


@pytest.fixture(scope="session")
def cipher() -> Cipher:
    return Cipher(new_master_key())


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(NOON)


@pytest.fixture
def database(server: Server, cipher: Cipher, clock: SimulatedClock) -> Iterator[Database]:
    """A fresh migrated database, connected as the serving role, on the simulated clock."""
    with server.database() as name:
        opened = Database(server.app_url(name), cipher=cipher, clock=clock, pool_size=12)
        yield opened
        opened.close()


@pytest.fixture
def world(database: Database, clock: SimulatedClock) -> World:
    """Builders for merchants, stores, staff, members and products in that database."""
    return World(database, clock, Settings(database_url="unused"))
