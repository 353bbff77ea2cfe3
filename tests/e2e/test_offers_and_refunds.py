"""What a shop offers and gives back, as people do it: in a real browser, against a real server."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.serving import Shop

pytestmark = pytest.mark.e2e


def test_a_promotion_is_written_published_and_given_at_the_till(window: OpenWindow, shop: Shop) -> None:
    """From so much on that no other test's basket meets it."""
    page = window("zh-CN").as_owner("/promotions")
    page.get_by_role("button", name="新建促销").first.click()
    page.get_by_label("名称（中文）").fill("满五百减五十")
    page.get_by_label("名称（英文）").fill("50 off 500")
    page.get_by_label("门槛").fill("500")
    page.get_by_label("减多少").fill("50")
    page.get_by_label("减多少").press("Tab")
    expect(page.get_by_text("满 ¥500 减 ¥50")).to_be_visible()
    expect(page.get_by_text("¥50 off from ¥500")).to_be_visible()
    page.get_by_role("button", name="存为草稿").click()
    expect(page).to_have_url(re.compile(r"/promotions/prm_"))
    page.get_by_role("button", name="发 布").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("涉及商品")).to_be_visible()
    dialog.get_by_role("button", name="发 布").click()
    expect(page.get_by_text("进行中")).to_be_visible()

    till = window("zh-CN").as_cashier(shop)
    keys = till.keyboard
    keys.type(f"40*{shop.bread}")
    keys.press("Enter")
    expect(till.get_by_text("满五百减五十").first).to_be_visible()
    expect(till.get_by_test_id("payable")).to_contain_text("466.00")  # 40 × 12.90 − 50
    keys.press("Escape")


def test_a_part_of_an_order_is_refunded_from_its_page(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/orders")
    api = page.context.request
    store = api.get(f"{here.service.url}/v1/stores").json()["items"][0]["id"]
    placed = api.post(
        f"{here.service.url}/v1/orders",
        data={
            "store_id": store,
            "member_id": shop.member_id,
            "lines": [{"sku": shop.bread, "quantity": "2"}, {"sku": shop.apples, "quantity": "1"}],
            "tenders": [{"kind": "cash", "amount_minor": 100_00}],
        },
    )
    assert placed.status == 201, placed.text()
    here.go(f"/orders/{placed.json()['id']}")
    page.get_by_role("button", name="退 款").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_test_id("refund-sum")).to_contain_text("41.60")  # 2 × 12.90 + 15.80
    dialog.get_by_text("按商品退款").click()
    dialog.get_by_label("全麦面包退几件").fill("1")
    expect(dialog.get_by_test_id("refund-sum")).to_contain_text("12.90")
    dialog.get_by_label("原因").fill("包装破损")
    dialog.get_by_role("button", name="确认退").click()
    expect(page.get_by_text("部分退款").first).to_be_visible()
    expect(page.get_by_text("包装破损")).to_be_visible()
