"""What goes in: the cart, where and when it is settled, and what the member decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from shuke.checkout.settlement.model.kinds import ItemKind
from shuke.offers.model import Remaining


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the cart. `unit_price_minor` is the shelf price; `member_price_minor` the members' lower one.

    `category_ids` are the product's category and all above it. `measured`: sold by weight or length, so that the line
    is one thing with one price. `tax_bps` is in the price, or comes on top of it, as the situation says.
    """

    line_no: int
    product_id: UUID
    sku: str
    name: str
    quantity: Decimal
    unit_price_minor: int
    member_price_minor: int | None = None
    kind: ItemKind = ItemKind.GOODS
    category_ids: frozenset[UUID] = frozenset()
    brand: str | None = None
    tax_bps: int = 0
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """Where and when. `local` is `now` on the merchant's clocks; `left` what the limits of live offers and held coupons
    leave, by offer or template (those that are not in it have no limits)."""

    store_id: UUID | None = None
    channel: str = "pos"
    now: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    local: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    left: Mapping[UUID, Remaining] = field(default_factory=lambda: MappingProxyType({}))
    prices_include_tax: bool = True


@dataclass(frozen=True, slots=True)
class Choices:
    """What the member decided; whatever she leaves open is decided for the least she can pay.

    `points`, `red_packet_minor`, `stored_value_minor`: the most she wants to spend of each (red packets: None for as
    much as they may pay). `coupons`: exactly these, as far as they can be used at all; None for the best. `declined`:
    rules she does not want (`member_price`, `tier_discount:gold`, `promotion:…`).
    """

    points: int = 0
    coupons: frozenset[UUID] | None = None
    declined: frozenset[str] = frozenset()
    red_packet_minor: int | None = None
    stored_value_minor: int = 0

    @property
    def unguided(self) -> "Choices":
        """The same wishes to spend, with everything else left open."""
        if self.coupons is None and not self.declined and self.red_packet_minor is None:
            return self
        return Choices(points=self.points, stored_value_minor=self.stored_value_minor)
