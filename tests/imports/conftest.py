"""A shop with two stores, three products and a member, and a desk that imports for it."""

from pathlib import Path

import pytest

from tests.imports.desk import Desk
from tests.support.world import World


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    shop = world.merchant()
    for code in ("S1", "S2"):
        shop.store(code)
    shop.product("milk", 500)
    shop.product("bread", 800)
    shop.product("fuel", None, sold_by="measure")
    shop.member(external_ref="m1", phone="13800001111", card="C100")
    return Desk(shop, tmp_path)
