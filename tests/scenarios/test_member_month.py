"""A month in the life of a member, and what is left of it a year later."""

from datetime import timedelta

from shuke.checkout import service as checkout
from shuke.kernel.clock import business_day
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.members.model import Member
from tests.conftest import NOON
from tests.support.till import Line, Till, open_till
from tests.support.world import World

Act = tuple[list[Line], int] | str
"""A basket and the points to spend on it, or what the night does."""

QUIET: Act = ([], 0)


def bread(loaves: int, *, points: int = 0) -> Act:
    return [("BREAD", loaves)], points


def milk(cartons: int, *, points: int = 0) -> Act:
    return [("MILK", cartons)], points


# Bread 5.00, milk 12.00 (members 10.00). 1 point and 1 growth for 1.00 paid; 100 points are worth 1.00.
# Silver from 1000 growth in twelve months: 2 % off, 1.2 times the points.
MONTH: list[tuple[int, str, Act, int, int, int, str]] = [
    # day, what happens,                           how,               paid,  points, growth, tier afterwards
    (0, "she joins", QUIET, 0, 0, 0, "basic"),
    (0, "her first basket", bread(20), 100_00, 100, 100, "basic"),
    (4, "milk at the member price", milk(3), 30_00, 130, 130, "basic"),
    (9, "a party lifts her to silver at once", bread(174), 870_00, 1000, 1000, "silver"),
    (10, "silver pays less and earns more", bread(10), 49_00, 1058, 1049, "silver"),
    (16, "two hundred points for two yuan", bread(10, points=200), 47_00, 914, 1096, "silver"),
    (23, "points pay half of an order at most", bread(1, points=9999), 2_45, 671, 1098, "silver"),
    (30, "the nightly review leaves her there", "review", 0, 671, 1098, "silver"),
    (364, "twelve months, the first day included", "review", 0, 671, 1098, "silver"),
    (365, "a day later she is below 1000: basic", "review", 0, 671, 1098, "basic"),
    (366, "what she spent cannot expire", "expiry", 0, 671, 1098, "basic"),
    (374, "the party's points, good to the last", "expiry", 0, 671, 1098, "basic"),
    (375, "and gone the day after", "expiry", 0, 116, 1098, "basic"),
    (376, "she is back; the day's expiry is due", bread(10), 50_00, 108, 1148, "basic"),
    (376, "the run books what was gone already", "expiry", 0, 108, 1148, "basic"),
]


def test_a_month_in_the_life_of_a_member(world: World) -> None:
    till = open_till(world)
    till.client = till.as_machine()
    till.shop.product("MILK", 1200, member_price_minor=1000)
    till.shop.product("BREAD", 500)
    member = till.shop.member(name="王小明")
    for day, what, act, paid, points, growth, tier in MONTH:
        world.clock.advance(NOON + timedelta(days=day) - world.clock.now())
        assert do(till, member, act) == paid, what
        assert till.wallet(member) == (points, growth, tier), what
    with till.shop.unit() as unit:
        checks = [*ledger.audit(unit), *loyalty.audit(unit), *checkout.audit(unit)]
    assert [check for check in checks if not check.ok] == []


def do(till: Till, member: Member, act: Act) -> int:
    """Act, and say what was paid."""
    now = till.world.clock.now()
    match act:
        case "review":
            with till.shop.unit() as unit:
                loyalty.review_all(unit, business_day(now, "Asia/Shanghai"))
        case "expiry":
            with till.shop.unit() as unit:
                ledger.expire_due(unit, now)
        case (lines, points) if lines:
            return int(till.settle(lines, member, points)["paid_minor"])
    return 0
