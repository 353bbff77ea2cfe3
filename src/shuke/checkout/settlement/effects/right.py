"""A right that a settlement may use: an effect with the lines it works on, and what limits it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from shuke.checkout.settlement.basket import Basket, Cut, Goods, Off
from shuke.checkout.settlement.model import CouponRight, Params, Stage
from shuke.kernel.rounding import allocate
from shuke.kernel.text import Text
from shuke.offers.model import OWN_FUNDS, FundingShare, Offer, Remaining

Place = tuple[int, int, str, str]
"""Where a right comes among all: stage, how many groups come before its own, group, rule."""


class Terms(NamedTuple):
    """What holds of a right in any settlement; made once for each live offer."""

    stage: Stage
    rule: str
    name: Text
    group: str
    place: Place
    funding: tuple[FundingShare, ...] = OWN_FUNDS
    params: Params = MappingProxyType({})
    line_minor: int | None = None
    order_minor: int | None = None
    offer: Offer | None = None


class Claim(NamedTuple):
    """What a right lays claim to in one settlement: the lines in its scope, what its limits leave, and the coupon."""

    terms: Terms
    goods: Goods
    mask: int
    left: Remaining | None = None
    coupon: CouponRight | None = None


class Right:
    """One optional step of a settlement.

    Two things make the search for the best combination exact (search/): `cut` never takes more from a basket than
    `ceiling` said of any basket it came from, and neither depends on rights that are not used.
    """

    on_order = False
    """Whether it looks at the order as a whole."""
    by_piece = False
    """Whether it uses pieces, which others of its group then cannot."""
    gift = False
    """Whether it promises goods that may not be in the basket yet."""
    of_delivery = False
    """Whether it takes off delivery, and no goods."""
    rate = 0
    """The highest percentage it can reach of what is due; 0 for other effects."""

    __slots__ = (
        "bit",
        "bonus",
        "coupon",
        "group",
        "left",
        "line_minor",
        "mask",
        "most",
        "order",
        "pieces_left",
        "reads",
        "stage",
        "terms",
        "weight",
    )

    def __init__(self, claim: Claim, touches: int) -> None:
        terms, left = claim.terms, claim.left
        self.terms = terms
        self.coupon = claim.coupon
        self.left = left
        self.stage = terms.stage
        self.mask = touches
        """The lines it may take something off."""
        self.reads = touches | claim.mask
        """The lines that decide how much."""
        self.most = least(terms.order_minor, left.budget_minor if left else None)
        self.line_minor = terms.line_minor
        self.pieces_left = left.pieces_of_member if left else None
        self.group = 0
        """The number of its stacking group in this settlement."""
        self.bit = 0
        """Marks pieces as used by its group; 0 where no other right of the group wants pieces."""
        self.order = 0
        """Its place among all rights of this settlement."""
        self.bonus = 0
        """1 where the member insists on it."""
        self.weight = 0
        """What using it costs when two ways are equally cheap (search/ties.py)."""

    def ceiling(self, basket: Basket, start: Sequence[int]) -> int:
        """The most it can take off now or after any other rights; `start` as for `cut`, or what is due now while its
        stage has not begun."""
        raise NotImplementedError

    def cut(self, basket: Basket, start: Sequence[int]) -> Cut | None:
        """What it takes off now; `start` is what was due by line when its stage began. None: nothing."""
        raise NotImplementedError

    @property
    def in_turn(self) -> bool:
        """Whether several equal ones take less and less, however the basket is lowered before (search/tops.py)."""
        return True

    def measures(self, _goods: int) -> bool:
        """Whether it depends on how much of all goods is due when its stage begins."""
        return False

    @property
    def boundaries(self) -> tuple[Sequence[int], Sequence[int]]:
        """For one that measures: what it takes for more, step by step, and what brings more with each multiple."""
        return (), ()

    def worth_at(self, _reached: int, top: int) -> int:
        """For one that measures: the most it takes off where so much is due as its stage begins, and `top` at best."""
        return top

    def limited(self, amount: int) -> int:
        return amount if self.most is None else min(amount, self.most)


def least(one: int | None, other: int | None) -> int | None:
    """The tighter of two limits; None is none."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def share_out(amount: int, lines: Sequence[int], weights: Sequence[int], ceilings: Sequence[int]) -> list[Off]:
    """Split `amount` over lines by weight and largest remainder, no line above its ceiling: what one cannot bear goes
    to the others. The ceilings together are at least `amount`."""
    parts = allocate(amount, weights)
    if all(part <= most for part, most in zip(parts, ceilings, strict=True)):
        return [(line, part) for line, part in zip(lines, parts, strict=True) if part]
    full = [index for index, part in enumerate(parts) if part >= ceilings[index]]
    rest = [index for index, part in enumerate(parts) if part < ceilings[index]]
    fixed = [(lines[index], ceilings[index]) for index in full if ceilings[index]]
    if not rest:
        return fixed
    others = share_out(
        amount - sum(ceilings[index] for index in full),
        [lines[index] for index in rest],
        [weights[index] for index in rest],
        [ceilings[index] for index in rest],
    )
    return sorted(fixed + others)


def limit_lines(off: Mapping[int, int], line_minor: int | None, most: int | None) -> dict[int, int]:
    """What is left of cuts by line under a cap per line and one for all of them."""
    if line_minor is not None:
        off = {line: min(amount, line_minor) for line, amount in off.items()}
    total = sum(off.values())
    if most is not None and total > most:
        lines = sorted(off)
        off = dict(zip(lines, allocate(most, [off[line] for line in lines]), strict=True))
    return dict(off)
