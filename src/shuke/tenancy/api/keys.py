"""API keys, for machines."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, Field

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, View, allow
from shuke.infra.http_ids import ApiKeyId
from shuke.tenancy import keyring, keys
from shuke.tenancy.api.words import Name, Search
from shuke.tenancy.keyring import KeyFilter, KeyStatus
from shuke.tenancy.model import ApiKey, Permission

router = APIRouter(tags=["api-keys"])

KeySort = Literal["name", "-name", "created_at", "-created_at", "last_used_at", "-last_used_at"]


class ApiKeyView(View):
    id: ApiKeyId
    name: str
    scopes: list[Permission]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def of(cls, key: ApiKey) -> "ApiKeyView":
        return cls(
            id=key.key_id,
            name=key.name,
            scopes=sorted(key.scopes),
            created_at=key.created_at,
            expires_at=key.expires_at,
            revoked_at=key.revoked_at,
            last_used_at=key.last_used_at,
        )


class ApiKeyList(View):
    items: list[ApiKeyView]
    next_cursor: str | None


class IssuedApiKey(ApiKeyView):
    """`secret` is shown this once; it is stored hashed."""

    secret: str


class NewApiKey(Body):
    name: Name
    scopes: Annotated[list[Permission], Field(min_length=1, max_length=len(Permission))]
    expires_at: AwareDatetime | None = None


@router.get("/api-keys")
def list_api_keys(
    call: Annotated[Call, allow(Permission.KEYS_READ)],
    q: Annotated[Search | None, Query(description="Part of a name.")] = None,
    status: KeyStatus | None = None,
    sort: KeySort = "-created_at",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ApiKeyList:
    with call.unit() as unit:
        found, following = keyring.list_keys(unit, KeyFilter(q, status), sort, cursor, limit)
    return ApiKeyList(items=[ApiKeyView.of(key) for key in found], next_cursor=following)


@router.post("/api-keys", status_code=201)
def issue_api_key(body: NewApiKey, call: Annotated[Call, allow(Permission.KEYS_WRITE)]) -> IssuedApiKey:
    """A new key for some of what the caller may do."""

    def act(unit: Unit) -> IssuedApiKey:
        key, secret = keys.issue(unit, body.name, body.scopes, body.expires_at)
        return IssuedApiKey(**ApiKeyView.of(key).model_dump(), secret=secret)

    return call.once(IssuedApiKey, body, act)


@router.delete("/api-keys/{key_id}", status_code=204)
def revoke_api_key(key_id: ApiKeyId, call: Annotated[Call, allow(Permission.KEYS_WRITE)]) -> None:
    """Revoke a key: from now on it opens nothing."""
    with call.unit() as unit:
        keys.revoke(unit, key_id)
