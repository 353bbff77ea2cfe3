"""How somebody came, as her messages' context says it: what of that may leave for analysis, under flat names.

Of a campaign what its address said (`utm_…`), the channel code of a place, the site that she came from (of its address
the host alone) and the page (of its address the path alone). They stand among an event's properties; one that its
sender calls the same gives way.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

_CAMPAIGN = ("source", "medium", "name", "term", "content")
_CHANNEL, _REFERRER, _PAGE = "context.channel", "context.referrer.host", "context.page.path"

NAMES = (*(f"context.campaign.{each}" for each in _CAMPAIGN), _CHANNEL, _PAGE, _REFERRER)


def traffic(context: Mapping[str, object]) -> dict[str, str]:
    """By the names in NAMES; what is not told is not there."""
    return {name: text for name, text in _told(context) if isinstance(text, str) and text}


def _told(context: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    campaign, page, referrer = (_within(context, name) for name in ("campaign", "page", "referrer"))
    for each in _CAMPAIGN:
        yield f"context.campaign.{each}", campaign.get(each)
    yield _CHANNEL, context.get("channel")
    yield _PAGE, _path(page.get("path"))
    yield _REFERRER, _host(referrer.get("url") or page.get("referrer"))


def _within(context: Mapping[str, object], name: str) -> Mapping[str, object]:
    said = context.get(name)
    return said if isinstance(said, dict) else {}


def _host(address: object) -> str | None:
    """None of what is no address."""
    try:
        return urlsplit(address).hostname if isinstance(address, str) else None
    except ValueError:
        return None


def _path(address: object) -> str | None:
    """Senders may put a whole address there: what was asked for with it tells of her, not of the page."""
    try:
        return urlsplit(address).path if isinstance(address, str) else None
    except ValueError:
        return None
