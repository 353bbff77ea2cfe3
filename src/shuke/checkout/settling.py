"""Settling an order: quote, take payment, post points, write the order and tell of it, all in one transaction."""

from dataclasses import dataclass, replace
from uuid import UUID

from shuke.checkout import store
from shuke.checkout.errors import PayableChanged
from shuke.checkout.model import OWN_SOURCE, Order, OrderLine, OrderStatus, Tender
from shuke.checkout.numbers import order_number
from shuke.checkout.quoting import PricedCart, quote
from shuke.checkout.rules import Cart, change
from shuke.checkout.settlement.model import QuotedLine, partner_funded
from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.kernel.money import format_minor
from shuke.kernel.principal import PrincipalKind
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Rewards


@dataclass(frozen=True, slots=True)
class Payment:
    """How the customer pays. `expected_payable_minor` is what she was told; if that changed, nothing is settled."""

    tenders: tuple[Tender, ...]
    expected_payable_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A settled order with the quote it came from."""

    order: Order
    lines: tuple[OrderLine, ...]
    priced: PricedCart
    change_minor: int


def settle(unit: Unit, cart: Cart, payment: Payment, *, channel: str, external_ref: str | None) -> Settled:
    """Settle `cart` for what it costs now.

    Raises what `quote` raises; PayableChanged; TenderShort, TenderOver; NotEnough when the points went elsewhere
    meanwhile; ExternalRefTaken. Then nothing was written.
    """
    priced = quote(unit, cart)
    due, currency = priced.quote.payable_minor, priced.programme.currency
    expected = payment.expected_payable_minor
    if expected is not None and expected != due:
        raise PayableChanged(payable=format_minor(due, currency), expected=format_minor(expected, currency))
    change_minor = change(payment.tenders, due, currency)
    order_id = new_id(priced.at)
    rewards = _post_points(unit, order_id, priced)
    order = _order(unit, order_id, cart, priced, rewards, payment.tenders, channel, external_ref)
    lines = tuple(_line(line) for line in priced.quote.lines)
    store.add(unit, order, lines, "order.settled", order_event(unit, order))
    return Settled(order, lines, priced, change_minor)


def _post_points(unit: Unit, order_id: UUID, priced: PricedCart) -> Rewards:
    """Points spent and earned, growth, and the tier that follows. Raises NotEnough."""
    known, used = priced.known, priced.quote.points.used
    if known is None:
        return Rewards()
    spent = Move(known.member.member_id, Asset.POINTS, -used, Account.SPENT)
    along = [Entry(Kind.ORDER_SPENT, order_id, priced.at, (spent,))] if used else []
    bought = replace(priced.bought, order_id=order_id)
    return loyalty.on_order(unit, bought, known.rights, priced.programme, along=along)


def _order(
    unit: Unit,
    order_id: UUID,
    cart: Cart,
    priced: PricedCart,
    rewards: Rewards,
    tenders: tuple[Tender, ...],
    channel: str,
    external_ref: str | None,
) -> Order:
    quoted = priced.quote
    day = business_day(priced.at, priced.programme.timezone)
    return Order(
        order_id=order_id,
        number=order_number(day, order_id),
        store_id=cart.store_id,
        member_id=priced.known.member.member_id if priced.known else None,
        channel=channel,
        source=OWN_SOURCE,
        external_ref=external_ref,
        status=OrderStatus.PAID,
        placed_at=priced.at,
        paid_at=priced.at,
        business_day=day,
        units=priced.units,
        line_count=len(quoted.lines),
        gross_minor=quoted.gross_minor,
        discount_minor=quoted.discount_minor,
        net_minor=quoted.net_minor,
        paid_minor=quoted.payable_minor,
        points_earned=rewards.points,
        points_spent=quoted.points.used,
        tenders=tenders,
        cashier_id=unit.principal.id if unit.principal.kind is PrincipalKind.STAFF else None,
    )


def _line(line: QuotedLine) -> OrderLine:
    return OrderLine(
        line_no=line.item.line_no,
        product_id=line.item.product_id,
        quantity=line.item.quantity,
        unit_price_minor=line.item.unit_price_minor,
        gross_minor=line.gross_minor,
        discount_minor=line.discount_minor,
        net_minor=line.paid_minor + partner_funded(line.adjustments),
        paid_minor=line.paid_minor,
        adjustments=line.adjustments,
    )


def order_event(unit: Unit, order: Order) -> dict[str, object]:
    """What `order.settled` tells: no personal data."""
    return {
        "number": order.number,
        "store_id": str(order.store_id),
        "channel": order.channel,
        "gross_minor": order.gross_minor,
        "discount_minor": order.discount_minor,
        "net_minor": order.net_minor,
        "paid_minor": order.paid_minor,
        "units": order.units,
        "line_count": order.line_count,
        "points_earned": order.points_earned,
        "points_spent": order.points_spent,
        "settled_by": {"kind": str(unit.principal.kind), "id": str(unit.principal.id)},
    }
