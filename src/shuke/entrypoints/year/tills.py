"""Acts at the till: quotes, orders paid at once or later, cancelled, timed out, refunded."""

from decimal import Decimal
from uuid import UUID

from shuke.checkout import cancelling, paying, quoting, settling, store
from shuke.checkout.model import Order, Tender, TenderKind
from shuke.checkout.refunds import refunding
from shuke.checkout.refunds.model import ByAmount, ByQuantity, Everything, Request
from shuke.checkout.refunds.tenders import TenderPolicy
from shuke.checkout.rules import Cart, CartLine
from shuke.checkout.settlement.model import Choices, ItemKind
from shuke.entrypoints import worker
from shuke.entrypoints.year.life import Life, Sale
from shuke.infra.database import Unit
from shuke.offers.model import CouponStatus
from shuke.stored_value import card_checking

_KINDS = (TenderKind.CASH, TenderKind.CARD, TenderKind.WECHAT, TenderKind.ALIPAY)
_PLENTY = 10**8


def _cart(life: Life) -> Cart:
    random, shop = life.random, life.premises
    lines = [_line(life) for _ in range(random.randint(1, 5))]
    if life.chance(15):
        lines.append(CartLine(shop.delivery, Decimal(1), kind=ItemKind.DELIVERY))
    member = life.somebody() if life.people and life.chance(80) else None
    choices = Choices(
        points=random.choice((0, 0, 100, 777, _PLENTY)),
        stored_value_minor=random.choice((0, 0, 2500, _PLENTY)),
        red_packet_minor=random.choice((None, None, 0, 150)),
        coupons=frozenset() if life.chance(15) else None,
    )
    return Cart(life.store(), member, tuple(lines), choices, random.choice(("pos", "mall")), _cards(life))


def _line(life: Life) -> CartLine:
    random = life.random
    if life.chance(20):
        return CartLine(random.choice(life.premises.weighed), Decimal(random.randint(1, 4_000)).scaleb(-3))
    return CartLine(random.choice(life.premises.pieces), Decimal(random.choice((1, 1, 1, 2, 3, 7))))


def _cards(life: Life) -> tuple[str, ...]:
    """Passes of cards that are shown; one may be frozen or spent, and the till then refuses."""
    if not life.cards or not life.chance(15):
        return ()
    number, pin = life.random.choice(life.cards)
    return (card_checking.check(life.unit, number, pin)[1],)


def _parts(life: Life, due: int) -> tuple[Tender, ...]:
    """Money that is exactly `due`, in one or two kinds."""
    first = life.random.randint(0, due) if life.chance(25) else due
    parts = (first, due - first)
    return tuple(Tender(life.random.choice(_KINDS), part) for part in parts if part)


def ask(life: Life) -> str:
    """Somebody only wants to know."""
    cart = _cart(life)
    with life.unit() as unit:
        priced = quoting.quote(unit, cart)
    return f"asked: {priced.quote.payable_minor}"


def buy(life: Life) -> str:
    cart = _cart(life)
    with life.unit() as unit:
        due = quoting.quote(unit, cart).quote.payable_minor
        tenders = (Tender(TenderKind.CASH, _PLENTY),) if life.chance(30) else _parts(life, due)
        done = settling.settle(
            unit, cart, settling.Payment(tenders, expected_payable_minor=due), channel=cart.channel, external_ref=None
        )
    sale = _sale(done)
    life.sales.append(sale)
    life.books.took(tenders, done.change_minor)
    life.books.spent(done.order, done.lines)
    life.books.use(sale.coupons, CouponStatus.REDEEMED)
    _settled(life, sale)
    return f"bought: {done.order.paid_minor}, {done.order.points_earned} points, {len(sale.coupons)} coupons"


def place(life: Life) -> str:
    """An order that is paid later, a part of it perhaps now."""
    cart = _cart(life)
    with life.unit() as unit:
        due = quoting.quote(unit, cart).quote.payable_minor
        tenders = _parts(life, life.random.randint(0, due)) if life.chance(40) else ()
        done = settling.settle(
            unit, cart, settling.Payment(tenders, pending=True), channel=cart.channel, external_ref=None
        )
    sale = _sale(done)
    life.pending.append(sale)
    life.books.took(tenders)
    life.books.spent(done.order, done.lines)
    life.books.use(sale.coupons, CouponStatus.RESERVED)
    return f"placed: {done.order.paid_minor}, {len(sale.coupons)} coupons"


def finish(life: Life) -> str:
    """A pending order is paid, even when its time is over and nobody has let it go yet."""
    sale = life.one_of(life.pending)
    with life.unit() as unit:
        missing = paying.missing(sale.order)
        tenders = (Tender(TenderKind.CASH, missing + 500),) if life.chance(30) else _parts(life, missing)
        done = paying.pay(unit, sale.order.order_id, tenders)
    life.pending.remove(sale)
    sale.order = done.order
    life.sales.append(sale)
    life.books.took(tenders, done.change_minor)
    life.books.use(sale.coupons, CouponStatus.REDEEMED)
    _settled(life, sale)
    return f"paid: {done.order.paid_minor}, {done.order.points_earned} points"


def cancel(life: Life) -> str:
    sale = life.one_of(life.pending)
    with life.unit() as unit:
        order = cancelling.cancel(unit, sale.order.order_id)
    _let_go(life, sale, order)
    return f"cancelled: {order.paid_minor}"


def let_go(life: Life) -> str:
    """The worker lets go what nobody paid in time."""
    over = [sale for sale in life.pending if sale.order.hold_until and sale.order.hold_until <= life.now]
    gone = worker.let_go(life.database, life.premises.merchant_id)
    if gone != len(over):
        raise AssertionError(f"{len(over)} orders were overdue, and {gone} were let go")
    for sale in over:
        _let_go(life, sale, sale.order)
    return f"let go: {gone}"


def _let_go(life: Life, sale: Sale, order: Order) -> None:
    life.pending.remove(sale)
    for tender in sale.order.tenders:
        life.books.in_money(tender.kind, -tender.amount_minor)
    life.books.spent(order, sale.lines, -1)
    life.books.use(sale.coupons, CouponStatus.AVAILABLE)


def refund(life: Life) -> str:
    sale = life.one_of([sale for sale in life.sales[-60:] if sale.settled])
    wish = refunding.Wish(_wanted(life, sale), "退货", life.random.choice((None, None, *TenderPolicy)))
    with life.unit() as unit:
        done = refunding.refund(unit, sale.order.order_id, wish)
        sale.order = _as_it_is(unit, sale.order.order_id)
    life.books.refunded(done, {line.line_no: line for line in sale.lines}, sale.order.tenders)
    life.books.came_back(sale.coupons, life.premises.templates, complete=done.complete)
    return f"refunded: {done.paid_minor}, {done.points_taken_back} points taken back"


def _wanted(life: Life, sale: Sale) -> Request:
    if life.chance(40):
        return Everything()
    line = life.random.choice(sale.lines)
    if life.chance(50) and line.paid_minor:
        return (ByAmount(line.line_no, life.random.randint(1, line.paid_minor)),)
    whole = line.quantity % 1 == 0
    quantity = Decimal(life.random.randint(1, int(line.quantity))) if whole else line.quantity
    return (ByQuantity(line.line_no, quantity),)


def _as_it_is(unit: Unit, order_id: UUID) -> Order:
    found = store.order(unit, order_id)
    if found is None:
        raise AssertionError("an order that was refunded is gone")
    return found


def _sale(done: settling.Settled) -> Sale:
    known = done.priced.known
    templates = {held.coupon_id: held.template_id for held in known.wallet.coupons} if known else {}
    used = [right.coupon_id for right in done.priced.quote.used if right.coupon_id is not None]
    return Sale(done.order, done.lines, {coupon_id: templates[coupon_id] for coupon_id in used})


def _settled(life: Life, sale: Sale) -> None:
    shop = life.premises
    packet = shop.purchase_minor if sale.order.paid_minor >= shop.purchase_from_minor else 0
    life.books.settled(sale.order, sale.lines, packet)
