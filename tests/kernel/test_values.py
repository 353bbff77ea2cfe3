"""Ids, days, cursors and words."""

import base64
import contextlib
import json
from datetime import UTC, date, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.kernel.clock import SimulatedClock, business_day, months_after, months_before
from shuke.kernel.errors import Conflict, Forbidden, Invalid, Missing, NotFound, ShukeError, SignInNeeded, TooManyTries
from shuke.kernel.ids import Prefix, new_id, parse, show, uuid7
from shuke.kernel.paging import BadCursor, decode_cursor, encode_cursor
from shuke.kernel.principal import Principal, PrincipalKind
from shuke.kernel.text import Text, preferred_language, storable

days = st.dates(date(1900, 1, 1), date(2200, 1, 1))
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
)


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_ids_are_version_seven_and_sort_by_time(one: int, other: int, noise: bytes) -> None:
    first, second = uuid7(one, noise), uuid7(other, noise)
    assert (first.version, first.variant) == (7, RFC_4122)
    assert first.int >> 80 == one
    assert (first < second) == (one < other)


def test_ids_do_not_repeat() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert len({new_id(at) for _ in range(1000)}) == 1000


@given(st.uuids(), st.sampled_from(Prefix), st.sampled_from(Prefix))
def test_an_id_reads_back_as_its_own_type_only(value: UUID, prefix: Prefix, other: Prefix) -> None:
    assert parse(prefix, show(prefix, value)) == value
    if other is not prefix:
        with pytest.raises(ValueError, match="expected an id"):
            parse(other, show(prefix, value))


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_ids(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse(Prefix.MEMBER, text)


@given(days, st.integers(-600, 600))
def test_months_move_the_month_and_keep_or_cut_the_day(day: date, months: int) -> None:
    moved = months_after(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
    assert months_before(moved, months) <= day


@given(days, days, st.integers(0, 60))
def test_months_keep_the_order_of_days(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert months_after(first, months) <= months_after(second, months)


def test_a_day_is_the_merchants_own() -> None:
    moment = datetime(2026, 3, 1, 16, tzinfo=UTC)
    assert business_day(moment, "Asia/Shanghai") == date(2026, 3, 2)
    assert business_day(moment, "America/New_York") == date(2026, 3, 1)
    clock = SimulatedClock(moment)
    clock.advance(timedelta(days=365))
    assert clock.now() - moment == timedelta(days=365)


@given(st.lists(scalars, max_size=4))
def test_a_cursor_reads_back(key: list[str | int | bool | None]) -> None:
    cursor = encode_cursor(key)
    if len(cursor) <= 1000:
        assert decode_cursor(cursor, len(key)) == key
    with pytest.raises(BadCursor):
        decode_cursor(cursor, len(key) + 1)


def _encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "é", "\0", "[" * 500, _encoded([1.5]), _encoded([[1]]), _encoded([2**70]), _encoded(["a\0"]),
     _encoded(["\ud800"]), _encoded({"a": 1}), "A" * 1001, base64.urlsafe_b64encode(b"[" * 700).decode()],
)  # fmt: skip
def test_hostile_cursors(cursor: str) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(cursor, 1)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    with contextlib.suppress(BadCursor):
        decode_cursor(text, 2)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,en;q=0.9", "zh"),
        ("fr,en;q=0.5,zh;q=0.4", "en"),
        ("en;q=high", "zh"),
        ("*", "zh"),
    ],
)
def test_languages(header: str | None, language: str) -> None:
    assert preferred_language(header) == language


@given(st.text(max_size=80))
def test_no_header_breaks_the_choice_of_language(header: str) -> None:
    assert preferred_language(header) in ("zh", "en")


@given(st.text())
def test_storable_is_what_the_database_can_hold(text: str) -> None:
    try:
        text.encode()
        encodable = True
    except UnicodeEncodeError:
        encodable = False
    assert storable(text) == (encodable and "\0" not in text)


def _all_errors(kind: type[ShukeError]) -> list[type[ShukeError]]:
    return [kind, *(deeper for sub in kind.__subclasses__() for deeper in _all_errors(sub))]


def test_every_error_has_words_in_both_languages_and_one_of_four_kinds() -> None:
    kinds = (Invalid, Missing, Conflict, Forbidden)
    for error in _all_errors(ShukeError):
        assert error.text.zh, error
        assert error.text.en, error
        assert any("\u4e00" <= letter <= "\u9fff" for letter in error.text.zh), error
        if error.__module__.startswith("shuke.") and ".infra.embedded" not in error.__module__:
            assert error is ShukeError or issubclass(error, kinds) or "entrypoints" in error.__module__, error


def test_an_error_is_known_by_its_name() -> None:
    assert (SignInNeeded().code, NotFound(what="store").code) == ("sign_in_needed", "not_found")
    assert TooManyTries(seconds=3).message == Text(
        "尝试次数过多，请在 3 秒后再试。", "Too many attempts. Try again in 3 seconds."
    )


def test_a_principal_reaches_its_own_stores() -> None:
    store = new_id()
    some = Principal(PrincipalKind.STAFF, new_id(), "某", new_id(), frozenset({"a"}), frozenset({store}))
    some.require_store(store)
    some.require("a")
    with pytest.raises(NotFound):
        some.require_store(new_id())
    with pytest.raises(Forbidden):
        some.require("b")
