"""All laws of the books, checked on a live database."""

from collections.abc import Sequence
from itertools import chain
from uuid import UUID

from shuke.audience import service as audience
from shuke.checkout import service as checkout
from shuke.checkout.clearing import service as clearing
from shuke.checkout.payments import service as payments
from shuke.entrypoints.merging import PLAN
from shuke.infra import outbox
from shuke.infra.database import Database
from shuke.infra.planning import whole_tables
from shuke.insight import service as insight
from shuke.kernel.audit import Check
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.offers import service as offers
from shuke.stored_value import service as stored_value
from shuke.tenancy import service as tenancy


def run_audit(database: Database, merchant_id: UUID) -> Sequence[Check]:
    """Every check of every domain for one merchant. A check is one statement, so it sees one state of the books."""
    with database.merchant(merchant_id) as unit, whole_tables(unit):
        laws = (outbox, members, ledger, loyalty, offers, stored_value, checkout, payments, clearing, audience, insight)
        found = chain.from_iterable(domain.audit(unit) for domain in laws)
        return [*found, *members.audit_merges(unit, PLAN)]


def all_merchants(database: Database) -> Sequence[UUID]:
    with database.platform() as unit:
        return tenancy.merchant_ids(unit)
