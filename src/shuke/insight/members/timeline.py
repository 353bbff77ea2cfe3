"""What happened to a member, newest first: her events, with the orders they are about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout import service as checkout
from shuke.infra.database import Unit
from shuke.infra.outbox import DomainEvent, of_member
from shuke.insight.members.stories import Known, OrderFacts, Story, tell
from shuke.insight.sums import of
from shuke.kernel.paging import BadCursor, Page, decode_cursor, encode_cursor
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.tenancy import service as tenancy

_orders = checkout.sold_relation("told")
_stores = tenancy.stores_relation()

_AFTER_EVERYTHING = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words; `order_id` where it is about an order that the reader may open."""

    event: DomainEvent
    story: Story
    order_id: UUID | None


def timeline(unit: Unit, member_id: UUID, cursor: str | None, limit: int) -> Page[Told]:
    """Up to `limit` events; fewer where some are about orders of stores out of reach. Raises BadCursor."""
    before = _AFTER_EVERYTHING if cursor is None else _position(cursor)
    ids = members.ids_of(unit, member_id)
    while True:
        events = of_member(unit, ids, *before, limit)
        told = list(_tell(unit, events))
        if len(events) < limit:
            return Page(told, None)
        before = (events[-1].occurred_at, events[-1].event_id)
        if told:
            return Page(told, encode_cursor([before[0].isoformat(), before[1].hex]))


def _position(cursor: str) -> tuple[datetime, UUID]:
    moment, event_id = decode_cursor(cursor, 2)
    try:
        position = datetime.fromisoformat(str(moment)), UUID(hex=str(event_id))
    except ValueError as error:
        raise BadCursor from error
    if position[0].tzinfo is None:
        raise BadCursor
    return position


def _tell(unit: Unit, events: Sequence[DomainEvent]) -> Iterator[Told]:
    if not events:
        return
    orders = _orders_within_reach(unit, {_about(event) for event in events})
    currency = tenancy.merchant(unit).currency
    tiers = {tier.code: tier for tier in loyalty.programme(unit).tiers}
    for event in events:
        order = orders.get(_about(event))
        if order is not None or event.type not in (*checkout.SOLD, checkout.REFUNDED):
            yield Told(event, tell(event, Known(order, currency, tiers)), _about(event) if order else None)


def _about(event: DomainEvent) -> UUID:
    """The order that a refund gives back, or else the subject itself."""
    return UUID(str(event.payload["order_id"])) if event.type == checkout.REFUNDED else event.subject_id


def _orders_within_reach(unit: Unit, ids: Iterable[UUID]) -> Mapping[UUID, OrderFacts]:
    """Those of the ids that are orders of stores that the principal works in."""
    reach = unit.principal.store_ids
    query = (
        sa.select(_orders.c.order_id, _orders.c.number, _stores.c.name, _orders.c.paid_minor, _orders.c.units)
        .select_from(
            _orders.join(
                _stores,
                sa.and_(_stores.c.merchant_id == _orders.c.merchant_id, _stores.c.store_id == _orders.c.store_id),
            )
        )
        .where(of(unit, _orders), _orders.c.order_id.in_(list(ids)))
    )
    if reach is not None:
        query = query.where(_orders.c.store_id.in_(list(reach)))
    return {row.order_id: OrderFacts(*row[1:]) for row in unit.connection.execute(query)}
