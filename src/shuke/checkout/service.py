"""What other domains may use of checkout."""

from shuke.checkout.relations import lines_relation, orders_relation, redemptions_relation

__all__ = ["lines_relation", "orders_relation", "redemptions_relation"]
