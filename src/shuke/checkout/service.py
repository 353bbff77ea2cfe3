"""What other domains may use of checkout."""

from shuke.checkout.about import tell_about
from shuke.checkout.auditing import audit
from shuke.checkout.cancelling import let_go, overdue
from shuke.checkout.clearing.given import discounts_between
from shuke.checkout.erasing import ERASES
from shuke.checkout.merging import MOVES
from shuke.checkout.paying import on_paid
from shuke.checkout.prepaying import on_paid as on_prepaid
from shuke.checkout.quoting import quote
from shuke.checkout.relations import (
    MOVED,
    REFUNDED,
    SOLD,
    lines_relation,
    orders_relation,
    redemptions_relation,
    refund_lines_relation,
    refunds_relation,
    sold_relation,
)
from shuke.checkout.settling import settle
from shuke.checkout.store import has_orders

__all__ = [
    "ERASES",
    "MOVED",
    "MOVES",
    "REFUNDED",
    "SOLD",
    "audit",
    "discounts_between",
    "has_orders",
    "let_go",
    "lines_relation",
    "on_paid",
    "on_prepaid",
    "orders_relation",
    "overdue",
    "quote",
    "redemptions_relation",
    "refund_lines_relation",
    "refunds_relation",
    "settle",
    "sold_relation",
    "tell_about",
]
