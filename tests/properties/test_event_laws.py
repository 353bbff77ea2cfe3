"""Laws of events: what arrives in any order, in any parts and however often, is kept the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.events.model import Schema, SchemaMode, Sightings
from shuke.events.rules.clock import MOST_SKEW, corrected
from shuke.events.rules.personal import parted
from shuke.events.rules.schema import added, inferred, sighted, unfit
from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock
from tests.conftest import NOON
from tests.support.postgres import Server
from tests.support.tracking import sender
from tests.support.world import Shop, World

MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
SKEWS = st.timedeltas(-MOST_SKEW * 2, MOST_SKEW * 2)
TEXTS = st.text(max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS | st.sampled_from(["a@b.cn", "13800138000"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS | st.sampled_from(["name", "email"]), inner),
    max_leaves=8,
)
MESSAGES = st.fixed_dictionaries(
    {"type": st.sampled_from(["track", "identify", "page", "alias", "wink"])},
    optional={
        "userId": st.sampled_from(["u1", "u2", "", 7, True]),
        "anonymousId": st.sampled_from(["a1", None]),
        "event": st.sampled_from(["A", "B", " "]) | TEXTS,
        "timestamp": st.sampled_from([NOON.isoformat(), "2026-03-01T00:00:00", "2020-01-01", "9999-12-31", "?"]),
        "properties": VALUES,
        "traits": VALUES,
    },
)


@pytest.fixture(scope="module")
def shop(server: Server, cipher: Cipher) -> Iterator[Shop]:
    clock = SimulatedClock(NOON)
    with server.database() as name:
        database = Database(server.app_url(name), cipher=cipher, clock=clock)
        yield World(database, clock, Settings(database_url="unused")).merchant()
        database.close()


@settings(max_examples=25, deadline=None)
@given(st.lists(MESSAGES, max_size=8), st.data())
def test_order_parts_and_repetition_do_not_matter(shop: Shop, said: list[Any], data: st.DataObject) -> None:
    messages = [{**message, "messageId": str(number)} for number, message in enumerate(said)]
    again = data.draw(st.permutations(messages + data.draw(st.lists(st.sampled_from(messages or [None]), max_size=4))))
    cut = data.draw(st.integers(0, len(again)))
    once, other = sender(shop), sender(shop)
    taken = once.take(*messages)
    for part in (again[:cut], again[cut:], messages):
        other.take(*part)
    if None not in again:
        assert _said(other.kept()) == _said(once.kept())
        assert sorted(other.aside()) == sorted(once.aside())
    assert taken.events + taken.quarantined == len(messages), "every message is an event or in quarantine"
    assert (taken.events, taken.quarantined) == (len(once.kept()), len(once.aside()))


def _said(rows: list[dict[str, Any]]) -> list[str]:
    """Without what tells the sources apart."""
    return sorted(repr({name: row[name] for name in row if name not in ("message_key", "source_id")}) for row in rows)


@given(MOMENTS, MOMENTS, st.none() | SKEWS, MOMENTS)
def test_earlier_stays_earlier(one: datetime, other: datetime, skew: timedelta | None, received: datetime) -> None:
    sent = None if skew is None else _moved(received, -skew)
    early, late = sorted((one, other))
    assert corrected(early, sent, received) <= corrected(late, sent, received)


@given(MOMENTS, SKEWS)
def test_what_is_sent_at_once_happened_when_it_came(received: datetime, skew: timedelta) -> None:
    sent = _moved(received, -skew)
    expected = received if abs(received - sent) <= MOST_SKEW else sent
    assert corrected(sent, sent, received) == expected


PROPERTIES = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), VALUES, max_size=4)


@given(st.lists(PROPERTIES, max_size=6), st.randoms(use_true_random=False), st.integers(0, 6))
def test_what_events_look_like_depends_neither_on_their_order_nor_on_their_batches(
    said: list[dict[str, Any]], random: Random, cut: int
) -> None:
    mixed = random.sample(said, len(said))
    assert added(_all_sighted(mixed[:cut]), _all_sighted(mixed[cut:])) == _all_sighted(said)


@given(st.lists(PROPERTIES, min_size=1, max_size=6))
def test_a_schema_that_is_inferred_fits_all_it_was_inferred_from(said: list[dict[str, Any]]) -> None:
    guess = inferred(_all_sighted(said), len(said))
    schema = Schema(SchemaMode.ENFORCED, guess, others=False)
    assert [unfit(schema, True, properties) for properties in said] == [None] * len(said)
    for properties in said:
        assert unfit(schema, True, {**properties, "e": 1}) is not None, "nothing else fits"
        for name, decided in guess.items():
            assert (unfit(schema, True, {**properties, name: None}) is not None) == decided.required


def _all_sighted(said: list[dict[str, Any]]) -> Sightings:
    sightings: Sightings = {}
    for properties in said:
        sightings = added(sightings, sighted(properties))
    return sightings


def _moved(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return moment


@given(st.dictionaries(st.sampled_from(["properties", "traits", "context"]), st.dictionaries(TEXTS, VALUES)))
def test_nothing_is_lost_between_what_is_shown_and_what_is_sealed(message: dict[str, Any]) -> None:
    left, taken = parted(message)
    for path, value in taken.items():
        assert _at(message, path) == value
    assert _leaves(left) + sum(map(_leaves, taken.values())) == _leaves(message)


def _at(value: Any, path: str) -> Any:
    for part in path.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


def _leaves(value: Any) -> int:
    """Values that are neither empty nor made of others."""
    match value:
        case dict():
            return sum(map(_leaves, value.values()))
        case list():
            return sum(map(_leaves, value))
    return value is not None
