"""From a cart to a quote: load what decides the price, settle, write nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from shuke.catalog import service as catalog
from shuke.catalog.model import Product, SoldBy
from shuke.checkout import customers, limited
from shuke.checkout.customers import Wallet
from shuke.checkout.errors import MemberBlocked, StoreClosed
from shuke.checkout.families import Shared, shared
from shuke.checkout.rules import Cart, Shelf, priced, units
from shuke.checkout.settlement.basket import Goods
from shuke.checkout.settlement.index import OfferIndex
from shuke.checkout.settlement.model import Customer, Item, ItemKind, Quote, Situation
from shuke.checkout.settlement.pipeline import quote as settle
from shuke.checkout.store import has_bought
from shuke.infra.database import Unit
from shuke.infra.questions import answers
from shuke.infra.standing import Standing
from shuke.kernel.clock import business_day
from shuke.kernel.conditions import Who
from shuke.ledger import service as ledger
from shuke.ledger.model import Balances
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import PaidLine, Programme, Purchase, Rights, Tier
from shuke.members import service as members
from shuke.members.model import Member, MemberStatus
from shuke.offers import service as offers
from shuke.offers.model import HeldCoupon, HeldPacket, Limits, LiveOffers, Offer, Remaining
from shuke.stored_value import service as stored_value
from shuke.stored_value.model import Funds
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission, Store


@dataclass(frozen=True, slots=True)
class KnownMember:
    member: Member
    rights: Rights
    wallet: Wallet
    first_order: bool = False
    shared: Shared | None = None
    left: Mapping[UUID, Remaining] | None = None
    """What the limits of offers leave; None where there are too many to ask for them all."""

    @property
    def tier(self) -> Tier:
        return self.rights.tier

    @property
    def points(self) -> int:
        return self.wallet.points


@dataclass(frozen=True, slots=True)
class PricedCart:
    """A quote with what it was made from; `products` by the code keyed in. `packets` and `funds` are what red packets
    and stored value would be taken from, in this order."""

    at: datetime
    store: Store
    programme: Programme
    known: KnownMember | None
    products: Mapping[str, Product]
    quote: Quote
    units: int
    bought: Purchase
    to_earn: int
    packets: tuple[HeldPacket, ...] = ()
    funds: tuple[Funds, ...] = ()


@dataclass(frozen=True, slots=True)
class OnOffer:
    """What is live, ready to be looked up. `limited`: offers with limits. `ask_first_order`: whether it matters that
    somebody has never bought."""

    live: LiveOffers
    index: OfferIndex
    limited: frozenset[UUID]
    ask_first_order: bool


def quote(unit: Unit, cart: Cart, *, hold: bool = False) -> PricedCart:
    """Settle `cart` as things stand; with `hold` its member becomes nobody else until the transaction ends.

    Raises NotFound (store, member), MemberBlocked, MemberMerged, NotHerName, StoreClosed, CardPassExpired,
    CardNotUsable, what `offers.shown` raises about coupons on paper, and what `rules.priced` raises about lines.
    """
    at = unit.now()
    programme = loyalty.programme(unit)
    store = _open_store(unit, cart, programme, at)
    products = catalog.for_sale(unit, {line.code for line in cart.lines})
    on_offer = ON_OFFER.of(unit)
    known = _known(unit, cart, programme, on_offer, at, hold=hold)
    items = _items(unit, cart, programme, products, known)
    wallet = known.wallet if known else Wallet(coupons=_on_paper(unit, cart, at), funds=_funds(unit, cart))
    buyer = _buyer(programme, known, wallet, on_offer.live)
    situation = _situation(unit, cart, programme, items, known, buyer, on_offer, at)
    settled = settle(items, buyer, cart.choices, customers.newcomer(programme), on_offer.index, situation)
    if known is not None:
        limited.check(known.rights, settled)
    measured = [products[line.code].sold_by is SoldBy.MEASURE for line in cart.lines]
    bought = _bought(cart, at, known, settled)
    to_earn = loyalty.earn(programme, known.rights, bought).points if known else 0
    goods = [item for item in items if item.kind is ItemKind.GOODS]
    sold = units(goods, [each for each, item in zip(measured, items, strict=True) if item.kind is ItemKind.GOODS])
    return PricedCart(
        at, store, programme, known, products, settled, sold, bought, to_earn, wallet.packets, wallet.funds
    )


def _compile(unit: Unit) -> OnOffer:
    live = offers.live(unit)
    everything: Collection[Offer] = (*live.promotions, *live.templates.values())
    first = any(offer.conditions.audience.who is Who.FIRST_ORDER for offer in everything)
    with_limits = frozenset(offer.offer_id for offer in everything if offer.limits != _UNLIMITED)
    return OnOffer(live, OfferIndex(live.promotions, live.groups), with_limits, first)


ON_OFFER = Standing(_compile, "offers")


def _categories(unit: Unit) -> Mapping[UUID, frozenset[UUID]]:
    """Each category with all above it."""
    parents = {category.category_id: category.parent_id for category in catalog.categories(unit)}
    above: dict[UUID, frozenset[UUID]] = {}
    for category_id in parents:
        chain: list[UUID] = []
        at: UUID | None = category_id
        while at is not None and at not in chain:
            chain.append(at)
            at = parents.get(at)
        above[category_id] = frozenset(chain)
    return above


CATEGORIES = Standing(_categories, "catalog")


def _items(
    unit: Unit, cart: Cart, programme: Programme, products: Mapping[str, Product], known: KnownMember | None
) -> list[Item]:
    shelf = Shelf(
        products,
        CATEGORIES.of(unit),
        customers.lowest_prices(known.rights) if known else {},
        known.rights if known else Rights(tier=programme.base_tier, closed=loyalty.exclusive(programme)),
    )
    return priced(cart.lines, shelf, may_price=unit.principal.may(Permission.ORDERS_PRICE))


def _buyer(programme: Programme, known: KnownMember | None, wallet: Wallet, live: LiveOffers) -> Customer | None:
    """What the customer is entitled to; None for somebody unknown who shows nothing."""
    if known is not None:
        return customers.customer(
            programme,
            known.rights,
            wallet,
            live,
            birthday=known.member.birthday,
            first_order=known.first_order,
        )
    return customers.stranger(programme, wallet, live) if wallet.funds or wallet.coupons else None


def _situation(
    unit: Unit,
    cart: Cart,
    programme: Programme,
    items: list[Item],
    known: KnownMember | None,
    buyer: Customer | None,
    on_offer: OnOffer,
    at: datetime,
) -> Situation:
    """Where and when, and what the limits of those offers leave that have to do with the cart."""
    here = Situation(cart.store_id, cart.channel, at, at.astimezone(ZoneInfo(programme.timezone)))
    of_benefits = customers.left_of_benefits(known.rights) if known else {}
    if known and known.left is not None:
        return replace(here, left={**of_benefits, **known.left})
    concerned = {terms.offer.offer_id for terms, _ in on_offer.index.candidates(Goods(items), here) if terms.offer}
    if buyer is not None:
        concerned |= {held.offer.offer_id for held in buyer.coupons}
    left = offers.remaining(unit, concerned & on_offer.limited, known.member.member_id if known else None, at)
    return replace(here, left={**of_benefits, **left})


_UNLIMITED = Limits()
_FEW = 50
"""So many limits are asked for with the rest of what concerns a member, whether or not the cart has to do with them."""


def _bought(cart: Cart, at: datetime, known: KnownMember | None, settled: Quote) -> Purchase:
    """What is bought, as earning sees it; its order has no id yet."""
    lines = tuple(
        PaidLine(line.paid_minor, line.item.product_id, line.item.category_ids, line.item.brand, line.item.quantity)
        for line in settled.lines
        if line.item.kind is ItemKind.GOODS
    )
    return Purchase(
        order_id=UUID(int=0),
        member_id=known.member.member_id if known else UUID(int=0),
        at=at,
        lines=lines,
        store_id=cart.store_id,
        channel=cart.channel,
        birthday=known.member.birthday if known else None,
        first_order=known.first_order if known else False,
    )


def _open_store(unit: Unit, cart: Cart, programme: Programme, at: datetime) -> Store:
    unit.principal.require_store(cart.store_id)
    store = tenancy.premises(unit).store(cart.store_id)
    if store.closed_on is not None and store.closed_on <= business_day(at, programme.timezone):
        raise StoreClosed(code=store.code)
    return store


def _known(
    unit: Unit, cart: Cart, programme: Programme, on_offer: OnOffer, at: datetime, *, hold: bool
) -> KnownMember | None:
    member_id = cart.member_id
    if member_id is None:
        return None
    few = len(on_offer.limited) <= _FEW
    held = members.holding_by(unit, member_id, cart.identified_as) if hold else []
    found = answers(
        unit,
        *held,
        members.asking(unit, member_id),
        members.asking_tags(unit, member_id, at),
        loyalty.asking_rights(unit, programme, member_id, at),
        ledger.asking_balances(unit, [member_id], at),
        offers.asking_held(unit, member_id, at),
        offers.asking_remaining(unit, on_offer.limited if few else (), member_id, at),
    )
    found = found[len(held) :]
    member: Member = found[0]
    if member.status is MemberStatus.MERGED:
        members.present(unit, member_id)  # says who she is by now
    if member.status is MemberStatus.BLOCKED:
        raise MemberBlocked(number=member.number)
    rights: Rights = found[2](found[1])
    balances: Balances = found[3].get(member_id, Balances())
    own = Funds(member_id, balances.stored_principal, balances.stored_bonus)
    packets = on_offer.live.packets and balances.red_packet
    family = shared(unit, programme, rights, member_id)
    wallet = Wallet(
        points=balances.points + (family.points if family else 0),
        coupons=tuple({coupon.coupon_id: coupon for coupon in (*found[4], *_on_paper(unit, cart, at))}.values()),
        packets=offers.red_packet_right(unit, member_id, at) if packets else (),
        funds=(*_funds(unit, cart), own, *((family.funds,) if family else ())),
    )
    asks = on_offer.ask_first_order or any(
        rule.conditions.audience.who is Who.FIRST_ORDER for rule in programme.earn_rules
    )
    first = asks and not has_bought(unit, member_id)
    return KnownMember(member, rights, wallet, first, family, found[5] if few else None)


def _on_paper(unit: Unit, cart: Cart, at: datetime) -> tuple[HeldCoupon, ...]:
    return offers.shown(unit, cart.coupons, cart.member_id, at) if cart.coupons else ()


def _funds(unit: Unit, cart: Cart) -> tuple[Funds, ...]:
    """What is on the cards that were shown, in this order."""
    cards = [stored_value.card_of_pass(unit, shown).card_id for shown in cart.cards]
    return tuple(stored_value.funds(unit, cards)) if cards else ()
