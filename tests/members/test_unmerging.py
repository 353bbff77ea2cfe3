"""Two again: whose is what was bought, paid for, spent and brought back around it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from shuke.entrypoints.merging import PLAN
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Balances, Entry, Kind, Move
from shuke.members.merging import merging, undoing
from shuke.members.merging.model import Merge, Share
from shuke.members.model import Member
from shuke.offers.model import PacketKind
from tests.support.offers import Desk
from tests.support.till import Till, open_till
from tests.support.wallets import broken, give_back, spend
from tests.support.world import World


@pytest.fixture
def till(world: World) -> Till:
    made = open_till(world)
    made.shop.product("A", 1_000)
    return made


def merge(till: Till, one: Member, other: Member) -> Merge:
    with till.shop.unit() as unit:
        return merging.merge(unit, PLAN, one.member_id, other.member_id)


def points(till: Till, member: Member) -> tuple[int, int]:
    """What she has, and owes."""
    with till.shop.unit() as unit:
        held = ledger.balances(unit, member.member_id)
    return held.points, held.points_owed


def test_what_she_ordered_before_and_paid_for_meanwhile_is_hers_with_all_it_brought(
    till: Till, clock: SimulatedClock
) -> None:
    Desk(till.shop).campaign(PacketKind.AFTER_PURCHASE, 200, 200)
    one, other = till.shop.member(), till.shop.member()
    waiting = till.settle([("A", 3)], other, tenders=[], pending=True)
    done = merge(till, one, other)
    clock.advance(timedelta(minutes=1))
    cash = {"tenders": [{"kind": "cash", "amount_minor": 3_000}]}
    assert till.post(f"orders/{waiting['id']}/payments", cash).status_code == 200
    with till.shop.unit() as unit:
        undoing.undo(unit, PLAN, done.merge_id)
        told = sa.text("SELECT member_id FROM domain_events WHERE type = 'order.moved'")
        assert list(unit.connection.scalars(told)) == [other.member_id], "its payment was told of the survivor"
        assert ledger.balances(unit, one.member_id) == Balances()
        held = ledger.balances(unit, other.member_id)
        assert (held.points, held.growth, held.red_packet) == (30, 30, 200)
    till.refund(waiting)
    with till.shop.unit() as unit:
        assert ledger.balances(unit, other.member_id) == Balances()
    assert till.broken_laws() == []


def test_what_a_refund_takes_back_is_hers_who_bought_though_her_lots_are_another_s(
    till: Till, clock: SimulatedClock
) -> None:
    """One sale took from lots of both: so her lot stayed, with the points that are taken back when she returns it."""
    one, other = till.shop.member(), till.shop.member()
    with till.shop.unit() as unit:
        owed = Move(other.member_id, Asset.POINTS_OWED, 10, Account.OWED)
        ledger.post(unit, Entry(Kind.ADJUSTED, new_id(), unit.now(), (owed,)))
    till.settle([("A", 1)], one)
    clock.advance(timedelta(minutes=1))
    bought = till.settle([("A", 3)], other)
    done = merge(till, one, other)
    with till.shop.unit() as unit:
        spend(unit, one.member_id, 15)
        undoing.undo(unit, PLAN, done.merge_id)
    assert (points(till, one), points(till, other)) == ((0, 0), (15, 0))
    till.refund(bought, (1, 1))
    assert (points(till, one), points(till, other)) == ((0, 0), (5, 0))
    till.refund(bought)
    assert (points(till, one), points(till, other)) == ((0, 0), (0, 15))
    assert till.broken_laws() == []


def test_what_an_undoing_left_with_one_stays_hers_when_they_are_one_once_more(
    till: Till, clock: SimulatedClock
) -> None:
    one, other = till.shop.member(), till.shop.member()
    for member, pieces in ((one, 1), (other, 3)):
        till.settle([("A", pieces)], member)
        clock.advance(timedelta(minutes=1))
    done = merge(till, one, other)
    with till.shop.unit() as unit:
        bought = spend(unit, one.member_id, 15)
        undoing.undo(unit, PLAN, done.merge_id)
        give_back(unit, one.member_id, 15, bought)
    clock.advance(timedelta(minutes=1))
    assert (points(till, one), points(till, other)) == ((15, 0), (25, 0))
    again = merge(till, one, other)
    with till.shop.unit() as unit:
        assert undoing.separate(unit, PLAN, again.merge_id).shares[0] == Share("points", 25, 0, 0, 0)
    assert (points(till, one), points(till, other)) == ((15, 0), (25, 0))
    with till.shop.unit() as unit:
        assert broken(unit) == []
