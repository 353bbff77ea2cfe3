"""What the events of an order tell: no personal data."""

from shuke.checkout.model import Order
from shuke.infra.database import Unit


def news(unit: Unit, order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "store_id": str(order.store_id),
        "channel": order.channel,
        "gross_minor": order.gross_minor,
        "discount_minor": order.discount_minor,
        "net_minor": order.net_minor,
        "paid_minor": order.paid_minor,
        "stored_minor": order.stored_minor,
        "units": order.units,
        "line_count": order.line_count,
        "points_earned": order.points_earned,
        "points_spent": order.points_spent,
        "settled_by": {"kind": str(unit.principal.kind), "id": str(unit.principal.id)},
    }
