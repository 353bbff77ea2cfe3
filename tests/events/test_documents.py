"""The worked example of the document, read message by message."""

from datetime import timedelta
from pathlib import Path

import pytest

from shuke.events.model import Event
from shuke.events.rules.reading import arrival, read
from shuke.events.rules.shape import dumped
from tests.conftest import NOON
from tests.support.documents import table

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "events.md"
RECEIVED = NOON.replace(hour=12)
CAME = arrival(RECEIVED, 30)


@pytest.mark.parametrize("row", table(PAGE, "timestamp"), ids=" ".join)
def test_what_becomes_of_times(row: list[str]) -> None:
    timestamp, sent, becomes = row
    given = {"timestamp": _spelled(timestamp), "sentAt": _spelled(sent)}
    message = {"type": "page", "userId": "u", **{name: time for name, time in given.items() if time}}
    found = read(message, dumped(message), CAME)
    if isinstance(found, Event):
        assert f"{found.occurred_at:%H:%M:%S}" == becomes
        assert found.occurred_at.date() == RECEIVED.date()
    else:
        assert f"`{found.reason}`" == becomes


def _spelled(cell: str) -> str:
    """A moment of the page as a library writes it; what is none, as it is."""
    time, _, day = cell.partition(" ")
    if not time[:1].isdigit():
        return time
    date = {"": RECEIVED, "in 1970": RECEIVED.replace(year=1970), "tomorrow": RECEIVED + timedelta(days=1)}[day]
    return f"{date:%Y-%m-%d}T{time}Z"
