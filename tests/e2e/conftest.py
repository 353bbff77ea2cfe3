"""A server, a browser and a shop for all of these tests; a fresh window for each."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from scripts.browser import chromium
from shuke.kernel.clock import SystemClock
from tests.e2e.serving import PASSWORD, Service, Shop, open_shop, serving
from tests.support.alipay import Alipay
from tests.support.loopback import answering
from tests.support.postgres import Server
from tests.support.wechat_pay import WeChatPay

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 45_000
"""How long a slow machine may take to show what is expected."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Providers:
    """WeChat Pay and Alipay, standing by: real protocols with keys of their own."""

    wechat: WeChatPay
    alipay: Alipay
    wechat_url: str
    alipay_url: str


@pytest.fixture(scope="package")
def providers() -> Iterator[Providers]:
    wechat, alipay = WeChatPay(SystemClock()), Alipay(SystemClock())
    with answering(wechat.answer) as wechat_url, answering(alipay.answer) as alipay_url:
        yield Providers(wechat, alipay, wechat_url, f"{alipay_url}/gateway.do")


@pytest.fixture(scope="package")
def service(server: Server, providers: Providers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    where = {"wechat_pay_url": providers.wechat_url, "alipay_url": providers.alipay_url}
    folder = tmp_path_factory.mktemp("serving")
    where["lake_dir"] = str(folder / "lake")
    with serving(server, folder / "log", public_url="https://shuke.example", **where) as running:
        yield running


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Not for the whole session: while it runs, no other test in this process can start an event loop."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    launched = playwright.chromium.launch(executable_path=chromium(), args=quiet)
    yield launched
    launched.close()


@pytest.fixture(scope="package")
def shop(playwright: Playwright, service: Service) -> Iterator[Shop]:
    api = playwright.request.new_context(base_url=service.url)
    yield open_shop(api, service)
    api.dispose()


@dataclass
class Window:
    """A browser window of one person, in one language. Whatever the page complains about fails the test."""

    page: Page
    service: Service
    complaints: list[str]

    def sign_in(self, login: str, password: str) -> None:
        """By the form, as people do."""
        self.page.goto(f"{self.service.url}/sign-in")
        self.page.locator("input[autocomplete=username]").fill(login)
        self.page.locator("input[autocomplete=current-password]").fill(password)
        self.page.keyboard.press("Enter")

    def as_owner(self, path: str = "/") -> Page:
        return self._as(self.service.owner, self.service.password, path)

    def as_cashier(self, shop: Shop, path: str = "/") -> Page:
        return self._as(shop.cashier, PASSWORD, path)

    def _as(self, login: str, password: str, path: str) -> Page:
        """Signed in already, for tests about something else."""
        body = {"login": login, "password": password}
        answer = self.page.context.request.post(f"{self.service.url}/v1/session", data=body)
        assert answer.ok, answer.text()
        self.go(path)
        return self.page

    def go(self, path: str) -> None:
        """To a page, and until everything it asked for has come."""
        self.page.goto(f"{self.service.url}{path}")
        self.page.wait_for_load_state("networkidle")

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window, once it is laid out for it."""
        wider = "document.documentElement.scrollWidth - window.innerWidth"
        with suppress(PlaywrightTimeout):
            self.page.wait_for_function(f"{wider} <= 0", timeout=5_000)
        wide: int = self.page.evaluate(wider)
        return wide


OpenWindow = Callable[..., Window]


@pytest.fixture
def window(browser: Browser, service: Service) -> Iterator[OpenWindow]:
    """Opens windows: `window("zh-CN")`, `window("en", PHONE)`."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # The browser reports every refused request; the tests look at those themselves.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def opened(language: str = "zh-CN", size: dict[str, int] = DESK) -> Window:
        # Still windows: what zooms in takes its buttons from under a click that began a moment before.
        kept = {"locale": language, "viewport": size, "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
        context = browser.new_context(**kept)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda got: complaints.append(f"{got.status} {got.url}") if got.status >= 500 else None)
        return Window(page, service, complaints)

    yield opened
    for context in browser.contexts:
        context.close()
    assert complaints == []
