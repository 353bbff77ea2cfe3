from collections.abc import Iterator

import pytest

from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock
from tests.conftest import NOON
from tests.support.counter import Counter, open_counter
from tests.support.postgres import Server
from tests.support.world import World


@pytest.fixture(scope="module")
def stored_world(server: Server, cipher: Cipher) -> Iterator[World]:
    """One database for all tests of a module: each has a merchant of its own."""
    with server.database() as name:
        clock = SimulatedClock(NOON)
        database = Database(server.app_url(name), cipher=cipher, clock=clock, pool_size=12)
        yield World(database, clock, Settings(database_url="unused"))
        database.close()


@pytest.fixture
def counter(stored_world: World) -> Iterator[Counter]:
    """A counter of a merchant's; whatever a test does, the laws hold at its end."""
    stored_world.clock.moment = NOON
    opened = open_counter(stored_world)
    yield opened
    assert opened.broken_laws() == []
