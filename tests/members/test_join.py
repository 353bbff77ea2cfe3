"""Joining: one path in, nothing half-written."""

from tests.support.world import World


def test_joined_member_is_found_by_everything_she_gave(world: World) -> None:
    shop = world.merchant()
    member = shop.member(phone="138 0000 1234")
    assert member.phone == "+8613800001234"
    shop.product(category_id=shop.category().category_id)
    shop.store()
