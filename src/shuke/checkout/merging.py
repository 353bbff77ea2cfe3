"""What a merge does to orders. Lines and refunds say in documents which wallet paid: those are history, and read
through whom a member became."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout.relations import MOVED
from shuke.checkout.tables import order_redemptions, orders, payment_wishes, refunds
from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id_sql
from shuke.members.service import Left, Merge, Moves, Pair, Plain
from shuke.offers import service as offers

_HOLD = sa.text(
    "SELECT FROM orders WHERE merchant_id = :merchant AND member_id = ANY(:both) ORDER BY order_id FOR UPDATE"
)

# Events named the survivor: of orders that came in her name who was absorbed, and of those of hers that were paid, or
# came back.
_TELL = sa.text(
    f"""
INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
SELECT o.merchant_id, {fresh_id_sql("clock_timestamp()")}, :type, o.order_id, o.member_id, :now,
  jsonb_build_object('number', o.number)
FROM orders AS o
WHERE o.merchant_id = :merchant AND o.member_id = :absorbed AND (
  o.identified_as IS NOT NULL OR o.paid_at >= :since OR EXISTS (
    SELECT FROM refunds AS r WHERE r.merchant_id = o.merchant_id AND r.order_id = o.order_id AND r.at >= :since))
"""  # noqa: S608 - our own words
)


def _hold(unit: Unit, member_ids: Collection[UUID]) -> None:
    """Whoever refunds or pays an order holds it before its member and her wallet. Held twice: what was settled while
    the members were waited for is there only then."""
    unit.connection.execute(_HOLD, {"merchant": unit.merchant_id, "both": list(member_ids)})


def _refers(unit: Unit, pair: Pair) -> sa.Select[Any]:
    """Her orders, their refunds, and the red packets they brought: those of orders that came before are hers anyway,
    unless they were paid later."""
    order, refund = orders.c, refunds.c
    hers = (order.merchant_id == unit.merchant_id, order.member_id == pair.absorbed)
    later = sa.or_(order.identified_as.is_not(None), order.paid_at > order.placed_at)
    since = unit.connection.scalars(sa.select(order.order_id).where(*hers, later))
    packets = offers.packets_of(unit, pair.survivor, list(since))
    return sa.select(
        sa.union_all(
            sa.select(order.order_id.label("id")).where(*hers),
            sa.select(refund.refund_id).where(
                refund.merchant_id == unit.merchant_id, refund.member_id == pair.absorbed
            ),
            sa.select(sa.func.unnest(sa.cast(packets, sa.ARRAY(sa.Uuid)))),
        ).subquery("of_orders")
    )


def _tell(unit: Unit, merge: Merge) -> None:
    values = {"merchant": unit.merchant_id, "absorbed": merge.pair.absorbed, "since": merge.at, "now": unit.now()}
    unit.connection.execute(_TELL, {**values, "type": MOVED})


MOVES = Moves(
    moves=(
        Plain(orders, "member_id", identified="identified_as"),
        Left(orders, "identified_as", "the name she came by, whoever she is by now"),
        Plain(refunds, "member_id", along=("order_id", "orders.member_id")),
        Plain(order_redemptions, "member_id", along=("order_id", "orders.member_id")),
        Plain(payment_wishes, "member_id", identified="asked_as"),
        Left(payment_wishes, "asked_as", "the name she asked by, whoever she is by now"),
    ),
    waits=(_hold,),
    holds=(_hold,),
    refers=(_refers,),
    tells=(_tell,),
)
