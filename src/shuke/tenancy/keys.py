"""API keys are issued and revoked."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from shuke.infra.crypto import new_secret, secret_hash
from shuke.infra.database import Unit
from shuke.kernel.errors import NotFound, invalid_field
from shuke.kernel.ids import new_id
from shuke.tenancy import keyring, service
from shuke.tenancy.errors import CannotGrantMore, PeopleOnly
from shuke.tenancy.model import ApiKey, Permission
from shuke.tenancy.rules import require_grantable


def issue(unit: Unit, name: str, scopes: Collection[Permission], expires_at: datetime | None) -> tuple[ApiKey, str]:
    """A new key and its secret, which is shown once and stored hashed.

    Only people issue keys, for what they may do themselves, in every store: a key knows no stores. So a key
    cannot outlive its own expiry by making another. Raises CannotGrantMore, PeopleOnly, Invalid.
    """
    if unit.principal.account_id is None:
        raise PeopleOnly
    require_grantable(unit.principal, scopes)
    if unit.principal.store_ids is not None:
        raise CannotGrantMore(permission="all stores")
    now = unit.now()
    if expires_at is not None and expires_at <= now:
        raise invalid_field("expires_at", "到期时间须在将来。", "It must expire in the future.")
    secret = f"sk_{unit.merchant_id.hex}_{new_secret()}"
    key = ApiKey(new_id(), name, frozenset(scopes), now, expires_at, None, None)
    keyring.add(unit, key, secret_hash(secret))
    granted = {"name": name, "scopes": sorted(scopes), "expires_at": expires_at}
    service.record_change(unit, "api_key.issued", "api_key", key.key_id, None, granted)
    return key, secret


def revoke(unit: Unit, key_id: UUID) -> None:
    """From now on the key opens nothing; revoking it again changes nothing. Raises NotFound."""
    key = keyring.find(unit, key_id)
    if key is None:
        raise NotFound(what="API key")
    if key.revoked_at is None:
        keyring.set_revoked(unit, key_id, unit.now())
        service.record_change(unit, "api_key.revoked", "api_key", key_id, None, {"name": key.name})
