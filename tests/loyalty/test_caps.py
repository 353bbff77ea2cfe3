"""Caps over days: nobody earns more than they allow, by many tills at once, by debt, or by bringing things back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.loyalty import service as loyalty
from shuke.loyalty.families import sharing
from shuke.loyalty.model import EarnsTo, RefundedLine
from shuke.members.model import Member
from tests.support.programmes import publish
from tests.support.purchases import buy
from tests.support.wallets import broken
from tests.support.world import Shop, World

TILLS = 6


@pytest.fixture
def shop(world: World) -> Shop:
    """A hundred points in a day are the most."""
    shop = world.merchant()
    with shop.unit() as unit:
        publish(unit, lambda document: document["points"]["caps"].update(day=100))
    return shop


def at_once(shop: Shop, *buyers: tuple[UUID, UUID | None]) -> list[int]:
    """Purchases of 80.00, all at the same moment; the points of each. A buyer comes with the wallet she earns to."""
    start, owner = Barrier(len(buyers)), shop.owner()

    def one(buyer: tuple[UUID, UUID | None]) -> int:
        with shop.database.unit(owner) as unit:
            start.wait()
            return buy(unit, buyer[0], 8_000, wallet_id=buyer[1]).points

    with ThreadPoolExecutor(len(buyers)) as pool:
        return list(pool.map(one, buyers))


def test_many_tills_at_once_stay_within_a_cap(shop: Shop) -> None:
    me = shop.member().member_id
    assert sorted(at_once(shop, *[(me, None)] * TILLS)) == [0] * (TILLS - 2) + [20, 80]
    with shop.unit() as unit:
        assert ledger.balances(unit, me).points == 100


def test_a_family_at_several_tills_stays_within_a_cap(shop: Shop) -> None:
    people = [shop.member().member_id for _ in range(TILLS)]
    with shop.unit() as unit:
        family = sharing.create(unit, people[0], "王家", EarnsTo.FAMILY).family_id
    assert sum(at_once(shop, *((person, family) for person in people))) == 100
    with shop.unit() as unit:
        assert ledger.balances(unit, family).points == 100
        assert broken(unit) == []


def owing(unit: Unit, member: Member, points: int) -> None:
    """She earned so much long ago, spent it and brought everything back."""
    long_ago = unit.now().replace(year=unit.now().year - 1)
    order_id = new_id()
    buy(unit, member.member_id, points * 100, at=long_ago, order_id=order_id)
    spent = Move(member.member_id, Asset.POINTS, -points, Account.SPENT)
    ledger.post(unit, Entry(Kind.ORDER_SPENT, order_id, long_ago, (spent,)))
    taken = _bring_back(unit, member, order_id, points)
    assert taken.owed == points


def _bring_back(unit: Unit, member: Member, order_id: UUID, points: int) -> loyalty.TakenBack:
    return loyalty.on_refund(
        unit,
        loyalty.programme(unit),
        member_id=member.member_id,
        order_id=order_id,
        ordered_at=unit.now(),
        refund_id=new_id(),
        lines=[RefundedLine(points * 100, points, points, 0, points * 100)],
        at=unit.now().replace(year=unit.now().year - 1) if points == OLD else unit.now(),
    )


OLD = 60
"""Points of the old order, brought back when it was old already."""


def test_what_pays_off_debt_counts_as_earned(shop: Shop) -> None:
    member = shop.member()
    with shop.unit() as unit:
        owing(unit, member, OLD)
        assert [buy(unit, member.member_id, 8_000).points for _ in range(3)] == [80, 20, 0]
        assert ledger.balances(unit, member.member_id).points == 100 - OLD


def test_what_was_brought_back_can_be_earned_again_spent_or_not(shop: Shop) -> None:
    member = shop.member()
    with shop.unit() as unit:
        order_id = new_id()
        assert buy(unit, member.member_id, 8_000, order_id=order_id).points == 80
        spent = Move(member.member_id, Asset.POINTS, -50, Account.SPENT)
        ledger.post(unit, Entry(Kind.ORDER_SPENT, order_id, unit.now(), (spent,)))
        assert _bring_back(unit, member, order_id, 80).owed == 50
        assert buy(unit, member.member_id, 50_000).points == 100
        assert broken(unit) == []
