"""Coupons over HTTP: templates, issuing, claims, codes, gifts."""

import csv
import io
from typing import Any

from fastapi.testclient import TestClient

from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import Permission, Role
from tests.support.world import Shop, World

NAME = {"zh": "十元券", "en": "Ten off"}
BODY = {
    "code": "T",
    "name": NAME,
    "effect": {"kind": "threshold", "steps": [{"at": 0, "off": 1000}]},
    "validity": {"days": 7},
    "claimable": True,
    "transferable": True,
    "per_member": 2,
    "returns": {"on_partial_refund": True, "grace_days": 3},
}


def published(client: TestClient, **more: Any) -> dict[str, Any]:
    """A template that issues."""
    made = client.post("/v1/coupon-templates", json={**BODY, **more})
    assert made.status_code == 201, made.text
    live = client.post(f"/v1/coupon-templates/{made.json()['id']}/publish")
    assert live.status_code == 200, live.text
    return dict(live.json())


def member_of(shop: Shop) -> str:
    return show(Prefix.MEMBER, shop.member().member_id)


def test_a_template_says_what_it_was_told(world: World) -> None:
    client = world.client(world.merchant().login)
    made = client.post("/v1/coupon-templates", json=BODY).json()
    assert (made["kind"], made["issued"], made["problems"]) == ("cash_voucher", 0, [])
    assert made["validity"] == {"starts_at": None, "ends_at": None, "days": 7, "delay_days": 0}
    assert made["returns"] == {
        "on_cancel": True,
        "on_full_refund": True,
        "on_partial_refund": True,
        "grace_days": 3,
    }
    path = f"/v1/coupon-templates/{made['id']}"
    assert client.get(f"{path}/preview").json()["problems"] == []
    assert client.post(f"{path}/publish").json()["status"] == "published"
    dearer = {**BODY, "effect": {"kind": "threshold", "steps": [{"at": 0, "off": 2000}]}}
    refused = client.put(path, json=dearer)
    assert [field["path"] for field in refused.json()["fields"]] == ["effect"], "coupons out there keep their worth"
    changed = client.put(path, json={**BODY, "stock": 5, "claimable": False})
    assert (changed.json()["stock"], changed.json()["claimable"]) == (5, False)
    assert client.get("/v1/coupon-templates", params={"q": "十元"}).json()["items"][0]["version"] == 3
    assert client.get("/v1/coupon-templates/export").text.count("\r\n") == 2
    assert client.post(f"{path}/pause").json()["status"] == "paused"
    assert client.post(f"{path}/end").json()["status"] == "ended"
    draft = client.post("/v1/coupon-templates", json={"code": "D", "name": NAME}).json()
    assert {problem["path"] for problem in draft["problems"]} == {"effect", "validity.days"}
    assert client.delete(f"/v1/coupon-templates/{draft['id']}").status_code == 204


def test_issue_claim_list_and_revoke(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    a, b = member_of(shop), member_of(shop)
    template = published(client, stock=4)
    issues = f"/v1/coupon-templates/{template['id']}/issues"
    body = {"member_ids": [a, a], "key": "spring"}
    assert client.post(issues, json=body).json() == {
        "asked": 1,
        "issued": 1,
        "already": 0,
        "over_limit": 0,
        "out_of_stock": 0,
    }
    assert client.post(issues, json=body).json()["already"] == 1
    assert client.post(issues, json={"everybody": True}).json()["issued"] == 2
    assert client.post(issues, json={}).status_code == 422
    logged = client.get("/v1/audit-log", params={"action": "coupon_template.issued"}).json()["items"]
    assert [entry["after"]["issued"] for entry in logged] == [2, 0, 1]
    claims = f"/v1/coupon-templates/{template['id']}/claims"
    over = client.post(claims, json={"member_id": a})
    assert (over.status_code, over.json()["code"]) == (409, "over_member_stock")
    claimed = client.post(claims, json={"member_id": b}, headers={"Idempotency-Key": "k"})
    assert claimed.status_code == 201, claimed.text
    assert client.post(claims, json={"member_id": b}, headers={"Idempotency-Key": "k"}).json() == claimed.json()
    found = client.get(f"/v1/members/{b}/coupons", params={"status": "available"}).json()["items"]
    assert len(found) == 2
    assert found[0]["template"] == {"id": template["id"], "code": "T", "name": NAME}
    assert (found[0]["member"]["id"], found[0]["member"]["name"]) == (b, "王小明")
    anonymous = world.client()
    anonymous.headers["Authorization"] = f"Bearer {shop.key(Permission.OFFERS_READ)}"
    unnamed = anonymous.get("/v1/coupons").json()["items"][0]["member"]
    assert unnamed["number"]
    assert unnamed["name"] is None, "who may not read members sees numbers"
    revoked = client.post(f"/v1/coupons/{found[0]['id']}/revoke")
    assert revoked.json()["status"] == "revoked"
    assert client.post(f"/v1/coupons/{found[0]['id']}/revoke").json()["code"] == "coupon_revoked"
    assert len(client.get("/v1/coupons", params={"template_id": template["id"]}).json()["items"]) == 4
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/coupons/export").text.removeprefix("\ufeff"))))
    assert sorted(row["status"] for row in rows) == ["available"] * 3 + ["revoked"]
    world.clock.moment = world.clock.moment.replace(day=20)
    client = world.client(shop.login)
    assert len(client.get(f"/v1/members/{a}/coupons", params={"status": "expired"}).json()["items"]) == 2
    assert client.get("/v1/coupon-templates").json()["items"][0]["issued"] == 4


def test_codes_are_printed_downloaded_once_and_redeemed(world: World) -> None:
    shop = world.merchant()
    client, cashier = world.client(shop.login), world.client(shop.staff(Role.CASHIER))
    member = member_of(shop)
    template = published(client)
    body = {"template_id": template["id"], "name": "传单", "size": 3}
    batch = client.post("/v1/coupon-batches", json=body)
    assert batch.status_code == 201, batch.text
    path = f"/v1/coupon-batches/{batch.json()['id']}"
    assert cashier.post(f"{path}/download").status_code == 403
    file = client.post(f"{path}/download")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    codes = [row["code"] for row in csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff")))]
    assert len(codes) == 3
    assert client.post(f"{path}/download").json()["code"] == "already_downloaded"
    redeemed = cashier.post("/v1/coupon-codes/redeem", json={"code": codes[0], "member_id": member})
    assert redeemed.status_code == 201, redeemed.text
    assert redeemed.json()["source"] == "code"
    assert cashier.post("/v1/coupon-codes/redeem", json={"code": codes[0]}).json()["code"] == "code_used"
    wrong = cashier.post("/v1/coupon-codes/redeem", json={"code": "AAAA-BBBB-CCCC"})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "code_not_valid")
    assert client.get(path).json()["bound"] == 1
    assert client.post(f"{path}/void").json()["voided_at"] is not None
    assert cashier.post("/v1/coupon-codes/redeem", json={"code": codes[1]}).json()["code"] == "code_expired"
    listed = client.get("/v1/coupon-batches", params={"template_id": template["id"]}).json()["items"]
    assert [item["id"] for item in listed] == [batch.json()["id"]]
    logged = client.get("/v1/audit-log", params={"action": "coupon_batch"}).json()["items"]
    assert [entry["action"].partition(".")[2] for entry in reversed(logged)] == ["printed", "downloaded", "voided"]
    assert not any(code in str(logged) for code in codes)


def test_a_gift_by_link(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    giver, taker = member_of(shop), member_of(shop)
    template = published(client)
    claim = client.post(f"/v1/coupon-templates/{template['id']}/claims", json={"member_id": giver}).json()
    gifts = f"/v1/coupons/{claim['id']}/gifts"
    assert client.post(gifts, json={"member_id": taker}).json()["code"] == "coupon_not_yours"
    gift = client.post(gifts, json={"member_id": giver, "hours": 1}).json()
    assert client.delete(f"/v1/coupon-gifts/{gift['id']}").status_code == 204
    take = {"member_id": taker, "token": gift["token"]}
    assert client.post("/v1/coupon-gifts/take", json=take).json()["code"] == "gift_over"
    take["token"] = client.post(gifts, json={"member_id": giver}).json()["token"]
    assert client.post("/v1/coupon-gifts/take", json=take).json()["member_id"] == taker
    assert client.get(f"/v1/members/{giver}/coupons").json()["items"] == []
    unknown = client.post("/v1/coupon-gifts/take", json={"member_id": taker, "token": "x"})
    assert unknown.status_code == 404
