"""Stored value, cards and clearing, as people do it: in a real browser, against a real server."""

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, expect

from tests.e2e.conftest import OpenWindow, Window
from tests.e2e.serving import Shop

pytestmark = pytest.mark.e2e


class _Counter:
    """What a till would send."""

    def __init__(self, here: Window) -> None:
        self._api: APIRequestContext = here.page.context.request
        self._url = f"{here.service.url}/v1"

    def get(self, path: str) -> Any:
        answer = self._api.get(f"{self._url}{path}")
        assert answer.ok, answer.text()
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        answer = self._api.post(f"{self._url}{path}", data=body)
        assert answer.ok, answer.text()
        return answer.json()

    def top_up(self, shop: Shop, store_id: str, amount: int) -> Any:
        tenders = [{"kind": "cash", "amount_minor": amount}]
        body = {"store_id": store_id, "amount_minor": amount, "tenders": tenders}
        return self.post(f"/members/{shop.member_id}/top-ups", body)


def test_a_ladder_is_made_and_a_top_up_refunded(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/stored-value?tab=ladders")
    page.get_by_role("button", name="新建档位方案").first.click()
    page.get_by_label("方案名称").fill("开业充值")
    page.get_by_label("充", exact=True).fill("100")
    page.get_by_label("送", exact=True).fill("10")
    page.get_by_role("button", name="加一档").click()
    page.get_by_label("充", exact=True).nth(1).fill("80")
    page.get_by_label("送", exact=True).nth(1).fill("20")
    page.get_by_role("button", name="添 加").click()
    expect(page.get_by_text("须高于上一档的 ¥100.00")).to_be_visible()
    page.get_by_label("充", exact=True).nth(1).fill("200")
    page.get_by_role("button", name="添 加").click()
    expect(page.get_by_text("充 ¥200.00 送 ¥20.00")).to_be_visible()

    counter = _Counter(here)
    made = counter.top_up(shop, counter.get("/stores")["items"][0]["id"], 100_00)
    assert made["bonus_minor"] == 10_00
    here.go(f"/stored-value?top_up={made['id']}")
    page.get_by_role("button", name="退款 ¥100.00").click()
    page.get_by_role("button", name="确认退 ¥100.00").click()
    expect(page.get_by_text("退款记录")).to_be_visible()
    expect(page.get_by_text("这笔充值已没有可退的本金。")).to_be_visible()


def test_cards_are_printed_sold_and_frozen(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/cards")
    page.get_by_role("button", name="制卡").first.click()
    page.get_by_label("批次", exact=True).fill("中秋礼品卡")
    page.get_by_label("张数").fill("3")
    page.get_by_label("面值").fill("50")
    page.get_by_label("面值").press("Tab")
    expect(page.get_by_text("全部售出可收 ¥150.00")).to_be_visible()
    page.get_by_role("button", name="制卡 3 张").click()
    expect(page.get_by_role("heading", name="中秋礼品卡")).to_be_visible()
    page.get_by_role("button", name="下载卡号与密码").click()
    with page.expect_download() as fetched:
        page.get_by_role("dialog").get_by_role("button", name="下载卡号与密码").click()
    with Path(fetched.value.path()).open(encoding="utf-8-sig") as file:
        number = next(csv.DictReader(file))["number"]
    expect(page.get_by_text("已下载", exact=True)).to_be_visible()

    here.go(f"/cards?tab=cards&number={number}")
    page.get_by_role("link", name=number[:4]).click()
    page.get_by_role("button", name="售出激活").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("售卡门店").click()
    page.get_by_title("人民路店").click()
    dialog.get_by_role("button", name="收款 ¥50.00 并激活").click()
    expect(page.get_by_text("激活储值卡")).to_be_visible()
    page.get_by_role("button", name="冻 结").click()
    page.get_by_label("原因").fill("顾客挂失")
    page.get_by_role("dialog").get_by_role("button", name="冻 结").click()
    expect(page.get_by_text("已冻结", exact=True).first).to_be_visible()


def test_a_day_of_clearing_adds_up_to_nothing(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/clearing")
    counter = _Counter(here)
    sold = counter.get("/stores")["items"][0]["id"]
    topped = counter.post("/stores", {"code": "Z900", "name": "湖边店"})["id"]
    counter.top_up(shop, topped, 50_00)
    basket = {
        "store_id": sold,
        "member_id": shop.member_id,
        "lines": [{"sku": shop.bread, "quantity": "1"}],
        "choices": {"stored_value_minor": 50_00},
        "tenders": [],
    }
    order = counter.post("/orders", basket)
    day = counter.get("/reports/calendar")["today"]
    here.go(f"/clearing/{day}")
    expect(page.get_by_text("合计为零，账平")).to_be_visible()
    expect(page.get_by_text("湖边店").first).to_be_visible()
    page.get_by_role("tab", name="明细").click()
    expect(page.get_by_role("link", name=order["number"]).first).to_be_visible()
    here.go("/liability")
    expect(page.get_by_text("储值本金").first).to_be_visible()
