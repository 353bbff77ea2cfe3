"""The SQL of accounts and sessions (platform scope) and of staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.tenancy.model import ROLES, Role, Staff, StoreScope
from shuke.tenancy.tables import accounts, sessions, sign_in_attempts, staff, staff_stores
from shuke.tenancy.tables import stores as store_table


@dataclass(frozen=True, slots=True)
class Account:
    account_id: UUID
    login: str
    name: str
    password_hash: str
    platform_admin: bool
    merchant_id: UUID | None
    disabled_at: datetime | None


_ACCOUNT = (
    accounts.c.account_id,
    accounts.c.login,
    accounts.c.name,
    accounts.c.password_hash,
    accounts.c.platform_admin,
    accounts.c.merchant_id,
    accounts.c.disabled_at,
)


def account_of_session(unit: Unit, secret_hash: bytes, now: datetime) -> Account | None:
    row = unit.connection.execute(
        sa.select(*_ACCOUNT)
        .join(sessions, sessions.c.account_id == accounts.c.account_id)
        .where(sessions.c.secret_hash == secret_hash, sessions.c.expires_at > now)
    ).first()
    return Account(*row) if row else None


def account_by_login(unit: Unit, login: str) -> Account | None:
    row = unit.connection.execute(sa.select(*_ACCOUNT).where(accounts.c.login == login)).first()
    return Account(*row) if row else None


def account(unit: Unit, account_id: UUID) -> Account:
    return Account(*unit.connection.execute(sa.select(*_ACCOUNT).where(accounts.c.account_id == account_id)).one())


def add_account(unit: Unit, added: Account) -> bool:
    """False when the login is taken."""
    values = {field: getattr(added, field) for field in Account.__dataclass_fields__}
    result = unit.connection.execute(
        insert(accounts)
        .values(**values, created_at=unit.now())
        .on_conflict_do_nothing(index_elements=["login"])
        .returning(accounts.c.account_id)
    )
    return result.first() is not None


def set_account(unit: Unit, account_id: UUID, **values: object) -> None:
    unit.connection.execute(accounts.update().where(accounts.c.account_id == account_id).values(**values))


def set_password(unit: Unit, account_id: UUID, password_hash: str) -> None:
    set_account(unit, account_id, password_hash=password_hash)


def account_signed_in(unit: Unit, account_id: UUID, now: datetime) -> None:
    set_account(unit, account_id, last_sign_in_at=now)


def add_session(unit: Unit, secret_hash: bytes, account_id: UUID, now: datetime, expires_at: datetime) -> None:
    unit.connection.execute(
        sessions.insert().values(secret_hash=secret_hash, account_id=account_id, created_at=now, expires_at=expires_at)
    )


def session_expiry(unit: Unit, secret_hash: bytes) -> datetime | None:
    found: datetime | None = unit.connection.scalar(
        sa.select(sessions.c.expires_at).where(sessions.c.secret_hash == secret_hash)
    )
    return found


def end_session(unit: Unit, secret_hash: bytes) -> None:
    unit.connection.execute(sessions.delete().where(sessions.c.secret_hash == secret_hash))


def end_sessions_of(unit: Unit, account_id: UUID) -> None:
    unit.connection.execute(sessions.delete().where(sessions.c.account_id == account_id))


def end_expired_sessions_of(unit: Unit, account_id: UUID, now: datetime) -> None:
    unit.connection.execute(sessions.delete().where(sessions.c.account_id == account_id, sessions.c.expires_at <= now))


def failures(unit: Unit, subject: str, now: datetime) -> tuple[int, datetime]:
    """How often `subject` failed, and when last; its row is there and locked until the transaction ends."""
    table = sign_in_attempts.c
    first = insert(sign_in_attempts).values(subject=subject, failures=0, last_failure_at=now)
    unit.connection.execute(first.on_conflict_do_nothing())
    found = sa.select(table.failures, table.last_failure_at).where(table.subject == subject).with_for_update()
    row = unit.connection.execute(found).one()
    return row[0], row[1]


def set_failures(unit: Unit, subject: str, count: int, now: datetime) -> None:
    mine = sign_in_attempts.c.subject == subject
    unit.connection.execute(sign_in_attempts.update().where(mine).values(failures=count, last_failure_at=now))


def forget_failures(unit: Unit, subject: str) -> None:
    unit.connection.execute(sign_in_attempts.delete().where(sign_in_attempts.c.subject == subject))


def forgive_failure(unit: Unit, subject: str) -> None:
    """Take back one failure that was none."""
    table = sign_in_attempts.c
    unit.connection.execute(
        sign_in_attempts.update()
        .where(table.subject == subject, table.failures > 0)
        .values(failures=table.failures - 1)
    )


def staff_of_account(unit: Unit, account_id: UUID) -> Staff | None:
    found = staff_where(unit, staff.c.account_id == account_id)
    return found[0] if found else None


def staff_where(unit: Unit, *conditions: sa.ColumnElement[bool]) -> list[Staff]:
    """Staff of the unit's merchant, by name."""
    query = staff_query(unit).where(*conditions).order_by(staff.c.name, staff.c.staff_id)
    return [staff_of_row(row) for row in unit.connection.execute(query)]


def staff_query(unit: Unit) -> sa.Select[Any]:
    """Staff of the unit's merchant with `store_ids`; for `staff_of_row`."""
    stores_of = (
        sa.select(sa.func.array_agg(staff_stores.c.store_id))
        .where(staff_stores.c.merchant_id == staff.c.merchant_id, staff_stores.c.staff_id == staff.c.staff_id)
        .scalar_subquery()
    )
    return sa.select(staff, stores_of.label("store_ids")).where(staff.c.merchant_id == unit.merchant_id)


def staff_of_row(row: sa.Row[Any]) -> Staff:
    role = Role(row.role)
    limited = ROLES[role].stores is not StoreScope.ALL
    return Staff(
        staff_id=row.staff_id,
        account_id=row.account_id,
        login=row.login,
        name=row.name,
        role=role,
        store_ids=frozenset(row.store_ids or ()) if limited else None,
        disabled_at=row.disabled_at,
        last_sign_in_at=row.last_sign_in_at,
    )


def staff_signed_in(unit: Unit, account_id: UUID, now: datetime) -> None:
    unit.connection.execute(
        staff.update()
        .where(staff.c.merchant_id == unit.merchant_id, staff.c.account_id == account_id)
        .values(last_sign_in_at=now)
    )


def add_staff(unit: Unit, person: Staff) -> None:
    unit.connection.execute(
        staff.insert().values(
            merchant_id=unit.merchant_id,
            staff_id=person.staff_id,
            account_id=person.account_id,
            login=person.login,
            name=person.name,
            role=person.role,
            created_at=unit.now(),
        )
    )
    set_staff_stores(unit, person.staff_id, person.store_ids or ())


def set_staff_stores(unit: Unit, staff_id: UUID, store_ids: Iterable[UUID]) -> None:
    """Where a person works from now on, instead of before."""
    mine = sa.and_(staff_stores.c.merchant_id == unit.merchant_id, staff_stores.c.staff_id == staff_id)
    unit.connection.execute(staff_stores.delete().where(mine))
    rows = [{"merchant_id": unit.merchant_id, "staff_id": staff_id, "store_id": item} for item in store_ids]
    if rows:
        unit.connection.execute(sa.insert(staff_stores).values(rows))


def store_ids_by_code(unit: Unit, limit: int) -> list[UUID]:
    table = store_table.c
    rows = unit.connection.scalars(
        sa.select(table.store_id).where(table.merchant_id == unit.merchant_id).order_by(table.code).limit(limit)
    )
    return list(rows)
