"""Tags: a group and a tag are made, on the phone a member gets it in two taps; a segment puts one by itself."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.test_till_and_wallet import a_member, post

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


def test_a_segment_puts_a_tag_and_puts_it_no_more(window: OpenWindow) -> None:
    here = window("zh-CN")
    page = here.as_owner("/segments")
    api = page.context.request
    name = {"zh": "人人有", "en": "Everybody"}
    group = post(api, here, "tag-groups", {"name": name, "colour": "blue", "exclusive": False})
    post(api, here, "tags", {"group_id": group["id"], "code": "every", "name": name})
    everybody = {"code": "every", "name": "全部会员", "tree": {"rule": "all", "of": []}}
    segment = post(api, here, "segments", everybody)
    here.go(f"/segments/{segment['id']}")
    panel = page.locator("section").filter(has=page.get_by_role("heading", name="自动标签"))
    panel.get_by_role("button", name="设 置").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").click()
    page.get_by_title("人人有", exact=True).last.click()
    dialog.get_by_role("button", name="保 存").click()
    expect(panel.get_by_text("人人有")).to_be_visible()
    here.go("/tags")
    page.get_by_role("link", name="全部会员").click()
    page.set_viewport_size({"width": 390, "height": 844})
    panel.get_by_role("button", name="更 换").click()
    dialog.get_by_role("combobox").click()
    page.get_by_title("不再自动打标签").last.click()
    expect(dialog.get_by_text("0 人会失去它")).to_be_visible()
    dialog.get_by_role("button", name="保 存").click()
    expect(panel.get_by_text("正在更新")).to_be_visible()
    assert here.overflow() <= 0
