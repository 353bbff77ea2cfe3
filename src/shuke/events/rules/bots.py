"""Who only pretends to look: crawlers and tools say so in the name they go by."""

import re
from functools import lru_cache

_NAME = re.compile(
    # CUBOT makes telephones.
    r"(?<!cu)bot\b|bot/|spider|crawl|slurp|headless|phantomjs|lighthouse|facebookexternalhit|"
    r"^(curl|wget|java|go-http-client|python-requests|python-urllib|aiohttp|scrapy|libwww-perl)\b",
    re.IGNORECASE,
)
_ENOUGH = 400
"""Letters of a name that are looked at."""


def is_bot(context: object) -> bool:
    """Whether a message's context names a reader that is no person's."""
    agent = context.get("userAgent") if isinstance(context, dict) else None
    return isinstance(agent, str) and _named(agent[:_ENOUGH])


@lru_cache(maxsize=4_096)
def _named(agent: str) -> bool:
    return _NAME.search(agent) is not None
