"""What other domains may use of checkout."""

from shuke.checkout.auditing import audit
from shuke.checkout.quoting import quote
from shuke.checkout.relations import lines_relation, orders_relation, redemptions_relation
from shuke.checkout.settling import settle

__all__ = ["audit", "lines_relation", "orders_relation", "quote", "redemptions_relation", "settle"]
