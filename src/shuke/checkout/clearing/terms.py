"""How the merchant clears, and where clearing stands."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.checkout.clearing.errors import ClearingBegun
from shuke.checkout.clearing.model import BonusBearer, Terms, Window
from shuke.checkout.clearing.rules import window
from shuke.checkout.clearing.tables import clearing_days, clearing_terms
from shuke.infra.database import Unit
from shuke.tenancy import service as tenancy


def terms(unit: Unit) -> Terms:
    """As the merchant set them; until it does, stores settle on their own from its first day on."""
    table = clearing_terms.c
    row = unit.connection.execute(sa.select(clearing_terms).where(table.merchant_id == unit.merchant_id)).first()
    if row is None:
        return Terms(tenancy.opened_on(unit))
    since = row.since or tenancy.opened_on(unit)
    return Terms(since, row.stores_settle, row.merchant_funds, BonusBearer(row.bonus_bearer))


def change_terms(unit: Unit, changes: Mapping[str, Any]) -> Terms:
    """Set what `changes` names; it counts for all days that are still open. Raises ClearingBegun when the first day
    changes after a day has been closed."""
    hold(unit)
    before, closed = terms(unit), last_closed(unit)
    after = replace(before, **changes)
    if after == before:
        return before
    if after.since != before.since and closed is not None:
        raise ClearingBegun(day=closed.isoformat())
    values = asdict(after)
    row = {"merchant_id": unit.merchant_id, **values}
    written = insert(clearing_terms).values(row)
    unit.connection.execute(written.on_conflict_do_update(index_elements=["merchant_id"], set_=values))
    was = {name: value for name, value in asdict(before).items() if values[name] != value}
    told = {name: values[name] for name in was}
    tenancy.record_change(unit, "clearing.terms_changed", "clearing_terms", unit.merchant_id, was, told, payload=told)
    return after


def standing(unit: Unit) -> Window:
    """Which days can be closed."""
    return window(terms(unit), last_closed(unit), tenancy.today(unit))


def last_closed(unit: Unit) -> date | None:
    day = clearing_days.c
    last: date | None = unit.connection.scalar(
        sa.select(sa.func.max(day.business_day)).where(day.merchant_id == unit.merchant_id)
    )
    return last


def hold(unit: Unit) -> None:
    """Nobody else closes, or changes the terms, until this transaction ends."""
    lock = sa.func.hashtextextended(f"clearing/{unit.merchant_id}", 0)
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
