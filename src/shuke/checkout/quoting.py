"""From a cart to a quote: load what decides the price, settle, write nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shuke.catalog import service as catalog
from shuke.catalog.model import Product, SoldBy
from shuke.checkout.errors import MemberBlocked, StoreClosed
from shuke.checkout.rules import Cart, priced, units
from shuke.checkout.settlement.model import Customer, PointsRight, Quote, RateRight
from shuke.checkout.settlement.pipeline import quote as settle
from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import PaidLine, Programme, Purchase, Rights, Tier
from shuke.members import service as members
from shuke.members.model import Member, MemberStatus
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission, Store


@dataclass(frozen=True, slots=True)
class KnownMember:
    member: Member
    rights: Rights
    points: int

    @property
    def tier(self) -> Tier:
        return self.rights.tier


@dataclass(frozen=True, slots=True)
class PricedCart:
    """A quote with what it was made from; `products` by the code keyed in."""

    at: datetime
    store: Store
    programme: Programme
    known: KnownMember | None
    products: Mapping[str, Product]
    quote: Quote
    units: int
    bought: Purchase
    to_earn: int


def quote(unit: Unit, cart: Cart) -> PricedCart:
    """Settle `cart` as things stand. Raises NotFound (store, member), MemberBlocked, StoreClosed, and what
    `rules.priced` raises about lines."""
    at = unit.now()
    programme = loyalty.programme(unit)
    store = _open_store(unit, cart, programme, at)
    products = catalog.by_codes(unit, {line.code for line in cart.lines})
    items = priced(cart.lines, products, may_price=unit.principal.may(Permission.ORDERS_PRICE))
    known = _known(unit, cart, programme)
    settled = settle(items, customer(programme, known), cart.choices, newcomer(programme))
    measured = [products[line.code].sold_by is SoldBy.MEASURE for line in cart.lines]
    bought = _bought(cart, at, known, products, settled)
    to_earn = loyalty.earn(programme, known.rights, bought).points if known else 0
    return PricedCart(at, store, programme, known, products, settled, units(items, measured), bought, to_earn)


def _bought(
    cart: Cart, at: datetime, known: KnownMember | None, products: Mapping[str, Product], settled: Quote
) -> Purchase:
    """What is bought, as earning sees it; its order has no id yet."""
    lines = []
    for line, quoted in zip(cart.lines, settled.lines, strict=True):
        product = products[line.code]
        own = product.category
        above = frozenset(found for found in (own.category_id, own.parent_id) if found) if own else frozenset()
        lines.append(PaidLine(quoted.paid_minor, product.product_id, above, product.brand, line.quantity))
    return Purchase(
        order_id=UUID(int=0),
        member_id=known.member.member_id if known else UUID(int=0),
        at=at,
        lines=tuple(lines),
        store_id=cart.store_id,
        birthday=known.member.birthday if known else None,
    )


def customer(programme: Programme, known: KnownMember | None) -> Customer | None:
    """What a member is entitled to, in the settlement's words."""
    return _customer(programme, known.tier, known.points) if known else None


def newcomer(programme: Programme) -> Customer:
    """Whoever joins this moment."""
    return _customer(programme, programme.base_tier, 0)


def _customer(programme: Programme, tier: Tier, points: int) -> Customer:
    return Customer(
        PointsRight(points, programme.points_per_unit, programme.unit_minor, programme.points_max_share_bps),
        (RateRight(f"tier_discount:{tier.code}", tier.name, tier.discount_bps),),
        tier_id=tier.tier_id,
    )


def _open_store(unit: Unit, cart: Cart, programme: Programme, at: datetime) -> Store:
    store = tenancy.store(unit, cart.store_id)
    if store.closed_on is not None and store.closed_on <= business_day(at, programme.timezone):
        raise StoreClosed(code=store.code)
    return store


def _known(unit: Unit, cart: Cart, programme: Programme) -> KnownMember | None:
    if cart.member_id is None:
        return None
    member = members.get(unit, cart.member_id)
    if member.status is MemberStatus.BLOCKED:
        raise MemberBlocked(number=member.number)
    rights = loyalty.rights(unit, member.member_id, programme)
    return KnownMember(member, rights, ledger.balances(unit, member.member_id).points)
