"""A merchant comes to be: its row, its first owner's account and place, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Database, Unit, enter
from shuke.infra.keyset import Sort, page
from shuke.infra.passwords import hash_password
from shuke.kernel.ids import new_id
from shuke.tenancy import service, store
from shuke.tenancy.errors import LoginTaken
from shuke.tenancy.hooks import Hooks
from shuke.tenancy.model import Merchant, Role, Staff
from shuke.tenancy.tables import merchants


@dataclass(frozen=True, slots=True)
class FirstOwner:
    login: str
    name: str
    password: str


def create_merchant(database: Database, merchant: Merchant, *, login: str, owner_name: str, password: str) -> UUID:
    """Store `merchant` with its first owner; returns the owner's staff id. Raises LoginTaken."""
    with database.platform() as unit:
        return open_merchant(unit, merchant, FirstOwner(login, owner_name, password), Hooks())


def open_merchant(unit: Unit, merchant: Merchant, owner: FirstOwner, hooks: Hooks) -> UUID:
    """The same within a unit of the platform, which sees only the platform again afterwards."""
    opened = merchants.insert().values(
        merchant_id=merchant.merchant_id,
        name=merchant.name,
        currency=merchant.currency,
        timezone=merchant.timezone,
        locale=merchant.locale,
        created_at=unit.now(),
    )
    unit.connection.execute(opened)
    account_id = add_account(unit, merchant.merchant_id, login=owner.login, name=owner.name, password=owner.password)
    enter(unit.connection, merchant.merchant_id)
    here = unit.acting_as(replace(unit.principal, merchant_id=merchant.merchant_id))
    staff_id = add_staff_row(here, account_id, login=owner.login, name=owner.name, role=Role.OWNER)
    shown = {"name": merchant.name, "currency": merchant.currency, "timezone": merchant.timezone}
    service.record_change(here, "merchant.opened", "merchant", merchant.merchant_id, None, shown)
    hooks.on_opening(here)
    enter(unit.connection, None)
    return staff_id


def add_account(unit: Unit, merchant_id: UUID | None, *, login: str, name: str, password: str) -> UUID:
    """An account that can sign in; needs a unit of the platform. `merchant_id` None makes a platform administrator."""
    account = store.Account(
        account_id=new_id(),
        login=login.strip().lower(),
        name=name,
        password_hash=hash_password(password),
        platform_admin=merchant_id is None,
        merchant_id=merchant_id,
        disabled_at=None,
    )
    if not store.add_account(unit, account):
        raise LoginTaken(login=account.login)
    return account.account_id


def add_staff_row(unit: Unit, account_id: UUID, *, login: str, name: str, role: Role) -> UUID:
    staff_id = new_id()
    store.add_staff(unit, Staff(staff_id, account_id, login.strip().lower(), name, role, None, None, None))
    return staff_id


_SORTS: Mapping[str, sa.ColumnElement[Any]] = {"name": merchants.c.name, "created_at": merchants.c.created_at}


def list_merchants(
    unit: Unit, q: str | None, sort: str, cursor: str | None, limit: int
) -> tuple[list[tuple[Merchant, datetime]], str | None]:
    """Merchants and when they were opened; needs a unit of the platform."""
    table = merchants.c
    query = sa.select(merchants)
    if q:
        query = query.where(table.name.icontains(q, autoescape=True))
    order = Sort(_SORTS[sort.removeprefix("-")], table.merchant_id, descending=sort.startswith("-"))
    rows, following = page(unit, query, order, cursor, limit)
    found = [
        (Merchant(row.merchant_id, row.name, row.currency, row.timezone, row.locale), row.created_at) for row in rows
    ]
    return found, following
