"""The stock Segment library for Python, pointed at a real server of ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from segment.analytics.client import Client

from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database
from shuke.kernel.clock import SystemClock
from tests.support.postgres import Server
from tests.support.replaying import serving
from tests.support.tracking import Sender, sender
from tests.support.world import World


@pytest.fixture(scope="module")
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


def library(url: str, source: Sender, errors: list[Exception], gzip: bool) -> Client:
    return Client(
        source.write_key,
        host=f"{url}/v1/segment",
        upload_interval=0.05,
        gzip=gzip,
        on_error=lambda error, _: errors.append(error),
    )


@pytest.mark.parametrize("gzip", [False, True])
def test_everything_arrives_once(running: tuple[World, str], gzip: bool) -> None:
    world, url = running
    source, errors = sender(world.merchant()), list[Exception]()
    client = library(url, source, errors, gzip)
    for number in range(230):
        client.track(f"u{number % 7}", "Product Viewed", {"sku": f"P{number}", "price": 12.5}, message_id=f"m{number}")
    client.track("u1", "Product Viewed", {"sku": "P0"}, message_id="m0")
    client.identify("u1", {"email": "king@example.com", "plan": "gold"})
    client.page("u1", "Mall", "Home", {"url": "https://example.com/"})
    client.screen(anonymous_id="a1", category="Mall", name="Cart")
    client.group("u1", "g1", {"size": 3})
    client.alias("a1", "u1")
    client.flush()
    client.shutdown()
    assert errors == []
    counted: dict[str, int] = {}
    for row in source.kept():
        counted[row["type"]] = counted.get(row["type"], 0) + 1
    assert counted == {"track": 230, "identify": 1, "page": 1, "screen": 1, "group": 1, "alias": 1}
    assert source.aside() == []


def test_a_wrong_key_is_told(running: tuple[World, str]) -> None:
    world, url = running
    source, errors = sender(world.merchant()), list[Exception]()
    wrong = Sender(source.shop, source.source, source.write_key[:-2] + "__")
    client = library(url, wrong, errors, gzip=False)
    client.track("u1", "Product Viewed")
    client.flush()
    client.shutdown()
    assert [error.code for error in errors] == ["wrong_write_key"]  # type: ignore[attr-defined]
    assert "写入密钥" in str(errors[0])
    assert source.kept() == []
