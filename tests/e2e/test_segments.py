"""A crowd is described, counted while it is, kept, and asked about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.e2e.conftest import PHONE, OpenWindow
from tests.e2e.serving import Service, Shop

pytestmark = pytest.mark.e2e

CAKE, BUYER, CITY = "南瓜小米糕", "林小满", "大理"


@dataclass(frozen=True)
class Sold:
    """One who bought what nobody else did, and it has reached the lake."""

    sku: str = "S-CAKE"


@pytest.fixture(scope="module")
def sold(playwright: Playwright, service: Service, shop: Shop) -> Sold:
    api = playwright.request.new_context(base_url=service.url)

    def ask(method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        answer = api.fetch(f"/v1/{path}", method=method, data=body)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    ask("POST", "session", {"login": service.owner, "password": service.password})
    store = ask("GET", "stores")["items"][0]["id"]
    category = ask("GET", "categories")["items"][0]["id"]
    cake = {"sku": Sold.sku, "name": CAKE, "list_price_minor": 1800, "sold_by": "piece", "category_id": category}
    ask("POST", "products", cake)
    city = {"name": "city", "type": "text", "label": {"zh": "常住城市", "en": "Home town"}, "personal": False}
    ask("POST", "attributes", city)
    joining: dict[str, Any] = {"name": BUYER, "phone": "13900007788", "join_store_id": store, "channel": "pos"}
    joining["attributes"] = {"city": CITY}
    member = ask("POST", "members", joining | {"consent": {"terms": True, "marketing": False}})
    lines = [{"sku": Sold.sku, "quantity": "2"}]
    tenders = [{"kind": "cash", "amount_minor": 3600}]
    ask("POST", "orders", {"store_id": store, "member_id": member["id"], "lines": lines, "tenders": tenders})
    api.dispose()
    service.run("traits")
    return Sold()


def _option(page: Page, text: str) -> None:
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=text).first.click()


def _choose(page: Page, label: str, text: str, *, search: bool = False) -> None:
    """An option of a list, found by typing where it can be."""
    page.get_by_role("combobox", name=label).last.click()
    if search:
        page.keyboard.type(text)
    _option(page, text)


def _add(page: Page, what: str) -> None:
    """A condition: its list is open already."""
    page.get_by_role("button", name=re.compile("添加条件$")).first.click()
    expect(page.get_by_role("combobox", name="条件")).to_be_focused()
    page.keyboard.type(what)
    _option(page, what)


def _value(page: Page) -> Locator:
    return page.get_by_role("spinbutton", name="值")


def test_a_rule_is_counted_while_it_is_written_then_kept_and_explained(
    window: OpenWindow, shop: Shop, sold: Sold
) -> None:
    page = window("zh-CN").as_owner("/segments/new")
    _add(page, "购买商品")
    page.get_by_role("button", name=re.compile("限定$")).click()
    _choose(page, "属性", "商品")
    _choose(page, "商品：名称", CAKE, search=True)
    page.keyboard.press("Escape")
    count = page.get_by_test_id("segment-count")
    expect(count).to_have_text("1")
    expect(page.get_by_role("link", name=BUYER)).to_be_visible()
    _value(page).fill("2")
    expect(count).to_have_text("0")
    _value(page).fill("1")
    expect(count).to_have_text("1")
    page.get_by_role("textbox", name="名称").fill("爱吃糕的人")
    page.get_by_role("button", name="保存人群").first.click()
    expect(page.get_by_test_id("segment-size")).to_have_text("1")
    page.get_by_role("button", name="为什么在").click()
    verdict = page.get_by_test_id("why-verdict")
    expect(verdict).to_have_text("符合条件")
    _choose(page, "找一位会员", shop.member_name, search=True)
    expect(verdict).to_have_text("不符合条件")
    expect(page.get_by_text("还需：1")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name=BUYER).click()
    page.get_by_role("tab", name="画像").click()
    expect(page.get_by_role("link", name="爱吃糕的人")).to_be_visible()
    page.get_by_role("button", name="为什么 · 爱吃糕的人").click()
    expect(verdict).to_have_text("符合条件")


def test_what_is_wrong_is_said_at_its_condition(window: OpenWindow, sold: Sold) -> None:
    page = window("zh-CN").as_owner("/segments/new")
    _add(page, "积分")
    _choose(page, "比较", "介于")
    page.get_by_role("spinbutton", name="从").fill("5")
    page.get_by_role("spinbutton", name="到").fill("1")
    expect(page.get_by_role("alert").filter(has_text="上限不能小于下限")).to_be_visible()
    page.get_by_role("spinbutton", name="到").fill("9000000")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_test_id("segment-count")).not_to_have_text("")


_CREATE = """async body => {
  const headers = {"content-type": "application/json"};
  const answer = await fetch("/v1/segments", {method: "POST", headers, body: JSON.stringify(body)});
  return answer.json();
}"""


def test_how_many_may_be_in_it_outlives_the_builder(window: OpenWindow, service: Service, sold: Sold) -> None:
    page = window("zh-CN").as_owner("/segments")
    body = {"code": "one", "name": "随机一位", "tree": {"rule": "all", "of": []}, "cap": {"cap": "random", "count": 1}}
    segment = page.evaluate(_CREATE, body)
    page.goto(f"{service.url}/segments/{segment['id']}/edit")
    expect(page.get_by_test_id("segment-count")).to_have_text("1")
    page.get_by_role("button", name="保存人群").first.click()
    expect(page.get_by_test_id("segment-size")).to_have_text("1")


def test_what_the_merchant_registered_is_asked_for_and_its_values_are_offered(window: OpenWindow, sold: Sold) -> None:
    page = window("zh-CN").as_owner("/segments/new")
    _add(page, "常住城市")
    values = page.get_by_role("combobox", name="值")
    values.click()
    _option(page, f"{CITY}（1 人）")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("segment-count")).to_have_text("1")
    expect(page.get_by_text(f"常住城市为{CITY}")).to_be_visible()
    page.get_by_role("button", name="查一位会员").click()
    _choose(page, "找一位会员", BUYER, search=True)
    expect(page.get_by_test_id("why-verdict")).to_have_text("符合条件")


_DECLARE = """body => fetch("/v1/event-schemas", {
  method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(body)
}).then(answer => answer.status)"""


def test_tracked_events_are_asked_for_by_name_and_by_their_properties(window: OpenWindow, sold: Sold) -> None:
    here = window("zh-CN")
    page = here.as_owner("/segments")
    properties = {"utm:colour": {"types": ["text"]}, "price": {"types": ["number"]}}
    wrapped = {"type": "track", "name": "Gift Wrapped", "mode": "inferred", "properties": properties}
    assert page.evaluate(_DECLARE, wrapped) == 201
    here.go("/segments/new")
    _add(page, "行为事件")
    expect(page.get_by_text("还有 1 个条件没填完")).to_be_visible()
    _choose(page, "事件", "Gift Wrapped", search=True)
    count = page.get_by_test_id("segment-count")
    expect(count).to_have_text("0")
    page.get_by_role("button", name=re.compile("限定$")).click()
    _choose(page, "属性", "utm:colour")
    page.get_by_role("combobox", name="值").fill("red")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_text("utm:colour为red").first).to_be_visible()
    _choose(page, "统计", "不同utm:colour数", search=True)
    expect(page.get_by_text("不同utm:colour数不少于 1").first).to_be_visible()
    page.set_viewport_size(PHONE)
    _choose(page, "事件", "Card Bought", search=True)
    expect(page.get_by_text("行为事件“Card Bought”").first).to_be_visible()
    _choose(page, "比较", "从未")
    expect(count).not_to_have_text("0")
    assert here.overflow() <= 0
    page.get_by_role("combobox", name="事件").last.click()
    page.keyboard.type("Landing")
    kinds = page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text="Landing")
    expect(kinds).to_have_count(3)
    kinds.nth(1).click()
    page.get_by_role("button", name=re.compile("限定$")).click()
    page.get_by_role("combobox", name="属性").last.click()
    page.keyboard.type("seconds")
    _option(page, "seconds（数值）")
    page.locator(".ant-input-number-input").last.fill("30")
    expect(page.get_by_text(re.compile("浏览页面“Landing”（seconds不少于 30）")).first).to_be_visible()


def test_a_segment_of_others_is_made_limited_and_changed(window: OpenWindow, service: Service, sold: Sold) -> None:
    page = window("zh-CN").as_owner("/segments")
    everybody: dict[str, Any] = {"rule": "all", "of": []}
    for code, name, tree in (("all", "每个人", everybody), ("none", "没有谁", {"rule": "not", "of": everybody})):
        made = page.evaluate(_CREATE, {"code": code, "name": name, "tree": tree})
        page.evaluate("id => fetch(`/v1/segments/${id}/refresh`, {method: 'POST'})", made["id"])
    page.goto(f"{service.url}/segments/new")
    page.get_by_text("由其他人群组成").click()
    count = page.get_by_test_id("segment-count")
    members = page.get_by_role("combobox", name="选择两个以上人群")
    for name in ("每个人", "没有谁"):
        members.click()
        page.keyboard.type(name)
        _option(page, name)
    page.keyboard.press("Escape")
    expect(count).to_have_text("0")
    page.get_by_role("textbox", name="名称").fill("合在一起")
    page.get_by_role("button", name="保存人群").first.click()
    expect(page.get_by_test_id("segment-size")).to_have_text("0")
    page.get_by_role("link", name="修改规则").click()
    page.get_by_text("并集", exact=True).click()
    expect(count).not_to_have_text("0")
    page.get_by_text("排名靠前").click()
    page.get_by_role("spinbutton", name="人数").fill("1")
    expect(count).to_have_text("1")
    page.get_by_role("button", name="保存人群").first.click()
    expect(page.get_by_test_id("segment-size")).to_have_text("1")
    expect(page.get_by_text("最高的 1 人").first).to_be_visible()
