"""The programme is rewritten, tried and published, and sold to a member, in a real browser against a real server."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.serving import PASSWORD, Shop

pytestmark = pytest.mark.e2e


def test_a_programme_is_drafted_previewed_published_and_its_plan_sold(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/programme")
    page.get_by_role("button", name="修改").click()
    gold = page.get_by_label("成长值门槛").nth(2)
    gold.fill("900")
    page.get_by_role("button", name="试 算").click()
    expect(page.get_by_text("门槛须高于前一等级的 1000。", exact=True)).to_be_visible()
    gold.fill("2500")
    page.get_by_role("button", name="试 算").click()
    expect(page.get_by_text("没有会员会因此升级或降级。")).to_be_visible()

    page.get_by_role("tab", name="付费会员").click()
    page.get_by_role("button", name="加方案").click()
    plan = page.get_by_role("dialog")
    plan.get_by_label("名称（中文）").fill("大树 PLUS")
    plan.get_by_label("名称（英文）").fill("Tree Plus")
    plan.get_by_label("价格").fill("66")
    plan.get_by_label("价格").press("Tab")
    plan.get_by_role("button", name="完 成").click()
    expect(plan).to_be_hidden()

    page.get_by_role("button", name="发 布").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("成长值满 2,500")).to_be_visible()
    expect(dialog.get_by_text("新增")).to_be_visible()
    dialog.get_by_role("button", name="发 布").click()
    expect(page.get_by_text("第 2 版 ·")).to_be_visible()
    expect(page.get_by_text("大树 PLUS")).to_be_visible()
    page.get_by_role("button", name="历史版本").click()
    expect(page.get_by_text("修改了 等级、付费会员")).to_be_visible()

    here.go(f"/members/{shop.member_id}?tab=rights")
    page.get_by_role("button", name="开 通").click()
    page.get_by_role("button", name="收 ¥66.00 并办理").click()
    expect(page.get_by_text("本期已付 ¥66.00")).to_be_visible()


def test_a_draft_names_all_that_is_missing_and_is_not_left_unsaved(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/programme")
    api, url = page.context.request, here.service.url
    draft = api.get(f"{url}/v1/programme").json()["document"]
    top = draft["tiers"][-1]
    benefit = {
        "name": {"zh": "满九五折", "en": "Five off"},
        "effect": {"kind": "discount_rate", "off_bps": 500},
        "holders": {"tiers": [top["code"]]},
    }
    draft["benefits"] = [{"code": code, **benefit} for code in ("one", "two")]
    assert api.put(f"{url}/v1/programme", data=draft).ok

    here.go("/programme/draft")
    page.get_by_role("button", name="删除").last.click()
    page.get_by_role("button", name="保存草稿").click()
    gone = page.get_by_role("button", name=f"等级“{top['name']['zh']}”不在本文档中")
    expect(gone).to_have_count(2)
    gone.first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text(f"{top['name']['zh']}（已删除）").filter(visible=True).first).to_be_visible()
    expect(drawer.get_by_text(f"等级“{top['name']['zh']}”不在本文档中").first).to_be_visible()
    drawer.get_by_role("button", name="完 成").click()
    expect(page.get_by_text(f"享有者：{top['name']['zh']}（已删除）").first).to_be_visible()
    expect(page.get_by_text("仅限单独赠予的会员")).to_have_count(0)

    page.get_by_role("link", name="会员", exact=True).click()
    asking = page.get_by_role("dialog").filter(has_text="修改还没有保存")
    asking.get_by_role("button", name="继续编辑").click()
    expect(page).to_have_url(re.compile("/programme/draft"))
    page.get_by_role("link", name="会员", exact=True).click()
    asking.get_by_role("button", name="不保存").click()
    expect(page).to_have_url(re.compile("/members"))
    assert api.delete(f"{url}/v1/programme/draft").ok


def test_points_above_the_limit_wait_for_a_second_person(window: OpenWindow, shop: Shop) -> None:
    here = window("zh-CN")
    page = here.as_owner("/points-requests")
    api, url = page.context.request, here.service.url
    store = api.get(f"{url}/v1/stores").json()["items"][0]["id"]
    manager = {"login": "mgr-1", "name": "李店长", "role": "manager", "store_ids": [store], "password": PASSWORD}
    assert api.post(f"{url}/v1/staff", data=manager).status == 201
    joining = {"name": "赵晓", "phone": "13800005678", "join_store_id": store, "channel": "pos"}
    joined = api.post(f"{url}/v1/members", data={**joining, "consent": {"terms": True, "marketing": False}})
    member_id = joined.json()["id"]
    asking = window("zh-CN").page.context.request
    assert asking.post(f"{url}/v1/session", data={"login": "mgr-1", "password": PASSWORD}).ok
    asked = {"amount": 5_000, "reason": "补录线下消费"}
    answer = asking.post(f"{url}/v1/members/{member_id}/points-adjustments", data=asked)
    assert answer.json()["status"] == "pending", answer.text()

    here.go("/points-requests")
    expect(page.get_by_text("补录线下消费")).to_be_visible()
    page.get_by_role("button", name="批 准").click()
    page.get_by_role("dialog").get_by_role("button", name="批 准").click()
    expect(page.get_by_text("已批准", exact=True)).to_be_visible()
    wallet = api.get(f"{url}/v1/members/{member_id}/wallet").json()
    assert wallet["points"]["balance"] == 5_000
