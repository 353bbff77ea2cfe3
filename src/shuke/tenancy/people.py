"""The SQL of lists of staff, and of changes to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.tenancy import store
from shuke.tenancy.model import Role, Staff
from shuke.tenancy.tables import merchants, staff, staff_stores

_SORTS: Mapping[str, sa.ColumnElement[Any]] = {
    "name": staff.c.name,
    "login": staff.c.login,
    "role": staff.c.role,
    "last_sign_in_at": sa.func.coalesce(staff.c.last_sign_in_at, sa.literal(datetime(1970, 1, 1, tzinfo=UTC))),
}


@dataclass(frozen=True, slots=True)
class StaffFilter:
    """Which staff to list; `q` is any part of a login or name."""

    q: str | None = None
    role: Role | None = None
    store_id: UUID | None = None
    disabled: bool | None = None


def list_staff(
    unit: Unit, wanted: StaffFilter, sort: str, cursor: str | None, limit: int
) -> tuple[list[Staff], str | None]:
    """Staff within the principal's reach, a page at a time."""
    query = store.staff_query(unit).where(*_conditions(unit, wanted))
    order = Sort(_SORTS[sort.removeprefix("-")], staff.c.staff_id, descending=sort.startswith("-"))
    rows, following = page(unit, query, order, cursor, limit)
    return [store.staff_of_row(row) for row in rows], following


def find(unit: Unit, staff_id: UUID) -> Staff | None:
    """One person, when within the principal's reach."""
    found = store.staff_where(unit, staff.c.staff_id == staff_id, *_conditions(unit, StaffFilter()))
    return found[0] if found else None


def _conditions(unit: Unit, wanted: StaffFilter) -> list[sa.ColumnElement[bool]]:
    conditions = []
    if unit.principal.store_ids is not None:
        conditions.append(_works_in(staff_stores.c.store_id.in_(list(unit.principal.store_ids))))
    if wanted.store_id is not None:
        conditions.append(_works_in(staff_stores.c.store_id == wanted.store_id))
    if wanted.q:
        conditions.append(
            staff.c.login.icontains(wanted.q, autoescape=True) | staff.c.name.icontains(wanted.q, autoescape=True)
        )
    if wanted.role is not None:
        conditions.append(staff.c.role == wanted.role)
    if wanted.disabled is not None:
        conditions.append(staff.c.disabled_at.is_not(None) if wanted.disabled else staff.c.disabled_at.is_(None))
    return conditions


def _works_in(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        staff_stores.c.merchant_id == staff.c.merchant_id, staff_stores.c.staff_id == staff.c.staff_id, condition
    )


def set_staff(unit: Unit, staff_id: UUID, **values: object) -> None:
    mine = sa.and_(staff.c.merchant_id == unit.merchant_id, staff.c.staff_id == staff_id)
    unit.connection.execute(staff.update().where(mine).values(**values))


def one_change_at_a_time(unit: Unit) -> None:
    """Changes of a merchant's staff queue up here until the transaction ends; its orders and members do not."""
    query = sa.select(merchants.c.merchant_id).where(merchants.c.merchant_id == unit.merchant_id)
    unit.connection.execute(query.with_for_update(key_share=True))


def other_owners(unit: Unit, staff_id: UUID) -> int:
    """How many owners besides `staff_id` can sign in."""
    return len(
        store.staff_where(unit, staff.c.role == Role.OWNER, staff.c.disabled_at.is_(None), staff.c.staff_id != staff_id)
    )
