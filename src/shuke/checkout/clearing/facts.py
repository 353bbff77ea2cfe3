"""What happened on days that are not closed yet, as one relation: orders, refunds, refunds of top-ups.

A fact whose own day was closed before anybody could see it is on the first day that is still open. To find those, only
what was written since the last closing is looked at: by the events, of which every order and refund has one in the
transaction that made it so.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from shuke.checkout.clearing.model import FactKind, Window
from shuke.checkout.clearing.tables import clearing_days, clearing_facts
from shuke.checkout.model import SETTLED
from shuke.checkout.tables import orders, refunds
from shuke.infra.database import Unit
from shuke.infra.outbox import HORIZON, domain_events
from shuke.stored_value import service as stored_value

_NONE = sa.cast(sa.null(), sa.Uuid)
_SETTLED = [sa.literal(str(status), literal_execute=True) for status in SETTLED]


@dataclass(frozen=True, slots=True)
class Which:
    """Facts of these days; with `horizon`, only such as were written since and have not been cleared."""

    first: date
    last: date
    horizon: int | None = None

    def of(
        self, unit: Unit, reference: sa.ColumnElement[Any], own_day: sa.ColumnElement[Any]
    ) -> sa.ColumnElement[bool]:
        within = own_day.between(self.first, self.last)
        if self.horizon is None:
            return within
        event, cleared = domain_events.c, clearing_facts.c
        written = sa.select(event.subject_id).where(
            event.merchant_id == unit.merchant_id, event.transaction_id >= self.horizon
        )
        before = sa.exists().where(cleared.merchant_id == unit.merchant_id, cleared.reference_id == reference)
        return sa.and_(within, reference.in_(written), ~before)


def open_facts(unit: Unit, since: date, of: Window, first: date, last: date) -> sa.CTE:
    """Facts to be cleared on the open days among `first` … `last`; `since` is where clearing begins.

    Columns: kind, reference_id, order_id (null for top-ups), top_up_id (null for others), own_day, seller_id (the store
    that sold, or took the top-up), place_id (the store that paid out), stored (whether stored value took part),
    business_day (on which it is cleared).
    """
    first = max(first, of.first)
    parts = [*_on_time(unit, since, Which(first, last))]
    if of.closed is not None and first == of.first:
        late = Which(since, of.closed, _last_horizon(unit))
        parts += [_orders(unit, late), _refunds(unit, since, late), _late_top_up_refunds(unit, since, of.closed)]
    facts = sa.union_all(*parts).subquery("fact")
    cleared_on = sa.func.greatest(facts.c.own_day, sa.cast(of.first, sa.Date))
    return sa.select(facts, cleared_on.label("business_day")).cte("facts").prefix_with("MATERIALIZED")


def _on_time(unit: Unit, since: date, which: Which) -> tuple[sa.Select[Any], ...]:
    return _orders(unit, which), _refunds(unit, since, which), _top_up_refunds(unit, which)


def facts_between(unit: Unit, since: date, first: date, last: date) -> sa.Subquery:
    """The same columns, but for `business_day`, of all facts of these days, cleared or not."""
    return sa.union_all(*_on_time(unit, since, Which(first, last))).subquery("fact")


def _last_horizon(unit: Unit) -> int:
    """That of the last closing; 0, so that everything is looked at, where the database counts transactions anew since
    (it was restored from a dump)."""
    day = clearing_days.c
    last = (
        sa.select(sa.case((day.horizon > HORIZON, 0), else_=day.horizon))
        .where(day.merchant_id == unit.merchant_id)
        .order_by(day.business_day.desc())
        .limit(1)
    )
    return unit.connection.scalar(last) or 0


def _orders(unit: Unit, which: Which) -> sa.Select[Any]:
    sold = orders.c
    return sa.select(
        _kind(FactKind.ORDER),
        sold.order_id.label("reference_id"),
        sold.order_id,
        _NONE.label("top_up_id"),
        sold.business_day.label("own_day"),
        sold.store_id.label("seller_id"),
        sold.store_id.label("place_id"),
        (sold.stored_minor > 0).label("stored"),
    ).where(
        sold.merchant_id == unit.merchant_id,
        sold.status.in_(_SETTLED),
        which.of(unit, sold.order_id, sold.business_day),
    )


def _refunds(unit: Unit, since: date, which: Which) -> sa.Select[Any]:
    """Refunds of orders that are cleared here; those of earlier ones are none of our business."""
    sold, back = orders.c, refunds.c
    return (
        sa.select(
            _kind(FactKind.REFUND),
            back.refund_id.label("reference_id"),
            back.order_id,
            _NONE.label("top_up_id"),
            back.business_day.label("own_day"),
            sold.store_id.label("seller_id"),
            back.store_id.label("place_id"),
            (back.paid_minor > back.money_minor).label("stored"),
        )
        .join(orders, sa.and_(sold.merchant_id == back.merchant_id, sold.order_id == back.order_id))
        .where(
            back.merchant_id == unit.merchant_id,
            sold.business_day >= since,
            which.of(unit, back.refund_id, back.business_day),
        )
    )


def _top_up_refunds(unit: Unit, which: Which) -> sa.Select[Any]:
    refund, source = stored_value.refunds_relation(), stored_value.sources_relation()
    back, topped = refund.c, source.c
    return (
        sa.select(
            _kind(FactKind.TOP_UP_REFUND),
            back.refund_id.label("reference_id"),
            _NONE.label("order_id"),
            back.top_up_id,
            back.business_day.label("own_day"),
            topped.store_id.label("seller_id"),
            back.store_id.label("place_id"),
            sa.false().label("stored"),
        )
        .select_from(refund)
        .join(source, sa.and_(topped.merchant_id == back.merchant_id, topped.source_id == back.top_up_id))
        .where(back.merchant_id == unit.merchant_id, back.business_day.between(which.first, which.last))
    )


def _late_top_up_refunds(unit: Unit, since: date, closed: date) -> sa.Select[Any]:
    """Few enough to look at all."""
    cleared, found = clearing_facts.c, _top_up_refunds(unit, Which(since, closed)).subquery("topped")
    before = sa.exists().where(cleared.merchant_id == unit.merchant_id, cleared.reference_id == found.c.reference_id)
    return sa.select(found).where(~before)


def _kind(kind: FactKind) -> sa.ColumnElement[str]:
    return sa.literal(str(kind), sa.Text, literal_execute=True).label("kind")
