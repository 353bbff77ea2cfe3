"""From a cart to a quote: load what decides the price, settle, write nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shuke.catalog import service as catalog
from shuke.catalog.model import Product, SoldBy
from shuke.checkout.errors import MemberBlocked, StoreClosed
from shuke.checkout.rules import Cart, priced, units
from shuke.checkout.settlement.model import Customer, PointsRight, Quote, TierRight
from shuke.checkout.settlement.pipeline import quote as settle
from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Programme, Tier
from shuke.members import service as members
from shuke.members.model import Member, MemberStatus
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission, Store


@dataclass(frozen=True, slots=True)
class KnownMember:
    member: Member
    tier: Tier
    points: int


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
    to_earn = loyalty.earn(programme, known.tier, settled.payable_minor).points if known else 0
    return PricedCart(at, store, programme, known, products, settled, units(items, measured), to_earn)


def customer(programme: Programme, known: KnownMember | None) -> Customer | None:
    """What a member is entitled to, in the settlement's words."""
    return _customer(programme, known.tier, known.points) if known else None


def newcomer(programme: Programme) -> Customer:
    """Whoever joins this moment."""
    return _customer(programme, programme.base_tier, 0)


def _customer(programme: Programme, tier: Tier, points: int) -> Customer:
    return Customer(
        TierRight(tier.code, tier.name, tier.discount_bps),
        PointsRight(points, programme.points_per_unit, programme.unit_minor, programme.points_max_share_bps),
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
    standing = loyalty.standing(unit, member.member_id, programme)
    return KnownMember(member, standing.tier, ledger.balances(unit, member.member_id).points)
