"""Undoing a merge from the list: what goes back is said before, and nobody can look away before it is done."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import OpenWindow, Window
from tests.e2e.serving import Shop
from tests.e2e.test_till_and_wallet import a_member, post

pytestmark = pytest.mark.e2e

STAYS, GOES = "顾长风", "顾小风"


@dataclass
class Held:
    """A request whose answer is kept back until it is let through."""

    routes: list[Route]

    def __call__(self, route: Route) -> None:
        self.routes.append(route)

    def let_through(self) -> None:
        for route in self.routes:
            route.continue_()


def _merged_and_spent(here: Window, shop: Shop) -> None:
    """Both topped up and were merged; then bread was paid for from what the two had."""
    api = here.page.context.request
    store = api.get(f"{here.service.url}/v1/stores").json()["items"][0]["id"]
    stays, goes = a_member(api, here, "13900008841", STAYS), a_member(api, here, "13900008842", GOES)
    tenders = [{"kind": "cash", "amount_minor": 2_000}]
    post(api, here, f"members/{goes}/top-ups", {"store_id": store, "amount_minor": 2_000, "tenders": tenders})
    post(api, here, f"members/{stays}/merge", {"other": goes})
    basket = {"store_id": store, "member_id": stays, "lines": [{"sku": shop.bread, "quantity": "1"}]}
    post(api, here, "orders", basket | {"choices": {"stored_value_minor": 1_290}, "tenders": []})


def test_an_undone_merge_says_what_is_given_back_and_what_was_spent(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/identity?tab=merges")
    _merged_and_spent(here, shop)
    page.reload()
    merge = page.get_by_role("row").filter(has_text=GOES)
    merge.get_by_role("button", name="撤销合并").click()
    dialog = page.get_by_role("dialog", name="撤销这次合并？")
    given = dialog.get_by_role("listitem").filter(has_text="储值本金")
    expect(given).to_contain_text("退回储值本金 ¥7.10")
    expect(given).to_contain_text("合并期间已用掉 ¥12.90，不再补回")

    held = Held([])
    page.route("**/v1/merges/*/undo", held)
    dialog.get_by_role("button", name="撤销合并").click()
    expect(dialog.get_by_text("正在进行，完成后自动关闭")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("button", name="取 消")).to_be_disabled()
    expect(dialog).to_be_visible()
    held.let_through()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(f"已撤销，{GOES}重新成为独立的会员")).to_be_visible()
    expect(merge).to_contain_text("已撤销")
