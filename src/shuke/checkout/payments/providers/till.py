"""Money that the till itself sees: cash in the drawer, a terminal's slip, a bank transfer. Whoever keys it in says
that it is there, so it is paid at once, and sent back at once."""

from collections.abc import Mapping

from shuke.checkout.payments.errors import NotificationRefused
from shuke.checkout.payments.model import Notification, Payer, Payment, PaymentRefund, Telling, Told


class AtTill:
    def start(self, payment: Payment, payer: Payer, notify_url: str) -> Told:  # noqa: ARG002
        return Told(Telling.PAID, amount_minor=payment.amount_minor, currency=payment.currency)

    def query(self, payment: Payment) -> Told:
        return self.start(payment, Payer(), "")

    def close(self, payment: Payment) -> Told:  # noqa: ARG002
        return Told(Telling.CLOSED)

    def refund(self, payment: Payment, refund: PaymentRefund, notify_url: str) -> Told:  # noqa: ARG002
        return Told(Telling.PAID, amount_minor=refund.amount_minor, currency=payment.currency)

    def query_refund(self, payment: Payment, refund: PaymentRefund) -> Told:
        return self.refund(payment, refund, "")

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Notification:  # noqa: ARG002
        raise NotificationRefused(reason="provider")

    def prove(self) -> Told:
        return Told(Telling.ABSENT)
