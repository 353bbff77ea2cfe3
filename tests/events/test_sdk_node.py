"""The stock Segment library for Node, pointed at a real server of ours."""

import json
import subprocess
from pathlib import Path
from typing import Any

from scripts.build import node_folder
from tests.support.loopback import Said
from tests.support.stumbling import stumbling
from tests.support.tracking import Sender, sender
from tests.support.world import World

PROGRAM = Path(__file__).parent / "sdk" / "send.mjs"


def send(url: str, source: Sender, *calls: tuple[str, dict[str, Any]]) -> list[str]:
    """What the library complained of."""
    said = json.dumps({"host": url, "writeKey": source.write_key, "calls": calls})
    command = [str(node_folder() / "node"), str(PROGRAM), said]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    errors: list[str] = json.loads(done.stdout)
    return errors


def test_everything_arrives_once_however_the_server_stumbles(running: tuple[World, str]) -> None:
    world, url = running
    source = sender(world.merchant())
    calls: list[tuple[str, dict[str, Any]]] = [
        ("track", {"userId": f"u{number % 7}", "event": "Product Viewed", "properties": {"sku": f"P{number}"}})
        for number in range(40)
    ]
    calls += [
        ("track", {"userId": "u1", "event": "Product Viewed", "messageId": "m1"}),
        ("track", {"userId": "u1", "event": "Product Viewed", "messageId": "m1"}),
        ("identify", {"userId": "u1", "traits": {"email": "king@example.com", "plan": "gold"}}),
        ("page", {"userId": "u1", "name": "Home", "properties": {"url": "https://example.com/"}}),
        ("screen", {"anonymousId": "a1", "name": "Cart"}),
        ("group", {"userId": "u1", "groupId": "g1", "traits": {"size": 3}}),
        ("alias", {"userId": "u1", "previousId": "a1"}),
    ]
    with stumbling(url, Said(503), Said(429, headers={"Retry-After": "1"})) as (address, statuses):
        assert send(address, source, *calls) == []
    assert {503, 429, 200} == set(statuses)
    counted: dict[str, int] = {}
    for row in source.kept():
        counted[row["type"]] = counted.get(row["type"], 0) + 1
    assert counted == {"track": 41, "identify": 1, "page": 1, "screen": 1, "group": 1, "alias": 1}
    assert source.aside() == []


def test_a_wrong_key_is_told(running: tuple[World, str]) -> None:
    world, url = running
    source = sender(world.merchant())
    wrong = Sender(source.shop, source.source, source.write_key[:-2] + "__")
    assert send(url, wrong, ("track", {"userId": "u1", "event": "Product Viewed"})) != []
    assert source.kept() == []
