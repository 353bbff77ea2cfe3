"""A past posted at once is the past posted order by order; and tiers follow from it."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.ledger.tables import ledger_lots
from shuke.loyalty import rules
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Rights
from shuke.tenancy import service as tenancy
from tests.support.purchases import purchase
from tests.support.wallets import broken
from tests.support.world import Shop, World

Bought = tuple[int, int, datetime]
"""Which member, for how much, when."""

START = datetime(2023, 3, 2, 4, 0, tzinfo=UTC)
ORDERS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(st.integers(-100, 500), st.integers(0, 400_000)),
        st.one_of(
            st.integers(0, 3 * 365 * 24).map(lambda hours: START + timedelta(hours=hours)),
            st.sampled_from([START, START + timedelta(days=728), datetime(2024, 2, 29, 20, 0, tzinfo=UTC)]),
        ),
    ),
    max_size=12,
)
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def relation(rows: Sequence[tuple[UUID, UUID | None, int, datetime]]) -> sa.Select[Any]:
    """Orders as the importer would hand them over."""
    columns = (
        sa.column("order_id", sa.Uuid),
        sa.column("member_id", sa.Uuid),
        sa.column("paid_minor", sa.BigInteger),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    if not rows:
        return sa.select(*(sa.cast(sa.null(), column.type).label(column.name) for column in columns)).where(sa.false())
    typed = sa.values(*columns, name="given").data(list(rows))
    return sa.select(*(sa.cast(typed.c[column.name], column.type).label(column.name) for column in columns))


def wallet(unit: Unit, member_id: UUID) -> tuple[object, ...]:
    """Everything the books know of a member, without ids.

    Lots of one moment that became known to the books in several calls expire by as many postings; their sum counts.
    """
    table = ledger_lots.c
    lots = unit.connection.execute(
        sa.select(table.granted, table.remaining, table.earned_at, table.expires_at).where(table.wallet_id == member_id)
    )
    lines = ledger.statement(unit, member_id, limit=200).items
    expired: Counter[datetime] = Counter()
    for line in lines:
        if line.kind is Kind.EXPIRED:
            expired[line.at] += line.amount
    return (
        ledger.balances(unit, member_id),
        sorted(map(tuple, lots)),
        sorted(expired.items()),
        sorted((line.at, line.asset, line.amount, line.account) for line in lines if line.kind is not Kind.EXPIRED),
    )


def post_one_by_one(unit: Unit, people: Sequence[UUID], orders: Sequence[Bought]) -> None:
    programme = loyalty.programme(unit)
    for who, paid, at in sorted(orders, key=lambda order: order[2]):
        ledger.expire_due(unit, at)
        earned = rules.earn(programme, Rights(tier=programme.base_tier), purchase(people[who], at, paid))
        moves = (
            Move(people[who], Asset.POINTS, earned.points, Account.EARNED, rules.expires_at(programme, at)),
            Move(people[who], Asset.GROWTH, earned.growth, Account.EARNED),
        )
        moves = tuple(move for move in moves if move.amount)
        if moves:
            ledger.post(unit, Entry(Kind.ORDER_EARNED, new_id(), at, moves))
    ledger.expire_due(unit, unit.now())


def _people(shop: Shop) -> list[UUID]:
    return [shop.member().member_id for _ in range(3)]


def test_a_history_posts_as_its_orders_would(world: World) -> None:
    at_once, one_by_one = world.merchant("甲"), world.merchant("乙")

    @SETTINGS
    @given(orders=ORDERS, first=st.integers(0, 12))
    def run(orders: list[Bought], first: int) -> None:
        ours, theirs = _people(at_once), _people(one_by_one)
        rows = [(new_id(), ours[who], paid, at) for who, paid, at in orders]
        with at_once.unit() as unit:
            loyalty.post_history(unit, relation([*rows[:first], (new_id(), None, 900, START)]))
            loyalty.post_history(unit, relation(rows))
            assert loyalty.post_history(unit, relation(rows)).count == 0, "once is enough"
            found = [wallet(unit, member_id) for member_id in ours]
            assert broken(unit) == []
        with one_by_one.unit() as unit:
            post_one_by_one(unit, theirs, orders)
            assert found == [wallet(unit, member_id) for member_id in theirs]

    run()


def test_a_review_puts_everybody_where_growth_says(world: World) -> None:
    shop = world.merchant(timezone="America/New_York")

    @SETTINGS
    @given(orders=ORDERS, days=st.lists(st.integers(0, 200), min_size=1, max_size=3))
    def run(orders: list[Bought], days: list[int]) -> None:
        people = _people(shop)
        with shop.unit() as unit:
            loyalty.post_history(unit, relation([(new_id(), people[who], paid, at) for who, paid, at in orders]))
            programme, today = loyalty.programme(unit), tenancy.today(unit)
            base = Rights(tier=programme.base_tier)
            for later in days:
                day = today + timedelta(days=later)
                loyalty.review_all(unit, day)
                for who, member_id in enumerate(people):
                    growth = sum(
                        rules.earn(programme, base, purchase(member_id, at, paid)).growth
                        for whose, paid, at in orders
                        if whose == who and _in_window(at, day)
                    )
                    assert loyalty.standing(unit, member_id).tier == rules.tier_for(programme, growth)
                assert all(check.ok for check in loyalty.audit(unit))

    def _in_window(at: datetime, day: date) -> bool:
        return rules.window_start(day, 12) <= business_day(at, shop.merchant.timezone) <= day

    run()
