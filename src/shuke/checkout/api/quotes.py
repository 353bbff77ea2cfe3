"""What would this cart cost? Nothing is written."""

from typing import Annotated

from fastapi import APIRouter

from shuke.checkout.api.bodies import QuoteBody
from shuke.checkout.api.views import Quote
from shuke.checkout.quoting import quote
from shuke.infra.http import Call, allow
from shuke.tenancy.model import Permission

router = APIRouter(tags=["checkout"])


@router.post("/quotes")
def make_quote(body: QuoteBody, call: Annotated[Call, allow(Permission.ORDERS_READ)]) -> Quote:
    """Settle a cart without writing anything: every cent of discount with its rule, funder and reason."""
    with call.unit() as unit:
        return Quote.of(quote(unit, body.cart()))
