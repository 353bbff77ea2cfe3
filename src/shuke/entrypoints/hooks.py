"""What tenancy asks of the domains above it, answered."""

from shuke.checkout import service as checkout
from shuke.infra.database import Unit
from shuke.loyalty import service as loyalty
from shuke.tenancy.hooks import Hooks


def has_orders(unit: Unit) -> bool:
    """Whether the merchant's books are open."""
    return checkout.has_orders(unit)


def open_programme(unit: Unit) -> None:
    """A new merchant starts with the default tiers and earn rules."""
    loyalty.create_default_programme(unit)


HOOKS = Hooks(has_orders=has_orders, on_opening=open_programme)
