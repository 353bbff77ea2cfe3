"""Products over HTTP."""

import csv
import io

from shuke.kernel.ids import Prefix, show
from tests.support.world import World


def test_create_list_change_and_export(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    made = client.post("/v1/categories", json={"code": "DAIRY", "name": "乳品"})
    assert made.status_code == 201, made.text
    body = {
        "sku": "MILK-1",
        "name": "全脂牛奶",
        "barcode": "",
        "category_id": made.json()["id"],
        "list_price_minor": 1290,
        "member_price_minor": 1190,
    }
    created = client.post("/v1/products", json=body)
    assert created.status_code == 201, created.text
    product = created.json()
    assert product == {
        "id": product["id"],
        "sku": "MILK-1",
        "barcode": None,
        "name": "全脂牛奶",
        "brand": None,
        "category": {"id": made.json()["id"], "name": "乳品"},
        "unit": None,
        "sold_by": "piece",
        "list_price_minor": 1290,
        "member_price_minor": 1190,
        "status": "on_shelf",
    }
    assert client.get("/v1/products", params={"q": "牛奶"}).json() == {"items": [product], "next_cursor": None}
    assert client.get("/v1/products", params={"status": "off_shelf"}).json()["items"] == []
    assert client.get("/v1/categories").json()["items"][0]["code"] == "DAIRY"

    changed = client.patch(f"/v1/products/{product['id']}", json={"member_price_minor": None, "status": "off_shelf"})
    assert changed.status_code == 200, changed.text
    assert (changed.json()["member_price_minor"], changed.json()["list_price_minor"]) == (None, 1290)

    client.post("/v1/products", json={"sku": "=1+1", "name": "@formula"})
    export = client.get("/v1/products/export")
    assert export.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(export.text.removeprefix("\ufeff"))))
    assert [(row["sku"], row["name"], row["list_price"]) for row in rows] == [
        ("'=1+1", "'@formula", ""),
        ("MILK-1", "全脂牛奶", "12.90"),
    ]


def test_bad_requests_are_problems_that_name_the_field(world: World) -> None:
    shop = world.merchant()
    shop.product("A")
    client = world.client(shop.login)
    new = {"sku": "B", "name": "x"}
    found = {
        path: client.post("/v1/products", json={**new, **given}).json()
        for path, given in {
            "sku": {"sku": ""},
            "name": {"name": "a\0"},
            "list_price_minor": {"list_price_minor": 1.5},
            "member_price_minor": {"member_price_minor": 5},
            "category_id": {"category_id": "cat_x"},
            "sold_by": {"sold_by": "dozen"},
        }.items()
    }
    assert {path: (problem["status"], problem["fields"][0]["path"]) for path, problem in found.items()} == {
        path: (422, path) for path in found
    }
    assert client.post("/v1/products", json={**new, "sku": "A"}).json()["code"] == "product_code_taken"
    assert client.get("/v1/products", params={"q": "\0"}).status_code == 422
    assert client.get("/v1/products", params={"cursor": "junk"}).status_code == 422
    theirs = show(Prefix.PRODUCT, world.merchant().product().product_id)
    assert client.patch(f"/v1/products/{theirs}", json={"name": "mine"}).status_code == 404
