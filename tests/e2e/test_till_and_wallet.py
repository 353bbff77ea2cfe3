"""The till with everything that pays, and the wallet it is paid from: in a real browser, against a real server."""

import csv
import io
import re
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.e2e.conftest import OpenWindow, Window
from tests.e2e.serving import Shop

pytestmark = pytest.mark.e2e


def post(api: APIRequestContext, here: Window, path: str, body: object = None) -> Any:
    answer = api.post(f"{here.service.url}/v1/{path}", data=body)
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json()


def fill(page: Page, *texts: str) -> None:
    """Typed or scanned, each with Enter."""
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def a_member(api: APIRequestContext, here: Window, phone: str, name: str) -> str:
    joining = {"name": name, "phone": phone, "channel": "pos", "consent": {"terms": True, "marketing": False}}
    member: str = post(api, here, "members", joining)["id"]
    return member


def a_coupon(api: APIRequestContext, here: Window, code: str, off: int, member_id: str) -> None:
    """`off` off 20, so that other baskets do not meet it."""
    body = {
        "code": code,
        "name": {"zh": f"满二十减{off // 100}", "en": f"{off // 100} off 20"},
        "effect": {"kind": "threshold", "steps": [{"at": 2000, "off": off}]},
        "validity": {"days": 30},
    }
    template = post(api, here, "coupon-templates", body)["id"]
    post(api, here, f"coupon-templates/{template}/publish")
    post(api, here, f"coupon-templates/{template}/issues", {"member_ids": [member_id]})


def a_card(api: APIRequestContext, here: Window, face: int) -> tuple[str, str]:
    """Number and PIN of a card that was sold."""
    batch = post(api, here, "card-batches", {"name": "礼品卡", "size": 1, "face_minor": face})["id"]
    printed = api.post(f"{here.service.url}/v1/card-batches/{batch}/download").text().removeprefix("\ufeff")
    (card,) = csv.DictReader(io.StringIO(printed))
    store = api.get(f"{here.service.url}/v1/stores").json()["items"][0]["id"]
    tenders = [{"kind": "cash", "amount_minor": face}]
    post(api, here, "card-sales", {"store_id": store, "numbers": [card["number"]], "tenders": tenders})
    return card["number"], card["pin"]


def test_coupons_a_gift_card_and_money_in_two_parts(window: OpenWindow, shop: Shop) -> None:
    owner = window("zh-CN")
    api = owner.as_owner("/members").context.request
    member_id = a_member(api, owner, "13900002222", "李小兰")
    a_coupon(api, owner, "small", 200, member_id)
    a_coupon(api, owner, "large", 500, member_id)
    number, pin = a_card(api, owner, 600)

    till = window("zh-CN").as_cashier(shop)
    keys, payable = till.keyboard, till.get_by_test_id("payable")
    fill(till, f"2*{shop.bread}")
    expect(payable).to_contain_text("25.80")
    fill(till, "13900002222")
    expect(till.get_by_text("李**")).to_be_visible()
    expect(payable).to_contain_text("18.80")  # both coupons

    keys.press("F3")
    expect(till.get_by_text("已选最省的组合")).to_be_visible()
    till.get_by_role("listitem").filter(has_text="满二十减5").click()
    expect(till.get_by_text("比最优少省 ¥5.00").first).to_be_visible()
    expect(payable).to_contain_text("23.80")
    keys.press("F3")
    expect(payable).to_contain_text("18.80")
    keys.press("Escape")

    keys.press("F7")
    fill(till, number, "00000000")
    expect(till.get_by_text("卡号或密码错误")).to_be_visible()
    assert till.get_by_label("卡密码").get_attribute("type") == "password"
    fill(till, pin)
    expect(payable).to_contain_text("12.80")

    keys.press("F9")
    fill(till, "2.80")
    expect(till.get_by_test_id("left")).to_contain_text("10.00")
    keys.press("F8")  # the rest by card
    keys.press("Enter")
    expect(till.get_by_text("收款完成")).to_be_visible()
    order = api.get(f"{owner.service.url}/v1/members/{member_id}/orders").json()["items"][0]
    whole = api.get(f"{owner.service.url}/v1/orders/{order['id']}").json()
    tenders = [(tender["kind"], tender["amount_minor"]) for tender in whole["tenders"]]
    assert (sorted(tenders), whole["stored_minor"]) == ([("card", 1000), ("cash", 280)], 600)
    keys.press("Enter")


def test_a_sale_is_put_on_hold_and_paid_later(window: OpenWindow, shop: Shop) -> None:
    till = window("en").as_cashier(shop)
    keys = till.keyboard
    fill(till, f"3*{shop.bread}")
    expect(till.get_by_test_id("payable")).to_contain_text("38.70")
    keys.press("F10")
    expect(till.get_by_text("is on hold")).to_be_visible()
    keys.press("F10")
    expect(till.get_by_text("3 items")).to_be_visible()
    keys.press("Enter")
    expect(till.get_by_role("region", name="Sale on hold").get_by_text(re.compile(r"1[45]:\d\d left"))).to_be_visible()
    fill(till, "40")
    expect(till.get_by_role("heading", name="Paid")).to_be_visible()
    expect(till.get_by_text("¥1.30")).to_be_visible()
    keys.press("Enter")


def test_a_wallet_is_filled_from_its_page(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/members")
    api = page.context.request
    member_id = a_member(api, here, "13900003333", "赵小竹")
    steps = [{"pay_minor": 10_000, "bonus_minor": 1_500}]
    post(api, here, "top-up-ladders", {"name": "充值有礼", "steps": steps})
    post(api, here, "stores", {"code": "W900", "name": "湖心店"})  # with two, it has to be said where
    here.go(f"/members/{member_id}?tab=wallet")
    page.get_by_role("button", name="充 值").click()
    page.get_by_role("dialog").get_by_role("combobox").fill("湖心店")
    page.locator(".ant-select-item-option", has_text="湖心店").click()
    page.get_by_role("radio", name="¥100.00").click()
    expect(page.get_by_test_id("top-up-sum")).to_contain_text("115.00")
    page.get_by_role("button", name="收款 ¥100.00").click()
    expect(page.get_by_text("¥115.00").first).to_be_visible()
    page.get_by_role("button", name="调 整").click()
    page.get_by_label("积分数").fill("66")
    page.get_by_label("原因").fill("补登小票")
    page.get_by_role("button", name="提 交").click()
    expect(page.get_by_text("补登小票")).to_be_visible()
    expect(page.get_by_text("+66")).to_be_visible()
    for part in ("储值", "红包", "优惠券", "储值卡", "充值"):
        page.locator(".ant-segmented-item-label", has_text=re.compile(f"^{part}$")).click()
    page.get_by_role("button", name="详情与退款").click()
    expect(page.get_by_text("现在退款会怎样")).to_be_visible()
    assert here.overflow() <= 0
