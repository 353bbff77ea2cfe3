"""What the life of coupons should be, in memory: the model that the real thing is held against."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shuke.offers.model import CouponRules, CouponStatus, Limits, Returns, Validity

RULES = (
    CouponRules(Validity(days=3), stock=5, per_member=2, claimable=True, transferable=True),
    CouponRules(Validity(days=2, delay_days=1), claimable=True, returns=Returns(False, True, True, grace_days=2)),
)
LIMITS = (Limits(uses=4, budget_minor=1000), Limits(uses_per_member=2))
WORTH = 300


@dataclass
class Held:
    """A coupon as the model sees it."""

    template: int
    holder: int
    begins: datetime
    ends: datetime
    status: CouponStatus = CouponStatus.AVAILABLE
    order: UUID | None = None

    def usable(self, now: datetime) -> bool:
        return self.status is CouponStatus.AVAILABLE and self.begins <= now < self.ends


@dataclass
class Order:
    """What an order uses still: its offer's uses by template, whether it is only pending, and by whom."""

    who: int
    pending: bool
    uses: dict[int, int]
    minor: dict[int, int]
    undone: bool = False


@dataclass
class Waiting:
    coupon: UUID
    giver: int
    ends: datetime
    over: bool = False


@dataclass
class Model:
    coupons: dict[UUID, Held] = field(default_factory=dict)
    orders: dict[UUID, Order] = field(default_factory=dict)
    gifts: dict[str, Waiting] = field(default_factory=dict)
    issued: dict[tuple[int, int], int] = field(default_factory=dict)

    def may_be_issued(self, template: int, who: int) -> bool:
        rules, total = RULES[template], sum(n for (t, _), n in self.issued.items() if t == template)
        return (rules.stock is None or total < rules.stock) and (
            rules.per_member is None or self.issued.get((template, who), 0) < rules.per_member
        )

    def used(self, template: int, who: int | None = None) -> int:
        return sum(order.uses.get(template, 0) for order in self.orders.values() if who in (None, order.who))

    def spent(self, template: int) -> int:
        return sum(order.minor.get(template, 0) for order in self.orders.values())

    def within_limits(self, template: int, who: int) -> bool:
        limits = LIMITS[template]
        return (
            (limits.uses is None or self.used(template) < limits.uses)
            and (limits.budget_minor is None or self.spent(template) + WORTH <= limits.budget_minor)
            and (limits.uses_per_member is None or self.used(template, who) < limits.uses_per_member)
        )
