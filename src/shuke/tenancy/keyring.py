"""The SQL of API keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from shuke.infra import standing
from shuke.infra.database import Ask, Unit, at_once, entering
from shuke.infra.keyset import Sort, page
from shuke.tenancy.model import ApiKey, Permission
from shuke.tenancy.tables import api_keys

KeyStatus = Literal["active", "expired", "revoked"]

_SORTS: Mapping[str, sa.ColumnElement[Any]] = {
    "name": api_keys.c.name,
    "created_at": api_keys.c.created_at,
    "last_used_at": sa.func.coalesce(api_keys.c.last_used_at, sa.literal(datetime(1970, 1, 1, tzinfo=UTC))),
}


@dataclass(frozen=True, slots=True)
class KeyFilter:
    """Which keys to list; `q` is any part of a name."""

    q: str | None = None
    status: KeyStatus | None = None


_FIND = (
    "SELECT key_id, name, scopes, created_at, expires_at, revoked_at, last_used_at FROM api_keys "
    "WHERE merchant_id = %(merchant)s AND secret_hash = %(hash)s"
)


def enter_with(unit: Unit, merchant_id: UUID, secret_hash: bytes) -> ApiKey | None:
    """Go to work for the merchant, and find the key there; what its standing data has come to is noted on the way."""
    asks = (
        entering(merchant_id, limited=True),
        Ask(_FIND, {"merchant": merchant_id, "hash": secret_hash}),
        standing.asking(merchant_id),
    )
    _, found, versions = at_once(unit.connection, *asks)
    standing.note(unit, versions)
    return _key(found[0]) if found else None


def _key(row: Any) -> ApiKey:
    return ApiKey(
        key_id=row.key_id,
        name=row.name,
        scopes=frozenset(Permission(scope) for scope in row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )


def touch(unit: Unit, key_id: UUID, now: datetime) -> None:
    """Note that a key was used; when a request beside this one is just noting it, that will do."""
    mine = sa.and_(api_keys.c.merchant_id == unit.merchant_id, api_keys.c.key_id == key_id)
    free = sa.select(api_keys.c.key_id).where(mine).with_for_update(skip_locked=True).scalar_subquery()
    unit.connection.execute(api_keys.update().where(mine, api_keys.c.key_id == free).values(last_used_at=now))


def add(unit: Unit, key: ApiKey, secret_hash: bytes) -> None:
    unit.connection.execute(
        api_keys.insert().values(
            merchant_id=unit.merchant_id,
            key_id=key.key_id,
            name=key.name,
            secret_hash=secret_hash,
            scopes=sorted(key.scopes),
            created_by=unit.principal.id,
            created_at=key.created_at,
            expires_at=key.expires_at,
        )
    )


def list_keys(
    unit: Unit, wanted: KeyFilter, sort: str, cursor: str | None, limit: int
) -> tuple[list[ApiKey], str | None]:
    table = api_keys.c
    query = sa.select(api_keys).where(table.merchant_id == unit.merchant_id)
    if wanted.q:
        query = query.where(table.name.icontains(wanted.q, autoescape=True))
    expired = sa.func.coalesce(table.expires_at <= unit.now(), sa.false())
    match wanted.status:
        case "active":
            query = query.where(table.revoked_at.is_(None), ~expired)
        case "expired":
            query = query.where(table.revoked_at.is_(None), expired)
        case "revoked":
            query = query.where(table.revoked_at.is_not(None))
    order = Sort(_SORTS[sort.removeprefix("-")], table.key_id, descending=sort.startswith("-"))
    rows, following = page(unit, query, order, cursor, limit)
    return [_key(row) for row in rows], following


def find(unit: Unit, key_id: UUID) -> ApiKey | None:
    """The key, locked until the transaction ends."""
    mine = sa.and_(api_keys.c.merchant_id == unit.merchant_id, api_keys.c.key_id == key_id)
    row = unit.connection.execute(sa.select(api_keys).where(mine).with_for_update()).first()
    return _key(row) if row else None


def set_revoked(unit: Unit, key_id: UUID, now: datetime) -> None:
    mine = sa.and_(api_keys.c.merchant_id == unit.merchant_id, api_keys.c.key_id == key_id)
    unit.connection.execute(api_keys.update().where(mine).values(revoked_at=now))
