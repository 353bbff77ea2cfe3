"""The browser snippet on a page of another site: what it sends arrives, once, with how the visitor came."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIRequestContext, Browser, Page, Playwright

from shuke.entrypoints.http.pages import SNIPPET
from tests.e2e.conftest import PATIENCE_MS
from tests.e2e.serving import Service, Shop
from tests.support.loopback import Asked, Said, answering

pytestmark = pytest.mark.e2e

AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
PAGE = """<!doctype html><title>{title}</title><script>
  (window.shuke = window.shuke || []).push(["track", "Waited", {{ "from": "before" }}]);
</script><script async src="{server}/v1/segment/snippet.js" data-key="{key}"></script>
<a href="/cart">cart</a>"""


@pytest.fixture
def api(playwright: Playwright, service: Service, shop: Shop) -> Iterator[APIRequestContext]:
    context = playwright.request.new_context(base_url=service.url)
    assert context.post("/v1/session", data={"login": service.owner, "password": service.password}).ok
    yield context
    context.dispose()


@pytest.fixture
def source(api: APIRequestContext) -> Any:
    answer = api.post("/v1/event-sources", data={"name": "mall", "kind": "web"})
    assert answer.status == 201, answer.text()
    return answer.json()


@pytest.fixture
def site(service: Service, source: Any) -> Iterator[str]:
    """The page's own server, whose name is not ours."""

    def answer(asked: Asked) -> Said:
        html = PAGE.format(title=asked.target.split("?")[0], server=service.url, key=source["write_key"])
        return Said(200, html.encode(), {"Content-Type": "text/html; charset=utf-8"})

    with answering(answer) as address:
        yield f"http://localhost:{urlsplit(address).port}"


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(user_agent=AGENT, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def arrived(api: APIRequestContext, source: Any, count: int) -> list[Any]:
    """Events of the source by name, as soon as there are so many."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while True:
        items = api.get("/v1/events", params={"source_id": source["id"], "limit": 100}).json()["items"]
        if len(items) >= count or time.monotonic() > until:
            return sorted(items, key=lambda item: str(item["name"]))
        time.sleep(0.05)


def test_it_is_small() -> None:
    assert SNIPPET.stat().st_size <= 4096


def test_a_visit_is_told(api: APIRequestContext, source: Any, site: str, visitor: Page) -> None:
    visitor.goto(f"{site}/home?utm_source=wechat&utm_campaign=spring&c=store-12", referer="https://news.example/today")
    with visitor.expect_response("**/v1/segment/batch"):
        pass
    visitor.evaluate(
        """shuke.track("Added", { sku: "6901" }); shuke.reason("礼物"); shuke.scenario("聚餐", { order: "7" });
           shuke.satisfied(5); shuke.satisfied(9); shuke.identify("m-1", { plan: "gold" })"""
    )
    visitor.get_by_text("cart").click()
    events = arrived(api, source, 9)
    assert [event["name"] for event in events] == [
        *("", "/cart", "/home", "Added", "Purchase Reason", "Purchase Scenario", "Satisfaction", "Waited", "Waited")
    ]
    home, cart = events[2], events[1]
    came = {"source": "wechat", "name": "spring"}
    assert (home["body"]["context"]["campaign"], home["body"]["context"]["channel"]) == (came, "store-12")
    assert home["body"]["context"]["referrer"] == {"url": "https://news.example/today"}
    assert cart["body"]["context"]["campaign"] == came, "later pages know how she came"
    assert home["body"]["context"]["page"]["path"] == "/home"
    assert home["namespaces"] == ["anonymous_id"]
    assert cart["namespaces"] == ["user_id", "anonymous_id"]
    assert events[4]["body"]["properties"] == {"reason": "礼物"}
    assert events[6]["body"]["properties"] == {"score": 5}
    assert api.get("/v1/events/quarantine", params={"source_id": source["id"]}).json()["items"] == []


def test_what_could_not_be_sent_is_sent_from_the_next_page(
    api: APIRequestContext, source: Any, site: str, visitor: Page
) -> None:
    visitor.route("**/v1/segment/batch", lambda route: route.abort())
    with visitor.expect_event("requestfailed"):
        visitor.goto(f"{site}/home")
    visitor.unroute("**/v1/segment/batch")
    visitor.goto(f"{site}/cart")
    events = arrived(api, source, 4)
    assert [event["name"] for event in events] == ["/cart", "/home", "Waited", "Waited"]
