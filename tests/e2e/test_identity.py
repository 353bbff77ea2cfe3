"""Members who are one person: by what they are known, merged and unmerged, proposed, and by which rules."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from shuke.entrypoints.following import recognise
from shuke.infra.crypto import Cipher
from shuke.infra.database import Database
from shuke.kernel.clock import SystemClock
from shuke.kernel.ids import Prefix, parse
from tests.e2e.conftest import PATIENCE_MS, PHONE, OpenWindow
from tests.e2e.serving import Service, Shop

pytestmark = pytest.mark.e2e

FIRST, SECOND = "陆青禾", "陆小禾"
TWIN, OTHER_TWIN = "沈一舟", "沈二舟"


@dataclass(frozen=True)
class People:
    """Two members whom somebody may merge, and two whom an event proposed to be one."""

    first: str
    second: str


@pytest.fixture(scope="module")
def people(playwright: Playwright, service: Service, shop: Shop) -> Iterator[People]:
    api = playwright.request.new_context(base_url=service.url)

    def ask(method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        answer = api.fetch(f"/v1/{path}", method=method, data=body)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def join(name: str, phone: str) -> str:
        joining = {"name": name, "phone": phone, "join_store_id": store, "channel": "pos"}
        return str(ask("POST", "members", joining | {"consent": {"terms": True, "marketing": False}})["id"])

    merchant = ask("POST", "session", {"login": service.owner, "password": service.password})["merchant"]["id"]
    store = ask("GET", "stores")["items"][0]["id"]
    first, second = join(FIRST, "13900001001"), join(SECOND, "13900001002")
    lines = [{"sku": shop.bread, "quantity": "2"}]
    tenders = [{"kind": "cash", "amount_minor": 10_000}]
    ask("POST", "orders", {"store_id": store, "member_id": second, "lines": lines, "tenders": tenders})
    join(TWIN, "13900002001"), join(OTHER_TWIN, "13900002002")
    key = ask("POST", "event-sources", {"name": "商城后台", "kind": "server"})["write_key"]
    told = [
        {"type": "identify", "userId": "mall-77", "traits": {"phone": phone}}
        for phone in ("13900002001", "13900002002")
    ]
    ask("POST", "segment/batch", {"batch": told, "writeKey": key})
    database = Database(
        service.environment["SHUKE_DATABASE_URL"],
        cipher=Cipher(service.environment["SHUKE_MASTER_KEY"]),
        clock=SystemClock(),
    )
    until = time.monotonic() + PATIENCE_MS / 1000
    while not ask("GET", "proposals")["items"]:  # the worker beside the server may be following the same events
        assert time.monotonic() < until, "nobody was proposed"
        recognise(database, parse(Prefix.MERCHANT, merchant))
    database.close()
    yield People(first, second)
    api.dispose()


def _pick_member(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="找另一位会员").click()
    page.keyboard.type(name)
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=name).first.click()


def test_two_members_become_one_and_two_again(window: OpenWindow, people: People) -> None:
    page = window("zh-CN").as_owner(f"/members/{people.first}?tab=identities")
    graph = page.get_by_role("application", name="身份图谱").or_(page.locator(".react-flow"))
    expect(graph.first.get_by_text("13900001001")).to_be_visible()
    page.get_by_role("button", name="与另一会员合并").click()
    dialog = page.get_by_role("dialog", name="与另一会员合并")
    _pick_member(page, SECOND)
    expect(dialog.get_by_text(f"“{SECOND}”将并入“{FIRST}”")).to_be_visible()
    expect(dialog.get_by_label("将转移")).to_contain_text("订单1")
    dialog.get_by_role("button", name="合 并").click()
    expect(page.get_by_text(f"{SECOND}已并入{FIRST}")).to_be_visible()
    expect(graph.first.get_by_text("已并入的会员")).to_be_visible()
    expect(graph.first.get_by_text("13900001002")).to_be_visible()
    page.get_by_role("button", name="撤销合并").click()
    asked = page.get_by_role("dialog", name="撤销这次合并？")
    expect(asked.get_by_label("将转移")).to_contain_text("订单1")
    asked.get_by_role("button", name="撤销合并").click()
    expect(page.get_by_text("已撤销", exact=True)).to_be_visible()
    expect(graph.first.get_by_text("13900001002")).to_have_count(0)


def test_a_proposal_is_accepted_by_a_key_and_stands_among_the_merges(window: OpenWindow, people: People) -> None:
    page = window("zh-CN").as_owner("/identity")
    expect(page.get_by_role("table", name="并排比较")).to_contain_text("13900002001")
    expect(page.get_by_text(f"“{OTHER_TWIN}”将并入“{TWIN}”")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("没有待处理的建议")).to_be_visible()
    page.get_by_role("tab", name="合并记录").click()
    expect(page.get_by_role("row").filter(has_text=OTHER_TWIN)).to_contain_text("采纳建议")


def test_rules_apply_after_they_were_simulated(window: OpenWindow, people: People) -> None:
    page = window("zh-CN").as_owner("/identity/rules")
    apply = page.get_by_role("button", name="应 用")
    page.get_by_role("listitem", name="设备").get_by_role("button", name="不再用于识别").click()
    expect(apply).to_be_disabled()
    page.get_by_role("button", name="模 拟").click()
    expect(page.get_by_test_id("difference")).to_contain_text("认出的人没有变化")
    page.get_by_label("要屏蔽的值").fill("13900009009")
    page.get_by_role("button", name="屏 蔽").click()
    expect(apply).to_be_disabled()
    page.get_by_role("button", name="模 拟").click()
    expect(page.get_by_test_id("difference")).to_be_visible()
    apply.click()
    expect(page.get_by_text("识别规则已应用")).to_be_visible()
    page.reload()
    expect(page.get_by_text("13900009009")).to_be_visible()
    expect(page.get_by_role("listitem", name="设备")).to_have_count(0)


@pytest.mark.parametrize("path", ["/identity", "/identity?tab=likeness", "/identity?tab=merges", "/identity/rules"])
def test_the_pages_fit_a_phone(window: OpenWindow, people: People, path: str) -> None:
    here = window("en", PHONE)
    page = here.as_owner(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert here.overflow() <= 0


def test_identities_are_a_list_on_a_phone(window: OpenWindow, people: People) -> None:
    here = window("en", PHONE)
    page = here.as_owner(f"/members/{people.first}?tab=identities")
    expect(page.get_by_role("region", name="Phone")).to_contain_text("13900001001")
    assert here.overflow() <= 0
