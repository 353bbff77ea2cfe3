"""Who may hire, change and see whom."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from fastapi.testclient import TestClient

from shuke.infra.http_ids import StoreId
from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import ROLES, Permission, Role
from tests.support.world import PASSWORD, Shop, World


def _store(id: StoreId) -> str:
    return show(Prefix.STORE, id)


def _staff(client: TestClient, **filters: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/v1/staff", params=filters).json()["items"]
    return items


def _id(client: TestClient, login: str) -> str:
    return str(_staff(client, q=login)[0]["id"])


def test_a_hire_signs_in_with_the_password_shown_once(world: World) -> None:
    shop = world.merchant()
    client, store = world.client(shop.login), shop.store()
    body = {"login": "Li@Shop", "name": "李", "role": "cashier", "store_ids": [_store(store.store_id)]}
    hired = client.post("/v1/staff", json=body).json()
    session = world.client().post("/v1/session", json={"login": "li@shop", "password": hired["password"]}).json()
    assert (session["role"], [item["code"] for item in session["stores"]]) == ("cashier", [store.code])
    assert "password" not in _staff(client, q="li@shop")[0]
    again = client.post("/v1/staff", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "login_taken")


@pytest.mark.parametrize(
    ("role", "stores", "right"),
    [
        ("cashier", 0, False),
        ("cashier", 1, True),
        ("cashier", 2, False),
        ("manager", 0, False),
        ("manager", 2, True),
        ("guide", 1, True),
        ("analyst", 0, True),
        ("owner", 0, True),
    ],
)
def test_a_role_works_in_one_some_or_all_stores(world: World, role: str, stores: int, right: bool) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    ids = [_store(shop.store().store_id) for _ in range(stores)]
    answer = client.post("/v1/staff", json={"login": "someone", "name": "某", "role": role, "store_ids": ids})
    assert answer.status_code == (201 if right else 422), answer.text
    assert len(_staff(client)) == (2 if right else 1)


def test_stores_of_others_do_not_exist(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    body = {"login": "someone", "name": "某", "role": "cashier", "store_ids": [_store(other.store().store_id)]}
    answer = world.client(shop.login).post("/v1/staff", json=body)
    assert (answer.status_code, answer.json()["fields"][0]["path"]) == (422, "store_ids")
    assert world.client().post("/v1/session", json={"login": "someone", "password": PASSWORD}).status_code == 401


def test_a_new_role_counts_at_once(world: World) -> None:
    shop = world.merchant()
    owner, login = world.client(shop.login), shop.staff(Role.CASHIER)
    client = world.client(login)
    assert client.get("/v1/reports/summary").status_code == 403
    changed = owner.patch(f"/v1/staff/{_id(owner, login)}", json={"role": "analyst"})
    assert changed.json()["stores"] is None
    assert client.get("/v1/session").json()["role"] == "analyst"
    assert client.get("/v1/orders").status_code == 200
    back = owner.patch(f"/v1/staff/{_id(owner, login)}", json={"role": "cashier"})
    assert back.status_code == 422, "a cashier needs a store"


def test_whoever_is_disabled_is_out_at_once(world: World) -> None:
    shop = world.merchant()
    owner, login = world.client(shop.login), shop.staff(Role.ANALYST)
    client, staff_id = world.client(login), _id(owner, login)
    assert owner.patch(f"/v1/staff/{staff_id}", json={"disabled": True}).json()["disabled"] is True
    assert client.get("/v1/stores").status_code == 401
    refused = world.client().post("/v1/session", json={"login": login, "password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (401, "wrong_credentials")
    assert owner.patch(f"/v1/staff/{staff_id}", json={"disabled": False}).json()["disabled"] is False
    assert client.get("/v1/stores").status_code == 401, "old sessions stay ended"
    assert world.client(login).get("/v1/stores").status_code == 200


def test_a_reset_password_ends_every_session(world: World) -> None:
    shop = world.merchant()
    owner, login = world.client(shop.login), shop.staff(Role.ANALYST)
    client = world.client(login)
    new = owner.post(f"/v1/staff/{_id(owner, login)}/password").json()["password"]
    assert client.get("/v1/session").status_code == 401
    assert world.client().post("/v1/session", json={"login": login, "password": PASSWORD}).status_code == 401
    assert world.client().post("/v1/session", json={"login": login, "password": new}).status_code == 201


def test_the_last_owner_stays(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    me = _id(client, shop.login)
    for change in ({"disabled": True}, {"role": "operator"}):
        answer = client.patch(f"/v1/staff/{me}", json=change)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")
    second = shop.staff(Role.OWNER)
    assert client.patch(f"/v1/staff/{_id(client, second)}", json={"disabled": True}).status_code == 200
    answer = client.patch(f"/v1/staff/{me}", json={"role": "operator"})
    assert answer.json()["code"] == "last_owner", "an owner who cannot sign in does not count"


def test_two_owners_cannot_remove_each_other_at_once(world: World) -> None:
    shop = world.merchant()
    logins = [shop.login, shop.staff(Role.OWNER)]
    clients = [world.client(login) for login in logins]
    ids = [_id(clients[0], login) for login in logins]
    together = Barrier(2)

    def remove_the_other(number: int) -> int:
        together.wait()
        return clients[number].patch(f"/v1/staff/{ids[1 - number]}", json={"disabled": True}).status_code

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(remove_the_other, range(2)))
    assert codes[0] == 200
    assert codes[1] in (401, 409)


def test_nobody_hands_on_what_he_lacks(world: World) -> None:
    """A machine that may write staff, and little else, makes nobody more powerful than itself."""
    shop = world.merchant()
    client = world.client()
    secret = shop.key(Permission.STAFF_WRITE, Permission.STAFF_READ, *ROLES[Role.ANALYST].permissions)
    client.headers["Authorization"] = f"Bearer {secret}"
    owner = _id(client, shop.login)
    for method, path, body in (
        ("POST", "/v1/staff", {"login": "someone", "name": "某", "role": "owner"}),
        ("PATCH", f"/v1/staff/{owner}", {"disabled": True}),
        ("POST", f"/v1/staff/{owner}/password", None),
    ):
        answer = client.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "cannot_grant_more"), path
    analyst = {"login": "someone", "name": "某", "role": "analyst"}
    assert client.post("/v1/staff", json=analyst).status_code == 201
    promoted = client.patch(f"/v1/staff/{_id(client, 'someone')}", json={"role": "owner"})
    assert promoted.json()["code"] == "cannot_grant_more"


def test_a_manager_sees_the_staff_of_his_stores(world: World) -> None:
    shop = world.merchant()
    here, there = shop.store(), shop.store()
    manager = shop.staff(Role.MANAGER, [here])
    shared = shop.staff(Role.GUIDE, [here, there])
    far = shop.staff(Role.CASHIER, [there])
    client = world.client(manager)
    seen = {person["login"] for person in _staff(client)}
    assert seen == {manager, shared}
    assert far not in client.get("/v1/staff/export").text
    assert _staff(client, store_id=_store(there.store_id))[0]["login"] == shared


def test_the_platform_role_is_not_for_merchants(world: World) -> None:
    client = world.client(world.merchant().login)
    body = {"login": "someone", "name": "某", "role": "platform_admin"}
    assert client.post("/v1/staff", json=body).status_code == 422
    assert "platform_admin" not in {item["role"] for item in client.get("/v1/roles").json()["items"]}


def test_pages_and_filters(world: World) -> None:
    shop = world.merchant()
    logins = {shop.login} | {shop.staff(role) for role in (Role.ANALYST, Role.ANALYST, Role.OPERATOR)}
    client = world.client(shop.login)
    for sort in ("name", "-name", "login", "-login", "role", "last_sign_in_at", "-last_sign_in_at"):
        seen: list[str] = []
        cursor: str | None = None
        while True:
            page = client.get("/v1/staff", params={"sort": sort, "limit": 2, **({"cursor": cursor} if cursor else {})})
            seen += [person["login"] for person in page.json()["items"]]
            cursor = page.json()["next_cursor"]
            if cursor is None:
                break
        assert sorted(seen) == sorted(logins), sort
    assert len(_staff(client, role="analyst")) == 2
    assert len(_staff(client, disabled="true")) == 0
    assert client.get("/v1/staff", params={"cursor": "nonsense"}).json()["code"] == "bad_cursor"


def test_changes_are_audited(world: World) -> None:
    shop: Shop = world.merchant()
    client, login = world.client(shop.login), shop.staff(Role.ANALYST)
    staff_id = _id(client, login)
    client.patch(f"/v1/staff/{staff_id}", json={"role": "operator", "name": "新"})
    client.patch(f"/v1/staff/{staff_id}", json={"name": "新"})
    client.post(f"/v1/staff/{staff_id}/password")
    entries = client.get("/v1/audit-log", params={"subject": staff_id}).json()["items"]
    assert sorted(entry["action"] for entry in entries) == ["staff.changed", "staff.hired", "staff.password_reset"]
    change = next(entry for entry in entries if entry["action"] == "staff.changed")
    assert change["before"] == {"name": "analyst", "role": "analyst"}
    assert change["after"] == {"name": "新", "role": "operator"}
    assert change["actor"]["name"] == "店主"
