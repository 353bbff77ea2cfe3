"""What the rest of checkout, and the entry points, may use of payments.

An order that is to be paid outside: `intend` in the transaction that places it, `start` after the commit; whoever
wants the money registers what to do with a `Paid` in entrypoints/paying.py. Cancelled: `abandon` in the transaction,
`close` after it (or the worker). Returned: `intend_refund` in the transaction, `send_refund` after it (or the worker).
"""

from shuke.checkout.payments.auditing import audit
from shuke.checkout.payments.desk import Desk, Gateways, OnPaid
from shuke.checkout.payments.intents import abandon, intend, intend_refund
from shuke.checkout.payments.model import Intent, Method, Paid, Payer, Payment, PaymentRefund, ProviderName, Purpose
from shuke.checkout.payments.notifying import receive
from shuke.checkout.payments.store import of_reference, refunds
from shuke.checkout.payments.sweeping import Swept, settle_unknown
from shuke.checkout.payments.talking import check, check_refund, close, send_refund, start

__all__ = [
    "Desk",
    "Gateways",
    "Intent",
    "Method",
    "OnPaid",
    "Paid",
    "Payer",
    "Payment",
    "PaymentRefund",
    "ProviderName",
    "Purpose",
    "Swept",
    "abandon",
    "audit",
    "check",
    "check_refund",
    "close",
    "intend",
    "intend_refund",
    "of_reference",
    "receive",
    "refunds",
    "send_refund",
    "settle_unknown",
    "start",
]
