"""API keys: what they open, and when they stop."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from shuke.kernel.clock import SimulatedClock
from shuke.tenancy.model import Permission, Role
from shuke.tenancy.tables import api_keys
from tests.support.world import World


def _with(world: World, secret: str) -> TestClient:
    client = world.client()
    client.headers["Authorization"] = f"Bearer {secret}"
    return client


def test_a_key_is_shown_once_and_stored_hashed(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    issued = client.post("/v1/api-keys", json={"name": "POS", "scopes": ["stores.read"]}).json()
    assert issued["secret"].startswith(f"sk_{shop.merchant_id.hex}_")
    assert _with(world, issued["secret"]).get("/v1/stores").status_code == 200
    listed = client.get("/v1/api-keys").json()["items"][0]
    assert "secret" not in listed
    assert listed["last_used_at"] == "2026-03-02T04:00:00Z"
    with shop.unit() as unit:
        row = unit.connection.execute(sa.select(api_keys)).one()
    assert issued["secret"].split("_", 2)[2] not in repr(row)
    assert len(row.secret_hash) == 32


def test_a_key_expires(world: World, clock: SimulatedClock) -> None:
    client = world.client(world.merchant().login)
    expires = (clock.now() + timedelta(days=1)).isoformat()
    body = {"name": "POS", "scopes": ["stores.read"], "expires_at": expires}
    machine = _with(world, client.post("/v1/api-keys", json=body).json()["secret"])
    clock.advance(timedelta(days=1) - timedelta(seconds=1))
    assert machine.get("/v1/stores").status_code == 200
    clock.advance(timedelta(seconds=1))
    assert machine.get("/v1/stores").status_code == 401


def test_a_revoked_key_opens_nothing(world: World) -> None:
    client = world.client(world.merchant().login)
    issued = client.post("/v1/api-keys", json={"name": "POS", "scopes": ["stores.read"]}).json()
    machine = _with(world, issued["secret"])
    for _ in range(2):
        assert client.delete(f"/v1/api-keys/{issued['id']}").status_code == 204
        assert machine.get("/v1/stores").status_code == 401
    actions = [entry["action"] for entry in client.get("/v1/audit-log?action=api_key").json()["items"]]
    assert actions == ["api_key.revoked", "api_key.issued"]
    assert [key["id"] for key in client.get("/v1/api-keys?status=revoked").json()["items"]] == [issued["id"]]
    assert client.get("/v1/api-keys?status=active").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"scopes": []}, 422, "invalid"),
        ({"scopes": ["everything"]}, 422, "invalid"),
        ({"scopes": ["merchants.write"]}, 403, "cannot_grant_more"),
        ({"expires_at": "2026-03-02T04:00:00Z"}, 422, "invalid"),
        ({"expires_at": "2026-04-01T00:00:00"}, 422, "invalid"),
        ({"name": ""}, 422, "invalid"),
    ],
)
def test_what_a_key_cannot_be(world: World, body: dict[str, object], status: int, told: str) -> None:
    client = world.client(world.merchant().login)
    answer = client.post("/v1/api-keys", json={"name": "POS", "scopes": ["stores.read"], **body})
    assert (answer.status_code, answer.json()["code"]) == (status, told)
    assert client.get("/v1/api-keys").json()["items"] == []


def test_a_key_issues_no_keys(world: World) -> None:
    """Or it could outlive its own expiry."""
    machine = _with(world, world.merchant().key())
    answer = machine.post("/v1/api-keys", json={"name": "another", "scopes": ["stores.read"]})
    assert (answer.status_code, answer.json()["code"]) == (403, "people_only")


def test_a_key_works_at_its_own_merchant_only(world: World) -> None:
    """The merchant named in a key only says where to look."""
    shop, other = world.merchant(), world.merchant()
    secret = shop.key(Permission.STORES_READ)
    moved = secret.replace(shop.merchant_id.hex, other.merchant_id.hex)
    assert _with(world, secret).get("/v1/stores").status_code == 200
    assert _with(world, moved).get("/v1/stores").status_code == 401


def test_a_key_is_preferred_to_a_cookie(world: World) -> None:
    """Whoever sends both means the key: it may do less."""
    shop = world.merchant()
    client = world.client(shop.staff(Role.OWNER))
    client.headers["Authorization"] = f"Bearer {shop.key(Permission.STORES_READ)}"
    assert client.get("/v1/staff").status_code == 403
