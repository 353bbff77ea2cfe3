"""Codes of partners, imported or made up here: each is given once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from shuke.loyalty import service as loyalty
from shuke.loyalty.benefits import giving
from tests.support.programmes import benefit, day_run, with_benefits
from tests.support.world import World


def code_gift(source: str) -> dict[str, Any]:
    return {"kind": "partner_code", "source": source, "timing": {"occasion": "monthly", "day": 1}}


def test_partner_codes_are_given_once_each(world: World) -> None:
    shop = world.merchant()
    with_benefits(shop, benefit("cinema", code_gift("imported"), tiers=["basic"]))
    people, owner = [shop.member().member_id for _ in range(5)], shop.owner()
    client = world.client(shop.login)
    added = client.post("/v1/benefits/cinema/codes", json={"codes": ["A1", "B2", "A1"]})
    assert added.json() == {"added": 2, "total": 2, "free": 2}, added.text
    assert client.post("/v1/benefits/cinema/codes", json={"codes": ["B2"]}).json()["added"] == 0
    day_run(shop, date(2026, 3, 2))

    def run(_: int) -> int:
        with shop.unit(owner) as unit:
            return loyalty.give_codes(unit)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(run, range(4))) == 2
    client.post("/v1/benefits/cinema/codes", json={"codes": ["C3", "D4", "E5", "F6"]})
    assert run(0) == 3
    with shop.unit() as unit:
        codes = [code for member_id in people for code in giving.codes_of(unit, member_id).values()]
        assert len(set(codes)) == len(codes) == 5
        assert all(check.ok for check in loyalty.audit(unit))
    seen = client.get(f"/v1/members/mem_{people[0].hex}/benefits").json()
    assert [(grant["occasion"], grant["status"]) for grant in seen["grants"]] == [("monthly:2026-03", "given")]
    assert seen["grants"][0]["code"] in codes
    assert client.get("/v1/benefits/cinema/codes").json()["free"] == 1


def test_codes_can_be_made_up_here(world: World) -> None:
    shop = world.merchant()
    with_benefits(shop, benefit("cinema", code_gift("issued"), tiers=["basic"]))
    member_id = shop.member().member_id
    day_run(shop, date(2026, 3, 2))
    with shop.unit() as unit:
        assert loyalty.give_codes(unit) == 1
        (code,) = giving.codes_of(unit, member_id).values()
        assert len(code) == 12
