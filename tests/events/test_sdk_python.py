"""The stock Segment library for Python, pointed at a real server of ours."""

import pytest
from segment.analytics.client import Client

from tests.support.loopback import Said
from tests.support.stumbling import stumbling
from tests.support.tracking import Sender, sender
from tests.support.world import World


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


def test_what_stumbled_is_sent_again_and_counts_once(running: tuple[World, str]) -> None:
    world, url = running
    source, errors = sender(world.merchant()), list[Exception]()
    with stumbling(url, Said(503), Said(429, headers={"Retry-After": "1"})) as (address, statuses):
        client = library(address, source, errors, gzip=True)
        for number in range(20):
            client.track(f"u{number}", "Product Viewed")
        client.flush()
        client.shutdown()
    assert statuses[:3] == [503, 429, 200]
    assert errors == []
    assert len(source.kept()) == 20
