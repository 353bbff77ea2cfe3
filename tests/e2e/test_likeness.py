"""Members who are alike: counted, searched for, accepted many at once, and taken back as a whole."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, OpenWindow, Window
from tests.e2e.test_till_and_wallet import post

pytestmark = pytest.mark.e2e

TWICE = (("欧阳晴川", "1988-03-09", "female"), ("司马望舒", "1979-11-23", "male"))


def _join_twice(here: Window) -> None:
    """Each of them with two cards, and nothing else that would have told who it is."""
    for place, (name, birthday, gender) in enumerate(TWICE):
        for card in (f"TWICE-{place}-A", f"TWICE-{place}-B"):
            her = {"name": name, "birthday": birthday, "gender": gender, "card": card, "channel": "pos"}
            post(here.page.context.request, here, "members", her | {"consent": {"terms": True, "marketing": False}})


def test_who_is_alike_is_found_accepted_at_once_and_taken_back(window: OpenWindow) -> None:
    here = window("zh-CN")
    page = here.as_owner("/identity?tab=likeness")
    _join_twice(here)
    searches, acceptances = (page.locator("section", has_text=title) for title in ("查找相似会员", "批量采纳记录"))
    search = searches.get_by_role("button", name="开始查找")
    searches.get_by_role("checkbox", name="只统计，不提建议").check()
    search.click()
    newest = searches.get_by_role("row").nth(1)
    expect(newest).to_contain_text("已完成")
    expect(newest).to_contain_text("≥90%")
    expect(newest).not_to_contain_text("新建议")
    searches.get_by_role("checkbox", name="只统计，不提建议").uncheck()
    search.click()
    expect(newest).to_contain_text("新建议")

    page.get_by_role("tab", name="合并建议").click()
    queue = page.get_by_role("list", name="合并建议")
    for name, _, _ in TWICE:
        expect(queue.get_by_role("button").filter(has_text=name)).to_contain_text("相似，可能性")

    page.get_by_role("tab", name="相似会员").click()
    acceptances.get_by_role("button", name="批量采纳").click()
    dialog = page.get_by_role("dialog", name="批量采纳")
    dialog.get_by_placeholder("可能性至少").fill("90")
    expect(dialog.get_by_role("listitem").filter(has_text=TWICE[0][0])).to_be_visible()
    dialog.get_by_role("button", name="采纳").click()
    batch = acceptances.get_by_role("row").nth(1)
    expect(batch).to_contain_text("已完成")
    expect(batch).to_contain_text("已合并")
    batch.get_by_role("button", name="整批撤销").click()
    page.get_by_role("dialog").get_by_role("button", name="整批撤销").click()
    expect(batch).to_contain_text("已撤销")
    expect(batch.get_by_role("button")).to_have_count(0)
    page.get_by_role("tab", name="合并建议").click()
    expect(queue.get_by_role("button").filter(has_text=TWICE[0][0])).to_be_visible()

    page.set_viewport_size(PHONE)
    here.go("/identity?tab=likeness")
    expect(page.get_by_text("已撤销")).to_be_visible()
    assert here.overflow() <= 0
