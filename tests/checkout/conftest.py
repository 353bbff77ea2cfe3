from collections.abc import Iterator

import pytest

from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock
from tests.conftest import NOON
from tests.support.paying import Counter, open_counter
from tests.support.postgres import Server
from tests.support.till import Till, open_till
from tests.support.world import Shop, World


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


@pytest.fixture(scope="module")
def payment_world(server: Server, database_name: str, cipher: Cipher) -> Iterator[World]:
    """For the payment tests of a file, on one clock."""
    clock = SimulatedClock(NOON)
    database = Database(server.app_url(database_name), cipher=cipher, clock=clock, pool_size=12)
    yield World(database, clock, Settings(database_url="unused"))
    database.close()


@pytest.fixture(scope="module")
def payment_shop(payment_world: World) -> Shop:
    return payment_world.merchant()


@pytest.fixture
def counter(payment_world: World, payment_shop: Shop) -> Iterator[Counter]:
    """A merchant who takes payments, with both providers standing by."""
    with open_counter(payment_world, payment_shop) as opened:
        yield opened
