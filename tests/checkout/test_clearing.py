"""Days are cleared: who owes whom, once, and what came late on the next open day."""

from datetime import timedelta

import pytest

from shuke.checkout.clearing import service as clearing
from shuke.checkout.clearing.errors import ClearingBegun, DayNotCleared, DayNotOver
from shuke.offers.model import Funder
from tests.support.clearing import Chain, Use, open_chain
from tests.support.clearing_books import Cut
from tests.support.world import World

A, B, C = range(3)


def net(chain: Chain) -> dict[str, int]:
    """Every party's net position of all that is closed and open, by its name."""
    names = {chain.party(store): name for store, name in ((A, "A"), (B, "B"), (C, "C")) if chain.stores_settle}
    with chain.shop.unit() as unit:
        found = clearing.statement(unit, chain.today() - timedelta(days=30), chain.today())
    assert sum(each.net_minor for each in found.positions) == 0
    return {names.get(each.party.key, each.party.key): each.net_minor for each in found.positions}


def holds(chain: Chain) -> None:
    with chain.shop.unit() as unit:
        assert [check.name for check in clearing.audit(unit) if not check.ok] == []


def test_whoever_funds_a_discount_owes_the_store_that_gave_it(world: World) -> None:
    chain = open_chain(world)
    cuts = [
        Cut(Funder.PLATFORM, 300),
        Cut(Funder.PARTNER, 200, "乳业"),
        Cut(Funder.MERCHANT, 150),
        Cut(Funder.STORE, 40),
        Cut(Funder.STORE, 70, chain.stores[C].code),
        Cut(Funder.PLATFORM, 11, packet=True),
    ]
    chain.sell(A, [cuts, [Cut(Funder.PARTNER, 5, "乳业")]], money=1000)
    assert net(chain) == {"A": 736, "C": -70, "merchant": -150, "partner:乳业": -205, "platform": -311}
    chain.next_day()
    chain.close(chain.today() - timedelta(days=1))
    assert chain.written() == chain.expected(chain.today())
    assert net(chain)["A"] == 736
    holds(chain)


def test_stores_with_one_purse_owe_each_other_nothing(world: World) -> None:
    chain = open_chain(world, stores_settle=False)
    topped = chain.top_up(A, 10_000, 2_000)
    chain.sell(B, [[Cut(Funder.PLATFORM, 300), Cut(Funder.MERCHANT, 100)]], money=5, uses=[Use(topped, 4_000, 500)])
    assert net(chain) == {"merchant": 300, "platform": -300}


def test_head_office_that_funds_nothing_owes_nothing(world: World) -> None:
    chain = open_chain(world, merchant_funds=False)
    chain.sell(A, [[Cut(Funder.MERCHANT, 100)]], money=5)
    assert net(chain) == {}


@pytest.mark.parametrize(
    ("merchant_bears", "expected"),
    [(False, {"A": -4500, "B": 4500}), (True, {"A": -4000, "B": 4500, "merchant": -500})],
)
def test_stored_value_spent_elsewhere_is_owed_by_who_took_it_in(
    world: World, merchant_bears: bool, expected: dict[str, int]
) -> None:
    chain = open_chain(world, merchant_bears_bonus=merchant_bears)
    topped = chain.top_up(A, 10_000, 2_000)
    assert net(chain) == {}
    chain.sell(B, [[]], uses=[Use(topped, 4_000, 500)])
    assert net(chain) == expected
    sold = chain.sell(A, [[]], uses=[Use(topped, 1_000)])
    assert net(chain) == expected
    chain.next_day()
    chain.refund(sold)
    chain.refund(0)
    assert set(net(chain).values()) == {0}
    chain.next_day()
    chain.close(chain.today() - timedelta(days=1))
    assert chain.written() == chain.expected(chain.today())
    holds(chain)


def test_money_handed_back_elsewhere_is_owed_by_who_sold(world: World) -> None:
    chain = open_chain(world)
    sold = chain.sell(A, [[Cut(Funder.PLATFORM, 100)]], money=1000)
    chain.refund(sold, B, half=True)
    assert net(chain) == {"A": -450, "B": 500, "platform": -50}
    chain.refund(sold, B, over_counter=False)
    assert net(chain) == {"A": -500, "B": 500, "platform": 0}


def test_a_top_up_paid_out_elsewhere_is_owed_by_who_took_it_in(world: World) -> None:
    chain = open_chain(world, merchant_bears_bonus=True)
    topped = chain.top_up(A, 10_000, 2_000)
    chain.sell(B, [[]], uses=[Use(topped, 0, 600)])
    chain.refund_top_up(topped, C)
    assert net(chain) == {"A": -10_000, "B": 600, "C": 9_400, "merchant": 0}


def test_what_comes_late_is_on_the_next_open_day_and_says_so(world: World) -> None:
    chain = open_chain(world)
    first = chain.today()
    chain.next_day()
    chain.close(first)
    late = chain.sell(A, [[Cut(Funder.PLATFORM, 300)]], days_ago=1)
    chain.sell(A, [[Cut(Funder.PLATFORM, 7)]])
    with chain.shop.unit() as unit:
        found = clearing.statement(unit, first, chain.today())
        assert (found.entries, found.late) == (2, 1)
        assert clearing.statement(unit, first, first).entries == 0
    chain.next_day(2)
    chain.close(first + timedelta(days=2))
    key = next(key for key in chain.written() if key[0] == chain.sales[late].order_id)
    assert chain.written()[key] == (first + timedelta(days=1), first, 300)
    assert chain.written() == chain.expected(chain.today())
    holds(chain)


def test_an_order_that_commits_while_a_day_is_closed_is_late(world: World) -> None:
    chain = open_chain(world)
    chain.sell(A, [[Cut(Funder.PLATFORM, 1)]])
    yesterday = chain.today()
    with chain.shop.unit() as under_way:
        chain.sell(A, [[Cut(Funder.PLATFORM, 300)]], unit=under_way)
        chain.next_day()
        chain.close(yesterday)
        chain.sell(A, [[Cut(Funder.PLATFORM, 20)]])
    with chain.shop.unit() as unit:
        found = clearing.statement(unit, chain.today(), chain.today())
        assert (found.entries, found.late, sum(debt.amount_minor for debt in found.debts)) == (2, 1, 320)
        assert clearing.statement(unit, yesterday, yesterday).entries == 1
    holds(chain)
    chain.next_day()
    chain.close(chain.today() - timedelta(days=1))
    assert len(chain.written()) == 3
    holds(chain)


def test_a_day_that_is_not_over_can_be_looked_at_but_not_closed(world: World) -> None:
    chain = open_chain(world)
    chain.sell(A, [[Cut(Funder.PLATFORM, 300)]])
    with chain.shop.unit() as unit:
        would = clearing.preview(unit, chain.today())
        assert (would.days, would.entries, would.amount_minor) == (1, 1, 300)
        with pytest.raises(DayNotOver):
            clearing.close(unit, chain.today())
        with pytest.raises(DayNotCleared):
            clearing.preview(unit, chain.today() - timedelta(days=1))
    assert chain.written() == {}


def test_closing_again_changes_nothing(world: World) -> None:
    chain = open_chain(world)
    chain.sell(A, [[Cut(Funder.PLATFORM, 300)]])
    chain.next_day()
    with chain.shop.unit() as unit:
        done = clearing.close_due(unit)
        assert done is not None
        assert (done.days, done.entries, done.amount_minor) == (1, 1, 300)
        assert clearing.close_due(unit) is None
        assert clearing.close(unit, done.last).days == 0
    holds(chain)


def test_the_first_day_stays_once_a_day_is_closed(world: World) -> None:
    chain = open_chain(world)
    chain.next_day()
    with chain.shop.unit() as unit:
        clearing.change_terms(unit, {"since": chain.today() - timedelta(days=9)})
        assert clearing.close(unit, chain.today() - timedelta(days=1)).days == 9
        with pytest.raises(ClearingBegun):
            clearing.change_terms(unit, {"since": chain.today()})
