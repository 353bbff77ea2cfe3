"""What of a message's context may leave for analysis."""

from hypothesis import given
from hypothesis import strategies as st

from shuke.events.rules.traffic import NAMES, traffic

_NAMES = st.sampled_from(("campaign", "source", "name", "channel", "page", "path", "referrer", "url"))
_PLAIN = st.none() | st.integers() | st.sampled_from(("", "x", "http://[", "https://a.cn/b?c"))
_CONTEXTS = st.dictionaries(_NAMES, _PLAIN | st.lists(_PLAIN, max_size=1) | st.dictionaries(_NAMES, _PLAIN, max_size=2))


def test_what_our_snippet_and_stock_libraries_say() -> None:
    ours = {
        "campaign": {"source": "weixin", "medium": "moments", "name": "双十一", "id": "7"},
        "channel": "door-12",
        "referrer": {"url": "https://m.Example.com/search?q=someone"},
        "page": {"path": "/sale", "url": "https://shop.cn/sale", "title": "Sale"},
        "userAgent": "Mozilla/5.0",
    }
    assert traffic(ours) == {
        "context.campaign.source": "weixin",
        "context.campaign.medium": "moments",
        "context.campaign.name": "双十一",
        "context.channel": "door-12",
        "context.page.path": "/sale",
        "context.referrer.host": "m.example.com",
    }
    stock = {"page": {"path": "/", "referrer": "https://www.example.org/"}}
    assert traffic(stock) == {"context.page.path": "/", "context.referrer.host": "www.example.org"}
    assert traffic({}) == {}


def test_of_a_page_the_path_leaves_alone() -> None:
    for told in ("/reset?token=abc#top", "https://shop.cn/reset?token=abc"):
        assert traffic({"page": {"path": told}}) == {"context.page.path": "/reset"}


@given(_CONTEXTS)
def test_whatever_it_says_texts_leave_under_known_names(context: dict[str, object]) -> None:
    found = traffic(context)
    assert found.keys() <= set(NAMES)
    assert all(isinstance(text, str) and text for text in found.values())
