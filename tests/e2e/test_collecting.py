"""Top-ups and plans paid through a provider, from a member's page: WeChat Pay stands by on the loopback."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIRequestContext, Playwright, expect

from shuke.kernel.clock import SystemClock
from tests.e2e.conftest import OpenWindow
from tests.e2e.serving import Service, Shop, open_shop, serving
from tests.support.loopback import answering
from tests.support.postgres import Server
from tests.support.wechat_pay import NEEDS_PASSWORD, WeChatPay

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def wechat() -> WeChatPay:
    return WeChatPay(SystemClock())


@pytest.fixture(scope="module")
def service(server: Server, tmp_path_factory: pytest.TempPathFactory, wechat: WeChatPay) -> Iterator[Service]:
    log = tmp_path_factory.mktemp("collecting") / "log"
    with (
        answering(wechat.answer) as provider,
        serving(server, log, wechat_pay_url=provider, public_url="https://shuke.example") as running,
    ):
        yield running


@pytest.fixture(scope="module")
def shop(playwright: Playwright, service: Service, wechat: WeChatPay) -> Iterator[Shop]:
    api = playwright.request.new_context(base_url=service.url)
    made = open_shop(api, service)
    answer = api.put("/v1/payment-accounts/wechat", data=wechat.account())
    assert answer.ok, answer.text()
    _sell_a_plan(api)
    yield made
    api.dispose()


def _sell_a_plan(api: APIRequestContext) -> None:
    live = api.get("/v1/programme").json()
    plan = {"code": "plus", "name": {"zh": "大树 PLUS", "en": "Tree Plus"}, "price_minor": 9_900, "months": 12}
    saved = api.put("/v1/programme", data={**live["document"], "plans": [plan]})
    assert saved.ok, saved.text()
    assert api.post("/v1/programme/publish", data={"live_version": live["version"]}).ok


def test_a_top_up_is_paid_by_the_code_that_was_shown(window: OpenWindow, shop: Shop, wechat: WeChatPay) -> None:
    page = window("zh-CN").as_owner(f"/members/{shop.member_id}?tab=wallet")
    page.get_by_role("button", name="充 值").click()
    page.get_by_placeholder("选择档位，或输入金额").fill("100")
    page.get_by_placeholder("选择档位，或输入金额").press("Tab")
    page.get_by_text("通过支付平台收").click()
    page.get_by_text("出示收款码").click()
    page.get_by_role("button", name="向顾客收 ¥100.00").click()
    code = page.get_by_test_id("code")
    expect(code).to_have_attribute("data-link", re.compile("^weixin://"))
    (number,) = wechat.trades
    wechat.pay(number)
    expect(page.get_by_text("充值已到账")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="关 闭").click()
    expect(page.get_by_text("¥100.00").first).to_be_visible()


def test_a_plan_is_not_sold_when_the_asking_is_cancelled_and_is_renewed_later(
    window: OpenWindow, shop: Shop, wechat: WeChatPay
) -> None:
    here = window("zh-CN")
    page = here.as_owner(f"/members/{shop.member_id}?tab=rights")
    page.get_by_role("button", name="开 通").click()
    page.get_by_text("通过支付平台收").click()
    page.get_by_text("扫付款码").click()
    page.get_by_role("button", name="向顾客收 ¥99.00").click()
    page.get_by_label("扫会员微信支付的付款码").fill(NEEDS_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("等待会员确认付款")).to_be_visible()
    page.get_by_role("button", name="取消收款").click()
    expect(page.get_by_text("没有收到钱，也没有办理。")).to_be_visible()

    page.get_by_role("button", name="重新收款").click()
    page.get_by_text("出示收款码").click()
    page.get_by_role("button", name="向顾客收 ¥99.00").click()
    expect(page.get_by_test_id("code")).to_have_attribute("data-link", re.compile("^weixin://"))
    wechat.pay(list(wechat.trades)[-1])
    expect(page.get_by_text("已开通")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="关 闭").click()
    expect(page.get_by_text("本期已付 ¥99.00")).to_be_visible()

    page.get_by_role("button", name="续 费").click()
    page.get_by_text("通过支付平台收").click()
    page.get_by_text("出示收款码").click()
    page.get_by_role("button", name="向顾客收 ¥99.00").click()
    expect(page.get_by_test_id("code")).to_have_attribute("data-link", re.compile("^weixin://"))
    wechat.pay(list(wechat.trades)[-1])
    expect(page.get_by_text("已续费")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="关 闭").click()
    expect(page.get_by_text("本期已付 ¥198.00")).to_be_visible()
