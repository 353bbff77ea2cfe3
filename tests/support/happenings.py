"""Random tracked events, as the reader of one member takes them and as they lie in the lake."""

from collections.abc import Mapping

from hypothesis import strategies as st

from shuke.audience.facts.datasets import EVENTS
from shuke.audience.model import PROPERTY, Event, Tracked
from shuke.audience.reading.one import Row

PROPERTIES = tuple(f"{PROPERTY}{name}" for name in ("day", "o'clock", "价格", "context.campaign.source"))
_NAMES = ("甲", "乙")
COLUMNS = {name: EVENTS.field(name).type for name in ("type", "name", "texts", "numbers")}


def happenings(values: st.SearchStrategy[int | str]) -> st.SearchStrategy[Row]:
    """A property may be a text here, a number there, and nothing at all."""
    own = st.dictionaries(st.sampled_from(PROPERTIES), values, max_size=2)
    named = st.fixed_dictionaries({"type": st.sampled_from(["track", "page"]), "name": st.sampled_from(_NAMES)})
    return st.builds(lambda row, properties: {**row, **properties}, named, own)


def which() -> st.SearchStrategy[Event]:
    return st.builds(Event, st.none() | st.sampled_from(_NAMES), st.sampled_from(Tracked))


def in_maps(row: Row) -> Mapping[str, object]:
    """An event as it lies in the lake."""
    own = [(name.removeprefix(PROPERTY), value) for name, value in row.items() if name.startswith(PROPERTY)]
    texts = [each for each in own if isinstance(each[1], str)]
    return {**row, "texts": texts, "numbers": [each for each in own if each not in texts]}
