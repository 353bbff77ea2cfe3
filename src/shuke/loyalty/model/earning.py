"""How an order earns points and growth."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from uuid import UUID

from shuke.catalog.model import ALL_GOODS, Scope
from shuke.kernel.conditions import Conditions
from shuke.kernel.rounding import BPS
from shuke.kernel.text import Text

_ALWAYS = Conditions()


class Earnable(StrEnum):
    """What an order can earn; the values are the ledger's."""

    POINTS = "points"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class Rate:
    """`amount` for each `per_minor` paid on goods in scope."""

    amount: int
    per_minor: int
    kind: Literal["rate"] = "rate"


@dataclass(frozen=True, slots=True)
class Multiplier:
    """What rates give on goods in scope, times `bps` / 10 000: 20 000 doubles it."""

    bps: int
    kind: Literal["multiplier"] = "multiplier"


@dataclass(frozen=True, slots=True)
class Extra:
    """So much more for an order, or with `per_piece` for each piece in scope, if at least `from_minor` is paid on goods
    in scope."""

    amount: int
    from_minor: int = 0
    per_piece: bool = False
    kind: Literal["extra"] = "extra"


EarnEffect = Rate | Multiplier | Extra


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnRule:
    """Something an order earns of `asset`. Of the rules of one kind the best applies, and with it all that `stacks`.

    `order_cap` is the most this rule gives for one order.
    """

    rule_id: UUID
    code: str
    name: Text
    asset: Earnable
    effect: EarnEffect
    scope: Scope = ALL_GOODS
    conditions: Conditions = _ALWAYS
    stacks: bool = False
    order_cap: int | None = None

    @property
    def unconditional(self) -> bool:
        return self.scope == ALL_GOODS and self.conditions == _ALWAYS


@dataclass(frozen=True, slots=True)
class EarnCaps:
    """The most a member earns: by one order, in a business day, in a calendar month, ever. None: no limit."""

    order: int | None = None
    day: int | None = None
    month: int | None = None
    ever: int | None = None

    @property
    def looks_back(self) -> bool:
        """Whether what was earned before matters."""
        return not (self.day is None and self.month is None and self.ever is None)


NO_CAPS = EarnCaps()


@dataclass(frozen=True, slots=True)
class Already:
    """What a member has earned of an asset before this order, net of what was clawed back."""

    day: int = 0
    month: int = 0
    ever: int = 0


@dataclass(frozen=True, slots=True)
class PaidLine:
    """Goods and what is paid for them after all discounts; stored value and gift cards count as payment.

    `categories` are the product's own and all above it.
    """

    paid_minor: int
    product_id: UUID | None = None
    categories: frozenset[UUID] = frozenset()
    brand: str | None = None
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """An order as earning sees it. Delivery is no line of it: nobody earns on that."""

    order_id: UUID
    member_id: UUID
    at: datetime
    lines: tuple[PaidLine, ...]
    store_id: UUID | None = None
    channel: str = ""
    birthday: date | None = None
    first_order: bool = False

    @property
    def paid_minor(self) -> int:
        return sum(line.paid_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class PointsMultiplier:
    """A right to more points, from a tier or a benefit; `rule` names it in explanations."""

    rule: str
    name: Text
    bps: int = BPS


@dataclass(frozen=True, slots=True)
class EarnedPart:
    """What one rule contributed, in whole units; the parts of an asset add up to what was earned of it."""

    rule: str
    name: Text
    asset: Earnable
    amount: int


@dataclass(frozen=True, slots=True)
class Earned:
    """What an order earns; `points_by_line` and `growth_by_line` stand in the order of the purchase's lines and add up.

    `cut` points were not earned because of caps.
    """

    points: int = 0
    growth: int = 0
    parts: tuple[EarnedPart, ...] = ()
    points_by_line: tuple[int, ...] = ()
    growth_by_line: tuple[int, ...] = ()
    cut: int = 0


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """A line of a settled order, of which `now_minor` of the `paid_minor` is refunded, `before_minor` having been
    refunded earlier. `points` and `growth` are what it earned."""

    paid_minor: int
    points: int
    growth: int
    before_minor: int
    now_minor: int
