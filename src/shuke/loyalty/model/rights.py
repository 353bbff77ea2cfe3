"""What a member may at the till."""

from dataclasses import dataclass
from uuid import UUID

from shuke.catalog.model import Scope
from shuke.kernel.text import Text
from shuke.loyalty.model.benefits import Held, ProductPrice
from shuke.loyalty.model.earning import PointsMultiplier
from shuke.loyalty.model.tiers import Tier

FREE_DELIVERY = "benefit:free_delivery"
"""The rule of free delivery, whichever benefits bring it."""


@dataclass(frozen=True, slots=True)
class RateRight:
    """So much off goods in scope, by right of `rule` (`benefit:<code>`)."""

    rule: str
    name: Text
    off_bps: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class PriceRight:
    rule: str
    name: Text
    prices: tuple[ProductPrice, ...]


@dataclass(frozen=True, slots=True)
class PurchaseRight:
    """Up to `left` more pieces of goods in scope, at `price_minor` if named."""

    benefit_id: UUID
    rule: str
    name: Text
    scope: Scope
    left: int
    price_minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a member may at the till, at a moment. `free_delivery_from_minor` None: delivery costs.

    `closed` are goods that are exclusive to others, `opened` those that are exclusive to her among others. Who is in a
    family may spend of its wallet too (`wallet_for` says how much).
    """

    tier: Tier
    plans: frozenset[UUID] = frozenset()
    tags: frozenset[str] = frozenset()
    discounts: tuple[RateRight, ...] = ()
    prices: tuple[PriceRight, ...] = ()
    multipliers: tuple[PointsMultiplier, ...] = ()
    purchases: tuple[PurchaseRight, ...] = ()
    closed: tuple[Scope, ...] = ()
    opened: tuple[Scope, ...] = ()
    free_delivery_from_minor: int | None = None
    held: tuple[Held, ...] = ()
    family_id: UUID | None = None

    @property
    def points_multiplier_bps(self) -> int:
        """The best of the tier's and the benefits'."""
        return max(self.tier.points_multiplier_bps, *(0, *(multiplier.bps for multiplier in self.multipliers)))

    def may_buy(self, product_id: UUID, categories: frozenset[UUID], brand: str | None) -> bool:
        """Whether goods are not exclusive, or exclusive to her too; `categories` with all above them."""
        if not any(scope.holds(product_id, categories, brand) for scope in self.closed):
            return True
        return any(scope.holds(product_id, categories, brand) for scope in self.opened)
