"""Offers over HTTP: what an operator does with promotions, groups and red packet campaigns."""

import csv
import io
from typing import Any

from fastapi.testclient import TestClient

from shuke.kernel.ids import Prefix, show
from shuke.loyalty import service as loyalty
from shuke.tenancy.model import Role
from tests.support.tagging import tag
from tests.support.world import World

NAME = {"zh": "满减", "en": "Money off"}
OFF_5 = {"kind": "threshold", "steps": [{"at": 3000, "off": 500}]}


def problems(answer: Any) -> dict[str, str]:
    """Path → message of what was refused."""
    assert answer.status_code == 422, answer.text
    return {field["path"]: field["message"] for field in answer.json()["fields"]}


def created(client: TestClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def did(client: TestClient, path: str) -> dict[str, Any]:
    answer = client.post(path)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_promotion_from_draft_to_end(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    draft = created(client, "/v1/promotions", {"code": "P1", "name": {"zh": "满减"}})
    assert [problem["path"] for problem in draft["problems"]] == ["name.en", "effect"]
    path = f"/v1/promotions/{draft['id']}"
    assert set(problems(client.post(f"{path}/publish"))) == {"name.en", "effect"}
    body = {
        "code": "P1",
        "name": NAME,
        "effect": OFF_5,
        "limits": {"budget_minor": 10_000},
        "version": draft["version"],
    }
    changed = client.put(path, json=body)
    assert changed.status_code == 200, changed.text
    assert changed.json()["problems"] == []
    assert client.put(path, json=body).json()["code"] == "stale", "somebody else's change is not overwritten"
    live = did(client, f"{path}/publish")
    assert (live["status"], live["kind"], live["uses"], live["spent_minor"]) == ("published", "threshold", 0, 0)
    assert client.post(f"{path}/publish").json()["code"] == "wrong_status"
    assert client.delete(path).json()["code"] == "wrong_status"
    assert did(client, f"{path}/pause")["status"] == "paused"
    assert did(client, f"{path}/publish")["published_at"] == live["published_at"]
    assert did(client, f"{path}/end")["status"] == "ended"
    assert client.put(path, json={"code": "P1", "name": NAME}).json()["code"] == "wrong_status"
    log = client.get("/v1/audit-log", params={"subject": draft["id"]}).json()["items"]
    assert [entry["action"] for entry in reversed(log)] == [
        "promotion.created",
        "promotion.changed",
        "promotion.published",
        "promotion.paused",
        "promotion.published",
        "promotion.ended",
    ]


def test_everything_said_comes_back_as_it_was_said(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    product, store = shop.product(), shop.store()
    category = shop.category()
    with shop.unit() as unit:
        tier = loyalty.programme(unit).tiers[1].tier_id
    pro = show(Prefix.PRODUCT, product.product_id)
    body = {
        "code": "ALL",
        "name": NAME,
        "group": "default",
        "effect": {
            "kind": "bundle",
            "parts": [{"scope": {"products": [pro]}, "count": 1}, {"scope": {"brands": ["大树"]}, "count": 2}],
            "price_minor": 990,
            "max_sets": 3,
        },
        "scope": {"categories": [show(Prefix.CATEGORY, category.category_id)], "without_products": [pro]},
        "conditions": {
            "window": {
                "starts_at": "2026-03-01T00:00:00Z",
                "ends_at": "2026-04-01T00:00:00Z",
                "weekdays": [1, 5],
                "month_days": [15],
                "minutes": [[600, 720], [1320, 120]],
            },
            "stores": [show(Prefix.STORE, store.store_id)],
            "channels": ["pos"],
            "audience": {"who": "members", "tiers": [show(Prefix.TIER, tier)], "tags": ["vip"], "birthday": "week"},
        },
        "funding": [{"funder": "partner", "bps": 4000, "party": "bank"}, {"funder": "merchant", "bps": 6000}],
        "caps": {"line_minor": 100, "order_minor": 200},
        "limits": {"uses": 9, "uses_per_member": 2, "period": "week"},
    }
    made = created(client, "/v1/promotions", body)
    assert [each["path"] for each in made["problems"]] == ["conditions.audience.tags"]
    assert "vip" in made["problems"][0]["message"]["zh"]
    with shop.unit() as unit:
        tag(unit, "vip")
    assert client.get(f"/v1/promotions/{made['id']}").json()["problems"] == []
    again = client.get(f"/v1/promotions/{made['id']}").json()
    for name, value in body.items():
        assert _without_defaults(again[name], value) == value, name


def _without_defaults(said: Any, wanted: Any) -> Any:
    """What was said of what one asked for."""
    if isinstance(wanted, dict):
        return {name: _without_defaults(said[name], value) for name, value in wanted.items()}
    if isinstance(wanted, list):
        return [_without_defaults(*pair) for pair in zip(said, wanted, strict=True)]
    return said


def test_what_is_not_there_cannot_be_published(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    client = world.client(shop.login)
    theirs = {
        "products": [show(Prefix.PRODUCT, other.product().product_id)],
        "without_categories": [show(Prefix.CATEGORY, other.category().category_id)],
    }
    body = {
        "code": "X",
        "name": NAME,
        "group": "nowhere",
        "effect": {"kind": "gift", "product_id": theirs["products"][0], "quantity": 1, "at": 100},
        "scope": theirs,
        "conditions": {
            "stores": [show(Prefix.STORE, other.store().store_id)],
            "audience": {
                "tiers": [show(Prefix.TIER, other.merchant_id)],
                "plans": [show(Prefix.PLAN, other.merchant_id)],
            },
        },
    }
    made = created(client, "/v1/promotions", body)
    assert {problem["path"] for problem in made["problems"]} == {
        "scope.products",
        "scope.without_categories",
        "effect.product_id",
        "conditions.stores",
        "conditions.audience.tiers",
        "conditions.audience.plans",
        "group",
    }


def test_a_preview_counts_what_would_be_touched(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    food = shop.category("食品")
    milk = shop.category("乳品", parent_id=food.category_id)
    inside = [shop.product(category_id=milk.category_id) for _ in range(3)]
    shop.product(brand="大树")
    shop.product()
    for _ in range(2):
        shop.store()
        shop.member()
    scope = {
        "categories": [show(Prefix.CATEGORY, food.category_id)],
        "brands": ["大树"],
        "without_products": [show(Prefix.PRODUCT, inside[0].product_id)],
    }
    with shop.unit() as unit:
        base, silver = (show(Prefix.TIER, tier.tier_id) for tier in loyalty.programme(unit).tiers[:2])
    body = {"code": "A", "name": NAME, "effect": OFF_5, "scope": scope}
    made = created(client, "/v1/promotions", body)
    found = client.get(f"/v1/promotions/{made['id']}/preview").json()
    assert found == {"problems": [], "products": 3, "stores": 2, "members": 2, "members_at_most": False}
    for code, audience, expected in (
        ("B", {"tiers": [base]}, (5, 2, False)),
        ("C", {"tiers": [silver], "birthday": "month"}, (5, 0, True)),
    ):
        body = {"code": code, "name": NAME, "effect": OFF_5, "conditions": {"audience": audience}}
        made = created(client, "/v1/promotions", body)
        found = client.get(f"/v1/promotions/{made['id']}/preview").json()
        assert (found["products"], found["members"], found["members_at_most"]) == expected


def test_promotions_are_listed_filtered_paged_and_exported(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    for number in range(5):
        created(
            client, "/v1/promotions", {"code": f"P{number}", "name": {"zh": f"满减{number}", "en": f"Off {number}"}}
        )
    first = client.get("/v1/promotions", params={"limit": 3}).json()
    rest = client.get("/v1/promotions", params={"limit": 3, "cursor": first["next_cursor"]}).json()
    assert sorted(item["code"] for item in first["items"] + rest["items"]) == [f"P{number}" for number in range(5)]
    assert rest["next_cursor"] is None
    for params, codes in (
        ({"q": "满减3"}, ["P3"]),
        ({"q": "off 4"}, ["P4"]),
        ({"q": "%"}, []),
        ({"status": "published"}, []),
        ({"group": "other"}, []),
    ):
        assert [item["code"] for item in client.get("/v1/promotions", params=params).json()["items"]] == codes
    export = client.get("/v1/promotions/export", params={"q": "P1"})
    rows = list(csv.DictReader(io.StringIO(export.text.removeprefix("\ufeff"))))
    assert [(row["code"], row["name_zh"], row["status"]) for row in rows] == [("P1", "满减1", "draft")]
    answer = client.post("/v1/promotions", json={"code": "P1", "name": NAME})
    assert (answer.status_code, answer.json()["code"]) == (409, "offer_code_taken")
    assert client.get("/v1/promotions", params={"cursor": "x"}).status_code == 422


def test_bad_words_are_refused_even_in_drafts(world: World) -> None:
    client = world.client(world.merchant().login)
    for path, body in {
        "code": {"code": "满减", "name": NAME},
        "name.zh": {"code": "A", "name": {"zh": "x" * 101}},
        "effect": {"code": "A", "name": NAME, "effect": {"kind": "magic"}},
        "effect.threshold.steps.0.at": {
            "code": "A",
            "name": NAME,
            "effect": {"kind": "threshold", "steps": [{"at": 1.5, "off": 1}]},
        },
        "scope.products.0": {"code": "A", "name": NAME, "scope": {"products": ["milk"]}},
        "limits.forever": {"code": "A", "name": NAME, "limits": {"forever": True}},
        "conditions.window.ends_at": {
            "code": "A",
            "name": NAME,
            "conditions": {"window": {"ends_at": "2026-03-01T00:00:00"}},
        },
    }.items():
        assert path in problems(client.post("/v1/promotions", json=body)), path
    assert client.get("/v1/promotions").json()["items"] == []


def test_groups_are_put_listed_and_removed(world: World) -> None:
    client = world.client(world.merchant().login)
    first = client.put("/v1/stacking-groups/a", json={"name": NAME, "at_most": 1, "excludes": ["member_price"]})
    assert first.status_code == 200, first.text
    assert client.put("/v1/stacking-groups/b", json={"name": NAME, "after": ["a"]}).status_code == 200
    assert "after" in problems(client.put("/v1/stacking-groups/a", json={"name": NAME, "after": ["b"]}))
    assert [group["code"] for group in client.get("/v1/stacking-groups").json()["items"]] == ["a", "b"]
    assert client.delete("/v1/stacking-groups/a").json()["code"] == "group_in_use"
    assert client.delete("/v1/stacking-groups/b").status_code == 204
    made = created(client, "/v1/promotions", {"code": "P", "name": NAME, "group": "a", "effect": OFF_5})
    did(client, f"/v1/promotions/{made['id']}/publish")
    assert client.delete("/v1/stacking-groups/a").json()["code"] == "group_in_use"
    did(client, f"/v1/promotions/{made['id']}/end")
    assert client.delete("/v1/stacking-groups/a").status_code == 204
    assert client.delete("/v1/stacking-groups/a").status_code == 404


def test_who_may_do_what(world: World) -> None:
    shop = world.merchant()
    owner, cashier = world.client(shop.login), world.client(shop.staff(Role.CASHIER))
    assert cashier.get("/v1/promotions").status_code == 200
    refused = cashier.post("/v1/promotions", json={"code": "P", "name": NAME})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    made = created(owner, "/v1/promotions", {"code": "P", "name": NAME})
    stranger = world.client(world.merchant().login)
    for method, path in (("GET", ""), ("POST", "/publish"), ("POST", "/pause"), ("POST", "/end"), ("DELETE", "")):
        assert stranger.request(method, f"/v1/promotions/{made['id']}{path}").status_code == 404
