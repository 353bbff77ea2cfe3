"""All laws of the books, checked on a live database."""

from collections.abc import Sequence
from uuid import UUID

from shuke.checkout import service as checkout
from shuke.infra.database import Database
from shuke.insight import service as insight
from shuke.kernel.audit import Check
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.tenancy import service as tenancy


def run_audit(database: Database, merchant_id: UUID) -> Sequence[Check]:
    """Every check of every domain for one merchant, in one snapshot."""
    with database.merchant(merchant_id) as unit:
        return [*ledger.audit(unit), *loyalty.audit(unit), *checkout.audit(unit), *insight.audit(unit)]


def all_merchants(database: Database) -> Sequence[UUID]:
    with database.platform() as unit:
        return tenancy.merchant_ids(unit)
