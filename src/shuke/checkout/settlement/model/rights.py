"""What a customer is entitled to."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shuke.kernel.rounding import BPS
from shuke.kernel.text import Text
from shuke.offers.model import ALL_GOODS, OWN_FUNDS, FundingShare, Offer, Scope


@dataclass(frozen=True, slots=True)
class RateRight:
    """What a tier, a paid plan or a benefit takes off goods in scope; one of them applies to an order.

    `rule` is `tier_discount:<code>` or `plan_discount:<code>`, `name` that of the tier or plan.
    """

    rule: str
    name: Text
    discount_bps: int
    scope: Scope = ALL_GOODS
    funding: tuple[FundingShare, ...] = OWN_FUNDS


@dataclass(frozen=True, slots=True)
class PointsRight:
    """Points a member has and what they buy: `per_unit` points are worth `unit_minor`, up to a share of the order.

    Points are spent in multiples of `step`, and not fewer than `minimum` on one order.
    """

    balance: int
    per_unit: int
    unit_minor: int
    max_share_bps: int
    minimum: int = 0
    step: int = 1


@dataclass(frozen=True, slots=True)
class PacketRight:
    """Red packet money of one campaign. An order may use up to `order_minor` of it and `share_bps` of what is due when
    its turn comes, if at least `from_minor` was due when red packets began."""

    rule: str
    name: Text
    balance_minor: int
    order_minor: int | None = None
    share_bps: int = BPS
    from_minor: int = 0
    funding: tuple[FundingShare, ...] = OWN_FUNDS
    campaign_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class StoredValueRight:
    """Stored value within reach, on the member's own account and on cards shown at the till."""

    principal_minor: int
    bonus_minor: int = 0

    @property
    def balance_minor(self) -> int:
        return self.principal_minor + self.bonus_minor


@dataclass(frozen=True, slots=True)
class CouponRight:
    """A coupon in the wallet: one use of `offer`, in `[valid_from, valid_until)`."""

    coupon_id: UUID
    offer: Offer
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody's rights at checkout, and the facts that conditions ask for. `offers` are hers alone, from benefits;
    `packets` in the order of spending.

    Who is not a member may still hold coupons; whoever has no rights at all is no Customer.
    """

    points: PointsRight
    rates: tuple[RateRight, ...] = ()
    member: bool = True
    tier_id: UUID | None = None
    plans: frozenset[UUID] = frozenset()
    tags: frozenset[str] = frozenset()
    first_order: bool = False
    birthday: date | None = None
    offers: tuple[Offer, ...] = ()
    coupons: tuple[CouponRight, ...] = ()
    packets: tuple[PacketRight, ...] = ()
    stored_value: StoredValueRight = StoredValueRight(0)


STRANGER = Customer(PointsRight(0, 1, 1, 0), member=False)
