"""A member is told all that is kept about her, and nothing of anybody else."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient

from shuke.kernel.ids import Prefix, show
from shuke.members import service as members
from shuke.members.model import Member, Purpose
from shuke.tenancy.model import MERCHANT_PERMISSIONS, Permission, Role
from tests.support.every_table import fill
from tests.support.tagging import tagged
from tests.support.world import Shop, World


def told(client: TestClient, member: Member, shape: str = "json") -> str:
    answer = client.get(f"/v1/members/{show(Prefix.MEMBER, member.member_id)}/disclosure", params={"format": shape})
    assert answer.status_code == 200, answer.text
    assert f"{member.number}.{shape}" in answer.headers["content-disposition"]
    return answer.text


def person(shop: Shop, word: str) -> tuple[Member, list[str]]:
    """A member, and the values that are hers alone."""
    digits = f"{uuid4().int % 10**8:08d}"
    values = [f"王{word}", f"139{digits}", f"{word}@example.com", f"C{word}".upper(), f"贵{word}"]
    member = shop.member(
        name=values[0],
        phone=values[1],
        email=values[2],
        card=values[3],
        birthday=date(1990, 5, 1),
        attributes={"remark": values[4]},
        consents={Purpose.MARKETING: True, Purpose.PROFILING: True},
    )
    tagged(shop, member, f"t{word}")
    return member, [*values, f"t{word}"]


def test_what_is_told_is_hers_and_nobody_elses(world: World) -> None:
    """The other has a row in every table there is."""
    shop = world.merchant()
    hers, others = uuid4().hex[:12], uuid4().hex[:12]
    other, not_hers = person(shop, others)
    with world.database.merchant(shop.merchant_id) as unit:
        fill(unit, f"秘密{others}")
    member, values = person(shop, hers)
    client = world.client(shop.login)
    for shape in ("json", "html"):
        text = told(client, member, shape)
        assert [value for value in values if value not in text] == []
        assert [value for value in (*not_hers, others, other.number, other.member_id.hex) if value in text] == []
    assert f"秘密{others}" in told(client, other), "what was filled in is told to whom it belongs"


def test_the_chapters_say_what_happened(world: World) -> None:
    shop = world.merchant()
    member, _ = person(shop, "x1")
    with shop.unit() as unit:
        members.consent(unit, member.member_id, {Purpose.MARKETING: False}, "pos")
    client = world.client(shop.login)
    client.get(f"/v1/members/{show(Prefix.MEMBER, member.member_id)}")
    chapters: dict[str, Any] = {each["code"]: each for each in json.loads(told(client, member))["chapters"]}
    assert [row[3] for row in chapters["consents"]["rows"]] == ["withdrawn", "given", "given"]
    assert [row[1:3] for row in chapters["tags"]["rows"]] == [[{"zh": "tx1", "en": "tx1"}, True]]
    assert {row[2] for row in chapters["access"]["rows"]} == {"profile", "disclosure"}
    assert set(chapters) >= {"profile", "orders", "order_lines", "refunds", "wallet", "coupons", "top_ups", "plans"}


def test_what_people_typed_is_text(world: World) -> None:
    shop = world.merchant()
    member = shop.member(name="<script>alert(1)</script>")
    page = told(world.client(shop.login), member, "html")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_it_is_for_those_who_may_see_contact_data(world: World) -> None:
    shop = world.merchant()
    path = f"/v1/members/{show(Prefix.MEMBER, shop.member().member_id)}/disclosure"
    assert world.client(shop.staff(Role.MANAGER)).get(path).status_code == 403
    client = world.client()
    client.headers["Authorization"] = f"Bearer {shop.key(*(MERCHANT_PERMISSIONS - {Permission.MEMBERS_CONTACT}))}"
    assert client.get(path).status_code == 403
    assert world.client(shop.login).get(f"/v1/members/{show(Prefix.MEMBER, uuid4())}/disclosure").status_code == 404
