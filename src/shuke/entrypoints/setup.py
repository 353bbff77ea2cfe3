"""Opening a merchant with everything it needs on its first day."""

from uuid import UUID

from shuke.entrypoints.hooks import HOOKS
from shuke.infra.database import Database
from shuke.tenancy.model import Merchant
from shuke.tenancy.onboarding import FirstOwner, open_merchant


def open_shop(database: Database, merchant: Merchant, *, login: str, owner_name: str, password: str) -> UUID:
    """Create `merchant` with its first owner and the default programme; returns the owner's staff id."""
    with database.platform() as unit:
        return open_merchant(unit, merchant, FirstOwner(login, owner_name, password), HOOKS)
