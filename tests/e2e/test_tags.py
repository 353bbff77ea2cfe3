"""Tags: a group and a tag are made, and on the phone a member gets it in two taps."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.test_till_and_wallet import a_member

pytestmark = pytest.mark.e2e


def test_a_tag_is_made_and_put_on_the_phone_in_two_taps(window: OpenWindow) -> None:
    here = window("zh-CN")
    page = here.as_owner("/tags")
    api = page.context.request
    member = a_member(api, here, "13900008811", "钱小满")
    page.get_by_role("button", name="新建标签组").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("中文名称").fill("口味")
    drawer.get_by_role("button", name="保 存").click()
    page.get_by_role("button", name="添加标签").last.click()
    drawer = page.get_by_role("dialog").filter(has_text="添加标签")
    drawer.get_by_label("中文名称").fill("爱喝茶")
    drawer.get_by_label("编码").fill("tea")
    drawer.get_by_role("button", name="保 存").click()
    expect(page.get_by_text("爱喝茶")).to_be_visible()

    page.set_viewport_size({"width": 390, "height": 844})
    here.go(f"/members/{member}")
    tags = page.get_by_role("region", name="会员标签")
    tags.get_by_role("button", name="标签").click()
    page.get_by_role("dialog").get_by_role("button", name="爱喝茶").click()
    expect(tags.get_by_text("爱喝茶")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(tags.get_by_text("爱喝茶")).to_have_count(0)
    tags.get_by_role("button", name="标签").click()
    page.get_by_role("dialog").get_by_role("tab", name="历史").click()
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(2)
