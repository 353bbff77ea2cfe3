"""Erasing a member from her page: read, confirmed by her number, gone; the books stay balanced."""

from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, expect

from tests.e2e.conftest import PHONE, OpenWindow
from tests.e2e.serving import Shop
from tests.e2e.test_till_and_wallet import a_member, post

pytestmark = pytest.mark.e2e


def _stored(api: APIRequestContext, url: str) -> dict[str, Any]:
    """What the books say of stored value this month."""
    movements = api.get(f"{url}/v1/reports/liability").json()["movements"]
    found: dict[str, Any] = next(each for each in movements if each["asset"] == "stored_principal")
    return found


def test_a_member_is_erased_and_the_books_still_add_up(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/members")
    api, url = page.context.request, here.service.url
    member = a_member(api, here, "13900008833", "周小雪")
    number = api.get(f"{url}/v1/members/{member}").json()["number"]
    store = api.get(f"{url}/v1/stores").json()["items"][0]["id"]
    before = _stored(api, url)
    tenders = [{"kind": "cash", "amount_minor": 5_000}]
    post(api, here, f"members/{member}/top-ups", {"store_id": store, "amount_minor": 5_000, "tenders": tenders})

    here.go(f"/members/{member}?tab=consent")
    page.get_by_role("button", name="删除个人信息").click()
    dialog = page.get_by_role("dialog", name="删除个人信息")
    expect(dialog.get_by_text("请先处理")).to_be_visible()
    expect(dialog.get_by_role("alert")).to_contain_text("¥50.00")
    expect(dialog.get_by_text("将被删除")).to_be_visible()
    erase = dialog.get_by_role("button", name="永久删除")
    dialog.get_by_label("事由").fill("本人来函要求")
    dialog.get_by_label(f"请输入会员号 {number} 以确认").fill(number)
    expect(erase).to_be_disabled()
    dialog.get_by_role("checkbox", name="剩余本金已退还会员").check()
    dialog.get_by_label(f"请输入会员号 {number} 以确认").fill(number[:-1])
    expect(erase).to_be_disabled()
    dialog.get_by_label(f"请输入会员号 {number} 以确认").fill(number)
    erase.click()
    expect(page.get_by_role("heading", name="会员已删除")).to_be_visible()
    expect(page.get_by_text("个人信息已删除")).to_be_visible()
    expect(page.get_by_text("周小雪")).to_have_count(0)

    after = _stored(api, url)
    assert after["closing"] == before["closing"]
    assert after["issued"] - before["issued"] == after["refunded"] - before["refunded"] == 5_000

    here.go("/settings/privacy")
    erased = page.get_by_role("row").filter(has_text=number)
    expect(erased).to_contain_text("本人来函要求")
    expect(erased).not_to_contain_text("已放弃余额")
    page.set_viewport_size(PHONE)
    assert here.overflow() <= 0
    here.go(f"/members/{member}")
    expect(page.get_by_role("heading", name="会员已删除")).to_be_visible()
    assert here.overflow() <= 0
