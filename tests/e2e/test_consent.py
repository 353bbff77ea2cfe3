"""Consent on the member page: given and withdrawn after a look at what changes, and told in the history."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, OpenWindow
from tests.e2e.test_till_and_wallet import a_member

pytestmark = pytest.mark.e2e


def test_consent_is_given_and_withdrawn_with_the_text_shown(window: OpenWindow) -> None:
    here = window("zh-CN")
    page = here.as_owner("/settings/privacy")
    member = a_member(page.context.request, here, "13900008822", "孙小雨")
    page.get_by_role("button", name="发布文本").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("中文", exact=True).fill("同意接收大树商店的优惠信息")
    drawer.get_by_role("button", name="发 布").click()
    expect(page.get_by_text("同意接收大树商店的优惠信息")).to_be_visible()

    here.go(f"/members/{member}?tab=consent")
    marketing = page.get_by_role("region", name="营销信息")
    marketing.get_by_role("button", name="短信").click()
    asked = page.get_by_role("dialog")
    expect(asked.get_by_text("同意接收大树商店的优惠信息")).to_be_visible()
    expect(asked.get_by_role("listitem")).to_have_count(1)
    asked.get_by_role("button", name="本人同意").click()
    expect(marketing.get_by_role("button", name="短信 同意")).to_be_visible()
    marketing.get_by_role("button", name="全部撤回").click()
    page.get_by_role("dialog").get_by_role("button", name="撤 回").click()
    expect(marketing.get_by_role("button", name="短信 不同意")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="营销信息").filter(has_text="短信")).to_contain_text("第 1 版")
    expect(page.get_by_role("cell", name="会员详情").first).to_be_visible()

    page.set_viewport_size(PHONE)
    assert here.overflow() <= 0
