import pytest

from tests.support.till import Till, open_till
from tests.support.world import World


@pytest.fixture
def till(world: World) -> Till:
    """A till with milk (12.00, members 10.00), bread (5.00), and apples by the kilogram (9.99)."""
    opened = open_till(world)
    opened.shop.product("MILK", 1200, member_price_minor=1000, barcode="6901234567892")
    opened.shop.product("BREAD", 500, name="吐司")
    opened.shop.product("APPLE", 999, name="苹果", sold_by="measure")
    return opened
