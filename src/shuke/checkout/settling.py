"""Settling an order: quote, take payment, post points, write the order and tell of it, all in one transaction."""

from dataclasses import dataclass, replace

from shuke.checkout import families, limited, store
from shuke.checkout.errors import PayableChanged
from shuke.checkout.model import OWN_SOURCE, Order, OrderLine, OrderStatus, Share, Tender
from shuke.checkout.numbers import order_number
from shuke.checkout.paying import Outside, ask_outside
from shuke.checkout.payments.model import Payment as OutsidePayment
from shuke.checkout.policy import order_policy
from shuke.checkout.quoting import PricedCart, quote
from shuke.checkout.rewarding import after_payment, with_rewards
from shuke.checkout.rules import Cart, change, still_due
from shuke.checkout.settlement.model import ItemKind, QuotedLine, partner_funded
from shuke.checkout.spending import spend, spending
from shuke.checkout.taking import Takings, takings
from shuke.checkout.telling import news
from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.kernel.money import format_minor
from shuke.kernel.principal import PrincipalKind
from shuke.loyalty import service as loyalty
from shuke.offers import service as offers


@dataclass(frozen=True, slots=True)
class Payment:
    """How the customer pays. `expected_payable_minor` is what she was told; if that changed, nothing is settled.

    What providers are asked for (`outside`) is paid later, and so is what is missing with `pending`: the order waits
    until then.
    """

    tenders: tuple[Tender, ...]
    expected_payable_minor: int | None = None
    outside: tuple[Outside, ...] = ()
    pending: bool = False

    @property
    def later(self) -> bool:
        return self.pending or bool(self.outside)


@dataclass(frozen=True, slots=True)
class Settled:
    """A placed order with the quote it came from; pending, or paid."""

    order: Order
    lines: tuple[OrderLine, ...]
    priced: PricedCart
    change_minor: int
    payments: tuple[OutsidePayment, ...] = ()


def settle(unit: Unit, cart: Cart, payment: Payment, *, channel: str, external_ref: str | None) -> Settled:
    """Settle `cart` for what it costs now, or place an order that is paid later.

    A pending order takes at once what it is paid with besides money, and reserves coupons and limits; what it earns
    comes with the payment. Raises what `quote` raises; PayableChanged; TenderShort, TenderOver; NotEnough when points
    went elsewhere meanwhile; what `offers.reserve` raises; ExternalRefTaken. Then nothing was written.
    """
    priced = quote(unit, cart, hold=True)
    currency = priced.programme.currency
    _as_told(payment, priced.quote.payable_minor, currency)
    order = _order(unit, cart, priced, payment, channel, external_ref)
    if payment.later:
        asked = still_due(payment.tenders, [item.amount_minor for item in payment.outside], order.money_minor, currency)
        change_minor = 0
    else:
        asked, change_minor = [], change(payment.tenders, order.money_minor, currency)
    taken = takings(unit, priced)
    _hold(unit, order, priced, taken)
    order = _post(unit, order, priced, taken)
    lines = tuple(_line(line, paid) for line, paid in zip(priced.quote.lines, taken.payments, strict=True))
    store.add(unit, order, lines, "order.placed" if payment.later else "order.settled", news(unit, order))
    after_payment(unit, order)
    wanted = [(item, amount) for item, amount in zip(payment.outside, asked, strict=True) if amount]
    outside = ask_outside(unit, order, wanted, priced.store.name) if wanted else []
    return Settled(order, lines, priced, change_minor, tuple(outside))


def _as_told(payment: Payment, due: int, currency: str) -> None:
    expected = payment.expected_payable_minor
    if expected is not None and expected != due:
        raise PayableChanged(payable=format_minor(due, currency), expected=format_minor(expected, currency))


def _hold(unit: Unit, order: Order, priced: PricedCart, taken: Takings) -> None:
    """What is counted for one member, and not by offers: her family's limits, and goods of which she may buy so many.
    Raises OverFamilyLimit, NotInFamily, NotEntitled and UsedUp."""
    known = priced.known
    if known is not None:
        limited.take(unit, priced.programme, known.rights, order, priced.quote)
        if known.shared is not None:
            families.hold(unit, priced.programme, known.member.member_id, known.shared, taken.moves)


def _post(unit: Unit, order: Order, priced: PricedCart, taken: Takings) -> Order:
    """Take what the order spends and uses, and give what it earns; or hold it, and leave earning to the payment."""
    spent = spending(order.order_id, taken.moves, priced.at, order.member_id)
    if order.status is OrderStatus.PENDING:
        assert order.hold_until is not None
        spend(unit, spent)
        offers.reserve(unit, order.order_id, taken.use, order.member_id, order.hold_until, priced.at)
        return order
    known = priced.known
    if known is None:
        spend(unit, spent)
    else:
        bought = replace(priced.bought, order_id=order.order_id)
        goods = [line.item.kind is ItemKind.GOODS for line in priced.quote.lines]
        to = known.shared.wallet.earns_to if known.shared else None
        done = loyalty.on_order(unit, bought, known.rights, priced.programme, wallet_id=to, along=spent)
        order = with_rewards(order, done, goods)
    offers.redeem(unit, order.order_id, taken.use, order.member_id, at=priced.at)
    return order


def _order(
    unit: Unit, cart: Cart, priced: PricedCart, payment: Payment, channel: str, external_ref: str | None
) -> Order:
    """The order before it has earned anything."""
    quoted, at = priced.quote, priced.at
    order_id, day = new_id(at), business_day(at, priced.programme.timezone)
    return Order(
        order_id=order_id,
        number=order_number(day, order_id),
        store_id=cart.store_id,
        member_id=priced.known.member.member_id if priced.known else None,
        channel=channel,
        source=OWN_SOURCE,
        external_ref=external_ref,
        status=OrderStatus.PENDING if payment.later else OrderStatus.PAID,
        placed_at=at,
        hold_until=at + order_policy(unit).hold if payment.later else None,
        paid_at=None if payment.later else at,
        business_day=day,
        units=priced.units,
        line_count=len(quoted.lines),
        gross_minor=quoted.gross_minor,
        discount_minor=quoted.discount_minor,
        net_minor=quoted.net_minor,
        paid_minor=quoted.paid_minor,
        tax_minor=quoted.tax_minor,
        tax_added_minor=quoted.tax_added_minor,
        stored_minor=quoted.stored_value.used_minor,
        points_earned=0,
        points_spent=quoted.points.used,
        identified_as=cart.identified_as,
        tenders=payment.tenders,
        cashier_id=unit.principal.id if unit.principal.kind is PrincipalKind.STAFF else None,
    )


def _line(line: QuotedLine, payments: tuple[Share, ...]) -> OrderLine:
    return OrderLine(
        line_no=line.item.line_no,
        product_id=line.item.product_id,
        kind=line.item.kind,
        quantity=line.item.quantity,
        unit_price_minor=line.item.unit_price_minor,
        gross_minor=line.gross_minor,
        discount_minor=line.discount_minor,
        net_minor=line.paid_minor + partner_funded(line.adjustments),
        paid_minor=line.paid_minor,
        adjustments=line.adjustments,
        payments=payments,
        tax_minor=line.tax_minor,
        tax_added_minor=line.tax_added_minor,
    )
