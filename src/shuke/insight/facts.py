"""Derived sums follow the domain events.

A transaction of its own takes the events after the last position, adds what their orders say, and moves the
position: each order is counted exactly once, whoever refreshes, however often, and whatever crashes. What was sold is
never rewritten and what came back has events of its own, so adding and taking off is enough; how a product is counted
may change, and then the categories concerned are added up anew.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.outbox import HORIZON, START, Position
from shuke.insight import sums
from shuke.insight.sums import Window, events, of
from shuke.insight.tables import insight_category_days, insight_members, insight_products, insight_progress

_SETTLED = events.transaction_id < HORIZON
"""Below every transaction that still runs: nothing can appear before these events any more."""


_ONE = sa.literal(1, literal_execute=True)
"""Written out in the statement, so that a prepared plan knows it."""

_MANY = 10_000
"""Events from which on it is cheaper to note every product than to look up which ones were sold."""


def position(unit: Unit) -> Position:
    """How far counting has come."""
    row = unit.connection.execute(_progress(unit)).first()
    return Position(row.transaction_id, row.event_id) if row else START


def lock(unit: Unit, *, wait: bool = True) -> Position | None:
    """How far counting has come; nobody else counts until this transaction ends. None when somebody does
    and `wait` is False."""
    unit.connection.execute(
        insert(insight_progress)
        .values(merchant_id=unit.merchant_id, transaction_id=START.transaction_id, event_id=START.event_id)
        .on_conflict_do_nothing()
    )
    row = unit.connection.execute(_progress(unit).with_for_update(skip_locked=not wait)).first()
    return Position(row.transaction_id, row.event_id) if row else None


def _progress(unit: Unit) -> sa.Select[tuple[int, UUID]]:
    table = insight_progress.c
    return sa.select(table.transaction_id, table.event_id).where(table.merchant_id == unit.merchant_id)


def pending(unit: Unit, after: Position) -> bool:
    """Whether there are events to count after a position."""
    return _any(unit, sums.after(unit, after), _SETTLED)


def uncounted(unit: Unit) -> bool:
    """Whether anything that can be seen has not been counted, be it that it may not be counted yet."""
    return _any(unit, sums.after(unit, position(unit)))


def _any(unit: Unit, *which: sa.ColumnElement[bool]) -> bool:
    """The first of the events in their order rather than any: that has the index walked, and not all events read
    by a plan that expects a third of them to be new."""
    first = sa.select(events.event_id).where(*which).order_by(events.transaction_id, events.event_id).limit(_ONE)
    return unit.connection.execute(first).first() is not None


def window(unit: Unit, after: Position, limit: int) -> Window | None:
    """Up to `limit` events that may be counted next; None when there are none."""
    some = (
        sa.select(events.transaction_id, events.event_id)
        .where(sums.after(unit, after), _SETTLED)
        .order_by(events.transaction_id, events.event_id)
        .limit(limit)
        .subquery()
    )
    keys = some.c
    query = sa.select(keys.transaction_id, keys.event_id, sa.func.count().over().label("size"))
    row = unit.connection.execute(query.order_by(keys.transaction_id.desc(), keys.event_id.desc()).limit(1)).first()
    return Window(after, Position(row.transaction_id, row.event_id), row.size) if row else None


def count(unit: Unit, window: Window) -> None:
    """Add what happened in a window, and move the position; the caller holds the lock."""
    seen = sums.seen_in(unit, window)
    with joining(unit, "in sets" if window.size > _MANY else "row by row"):
        _count_members(unit, seen)
        _note_products(unit, sa.true() if window.size > _MANY else _sold_in(unit, seen))
        _count_categories(unit, sums.Which.told(seen))
        changed = unit.connection.scalar(sa.select(sa.exists().where(seen.c.type.like("product.%"))))
    if changed:
        with joining(unit, "in sets"):
            if moved := _moved_categories(unit):
                _recount_categories(unit, moved, window.upto)
    unit.connection.execute(
        insight_progress.update()
        .where(of(unit, insight_progress))
        .values(transaction_id=window.upto.transaction_id, event_id=window.upto.event_id)
    )


@contextmanager
def joining(unit: Unit, how: Literal["in sets", "row by row"]) -> Iterator[None]:
    """Tell the planner what it cannot know: right after a load there are no statistics, and it would take a
    million rows for a handful and compare each with each; nor does it see that a window is small."""
    setting = "enable_nestloop" if how == "in sets" else "enable_seqscan"
    unit.connection.execute(sa.select(sa.func.set_config(setting, "off", True)))
    yield
    unit.connection.execute(sa.select(sa.func.set_config(setting, "on", True)))


def forget(unit: Unit) -> None:
    """Drop everything counted and go back to the start; the caller holds the lock."""
    unit.connection.execute(
        insight_progress.update()
        .where(of(unit, insight_progress))
        .values(transaction_id=START.transaction_id, event_id=START.event_id)
    )
    for table in (insight_members, insight_category_days, insight_products):
        unit.connection.execute(table.delete().where(of(unit, table)))


def _names(table: sa.Table) -> Sequence[str]:
    return [column.name for column in table.columns]


def _count_members(unit: Unit, seen: sa.FromClause) -> None:
    bought = sums.by_member(unit, sums.Which.told(seen)).cte("bought")
    named = sa.select(seen.c.member_id).where(seen.c.member_id.is_not(None))
    known = named.union(sa.select(bought.c.member_id)).subquery("known")
    rows = sa.select(
        sa.literal(unit.merchant_id, sa.Uuid),
        known.c.member_id,
        sa.func.coalesce(bought.c.orders, 0),
        sa.func.coalesce(bought.c.net_minor, 0),
        sa.func.coalesce(bought.c.paid_minor, 0),
        bought.c.first_order_at,
        sa.func.coalesce(bought.c.last_order_at, sums.NEVER),
    ).select_from(known.outerjoin(bought, bought.c.member_id == known.c.member_id))
    statement = insert(insight_members).from_select(_names(insight_members), rows)
    had, new = insight_members.c, statement.excluded
    unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["merchant_id", "member_id"],
            set_={
                "orders": had.orders + new.orders,
                "net_minor": had.net_minor + new.net_minor,
                "paid_minor": had.paid_minor + new.paid_minor,
                "first_order_at": sa.func.least(had.first_order_at, new.first_order_at),
                "last_order_at": sa.func.greatest(had.last_order_at, new.last_order_at),
            },
            where=sa.or_(new.orders > 0, new.net_minor != 0, new.paid_minor != 0),
        )
    )


def _sold_in(unit: Unit, seen: sa.FromClause) -> sa.ColumnElement[bool]:
    """Products in the orders that some events tell of, and in those whose refunds they tell of: the event of a refund
    may stand before that of its order."""
    refunded = sa.select(sums.refunds.c.order_id).where(of(unit, sums.refunds), sums.told_back(seen))
    sold = (
        sa.select(sums.lines.c.product_id)
        .select_from(sums.lines_of_orders())
        .where(of(unit, sums.orders, sums.lines), sa.or_(sums.told(seen), sums.orders.c.order_id.in_(refunded)))
    )
    condition: sa.ColumnElement[bool] = sums.products.c.product_id.in_(sold)
    return condition


def _note_products(unit: Unit, which: sa.ColumnElement[bool]) -> None:
    """Remember how products are counted, where that is not yet noted."""
    products = sums.products
    columns = (products.c.merchant_id, products.c.product_id, sums.CATEGORY_NOW, sums.MEASURED_NOW)
    rows = sa.select(*columns).where(of(unit, products), which)
    statement = insert(insight_products).from_select(_names(insight_products), rows)
    unit.connection.execute(statement.on_conflict_do_nothing())


def _count_categories(unit: Unit, which: sums.Which, *products: sa.ColumnElement[bool]) -> None:
    """Add the sales of the orders and products named, and take off what came back."""
    found = sums.by_category_day(unit, which, *products).subquery()
    rows = sa.select(sa.literal(unit.merchant_id, sa.Uuid), *found.columns)
    statement = insert(insight_category_days).from_select(_names(insight_category_days), rows)
    had, new = insight_category_days.c, statement.excluded
    unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["merchant_id", "business_day", "category_id"],
            set_={name: had[name] + new[name] for name in ("net_minor", "units", "orders")},
        )
    )


def _moved_categories(unit: Unit) -> Collection[UUID]:
    """Count products the way they are now; returns the categories that gain or lose sales by that.

    One statement, so that it acts on exactly the products it saw: what changes meanwhile has its own event.
    """
    known, products = insight_products.c, sums.products
    moved = (
        sa.select(
            known.product_id,
            known.category_id.label("before"),
            sums.CATEGORY_NOW.label("after"),
            sums.MEASURED_NOW.label("measured"),
        )
        .select_from(insight_products.join(products, products.c.product_id == known.product_id))
        .where(
            of(unit, insight_products, products),
            sa.or_(known.category_id != sums.CATEGORY_NOW, known.measured != sums.MEASURED_NOW),
        )
        .cte("moved")
    )
    noted = (
        insight_products.update()
        .values(category_id=moved.c.after, measured=moved.c.measured)
        .where(of(unit, insight_products), known.product_id == moved.c.product_id)
        .returning(known.product_id)
        .cte("noted")
    )
    rows = unit.connection.execute(sa.select(moved.c.before, moved.c.after).distinct().add_cte(noted))
    return {category_id for row in rows for category_id in row}


def _recount_categories(unit: Unit, category_ids: Collection[UUID], upto: Position) -> None:
    """Add categories up anew, from every order counted so far."""
    ids = list(category_ids)
    unit.connection.execute(
        insight_category_days.delete().where(
            of(unit, insight_category_days), insight_category_days.c.category_id.in_(ids)
        )
    )
    _count_categories(unit, sums.counted(unit, upto), insight_products.c.category_id.in_(ids))
