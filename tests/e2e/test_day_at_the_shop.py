"""A day at the shop, as people live it: in a real browser, against a real server."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import PHONE, OpenWindow
from tests.e2e.serving import Shop

pytestmark = pytest.mark.e2e

WORDS = {
    "zh-CN": {"today": "今天", "ticket": "客单价", "timeline": "时间线", "paid": "收款完成"},
    "en": {"today": "Today", "ticket": "Average ticket", "timeline": "Timeline", "paid": "Paid"},
}
OWNERS_PAGES = (
    "/dashboard",
    "/members",
    "/segments",
    "/segments/new",
    "/value",
    "/lifecycle",
    "/identity",
    "/identity?tab=likeness",
    "/identity?tab=merges",
    "/identity/rules",
    "/orders",
    "/programme",
    "/programme/draft",
    "/programme/draft?section=earn_rules",
    "/programme/versions",
    "/points-requests",
    "/promotions",
    "/promotions/new",
    "/coupons",
    "/coupons/new",
    "/red-packets",
    "/red-packets/new",
    "/gifts",
    "/gifts?tab=packets",
    "/stacking-groups",
    "/try-a-basket",
    "/stored-value",
    "/stored-value?tab=ladders",
    "/stored-value?tab=policy",
    "/cards",
    "/cards?tab=cards",
    "/clearing",
    "/clearing?tab=statement",
    "/clearing?tab=terms",
    "/liability",
    "/payments",
    "/payments?tab=accounts",
    "/products",
    "/stores",
    "/imports",
    "/imports/new",
    "/staff",
    "/keys",
    "/audit",
    "/settings",
    "/settings/orders",
)


@pytest.mark.parametrize("language", WORDS)
def test_owner_sees_how_the_shop_does(window: OpenWindow, shop: Shop, language: str) -> None:
    here = window(language)
    here.sign_in(here.service.owner, here.service.password)
    page = here.page
    expect(page).to_have_url(re.compile("/dashboard"))
    page.get_by_title(WORDS[language]["today"], exact=True).click()
    expect(page.get_by_text(WORDS[language]["ticket"]).first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_text("人民路店").first).to_be_visible()
    assert here.overflow() <= 0


@pytest.mark.parametrize("typed", ["1234", "138 0000 1234", "王小"])
def test_a_member_is_found_by_what_one_remembers(window: OpenWindow, shop: Shop, typed: str) -> None:
    page = window("zh-CN").as_owner("/members")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.get_by_text(shop.member_name).first.click()
    expect(page).to_have_url(re.compile(f"/members/{shop.member_id}"))
    expect(page.get_by_text(shop.member_name).first).to_be_visible()


def test_who_opens_a_member_is_not_called_back_by_her_search(window: OpenWindow, shop: Shop) -> None:
    """Her page is still on its way when the pause after typing is over."""
    here = window("zh-CN")
    began = datetime.now(UTC)
    here.page.clock.install(time=began)
    page = here.as_owner("/members")
    coming: list[Route] = []
    of_member = re.compile(r"/MemberPage-[^/]*\.js")
    page.route(of_member, lambda route: coming.append(route))
    row = page.get_by_text(shop.member_name).first
    expect(row).to_be_visible()
    page.clock.pause_at(began + timedelta(hours=1))
    page.keyboard.press("/")
    page.keyboard.type("138")
    with page.expect_request(of_member):
        row.click()
    page.clock.fast_forward(1_000)
    page.clock.resume()
    for each in coming:
        each.continue_()
    expect(page).to_have_url(re.compile(f"/members/{shop.member_id}"))
    expect(page.get_by_role("tab").first).to_be_visible()


@pytest.mark.parametrize("language", WORDS)
def test_a_basket_is_settled_by_keyboard_and_stands_in_her_timeline(
    window: OpenWindow, shop: Shop, language: str
) -> None:
    words = WORDS[language]
    till = window(language).as_cashier(shop)
    expect(till).to_have_url(re.compile("/cashier"))
    keys = till.keyboard
    keys.type(shop.member_phone)
    keys.press("Enter")
    expect(till.get_by_text(f"{shop.member_name[0]}**")).to_be_visible()
    keys.type(f"2*{shop.bread}")
    keys.press("Enter")
    expect(till.get_by_text("全麦面包")).to_be_visible()
    keys.type(f"0.5*{shop.apples}")
    keys.press("Enter")
    expect(till.get_by_text("红富士苹果")).to_be_visible()
    expect(till.get_by_text("33.70").first).to_be_visible()  # 2 × 12.90 + 0.5 × 15.80
    keys.press("F9")
    keys.type("50")
    keys.press("Enter")
    expect(till.get_by_role("heading", name=words["paid"])).to_be_visible()
    expect(till.get_by_text("16.30")).to_be_visible()
    number = re.search(r"\d{6}-[0-9A-Z]{5}-[0-9A-Z]{5}", till.locator("main").inner_text())
    assert number is not None
    keys.press("Enter")

    page = window(language).as_owner(f"/members/{shop.member_id}")
    page.get_by_role("tab", name=re.compile(words["timeline"])).click()
    expect(page.get_by_text(number[0]).first).to_be_visible()


def test_wrong_password_says_what_to_do(window: OpenWindow, shop: Shop) -> None:
    here = window("en")
    here.sign_in(shop.cashier, "not the password")
    expect(here.page.get_by_role("alert")).to_be_visible()
    expect(here.page).to_have_url(re.compile("sign-in"))


def test_a_cashier_does_not_get_at_the_staff(window: OpenWindow, shop: Shop) -> None:
    page = window("en").as_cashier(shop, "/staff")
    expect(page.get_by_text("You may not see this page")).to_be_visible()


@pytest.mark.parametrize("path", OWNERS_PAGES)
def test_nothing_scrolls_sideways_on_a_phone(window: OpenWindow, shop: Shop, path: str) -> None:
    here = window("zh-CN", PHONE)
    here.as_owner(path)
    expect(here.page.locator("h1").first).to_be_visible()
    assert here.overflow() <= 0
