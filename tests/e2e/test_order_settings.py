"""What the shop decides about orders and refunds: explained, kept, and not lost on the way out."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, OpenWindow
from tests.e2e.serving import PASSWORD, Shop

pytestmark = pytest.mark.e2e


def test_order_settings_say_what_they_do_and_are_not_left_unsaved(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/settings")
    api, url = page.context.request, here.service.url
    before = api.get(f"{url}/v1/settings/orders").json()
    page.get_by_role("tab", name="订单与退款").click()
    hold = page.get_by_label("未付清的订单保留多久")
    hold.fill("90")
    expect(page.get_by_text("例：14:00 下单，15:30 前没有付清就取消。")).to_be_visible()
    hold.fill("99999")
    page.get_by_label("付款后多久内可以退款").fill("")
    page.get_by_role("switch", name="退回下单时用掉的红包").click()
    page.get_by_text("从钱箱退").click()
    page.get_by_role("button", name="保 存").click()
    expect(page.get_by_text("不能大于 43200")).to_be_visible()
    assert api.get(f"{url}/v1/settings/orders").json() == before, "nothing of it is kept"

    page.get_by_role("tab", name="商户").click()
    asking = page.get_by_role("dialog").filter(has_text="修改还没有保存")
    asking.get_by_role("button", name="继续编辑").click()
    expect(asking).to_be_hidden()
    hold.fill("30")
    page.get_by_role("tab", name="商户").click()
    asking.get_by_role("button", name="保存并离开").click()
    expect(page).to_have_url(re.compile("/settings$"))
    decided = {"hold_minutes": 30, "refund_days": None, "returns_red_packets": False, "money_back": "cash"}
    assert api.get(f"{url}/v1/settings/orders").json() == {**before, **decided}

    page.get_by_role("tab", name="订单与退款").click()
    expect(hold).to_have_value("30")
    page.get_by_role("switch", name="退回下单时用掉的红包").click()
    page.get_by_role("button", name="撤销修改").click()
    expect(page.get_by_role("switch", name="退回下单时用掉的红包")).not_to_be_checked()
    page.get_by_role("link", name="会员", exact=True).click()
    expect(page).to_have_url(re.compile("/members"))
    assert api.patch(f"{url}/v1/settings/orders", data=before).ok


def test_who_may_not_change_them_reads_them(window: OpenWindow, shop: Shop) -> None:
    boss = window("en")
    boss.as_owner()
    operator = {"login": "op-1", "name": "陈运营", "role": "operator", "password": PASSWORD}
    assert boss.page.context.request.post(f"{boss.service.url}/v1/staff", data=operator).status == 201
    here = window("en", PHONE)
    page = here.page
    here.sign_in("op-1", PASSWORD)
    expect(page).not_to_have_url(re.compile("sign-in"))
    here.go("/settings/orders")
    for name in ("How long an order waits for its money", "Days more for what has expired meanwhile"):
        expect(page.get_by_label(name)).to_be_disabled()
    expect(page.get_by_role("switch", name="Take back red packets given for a purchase")).to_be_disabled()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    assert here.overflow() <= 0
