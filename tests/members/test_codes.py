"""The dynamic member code: names a member for at most a minute, and says nothing of her."""

from datetime import timedelta

from shuke.kernel.clock import SimulatedClock
from shuke.members import codes, service
from tests.support.world import World


def test_code_names_the_member_until_it_expires(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member = shop.member()
    clock.advance(timedelta(seconds=17))
    with shop.unit() as unit:
        issued = service.issue_code(unit, member)
        assert issued.expires_at - clock.now() == timedelta(seconds=43)
        assert service.find_by_code(unit, issued.code).member == member
        clock.moment = issued.expires_at - timedelta(milliseconds=1)
        assert service.find_by_code(unit, issued.code).member == member
        clock.moment = issued.expires_at
        assert service.find_by_code(unit, issued.code) is None


def test_code_is_eighteen_digits_that_no_wallet_uses(world: World) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        code = service.issue_code(unit, shop.member()).code
    assert len(code) == 18
    assert code.isdecimal()
    assert code.startswith("8")
    assert codes.looks_like(code)


def test_code_of_another_merchant_names_nobody(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    with shop.unit() as unit:
        code = service.issue_code(unit, shop.member()).code
    with other.unit() as unit:
        assert service.find_by_code(unit, code) is None


def test_what_is_no_code_names_nobody(world: World) -> None:
    shop = world.merchant()
    shop.member()
    with shop.unit() as unit:
        for scanned in ("", "8", "8" * 18, "9" * 18, "８" * 18, "6901234567892", "x" * 18):
            assert service.find_by_code(unit, scanned) is None
