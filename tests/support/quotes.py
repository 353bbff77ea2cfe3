"""Short words for quotes: goods, offers, and what a settlement made of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from shuke.checkout.settlement.index import OfferIndex
from shuke.checkout.settlement.model import (
    Choices,
    CouponRight,
    Customer,
    Item,
    ItemKind,
    PointsRight,
    Quote,
    Situation,
    Stage,
)
from shuke.checkout.settlement.pipeline import quote
from shuke.kernel.conditions import Conditions
from shuke.kernel.text import Text
from shuke.offers.model import (
    ALL_GOODS,
    DEFAULT_GROUP,
    OWN_FUNDS,
    Caps,
    Effect,
    FundingShare,
    Offer,
    Scope,
    StackingGroup,
)

NOBODY = Customer(PointsRight(0, 100, 100, 5_000))
"""A member with nothing."""


def holding(*coupons: CouponRight) -> Customer:
    """A member with these coupons, and nothing else."""
    return Customer(NOBODY.points, coupons=coupons)


def product(name: str) -> UUID:
    return UUID(bytes=name.encode().rjust(16, b"\0"))


def goods(name: str, price: int, quantity: str | int = 1, *, member: int | None = None, tax: int = 0) -> Item:
    """A line; a quantity with a point is weighed."""
    amount = Decimal(quantity)
    weighed = isinstance(quantity, str) and "." in quantity
    return Item(1, product(name), name, name, amount, price, member, tax_bps=tax, measured=weighed)


def delivery(price: int) -> Item:
    return Item(1, product("~post"), "~post", "Delivery", Decimal(1), price, kind=ItemKind.DELIVERY)


def only(*names: str) -> Scope:
    return Scope(products=frozenset(map(product, names)))


def offer(
    effect: Effect,
    scope: Scope = ALL_GOODS,
    *,
    code: str = "x",
    group: str = DEFAULT_GROUP,
    caps: Caps | None = None,
    funding: tuple[FundingShare, ...] = OWN_FUNDS,
    conditions: Conditions | None = None,
    kind: str = "promotion",
) -> Offer:
    return Offer(
        offer_id=product(f"{kind[0]}-{code}"),
        rule=f"{kind}:{code}",
        name=Text(f"优惠{code}", f"Offer {code}"),
        effect=effect,
        scope=scope,
        group=group,
        caps=caps or Caps(),
        funding=funding,
        conditions=conditions or Conditions(),
    )


def coupon(of: Offer, number: int = 1, until: datetime | None = None, since: datetime | None = None) -> CouponRight:
    return CouponRight(UUID(int=number), of, since, until)


def group(
    code: str, at_most: int | None = None, after: Iterable[str] = (), excludes: Iterable[str] = ()
) -> StackingGroup:
    return StackingGroup(code, Text(code, code), at_most, frozenset(after), frozenset(excludes))


def settled(
    lines: Sequence[Item],
    offers: Iterable[Offer] = (),
    customer: Customer | None = NOBODY,
    choices: Choices | None = None,
    *,
    groups: Iterable[StackingGroup] = (),
    situation: Situation | None = None,
) -> Quote:
    """The lines, numbered as they stand, settled."""
    cart = [
        Item(
            number,
            line.product_id,
            line.sku,
            line.name,
            line.quantity,
            line.unit_price_minor,
            line.member_price_minor,
            line.kind,
            line.category_ids,
            line.brand,
            line.tax_bps,
            line.measured,
        )
        for number, line in enumerate(lines, start=1)
    ]
    index = OfferIndex(offers, groups)
    return quote(cart, customer, choices or Choices(), NOBODY, index, situation or Situation())


def off(settled: Quote) -> list[int]:
    """What came off each line."""
    return [line.discount_minor for line in settled.lines]


def rules(settled: Quote) -> list[str]:
    """The rights used, in order."""
    return [used.rule.partition(":")[2] or used.rule for used in settled.used]


def by_stage(settled: Quote) -> dict[Stage, int]:
    """What each stage took off, where it took anything."""
    return {step.stage: step.amount_minor for step in settled.stages if step.amount_minor}
