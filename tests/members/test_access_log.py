"""Who looked at whose contact data is known; who may not see it sees it masked, and leaves no line."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from shuke.kernel.ids import Prefix, show
from shuke.members.model import Member
from shuke.members.rules import mask_name
from shuke.tenancy.model import ROLES, Permission, Role
from tests.support.world import Shop, World

BORN = date(1990, 5, 1)


def person(shop: Shop) -> Member:
    return shop.member(name="王小明", phone="13800001234", email="wang@example.com", birthday=BORN)


def lines(client: TestClient, **query: str) -> list[Any]:
    answer = client.get("/v1/access-log", params=query)
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


def look_everywhere(client: TestClient, member: Member) -> list[Any]:
    """What each of the answers that show a member says of her."""
    path = f"/v1/members/{show(Prefix.MEMBER, member.member_id)}"
    found = client.post("/v1/identify", json={"phone": "13800001234"}).json()["member"]
    return [client.get("/v1/members").json()["items"][0], client.get(path).json(), found]


def test_each_look_leaves_a_line(world: World) -> None:
    shop = world.merchant()
    member, other = person(shop), world.merchant().member()
    manager = world.client(shop.staff(Role.MANAGER, [shop.store()]))
    shown = look_everywhere(manager, member)
    assert {each["name"] for each in shown} == {"王小明"}
    assert {each["phone"] for each in shown} == {"13800001234"}
    owner = world.client(shop.login)
    found = lines(owner, member_id=show(Prefix.MEMBER, member.member_id))
    assert {each["place"]: each["fields"] for each in found} == {
        "identify": ["name", "phone"],
        "profile": ["name", "phone", "email", "birthday"],
        "list": ["name", "phone"],
    }
    assert {each["actor"]["name"] for each in found} == {"manager"}
    assert lines(owner, actor="nobody") == []
    assert len(lines(owner, **{"from": "2026-03-02", "to": "2026-03-02"})) == 3
    assert lines(owner, to="2026-03-01") == []
    stranger = owner.get("/v1/access-log", params={"member_id": show(Prefix.MEMBER, other.member_id)})
    assert stranger.status_code == 404


def test_a_look_at_what_she_is_recognised_by_leaves_a_line(world: World) -> None:
    shop = world.merchant()
    path = f"/v1/members/{show(Prefix.MEMBER, person(shop).member_id)}/identities"
    found = world.client(shop.staff(Role.MANAGER, [shop.store()])).get(path).json()
    assert {each["value"] for each in found["identifiers"]} == {"13800001234", "wang@example.com"}
    assert [(each["place"], each["fields"]) for each in lines(world.client(shop.login))] == [
        ("profile", ["phone", "email"])
    ]


@pytest.mark.parametrize("role", [Role.CASHIER, Role.ANALYST])
def test_who_may_not_see_contact_data_sees_it_masked(world: World, role: Role) -> None:
    assert Permission.MEMBERS_CONTACT not in ROLES[role].permissions
    shop = world.merchant()
    member = person(shop)
    listed, whole, found = look_everywhere(world.client(shop.staff(role)), member)
    for each in (listed, whole, found):
        assert (each["name"], each["phone"]) == ("王**", "138****1234")
    assert (whole["email"], whole["birthday"]) == ("w****@example.com", None)
    assert lines(world.client(shop.login)) == []


def test_an_edit_of_what_is_masked_keeps_what_is_stored(world: World) -> None:
    shop = world.merchant()
    member = person(shop)
    cashier = world.client(shop.staff(Role.CASHIER))
    path = f"/v1/members/{show(Prefix.MEMBER, member.member_id)}"
    assert cashier.patch(path, json={"gender": "male"}).json()["birthday"] is None
    kept = world.client(shop.login).get(path).json()
    assert (kept["birthday"], kept["name"], kept["gender"]) == (BORN.isoformat(), "王小明", "male")


def test_a_file_of_members_names_everybody_in_it(world: World) -> None:
    shop = world.merchant()
    numbers = {person(shop).number, shop.member(name=None).number}
    owner = world.client(shop.login)
    assert owner.get("/v1/members/export").status_code == 200
    found = lines(owner)
    assert {(each["place"], each["member"]["number"]) for each in found} == {("export", number) for number in numbers}


def test_names_are_masked_by_their_first_character() -> None:
    assert [mask_name(name) for name in ("王小明", "欧阳", "M", "Mary Smith")] == ["王**", "欧**", "M**", "M**"]
