"""Derived sums equal a direct computation, however counting is cut up, interrupted or raced."""

import threading
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.catalog import service as catalog
from shuke.infra.database import Unit
from shuke.insight import service as insight
from shuke.insight import sums
from shuke.insight.tables import insight_category_days, insight_members
from tests.support.sales import Chain, Line, Sale, open_chain, sales
from tests.support.world import World

START = datetime(2026, 2, 26, tzinfo=UTC)
SETTINGS = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
CUTS = st.lists(st.integers(1, 6), min_size=1, max_size=5)
"""Sales at a time, and events at a time."""


def members_counted(unit: Unit) -> dict[UUID, tuple[object, ...]]:
    return {row.member_id: tuple(row[2:]) for row in unit.connection.execute(sa.select(insight_members))}


def categories_counted(unit: Unit) -> dict[tuple[object, UUID], tuple[int, int, int]]:
    rows = unit.connection.execute(sa.select(insight_category_days))
    return {(row.business_day, row.category_id): (row.net_minor, row.units, row.orders) for row in rows}


def members_by_hand(chain: Chain, history: list[Sale]) -> dict[UUID, tuple[object, ...]]:
    found = {}
    for number, member in enumerate(chain.members):
        hers = [sale for sale in history if sale.member == number]
        moments = [sale.at for sale in hers]
        found[member.member_id] = (
            len(hers),
            sum(sale.total("net") for sale in hers),
            sum(sale.total("paid") for sale in hers),
            min(moments, default=None),
            max(moments, default=sums.NEVER),
        )
    return found


def categories_by_hand(chain: Chain, history: list[Sale]) -> dict[tuple[object, UUID], tuple[int, int, int]]:
    found: dict[tuple[object, UUID], tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for sale in history:
        for category in {chain.category(line) for line in sale.lines}:
            lines = [line for line in sale.lines if chain.category(line) == category]
            key = (chain.day(sale), category or sums.UNCATEGORISED)
            net, units, orders = found[key]
            found[key] = (
                net + sum(line.net for line in lines),
                units + sum(line.units for line in lines),
                orders + 1,
            )
    return dict(found)


def check(chain: Chain, history: list[Sale]) -> None:
    with chain.shop.unit() as unit:
        assert members_counted(unit) == members_by_hand(chain, history)
        assert categories_counted(unit) == categories_by_hand(chain, history)
        assert [found for found in insight.audit(unit) if not found.ok] == []


def count_everything(chain: Chain, at_once: int = 1000) -> None:
    more = True
    while more:
        with chain.shop.unit() as unit:
            more = insight.refresh(unit, at_once)


@SETTINGS
@given(history=sales(START, 5), sold=CUTS, counted=CUTS)
def test_counting_in_any_portions_gives_the_same(
    world: World, history: list[Sale], sold: list[int], counted: list[int]
) -> None:
    chain = open_chain(world)
    position = turn = 0
    while position < len(history):
        portion = history[position : position + sold[turn % len(sold)]]
        chain.sell(*portion)
        position, turn = position + len(portion), turn + 1
        with chain.shop.unit() as unit:
            insight.refresh(unit, counted[turn % len(counted)])
    count_everything(chain, counted[0])
    check(chain, history)
    with chain.shop.unit() as unit:
        insight.rebuild(unit)
    check(chain, history)


@SETTINGS
@given(history=sales(START, 3), moves=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), max_size=4))
def test_sales_follow_a_product_into_another_category(
    world: World, history: list[Sale], moves: list[tuple[int, int]]
) -> None:
    chain = open_chain(world)
    half = len(history) // 2
    chain.sell(*history[:half])
    count_everything(chain)
    for product, target in moves:
        category_id = chain.categories[target].category_id if target < 2 else None
        with chain.shop.unit() as unit:
            catalog.change(unit, chain.products[product].product_id, {"category_id": category_id})
    chain.sell(*history[half:])
    count_everything(chain)
    with chain.shop.unit() as unit:
        found = catalog.get_many(unit, [product.product_id for product in chain.products])
    now = [found[product.product_id] for product in chain.products]
    check(Chain(chain.shop, chain.stores, chain.members, chain.categories, now), history)


def sale(chain: Chain, *, member: int | None = 0, net: int = 100) -> Sale:
    return Sale(0, member, chain.shop.database.clock.now(), (Line(0, 1, net),))


def test_an_order_that_commits_late_is_not_lost(world: World) -> None:
    chain = open_chain(world)
    early, late = sale(chain), sale(chain, member=1)
    with chain.shop.database.merchant(chain.shop.merchant_id) as slow:
        chain.sell(late, unit=slow)
        chain.sell(early)
        count_everything(chain)  # may not pass what is still open
        with chain.shop.unit() as unit:
            assert sum(orders for orders, *_ in members_counted(unit).values()) == 0
    count_everything(chain)
    check(chain, [early, late])


def test_a_crash_while_counting_counts_nothing_twice(world: World) -> None:
    chain = open_chain(world)
    history = [sale(chain), sale(chain, member=2)]
    chain.sell(*history)
    for _ in range(2):
        try:
            with chain.shop.unit() as unit:
                insight.refresh(unit)
                raise ConnectionError
        except ConnectionError:
            pass
    count_everything(chain)
    count_everything(chain)
    check(chain, history)


def test_many_who_count_at_once_count_each_order_once(world: World) -> None:
    chain = open_chain(world)
    history = [sale(chain, member=number % 4, net=number) for number in range(40)]
    start = threading.Barrier(5)

    def sell() -> None:
        start.wait()
        for one in history:
            chain.sell(one)

    def count(by_reading: bool) -> None:
        start.wait()
        for _ in range(30):
            with chain.shop.unit() as unit:
                insight.freshen(unit) if by_reading else insight.refresh(unit, 7)

    threads = [threading.Thread(target=sell)]
    threads += [threading.Thread(target=count, args=(number % 2 == 0,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count_everything(chain)
    check(chain, history)


def test_a_reader_counts_what_is_new_and_looks_once_when_nothing_is(world: World) -> None:
    chain = open_chain(world)
    chain.sell(sale(chain))
    with chain.shop.unit() as unit:
        insight.freshen(unit)
        assert members_counted(unit)[chain.members[0].member_id][0] == 1
    statements: list[str] = []
    with chain.shop.unit() as unit:
        sa.event.listen(unit.connection, "before_cursor_execute", lambda *given: statements.append(given[2]))
        insight.freshen(unit)
    assert len(statements) == 2
    assert all(statement.startswith("SELECT") for statement in statements)


def test_the_audit_notices_a_wrong_sum(world: World) -> None:
    chain = open_chain(world)
    chain.sell(sale(chain))
    count_everything(chain)
    with chain.shop.unit() as unit:
        unit.connection.execute(insight_members.update().values(paid_minor=insight_members.c.paid_minor + 1))
        unit.connection.execute(insight_category_days.delete())
        broken = [found.name for found in insight.audit(unit) if not found.ok]
    assert len(broken) == 2


def test_the_audit_does_not_mind_who_counts_meanwhile(world: World) -> None:
    chain = open_chain(world)
    chain.sell(sale(chain))
    count_everything(chain)
    chain.sell(sale(chain))
    counted: list[str] = []

    def count_then(*given: object) -> None:
        if not counted and "insight_progress" in str(given[2]):
            counted.append(str(given[2]))
            count_everything(chain)

    with chain.shop.unit() as unit:
        sa.event.listen(unit.connection, "after_cursor_execute", count_then)
        assert [found for found in insight.audit(unit) if not found.ok] == []
    assert counted


def test_counting_does_not_mind_a_long_gap(world: World) -> None:
    chain = open_chain(world)
    past = Sale(1, 3, datetime(2020, 2, 29, 15, 59, 59, tzinfo=UTC), (Line(4, 2, 500),))
    recent = sale(chain, member=3)
    chain.sell(recent)
    count_everything(chain)
    chain.sell(past)  # an import of older orders comes later
    count_everything(chain)
    check(chain, [past, recent])
    with chain.shop.unit() as unit:
        *_, first, last = members_counted(unit)[chain.members[3].member_id]
    assert (first, last) == (past.at, recent.at)
    assert recent.at - past.at > timedelta(days=2000)
