"""What a merge does to orders. Lines and refunds say in documents which wallet paid: those are history, and read
through whom a member became."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout.tables import order_redemptions, orders, payment_wishes, refunds
from shuke.infra.database import Unit
from shuke.members.service import Moves, Plain

_HOLD = sa.text(
    "SELECT FROM orders WHERE merchant_id = :merchant AND member_id = ANY(:both) ORDER BY order_id FOR UPDATE"
)


def _hold(unit: Unit, member_ids: Collection[UUID]) -> None:
    """Whoever refunds or pays an order holds it before its member and her wallet. Held twice: what was settled while
    the members were waited for is there only then."""
    unit.connection.execute(_HOLD, {"merchant": unit.merchant_id, "both": list(member_ids)})


MOVES = Moves(
    moves=(
        Plain(orders, "member_id"),
        Plain(refunds, "member_id", along=("order_id", "orders.member_id")),
        Plain(order_redemptions, "member_id", along=("order_id", "orders.member_id")),
        Plain(payment_wishes, "member_id"),
    ),
    waits=(_hold,),
    holds=(_hold,),
)
