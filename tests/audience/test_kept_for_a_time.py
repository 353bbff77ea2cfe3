"""Events that are kept no longer count no longer, in no segment."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shuke.audience import service
from shuke.audience.facts import changed
from shuke.audience.segments import touching
from shuke.entrypoints.following import recognise
from shuke.entrypoints.lake import bring_up_to_date
from shuke.entrypoints.lake_events import forget_old
from shuke.kernel.ids import Prefix, parse
from tests.support.till import Till, open_till
from tests.support.tracking import Sender, ago, sender
from tests.support.world import World

_PHONE = "13800001111"
_TREE = {
    "rule": "did",
    "what": {"fact": "event", "event": {"name": "Viewed"}},
    "times": {"test": "at_least", "value": 1},
}


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    for module in (touching, changed):
        monkeypatch.setattr(module, "MOST", 0)
    return open_till(world)


def _viewed(till: Till, source: Sender, by: str, **traits: Any) -> None:
    at = ago(till.world.clock.now(), hours=1)
    source.take(
        {"type": "identify", "timestamp": at, "anonymousId": by, "traits": traits},
        {"type": "track", "timestamp": at, "anonymousId": by, "event": "Viewed"},
    )
    recognise(till.world.database, till.shop.merchant_id)


def test_whoever_was_held_for_events_that_are_gone_leaves_on_the_next_day(till: Till) -> None:
    """Though nothing new is told of her."""
    database, root, merchant = till.world.database, till.world.settings.lake, till.shop.merchant_id
    source = sender(till.shop)
    till.shop.member(phone=_PHONE)
    _viewed(till, source, "a", phone=_PHONE)
    made = till.post("segments", {"code": "viewed", "name": "看过", "tree": _TREE}).json()["id"]

    def look() -> tuple[int, int]:
        bring_up_to_date(database, root, merchant)
        with till.shop.unit() as unit:
            seen = service.refresh(unit, root, parse(Prefix.SEGMENT, made)).last
        assert seen is not None
        return seen.size, seen.left

    assert look() == (1, 0)
    till.world.clock.advance(timedelta(days=731))
    assert look() == (1, 0)
    assert forget_old(database, root, merchant) == 1
    till.world.clock.advance(timedelta(days=1))
    assert look() == (0, 1)
