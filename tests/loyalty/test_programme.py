"""Editing the programme: draft, problems, preview, publish, versions; and earning by what was published."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.loyalty import rules
from shuke.loyalty import service as loyalty
from shuke.loyalty.api.documents import ProgrammeBody
from shuke.loyalty.api.plain import plain
from shuke.loyalty.defaults import default_programme
from shuke.loyalty.publishing.reading import build, describe
from shuke.tenancy.model import Role
from tests.support.programmes import NAME, publish
from tests.support.purchases import buy
from tests.support.world import World

Document = dict[str, Any]
Change = Callable[[Document], object]

BASE = default_programme("CNY", "Asia/Shanghai")


def document(client: TestClient) -> Document:
    return dict(client.get("/v1/programme").json()["document"])


def test_what_is_read_can_be_saved_and_published(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    found = document(client)
    found["tiers"][1]["threshold_growth"] = 500
    saved = client.put("/v1/programme", json=found)
    assert saved.status_code == 200, saved.text
    assert (saved.json()["draft"]["changed"], saved.json()["draft"]["problems"]) == (["tiers"], [])
    assert saved.json()["version"] == 1
    assert client.put("/v1/programme", json=found).json()["draft"]["changed_at"] == saved.json()["draft"]["changed_at"]
    stale = client.post("/v1/programme/publish", json={"live_version": 2})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    done = client.post("/v1/programme/publish", json={"live_version": 1})
    assert done.status_code == 200, done.text
    assert (done.json()["version"], done.json()["draft"]) == (2, None)
    assert done.json()["tiers"][1]["threshold_growth"] == 500
    listed = client.get("/v1/programme/versions").json()["items"]
    assert [(item["version"], item["changed"]) for item in listed] == [(2, ["tiers"]), (1, [])]
    old = client.get("/v1/programme/versions/1").json()["document"]
    assert old["tiers"][1]["threshold_growth"] == 1_000
    assert client.get("/v1/programme/versions/3").status_code == 404
    again = client.post("/v1/programme/publish", json={"live_version": 2})
    assert (again.status_code, again.json()["code"]) == (409, "no_draft")
    assert client.delete("/v1/programme/draft").json()["draft"] is None
    with shop.unit() as unit:
        assert loyalty.programme(unit).tiers[1].threshold_growth == 500


def _rule(found: Document, **more: Any) -> None:
    found["earn_rules"].append({**found["earn_rules"][0], "code": "new", **more})


def _timed(**timing: Any) -> Change:
    effect = {"kind": "partner_code", "source": "issued", "timing": timing}
    return lambda d: d["benefits"].append({"code": "b", "name": {"zh": "礼", "en": "Gift"}, "effect": effect})


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d["tiers"][2].update(threshold_growth=900), "tiers.2.threshold_growth"),
        (lambda d: d["tiers"][0].update(threshold_growth=1), "tiers.0.threshold_growth"),
        (lambda d: d["tiers"][1].update(discount_bps=10_001), "tiers.1.discount_bps"),
        (lambda d: d["tiers"][1].update(code="basic"), "tiers.1.code"),
        (lambda d: d["tiers"][1]["name"].update(zh=""), "tiers.1.name.zh"),
        (lambda d: d["points"]["caps"].update(day=-1), "points.caps.day"),
        (lambda d: d["points"]["caps"].update(day=10, order=20), "points.caps.day"),
        (lambda d: d["points"]["spending"].update(max_share_bps=-1), "points.spending.max_share_bps"),
        (lambda d: d["points"]["spending"].update(step=0), "points.spending.step"),
        (lambda d: d["points"].update(expiry={"kind": "rolling", "months": 0}), "points.expiry.months"),
        (lambda d: d["points"].update(expiry={"kind": "fixed", "month": 13, "day": 1}), "points.expiry.month"),
        (
            lambda d: d["points"].update(expiry={"kind": "rolling", "months": 1}, pending_days=60),
            "points.pending_days",
        ),
        (lambda d: d["points"].update(rounding="half_even"), "points.rounding"),
        (lambda d: d["growth"].update(window={"kind": "rolling", "months": 0}), "growth.window.months"),
        (lambda d: d["growth"].update(fall="one_level"), "growth.grace_days"),
        (lambda d: d["earn_rules"].pop(1), "earn_rules"),
        (lambda d: _rule(d, effect={"kind": "rate", "amount": 1, "per_minor": 0}), "earn_rules.2.effect.per_minor"),
        (lambda d: _rule(d, effect={"kind": "multiplier", "bps": 5_000}), "earn_rules.2.effect.bps"),
        (lambda d: _rule(d, code="points_base"), "earn_rules.2.code"),
        (
            lambda d: _rule(
                d,
                conditions={"window": {"starts_at": "2026-03-02T00:00:00Z", "ends_at": "2026-03-01T00:00:00Z"}},
            ),
            "earn_rules.2.conditions.window.ends_at",
        ),
        (_timed(occasion="festival", month=2), "benefits.0.effect.timing.day"),
        (_timed(occasion="festival", month=13, day=1), "benefits.0.effect.timing.month"),
        (_timed(occasion="monthly", day=32), "benefits.0.effect.timing.day"),
        (_timed(occasion="joining", days_before=3), "benefits.0.effect.timing.days_before"),
        (_timed(occasion="upgrade"), "benefits.0.effect.timing.occasion"),
        (
            lambda d: d["plans"].append(
                {"code": "p", "name": {"zh": "年卡", "en": "Year"}, "price_minor": -1, "months": 0}
            ),
            "plans.0.price_minor",
        ),
    ],
)
def test_every_contradiction_is_named(change: Change, path: str) -> None:
    found = ProgrammeBody.model_validate(describe(BASE)).model_dump(mode="json")
    change(found)
    document = plain(ProgrammeBody.model_validate(found))
    built = build(document, merchant_id=new_id(), currency="CNY", timezone="Asia/Shanghai", version=2, tiers={})
    assert path in [problem.path for problem in rules.problems_of(built)]


def test_a_contradictory_programme_cannot_be_published(world: World) -> None:
    client = world.client(world.merchant().login)
    found = document(client)
    nobody = {"products": ["pro_" + "0" * 32], "categories": ["cat_" + "0" * 32]}
    _rule(found, scope=nobody, conditions={"stores": ["sto_" + "0" * 32]})
    found["tiers"][2]["threshold_growth"] = 900
    saved = client.put("/v1/programme", json=found)
    assert saved.status_code == 200, saved.text
    paths = [problem["path"] for problem in saved.json()["draft"]["problems"]]
    wrong = ["tiers.2.threshold_growth", "earn_rules.2.scope.products", "earn_rules.2.scope.categories"]
    assert paths == [*wrong, "earn_rules.2.conditions.stores"]
    assert len(client.post("/v1/programme/preview", json=found).json()["problems"]) == 4
    refused = client.post("/v1/programme/publish", json={"live_version": 1})
    assert refused.status_code == 422
    assert "tiers.2.threshold_growth" in refused.text
    assert client.get("/v1/programme").json()["version"] == 1


def test_every_code_that_the_document_lacks_is_told_by_its_name(world: World) -> None:
    client = world.client(world.merchant().login)
    found = document(client)
    gold = found["tiers"].pop(2)
    _rule(found, conditions={"audience": {"tiers": ["platinum", gold["code"]], "plans": ["plus"]}})
    found["benefits"] = [
        {"code": "b", "name": NAME, "effect": {"kind": "discount_rate", "off_bps": 500}, "holders": {"tiers": ["gold"]}}
    ]
    audience = "earn_rules.2.conditions.audience"
    wanted = [f"{audience}.tiers.0", f"{audience}.tiers.1", f"{audience}.plans.0", "benefits.0.holders.tiers.0"]
    for refused in (client.put("/v1/programme", json=found), client.post("/v1/programme/preview", json=found)):
        assert refused.status_code == 422
        fields = refused.json()["fields"]
        assert [field["path"] for field in fields] == wanted
        told = [field["message"] for field in fields]
        assert "“platinum”" in told[0], "nothing ever had that code"
        assert f"“{gold['name']['zh']}”" in told[1]
        assert told[3].startswith(f"等级“{gold['name']['zh']}”不在本文档中")
    assert client.get("/v1/programme").json()["draft"] is None


def test_the_preview_counts_who_would_move(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    with shop.unit() as unit:
        for paid in (50_000, 120_000, 350_000):
            buy(unit, shop.member().member_id, paid)
        shop.member()
    found = document(client)
    found["tiers"][1]["threshold_growth"] = 400
    found["tiers"][2]["threshold_growth"] = 5_000
    seen = client.post("/v1/programme/preview", json=found)
    assert seen.status_code == 200, seen.text
    moves = {(move["before"], move["after"]): move["members"] for move in seen.json()["moves"]}
    assert moves == {("basic", "basic"): 1, ("basic", "silver"): 1, ("silver", "silver"): 1, ("gold", "silver"): 1}
    assert (seen.json()["rising"], seen.json()["falling"]) == (1, 1)


def test_members_of_a_dropped_tier_go_on_below(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        member_id = shop.member().member_id
        buy(unit, member_id, 350_000)
    with shop.unit() as unit:
        publish(unit, lambda d: d["tiers"].pop(2))
    with shop.unit() as unit:
        assert loyalty.standing(unit, member_id).tier.code == "silver"
        assert sum(loyalty.members_by_tier(unit, loyalty.programme(unit)).values()) == 1
        assert all(check.ok for check in loyalty.audit(unit))
    with shop.unit() as unit:
        gold = {**next(t for t in _tiers() if t["code"] == "gold")}
        publish(unit, lambda d: d["tiers"].insert(2, gold))
    with shop.unit() as unit:
        assert loyalty.programme(unit).tiers[2].code == "gold"


def _tiers() -> list[Document]:
    name = {"zh": "金卡", "en": "Gold"}
    return [
        {
            "code": "gold",
            "name": name,
            "threshold_growth": 3_000,
            "discount_bps": 500,
            "points_multiplier_bps": 15_000,
        }
    ]


def test_caps_pending_and_activity_hold_in_the_books(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        publish(
            unit,
            lambda d: d["points"].update(
                caps={"order": None, "day": 150, "month": None, "ever": None},
                pending_days=7,
                expiry={"kind": "activity", "months": 2},
            ),
        )
    with shop.unit() as unit:
        assert [buy(unit, member_id, 10_000).points for _ in range(3)] == [100, 50, 0]
        held = ledger.balances(unit, member_id)
        assert (held.points, held.points_pending) == (0, 150)
    clock.moment = clock.moment.replace(month=4)
    with shop.unit() as unit:
        assert ledger.balances(unit, member_id).points == 150
        buy(unit, member_id, 10_000)
        assert {lot.expires_at.month for lot in ledger.lots(unit, member_id) if lot.expires_at} == {6}


def test_only_who_may_edits(world: World) -> None:
    shop = world.merchant()
    analyst = world.client(shop.staff(Role.ANALYST))
    found = document(analyst)
    assert analyst.put("/v1/programme", json=found).status_code == 403
    assert analyst.post("/v1/programme/publish", json={"live_version": 1}).status_code == 403


def test_the_window_says_what_counts_and_until_when(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        buy(unit, member.member_id, 120_000)
    client = world.client(shop.login)
    seen = client.get(f"/v1/members/mem_{member.member_id.hex}/tier/window")
    assert seen.status_code == 200, seen.text
    body = seen.json()
    assert (body["tier"]["code"], body["growth"], body["growth_before"]) == ("silver", 1_200, 0)
    assert [(item["on"], item["amount"], item["leaves"]) for item in body["counted"]] == [
        ("2026-03-02", 1_200, "2027-03-02")
    ]
    assert {reminder["kind"] for reminder in body["reminders"]} == {"positive", "negative"}
    assert client.get(f"/v1/members/mem_{'0' * 32}/tier/window").status_code == 404
