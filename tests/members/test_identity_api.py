"""Policies, their simulation, a member's identities and proposals over HTTP."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from shuke.entrypoints.merging import PLAN
from shuke.infra.database import Unit
from shuke.kernel.ids import Prefix, show
from shuke.members.identity.model import Space
from shuke.members.identity.resolving import resolve_batch
from shuke.members.identity.seeing import Eye
from shuke.tenancy.model import MERCHANT_PERMISSIONS, Permission, Role
from tests.conftest import NOON
from tests.support.world import World

PHONE = "13800001111"


def see(unit: Unit, *said: dict[Space, str]) -> None:
    eye = Eye(unit)
    resolve_batch(unit, [eye.sighting(NOON + timedelta(minutes=at), each) for at, each in enumerate(said)], PLAN)


def policy(*spaces: str, blocked: tuple[str, ...] = (), **ever: int) -> dict[str, Any]:
    return {
        "spaces": [{"space": space, "ever": ever.get(space)} for space in spaces],
        "blocked": [{"space": "phone", "value": each} for each in blocked],
    }


def test_a_policy_is_tried_before_it_is_decided(world: World) -> None:
    shop = world.merchant()
    member = shop.member(phone=PHONE)
    with shop.unit() as unit:
        see(
            unit,
            {Space.PHONE: PHONE, Space.ANONYMOUS_ID: "shop pad"},
            {Space.PHONE: "13800002222", Space.ANONYMOUS_ID: "shop pad"},
            {Space.EMAIL: "a@example.com", Space.ANONYMOUS_ID: "x"},
        )
    client = world.client(shop.login)
    present = client.get("/v1/identity/policy").json()
    assert [rule["space"] for rule in present["spaces"]][:2] == ["phone", "unionid"]
    assert present["blocked"] == []
    assert "null" in present["everywhere"]
    same = client.post("/v1/identity/policy/simulate", json={"spaces": present["spaces"], "blocked": []}).json()
    assert (same["seen"], same["merged"], same["split"], same["people"]) == (3, 0, 0, {"before": 3, "after": 3})
    loose = policy("phone", "email", "anonymous_id")
    found = client.post("/v1/identity/policy/simulate", json=loose).json()
    assert (found["merged"], found["split"], found["people"]["after"]) == (1, 0, 2)
    (example,) = found["examples"]
    assert (example["before"], example["after"]) == (2, 1)
    assert example["members"] == [show(Prefix.MEMBER, member.member_id)]
    narrow = client.post("/v1/identity/policy/simulate", json=policy("email", "anonymous_id")).json()
    assert (narrow["split"], narrow["people"]["after"]) == (1, 3)
    assert client.get("/v1/identity/policy").json() == present
    kept = client.put("/v1/identity/policy", json=policy("phone", blocked=(PHONE,), phone=2))
    assert kept.status_code == 200
    assert kept.json()["blocked"] == [{"space": "phone", "value": PHONE}]
    assert client.get("/v1/identity/policy").json()["spaces"] == [
        {"space": "phone", "ever": 2, "month": None, "day": None}
    ]
    assert client.put("/v1/identity/policy", json=policy("phone", "phone")).status_code == 422


def test_a_members_identities_say_why_and_show_as_much_as_one_may_see(world: World) -> None:
    shop = world.merchant()
    member = shop.member(phone=PHONE)
    with shop.unit() as unit:
        see(unit, {Space.ANONYMOUS_ID: "x"})
        see(unit, {Space.PHONE: PHONE, Space.ANONYMOUS_ID: "x", Space.USER_ID: "customer-7001"})
        see(unit, {Space.PHONE: PHONE, Space.USER_ID: "another-1"})
    path = f"/v1/members/{show(Prefix.MEMBER, member.member_id)}/identities"
    found = world.client(shop.login).get(path).json()
    values = {each["key"]["namespace"]: each["value"] for each in found["identifiers"]}
    assert values == {"phone": PHONE, "user_id": "customer-7001", "anonymous_id": None}
    assert [each["main"] for each in found["identifiers"]] == [True, False, False]
    assert len(found["visitors"]) == 1
    assert found["absorbed"] == []
    assert found["complete"] is True
    together = {frozenset(key["namespace"] for key in each["keys"]): each["dropped"] for each in found["sightings"]}
    assert set(together) == {frozenset({"phone", "anonymous_id", "user_id"}), frozenset({"phone", "user_id"})}
    ((dropped,),) = [each for each in together.values() if each]
    assert (dropped["key"]["namespace"], dropped["reason"]) == ("user_id", "limit")
    manager = world.client(shop.staff(Role.MANAGER)).get(path)
    assert manager.status_code == 200
    assert world.client(shop.staff(Role.CASHIER)).get(path).status_code == 403


def test_proposals_are_refused_for_good_or_become_merges(world: World) -> None:
    shop = world.merchant()
    one = shop.member(phone=PHONE)
    world.clock.advance(timedelta(days=1))
    two, three = shop.member(card="A001"), shop.member(card="B001")
    with shop.unit() as unit:
        see(unit, {Space.PHONE: PHONE, Space.CARD: "A001"}, {Space.PHONE: PHONE, Space.CARD: "B001"})
    client = world.client(shop.login)
    proposed = client.get("/v1/proposals").json()["items"]
    by = {_other(each, one.member_id): each["id"] for each in proposed}
    assert set(by) == {show(Prefix.MEMBER, two.member_id), show(Prefix.MEMBER, three.member_id)}
    refused = client.post(f"/v1/proposals/{by[show(Prefix.MEMBER, two.member_id)]}/refuse")
    assert refused.json()["status"] == "refused"
    assert client.post(f"/v1/proposals/{refused.json()['id']}/accept").status_code == 409
    accepted = client.post(f"/v1/proposals/{by[show(Prefix.MEMBER, three.member_id)]}/accept")
    assert (accepted.status_code, accepted.json()["status"]) == (200, "accepted")
    path = f"/v1/members/{show(Prefix.MEMBER, one.member_id)}/identities"
    assert client.get(path).json()["absorbed"] == [show(Prefix.MEMBER, three.member_id)]
    with shop.unit() as unit:
        see(unit, {Space.PHONE: PHONE, Space.CARD: "A001"})
    assert client.get("/v1/proposals").json()["items"] == []
    assert [each["id"] for each in client.get("/v1/proposals", params={"status": "refused"}).json()["items"]] == [
        refused.json()["id"]
    ]


def test_who_may_not_see_contact_data_sees_names_masked(world: World) -> None:
    shop = world.merchant()
    one, two = shop.member(name="王小明", phone=PHONE), shop.member(name="李小红", card="A001")
    with shop.unit() as unit:
        see(unit, {Space.PHONE: PHONE, Space.CARD: "A001"})
    client = world.client()
    client.headers["Authorization"] = f"Bearer {shop.key(*(MERCHANT_PERMISSIONS - {Permission.MEMBERS_CONTACT}))}"
    path, other = f"/v1/members/{show(Prefix.MEMBER, one.member_id)}", {"other": show(Prefix.MEMBER, two.member_id)}
    (proposed,) = client.get("/v1/proposals").json()["items"]
    assert {proposed["a"]["name"], proposed["b"]["name"]} == {"王**", "李**"}
    preview = client.post(f"{path}/merge/preview", json=other).json()
    merge = client.post(f"{path}/merge", json=other).json()
    undoing = client.post(f"/v1/merges/{merge['id']}/undo/preview").json()
    (listed,) = client.get("/v1/merges").json()["items"]
    for each in (preview, merge, undoing, listed, client.get(f"/v1/merges/{merge['id']}").json()):
        assert (each["survivor"]["name"], each["absorbed"]["name"]) == ("王**", "李**")


def _other(proposal: dict[str, Any], member_id: UUID) -> str:
    ids = {proposal["a"]["id"], proposal["b"]["id"]}
    assert show(Prefix.MEMBER, member_id) in ids
    return str((ids - {show(Prefix.MEMBER, member_id)}).pop())
