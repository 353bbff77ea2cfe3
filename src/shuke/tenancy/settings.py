"""What a merchant decides about itself."""

from collections.abc import Mapping
from dataclasses import asdict

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.tenancy import service
from shuke.tenancy.errors import BooksAreOpen
from shuke.tenancy.hooks import Hooks
from shuke.tenancy.model import Merchant
from shuke.tenancy.rules import difference
from shuke.tenancy.tables import merchants

FROZEN_BY_ORDERS = frozenset({"currency", "timezone"})
"""Amounts and business days already written mean nothing in another currency or time zone."""


def change(unit: Unit, hooks: Hooks, changes: Mapping[str, object]) -> Merchant:
    """Set what `changes` names (name, currency, timezone, locale). Raises BooksAreOpen."""
    # An order holds a share lock on its merchant's row until it is written: after this, none is under way.
    mine = merchants.c.merchant_id == unit.merchant_id
    unit.connection.execute(sa.select(merchants.c.merchant_id).where(mine).with_for_update())
    was = service.merchant(unit)
    before, after = difference(asdict(was), changes)
    if not after:
        return was
    if FROZEN_BY_ORDERS & set(after) and hooks.has_orders(unit):
        raise BooksAreOpen
    unit.connection.execute(merchants.update().where(mine).values(**after))
    service.record_change(unit, "settings.changed", "merchant", unit.merchant_id, before, after)
    return service.merchant(unit)
