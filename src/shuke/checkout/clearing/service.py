"""What others may use of clearing."""

from shuke.checkout.clearing.auditing import audit
from shuke.checkout.clearing.closing import close, close_due, preview
from shuke.checkout.clearing.statements import debts, statement
from shuke.checkout.clearing.terms import change_terms, standing, terms

__all__ = [
    "audit",
    "change_terms",
    "close",
    "close_due",
    "debts",
    "preview",
    "standing",
    "statement",
    "terms",
]
