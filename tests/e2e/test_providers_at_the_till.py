"""Money through WeChat Pay and Alipay at the till, and coupons on paper: in a real browser, against a real server and
stand-ins of both providers."""

import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIRequestContext, Page, Playwright, expect

from tests.e2e.conftest import PHONE, OpenWindow, Providers
from tests.e2e.serving import Service, Shop
from tests.support.loopback import Fault
from tests.support.wechat_pay import NEEDS_PASSWORD, NO_MONEY
from tests.support.wechat_pay_notices import paid_notice

pytestmark = pytest.mark.e2e

SOON_S = 90
"""Refunds are sent by the worker, which looks every minute."""


@pytest.fixture(scope="module")
def api(playwright: Playwright, service: Service, shop: Shop, providers: Providers) -> Iterator[APIRequestContext]:
    """The owner's own way in; both accounts are set up while these tests run."""
    opened = playwright.request.new_context(base_url=service.url)
    signed_in = opened.post("/v1/session", data={"login": service.owner, "password": service.password})
    assert signed_in.ok, signed_in.text()
    for provider in ("wechat", "alipay"):
        put = opened.put(f"/v1/payment-accounts/{provider}", data=getattr(providers, provider).account())
        assert put.ok, put.text()
        assert opened.post(f"/v1/payment-accounts/{provider}/test").json() == {"ok": True, "reason": ""}
    yield opened
    for provider in ("wechat", "alipay"):
        opened.delete(f"/v1/payment-accounts/{provider}")
    opened.dispose()


def read(api: APIRequestContext, path: str) -> Any:
    return api.get(f"/v1/{path}").json()


def last_order(api: APIRequestContext) -> Any:
    return read(api, f"orders/{read(api, 'orders?limit=1')['items'][0]['id']}")


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + SOON_S
    while not holds() and time.monotonic() < until:
        time.sleep(0.5)
    return holds()


def sell(till: Page, shop: Shop, quantity: int, tender: int) -> None:
    """Scanned, and to the payment; `tender` says how often F8 is pressed."""
    till.keyboard.type(f"{quantity}*{shop.bread}")
    till.keyboard.press("Enter")
    expect(till.get_by_test_id("payable")).to_contain_text(f"{12.9 * quantity:.2f}")
    till.keyboard.press("F9")
    for _ in range(tender):
        till.keyboard.press("F8")


def shown(till: Page, link: str) -> None:
    """The code on the screen is the provider's."""
    code = till.get_by_test_id("code")
    expect(code).to_have_attribute("data-link", re.compile(re.escape(link)))
    expect(code.locator("svg")).to_be_visible()


def tell(service: Service, address: str, notice: tuple[dict[str, str], bytes]) -> int:
    """A notification, sent to the address that the provider was given."""
    headers, body = notice
    asked = urllib.request.Request(f"{service.url}{urlsplit(address).path}", data=body, headers=headers)
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return int(answer.status)


def test_a_code_is_shown_paid_and_refunded(
    window: OpenWindow, shop: Shop, service: Service, api: APIRequestContext, providers: Providers
) -> None:
    till = window("zh-CN").as_cashier(shop)
    sell(till, shop, 2, tender=2)
    expect(till.get_by_role("button", name="出示收款码")).to_be_visible()
    till.keyboard.press("Enter")
    shown(till, "weixin://wxpay/")
    expect(till.get_by_text("请用微信支付扫码付款")).to_be_visible()
    expect(till.get_by_text("内有效")).to_be_visible()
    order = last_order(api)
    assert (order["status"], order["due_minor"]) == ("pending", 2580)
    till.reload()  # what is waited for is not forgotten
    shown(till, "weixin://wxpay/")
    trade = list(providers.wechat.trades.values())[-1]
    providers.wechat.pay(trade.number)
    assert tell(service, trade.notify_url, paid_notice(providers.wechat, trade)) == 204
    expect(till.get_by_text("收款完成")).to_be_visible()
    order = last_order(api)
    assert [(item["kind"], item["amount_minor"]) for item in order["tenders"]] == [("wechat", 2580)]
    assert order["payments"][0]["status"] == "paid"

    page = window("zh-CN").as_owner(f"/orders/{order['id']}")
    page.get_by_role("button", name="退 款").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_test_id("refund-sum")).to_contain_text("25.80")
    dialog.get_by_role("button", name="确认退").click()
    expect(page.get_by_text("已退款").first).to_be_visible()
    assert soon(lambda: trade.refunded == 2580)
    page.get_by_role("link", name=trade.transaction_id).click()
    expect(page.get_by_role("dialog").get_by_text(trade.transaction_id)).to_be_visible()
    payment = f"payments/{order['payments'][0]['id']}"
    assert soon(lambda: [one["status"] for one in read(api, payment)["refunds"]] == ["succeeded"])


def test_a_shown_code_gives_way_to_cash_or_is_cancelled(
    window: OpenWindow, shop: Shop, api: APIRequestContext, providers: Providers
) -> None:
    here = window("en", PHONE)
    till = here.as_cashier(shop)
    sell(till, shop, 3, tender=3)
    providers.alipay.next("precreate", Fault.BROKEN_BEFORE)  # and is asked again
    till.keyboard.press("Enter")
    shown(till, "https://qr.alipay.com/")
    assert here.overflow() <= 0
    till.keyboard.press("Escape")
    expect(till.get_by_text("no money came")).to_be_visible()
    till.keyboard.press("F8")  # cash
    till.keyboard.type("40")
    till.keyboard.press("Enter")
    expect(till.get_by_role("heading", name="Paid")).to_be_visible()
    expect(till.get_by_text("¥1.30")).to_be_visible()
    paid = last_order(api)
    assert (paid["payments"][0]["status"], [item["kind"] for item in paid["tenders"]]) == ("closed", ["cash"])

    till.keyboard.press("Enter")
    sell(till, shop, 4, tender=3)
    till.keyboard.press("Enter")
    shown(till, "https://qr.alipay.com/")
    till.keyboard.press("Delete")
    expect(till.get_by_text("Delete once more cancels the order")).to_be_visible()
    till.keyboard.press("Delete")
    expect(till.get_by_text("all it held is given back")).to_be_visible()
    assert last_order(api)["status"] == "cancelled"


def test_part_by_code_and_the_rest_in_cash(
    window: OpenWindow, shop: Shop, api: APIRequestContext, providers: Providers
) -> None:
    till = window("zh-CN").as_cashier(shop)
    sell(till, shop, 1, tender=3)
    till.keyboard.type("10")
    till.keyboard.press("Enter")
    shown(till, "https://qr.alipay.com/")
    providers.alipay.pay(list(providers.alipay.trades)[-1])
    expect(till.get_by_text("已收到 ¥10.00，请收余款")).to_be_visible()
    expect(till.get_by_test_id("payable")).to_contain_text("2.90")
    till.keyboard.press("F8")
    till.keyboard.press("Enter")
    expect(till.get_by_text("收款完成")).to_be_visible()
    assert [item["amount_minor"] for item in last_order(api)["tenders"]] == [1000, 290]


def test_a_scanned_code_waits_for_the_password(
    window: OpenWindow, shop: Shop, api: APIRequestContext, providers: Providers
) -> None:
    till = window("zh-CN").as_cashier(shop)
    sell(till, shop, 5, tender=0)
    till.keyboard.type(NO_MONEY)
    till.keyboard.press("Enter")
    expect(till.get_by_text("付款未成功；可重新扫码")).to_be_visible()
    till.keyboard.type(NEEDS_PASSWORD)
    till.keyboard.press("Enter")
    expect(till.get_by_text("等待顾客在手机上确认")).to_be_visible()
    till.reload()
    expect(till.get_by_text("等待顾客在手机上确认")).to_be_visible()
    providers.wechat.pay(list(providers.wechat.trades)[-1])
    expect(till.get_by_text("收款完成")).to_be_visible()
    assert [(item["kind"], item["amount_minor"]) for item in last_order(api)["tenders"]] == [("wechat", 6450)]


def test_a_coupon_on_paper_needs_no_member(window: OpenWindow, shop: Shop, api: APIRequestContext) -> None:
    body = {
        "code": "flyer",
        "name": {"zh": "传单券满一百减十", "en": "Flyer: 10 off 100"},
        "effect": {"kind": "threshold", "steps": [{"at": 10_000, "off": 1_000}]},
        "validity": {"days": 30},
    }
    template = api.post("/v1/coupon-templates", data=body).json()["id"]
    assert api.post(f"/v1/coupon-templates/{template}/publish").ok
    batch = api.post("/v1/coupon-batches", data={"template_id": template, "name": "传单", "size": 1}).json()["id"]
    code = api.post(f"/v1/coupon-batches/{batch}/download").text().split()[-1]

    till = window("zh-CN").as_cashier(shop)
    sell(till, shop, 8, tender=0)  # 103.20
    till.keyboard.press("Escape")
    till.keyboard.type(code)
    till.keyboard.press("Enter")
    expect(till.get_by_test_id("payable")).to_contain_text("93.20")
    expect(till.get_by_text("已用 1 项，省 ¥10.00")).to_be_visible()
    till.keyboard.press("F9")
    till.keyboard.press("Enter")
    expect(till.get_by_text("收款完成")).to_be_visible()
    order = last_order(api)
    assert (order["member"], order["paid_minor"]) == (None, 9320)
    till.keyboard.press("Enter")
    till.keyboard.type(f"8*{shop.bread}")
    till.keyboard.press("Enter")
    till.keyboard.press("F3")
    till.keyboard.type(code)
    till.keyboard.press("Enter")
    expect(till.get_by_text("券已使用")).to_be_visible()

    assert api.post(f"/v1/orders/{order['id']}/refunds", data={"all": True}).ok
    till.keyboard.type(code)
    till.keyboard.press("Enter")
    expect(till.get_by_test_id("payable")).to_contain_text("93.20")
    till.keyboard.press("Delete")  # none of them
    expect(till.get_by_test_id("payable")).to_contain_text("103.20")
    till.keyboard.press("Escape")
