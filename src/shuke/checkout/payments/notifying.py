"""What providers say by themselves: verified first, then booked once, whatever the order and however often."""

from collections.abc import Mapping
from uuid import UUID

from shuke.checkout.payments import accounts, store
from shuke.checkout.payments.desk import Desk
from shuke.checkout.payments.errors import NotificationRefused, ProviderNotSetUp
from shuke.checkout.payments.model import Notification, ProviderName, Source
from shuke.checkout.payments.recording import record, record_refund
from shuke.checkout.payments.rules import Effect
from shuke.infra.database import Unit


def receive(desk: Desk, name: ProviderName, token: str, headers: Mapping[str, str], body: bytes) -> None:
    """Book one notification; a duplicate changes nothing and is answered as the first.

    Raises NotificationRefused when it is forged, stale, not for this merchant, or not about what we asked for. Of
    these only genuine ones about unknown payments or other amounts leave a trace, for people to look at.
    """
    merchant_id = accounts.read_token(desk.database.cipher, name, token)
    try:
        account, provider = desk.provider(merchant_id, name)
    except ProviderNotSetUp as error:
        raise NotificationRefused(reason="account") from error
    notification = provider.read_notification(headers, body)
    with desk.database.merchant(merchant_id) as unit:
        problem = _book(unit, desk, name, account.payee, notification)
    if problem:
        raise NotificationRefused(reason=problem)


def _book(unit: Unit, desk: Desk, name: ProviderName, payee: str, notification: Notification) -> str:
    """What is wrong with it; empty when it is booked."""
    told, key = notification.told, f"{name}:{notification.key}"
    payment = _known(unit, name, payee, notification)
    if payment is None:
        store.add_event(unit, None, told, Source.NOTIFICATION, Effect.NOTHING, key=key)
        return "payment"
    if notification.refund_no is None:
        _, effect = record(unit, desk.on_paid, payment, told, Source.NOTIFICATION, key=key)
        return "amount" if effect is Effect.DIFFERS else ""
    refund = store.find_refund(unit, _id(notification.refund_no) or UUID(int=0))
    if refund is None or refund.payment_id != payment:
        store.add_event(unit, payment, told, Source.NOTIFICATION, Effect.NOTHING, key=key)
        return "refund"
    found = store.payment(unit, payment)
    _, effect = record_refund(unit, found, refund.refund_id, told, Source.NOTIFICATION, key=key)
    return "amount" if effect is Effect.DIFFERS else ""


def _known(unit: Unit, name: ProviderName, payee: str, notification: Notification) -> UUID | None:
    payment_id = _id(notification.trade_no)
    payment = store.find(unit, payment_id) if payment_id else None
    if payment is None or (payment.provider, payment.payee) != (name, payee):
        return None
    return payment.payment_id


def _id(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None
