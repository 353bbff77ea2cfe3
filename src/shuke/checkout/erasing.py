"""What of orders goes with a member: reasons that were typed. What was sold stays, and whoever owes waits."""

from collections.abc import Iterable

import sqlalchemy as sa

from shuke.checkout.model import OrderStatus
from shuke.checkout.payments.model import LIVE, RefundStatus
from shuke.checkout.payments.tables import payment_refunds, payments
from shuke.checkout.tables import orders, payment_wishes, refunds
from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.ledger import service as ledger
from shuke.ledger.model import Kind
from shuke.loyalty import service as loyalty
from shuke.members.service import Her, Obstacle, Part, Stays, emptied
from shuke.stored_value import service as stored_value

_O, _W, _P, _B = orders.c, payment_wishes.c, payments.c, payment_refunds.c

_HOLD = sa.text(
    "SELECT FROM orders WHERE merchant_id = :merchant AND member_id = ANY(:names) ORDER BY order_id FOR UPDATE"
)


def _hold(unit: Unit, her: Her) -> None:
    """Whoever refunds or pays an order holds it before its member and her wallet (see merging.py)."""
    unit.connection.execute(_HOLD, {"merchant": unit.merchant_id, "names": list(her.names)})


def _pending(unit: Unit, her: Her) -> Iterable[Obstacle]:
    mine = (_O.merchant_id == unit.merchant_id, _O.member_id.in_(her.names), _O.status == str(OrderStatus.PENDING))
    if unit.connection.scalar(sa.select(sa.exists().where(*mine))) or _would_come_back(unit, her):
        yield Obstacle(
            "open_orders",
            Text("有待付款的订单：请先完成或取消。", "An order waits to be paid: finish or cancel it first."),
        )


def _would_come_back(unit: Unit, her: Her) -> bool:
    """Whether a pending order took from a card that she bound since, or of a family that she closed since: let go, with
    nobody there to hand it over, it would reach her wallet."""
    posting = ledger.postings_relation().c
    took = sa.select(posting.wallet_id).where(
        _O.merchant_id == unit.merchant_id,
        _O.status == str(OrderStatus.PENDING),
        posting.merchant_id == _O.merchant_id,
        posting.reference_id == _O.order_id,
        posting.kind == Kind.ORDER_SPENT,
        posting.wallet_id.is_distinct_from(_O.member_id),
    )
    wallets = set(unit.connection.scalars(took))
    whose = {*stored_value.bound_cards(unit, wallets).values(), *loyalty.closed_families(unit, wallets).values()}
    return not whose.isdisjoint(her.names)


def _paying(unit: Unit, her: Her) -> Iterable[Obstacle]:
    """Money that is on its way to us or back."""
    ordered = sa.select(_O.order_id).where(_O.merchant_id == unit.merchant_id, _O.member_id.in_(her.names))
    wished = sa.select(_W.wish_id).where(_W.merchant_id == unit.merchant_id, _W.member_id.in_(her.names))
    mine = (_P.merchant_id == unit.merchant_id, _P.reference_id.in_(ordered.union_all(wished)))
    coming = sa.select(_P.payment_id).where(*mine, _P.status.in_([str(status) for status in LIVE]))
    hers = sa.select(_P.payment_id).where(*mine)
    waiting = [str(RefundStatus.CREATED), str(RefundStatus.PENDING)]
    going = sa.select(_B.refund_id).where(
        _B.merchant_id == unit.merchant_id, _B.payment_id.in_(hers), _B.status.in_(waiting)
    )
    if unit.connection.execute(coming.union_all(going).limit(1)).first() is not None:
        yield Obstacle(
            "open_payments",
            Text(
                "有尚未结束的支付或退款：请等待其完成。",
                "A payment or a refund is still on its way: wait until it is done.",
            ),
        )


ERASES = Part(
    goes=(emptied(refunds, "reason", Text("退款事由", "Why orders were refunded")),),
    stays=(
        Stays(
            Text("订单、退款与支付", "Orders, refunds and payments"),
            Text(
                "会计、税务和售后需要；只以会员号为键。",
                "Accounts, taxes and returns need them; they are kept by her number alone.",
            ),
            (
                "orders",
                "order_lines",
                "order_redemptions",
                "refunds",
                "refund_lines",
                "payment_wishes",
                "payments",
                "payment_refunds",
                "payment_events",
            ),
        ),
    ),
    nobodys=(
        "order_policies",
        "payment_accounts",
        "clearing_days",
        "clearing_entries",
        "clearing_facts",
        "clearing_terms",
    ),
    waits=(_hold,),
    holds=(_hold,),
    obstacles=(_pending, _paying),
)
