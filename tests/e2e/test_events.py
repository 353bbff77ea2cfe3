"""The page of events: a source is made and sends, what it sends is seen, what is wrong is read again."""

from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.conftest import PHONE, OpenWindow
from tests.e2e.serving import Service, Shop

pytestmark = pytest.mark.e2e


class Sender:
    """A system that sends with a write key, and knows nothing else of us."""

    def __init__(self, playwright: Playwright, service: Service, key: str) -> None:
        self._api = playwright.request.new_context(base_url=service.url)
        self._key = key

    def send(self, *messages: dict[str, Any]) -> None:
        answer = self._api.post("/v1/segment/batch", data={"batch": messages, "writeKey": self._key})
        assert answer.ok, answer.text()

    def close(self) -> None:
        self._api.dispose()


def new_source(page: Page, service: Service, name: str) -> str:
    """Made on the page; its write key, as it is shown there."""
    page.goto(f"{service.url}/events?tab=sources")
    page.get_by_role("button", name="新建来源").first.click()
    page.get_by_label("来源名称").fill(name)
    page.get_by_role("button", name="添 加").click()
    shown = page.get_by_role("dialog", name=f"接入“{name}”")
    key = shown.get_by_text("wk_").first.inner_text().strip()
    expect(shown.get_by_text("/v1/segment/snippet.js").first).to_be_visible()
    return key


def tracked(event: str, **properties: object) -> dict[str, Any]:
    return {"type": "track", "userId": "u1", "event": event, "properties": properties}


def test_a_new_source_sends_and_its_events_are_seen_as_they_come(
    window: OpenWindow, service: Service, shop: Shop, playwright: Playwright
) -> None:
    page = window("zh-CN").as_owner("/events")
    sender = Sender(playwright, service, new_source(page, service, "官网"))
    page.goto(f"{service.url}/events")
    expect(page.get_by_role("switch", name="实时刷新")).to_be_checked()
    page.wait_for_load_state("networkidle")
    sender.send(tracked("Seen Live", sku="6901", email="king@example.com"))
    page.get_by_text("Seen Live").click()
    detail = page.get_by_role("dialog", name="Seen Live")
    expect(detail.get_by_text('"sku": "6901"')).to_be_visible()
    expect(detail.get_by_text("用户 ID")).to_be_visible()
    expect(detail.get_by_text("king@example.com")).to_have_count(0)
    sender.close()


def test_what_was_set_aside_is_read_again_after_a_look(
    window: OpenWindow, service: Service, shop: Shop, playwright: Playwright
) -> None:
    page = window("zh-CN").as_owner("/events")
    sender = Sender(playwright, service, new_source(page, service, "收银"))
    sender.send(tracked("Too Old") | {"timestamp": "2020-01-01T00:00:00Z"}, {"type": "wink", "userId": "u1"})
    page.goto(f"{service.url}/events?tab=quarantine")
    expect(page.get_by_text("发生过久").first).to_be_visible()
    page.get_by_role("button", name="重新处理本页").click()
    asked = page.get_by_role("dialog")
    expect(asked.get_by_text("1 条消息将成为事件").last).to_be_visible()
    expect(asked.get_by_text("其余 1 条仍不符合")).to_be_visible()
    asked.get_by_role("button", name="重新处理").click()
    expect(page.get_by_text("1 条已成为事件")).to_be_visible()
    expect(page.get_by_text("未知消息类型").first).to_be_visible()
    expect(page.get_by_text("发生过久")).to_have_count(0)
    sender.close()


@pytest.mark.parametrize("tab", ["", "quarantine", "schemas", "sources"])
def test_the_page_fits_a_phone(window: OpenWindow, shop: Shop, tab: str) -> None:
    here = window("en", PHONE)
    page = here.as_owner(f"/events?tab={tab}" if tab else "/events")
    expect(page.get_by_role("heading", name="Events")).to_be_visible()
    assert here.overflow() <= 0


def test_an_event_is_declared_before_anybody_sends_it(window: OpenWindow, shop: Shop) -> None:
    page = window("zh-CN").as_owner("/events?tab=schemas")
    page.get_by_role("button", name="声明事件").first.click()
    drawer = page.get_by_role("dialog", name="声明事件")
    drawer.get_by_label("事件名").fill("Coupon Shared")
    drawer.get_by_label("属性名").fill("coupon_code")
    drawer.get_by_label("属性名").press("Enter")
    drawer.get_by_role("checkbox", name="必填").check()
    drawer.get_by_role("button", name="添 加", exact=True).click()
    page.get_by_text("Coupon Shared").click()
    declared = page.get_by_role("dialog", name="Coupon Shared")
    expect(declared.get_by_text("coupon_code")).to_be_visible()
    expect(declared.get_by_role("checkbox", name="必填")).to_be_checked()
