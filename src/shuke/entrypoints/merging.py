"""What a merge of members does to all that they have, put together from what each domain says of its own."""

from shuke.audience import service as audience
from shuke.checkout import service as checkout
from shuke.insight import service as insight
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.members.service import Plan
from shuke.offers import service as offers
from shuke.stored_value import service as stored_value

PLAN = Plan(
    (
        insight.MOVES,
        members.MOVES,
        members.TAG_MOVES,
        checkout.MOVES,
        ledger.MOVES,
        loyalty.MOVES,
        offers.MOVES,
        stored_value.MOVES,
        audience.MOVES,
    )
)
"""Orders are held before balances, as whoever refunds holds them."""
