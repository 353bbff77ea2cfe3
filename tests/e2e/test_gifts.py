"""What members give each other, and what goes back with a refund: seen and decided in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.serving import Shop
from tests.e2e.test_till_and_wallet import a_member, post

pytestmark = pytest.mark.e2e


def test_a_gift_is_found_and_withdrawn_and_a_shared_packet_says_who_took_what(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/gifts")
    api = page.context.request
    giver = a_member(api, here, "13900006666", "孙小云")
    friend = a_member(api, here, "13900007777", "周小川")
    template = post(
        api,
        here,
        "coupon-templates",
        {
            "code": "to-give",
            "name": {"zh": "送友券", "en": "For a friend"},
            "effect": {"kind": "threshold", "steps": [{"at": 90_000, "off": 100}]},
            "validity": {"days": 30},
            "transferable": True,
        },
    )["id"]
    post(api, here, f"coupon-templates/{template}/publish")
    post(api, here, f"coupon-templates/{template}/issues", {"member_ids": [giver]})
    coupon = api.get(f"{here.service.url}/v1/members/{giver}/coupons").json()["items"][0]["id"]
    token = post(api, here, f"coupons/{coupon}/gifts", {"member_id": giver})["token"]
    campaign = {
        "code": "friends",
        "name": {"zh": "拼手气", "en": "Try your luck"},
        "kind": "shared",
        "amount": {"low_minor": 600, "high_minor": 600},
        "parts": 2,
    }
    packets = post(api, here, "red-packet-campaigns", campaign)["id"]
    post(api, here, f"red-packet-campaigns/{packets}/publish")
    opened = post(api, here, f"red-packet-campaigns/{packets}/shares", {"member_id": giver})
    post(api, here, "shared-packets/claims", {"member_id": friend, "token": opened["token"]})

    here.go("/gifts")
    row = page.get_by_role("row").filter(has_text="送友券")
    expect(row).to_contain_text("待领取")
    row.get_by_role("button", name="撤回").click()
    page.get_by_role("dialog").get_by_role("button", name="撤 回").click()
    expect(row).to_contain_text("已撤回")
    late = api.post(f"{here.service.url}/v1/coupon-gifts/take", data={"member_id": friend, "token": token})
    assert late.status == 409

    page.get_by_role("tab", name="分享的红包").click()
    page.get_by_role("row").filter(has_text="拼手气").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("listitem")).to_contain_text("周小川")
    expect(drawer.get_by_text("领取记录（1 / 2 份）")).to_be_visible()


def test_the_shop_decides_whether_packets_go_back_with_a_refund(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/red-packets/new")
    expect(page.get_by_role("heading", name="顾客退款时")).to_be_hidden()
    page.get_by_role("radio", name="消费后").check()
    switch = page.get_by_role("switch", name="收回送出的红包")
    expect(switch).to_be_checked()
    switch.click()
    page.get_by_role("dialog").get_by_role("button", name="确 定").click()
    expect(page.get_by_text("退款不影响红包")).to_be_visible()
    settings = page.context.request.get(f"{here.service.url}/v1/settings/orders").json()
    assert settings["takes_packets_back"] is False
