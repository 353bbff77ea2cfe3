"""A till whose lake is the test's own."""

from pathlib import Path

import pytest

from tests.support.till import Till, open_till
from tests.support.world import World


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    till = open_till(world)
    till.shop.product("A", 1_000)
    return till
