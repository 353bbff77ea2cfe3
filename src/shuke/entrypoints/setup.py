"""Opening a merchant with everything it needs on its first day."""

from uuid import UUID

from shuke.infra.database import Database
from shuke.loyalty import service as loyalty
from shuke.tenancy.model import Merchant
from shuke.tenancy.onboarding import create_merchant


def open_shop(database: Database, merchant: Merchant, *, login: str, owner_name: str, password: str) -> UUID:
    """Create `merchant` with its first owner and the default programme; returns the owner's staff id."""
    owner_id = create_merchant(database, merchant, login=login, owner_name=owner_name, password=password)
    with database.merchant(merchant.merchant_id) as unit:
        loyalty.create_default_programme(unit)
    return owner_id
