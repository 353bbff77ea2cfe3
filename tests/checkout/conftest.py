from collections.abc import Iterator

import pytest

from shuke.infra.crypto import Cipher
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock
from tests.support.postgres import Server
from tests.support.till import Till, open_till
from tests.support.world import World


@pytest.fixture(scope="module")
def database_name(server: Server) -> Iterator[str]:
    """One database for a file's tests: each has a merchant of its own, and so nothing in common with the others."""
    with server.database() as name:
        yield name


@pytest.fixture
def database(server: Server, database_name: str, cipher: Cipher, clock: SimulatedClock) -> Iterator[Database]:
    opened = Database(server.app_url(database_name), cipher=cipher, clock=clock, pool_size=12)
    yield opened
    opened.close()


@pytest.fixture
def till(world: World) -> Till:
    """A till with milk (12.00, members 10.00), bread (5.00), and apples by the kilogram (9.99)."""
    opened = open_till(world)
    opened.shop.product("MILK", 1200, member_price_minor=1000, barcode="6901234567892")
    opened.shop.product("BREAD", 500, name="吐司")
    opened.shop.product("APPLE", 999, name="苹果", sold_by="measure")
    return opened
