"""Members over HTTP: joining, changing, codes; who may see what."""

from typing import Any

from fastapi.testclient import TestClient

from shuke.kernel.ids import Prefix, show
from shuke.kernel.principal import Principal, PrincipalKind
from shuke.members import service
from shuke.members.service import core
from shuke.tenancy.model import Permission
from tests.support.world import World

NEW: dict[str, Any] = {
    "name": "王小明",
    "phone": "138 0000 1234",
    "channel": "pos",
    "consent": {"terms": True, "marketing": True},
}


def test_join_change_and_code(world: World) -> None:
    shop = world.merchant()
    store = shop.store(code="S1")
    client = world.client(shop.login)
    body = {**NEW, "join_store_id": show(Prefix.STORE, store.store_id), "email": "", "attributes": {"size": 3}}
    answer = client.post("/v1/members", json=body)
    assert answer.status_code == 201, answer.text
    member = answer.json()
    assert (member["phone"], member["email"], member["attributes"]) == ("13800001234", None, {"size": 3})
    assert member["join_store"] == {"id": show(Prefix.STORE, store.store_id), "code": "S1", "name": store.name}
    assert {entry["purpose"]: entry["granted"] for entry in member["consents"]} == {"terms": True, "marketing": True}

    path = f"/v1/members/{member['id']}"
    changed = client.patch(path, json={"card": "VIP-1", "status": "blocked", "consent": {"marketing": False}})
    assert changed.status_code == 200, changed.text
    assert (changed.json()["card"], changed.json()["status"]) == ("VIP1", "blocked")
    assert changed.json()["name"] == "王小明"
    assert len(changed.json()["consents"]) == 3

    code = client.post(f"{path}/code")
    assert code.status_code == 201
    assert code.json()["code"].isdecimal()


def test_conflict_and_bad_input_are_problems_that_name_the_field(world: World) -> None:
    shop = world.merchant()
    shop.member(phone="13800001234")
    client = world.client(shop.login)
    taken = _problem(client, NEW)
    assert (taken["status"], taken["code"], taken["fields"][0]["path"]) == (409, "identifier_taken", "phone")
    bad = {
        "phone": {**NEW, "phone": "12"},
        "consent.terms": {**NEW, "consent": {"terms": False}},
        "consent": {key: value for key, value in NEW.items() if key != "consent"},
        "channel": {**NEW, "channel": "POS!"},
        "colour": {**NEW, "colour": "red"},
        "birthday": {**NEW, "birthday": "2026-13-01"},
        "join_store_id": {**NEW, "join_store_id": "sto_1"},
        "name": {**NEW, "name": "a\0b"},
    }
    found = {path: _problem(client, body) for path, body in bad.items()}
    assert {path: (problem["status"], problem["fields"][0]["path"]) for path, problem in found.items()} == {
        path: (422, path) for path in bad
    }
    nameless = _problem(client, {"channel": "pos", "consent": {"terms": True}})
    assert (nameless["status"], nameless["fields"][0]["path"]) == (422, "phone")


def test_same_key_joins_once(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    first = client.post("/v1/members", json=NEW, headers={"Idempotency-Key": "k1"})
    again = client.post("/v1/members", json=NEW, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = client.post("/v1/members", json={**NEW, "phone": "13800005678"}, headers={"Idempotency-Key": "k1"})
    assert other.status_code == 409


def test_unknown_member_is_404(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    client = world.client(shop.login)
    path = f"/v1/members/{show(Prefix.MEMBER, other.member().member_id)}"
    assert client.patch(path, json={"name": "x"}).status_code == 404
    assert client.post(f"{path}/code").status_code == 404


def test_contact_data_is_masked_without_the_permission(world: World) -> None:
    shop = world.merchant()
    member = shop.member(phone="13800001234", email="wang@example.com")
    seen = {}
    for permissions in ({Permission.MEMBERS_READ}, {Permission.MEMBERS_READ, Permission.MEMBERS_CONTACT}):
        principal = Principal(
            PrincipalKind.API_KEY, member.member_id, "key", shop.merchant_id, frozenset(map(str, permissions))
        )
        with shop.unit(principal) as unit:
            seen[len(permissions)] = (core(unit, member, None)["phone"], service.shown_email(unit, member))
    assert seen == {1: ("138****1234", "w****@example.com"), 2: ("13800001234", "wang@example.com")}


def _problem(client: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/v1/members", json=body)
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem: dict[str, Any] = answer.json()
    return problem
