"""Codes notice every slip of the hand; packets split to the last cent; documents say what was meant."""

import json
import random
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.kernel.conditions import Audience, BirthdayTime, Conditions, Period, Who, Window
from shuke.offers.documents import build, plain, written
from shuke.offers.model import (
    Bundle,
    BundlePart,
    BuyGet,
    Caps,
    CouponRules,
    FreeDelivery,
    Funder,
    FundingShare,
    Gift,
    ItemAmount,
    ItemPercent,
    Limits,
    Measure,
    NForM,
    NthItem,
    OrderPercent,
    Returns,
    Scope,
    Split,
    Step,
    Terms,
    Threshold,
    UnitPrice,
    Validity,
)
from shuke.offers.rules.codes import ALPHABET, LENGTH, make_code, read_code, shown_code
from shuke.offers.rules.packets import Draw, split_packet

SEEDS = st.integers(0, 2**32)


def drawing(seed: int) -> Draw:
    return random.Random(seed).randint


@given(seed=SEEDS)
def test_a_code_is_read_however_it_is_written(seed: int) -> None:
    code = make_code(random.Random(seed).randrange)
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    for typed in (code, shown_code(code), shown_code(code).lower(), f" {code[:4]} {code[4:]} "):
        assert read_code(typed) == code


@given(seed=SEEDS, place=st.integers(0, LENGTH - 1), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(seed: int, place: int, other: str) -> None:
    code = make_code(random.Random(seed).randrange)
    typed = code[:place] + other + code[place + 1 :]
    assert (read_code(typed) is None) == (typed != code)


@given(seed=SEEDS, first=st.integers(0, LENGTH - 1), second=st.integers(0, LENGTH - 1))
def test_two_characters_that_changed_places_are_noticed(seed: int, first: int, second: int) -> None:
    code = make_code(random.Random(seed).randrange)
    letters = list(code)
    letters[first], letters[second] = letters[second], letters[first]
    assert (read_code("".join(letters)) is None) == (letters != list(code))


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_codes(typed: str) -> None:
    assert read_code(typed) is None or len(typed) >= LENGTH


@given(seed=SEEDS, parts=st.integers(1, 60), spare=st.integers(0, 10_000), split=st.sampled_from(Split))
def test_parts_add_up_and_nobody_goes_away_empty(seed: int, parts: int, spare: int, split: Split) -> None:
    drawn = split_packet(parts + spare, parts, split, drawing(seed))
    assert len(drawn) == parts
    assert sum(drawn) == parts + spare
    assert min(drawn) >= 1
    assert split is Split.LUCKY or max(drawn) - min(drawn) <= 1


def test_luck_favours_nobody_by_turn() -> None:
    """The first and the last of five expect the same; measured over many draws with a fixed seed."""
    draw = drawing(7)
    rounds = [split_packet(1000, 5, Split.LUCKY, draw) for _ in range(4000)]
    for turn in range(5):
        assert abs(sum(parts[turn] for parts in rounds) / 4000 - 200) < 10


def test_more_parts_than_cents_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        split_packet(3, 4, Split.EQUAL, drawing(0))


IDS = st.frozensets(st.uuids(), max_size=3)
WORDS = st.frozensets(st.text(max_size=5), max_size=3)
AMOUNTS = st.integers(-100, 10**9)
MAYBE = st.none() | AMOUNTS
MOMENTS = st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SCOPES = st.builds(Scope, IDS, IDS, WORDS, IDS, IDS, WORDS)
STEPS = st.lists(st.builds(Step, AMOUNTS, AMOUNTS), max_size=3).map(tuple)
MEASURES = st.sampled_from(Measure)
EFFECTS = st.one_of(
    st.builds(UnitPrice, AMOUNTS, MAYBE),
    st.builds(ItemPercent, AMOUNTS, MAYBE),
    st.builds(ItemAmount, AMOUNTS, MAYBE),
    st.builds(NForM, AMOUNTS, AMOUNTS, MAYBE),
    st.builds(NthItem, AMOUNTS, AMOUNTS, MAYBE),
    st.builds(BuyGet, AMOUNTS, AMOUNTS, SCOPES, AMOUNTS, MAYBE),
    st.builds(Bundle, st.lists(st.builds(BundlePart, SCOPES, AMOUNTS), max_size=3).map(tuple), AMOUNTS, MAYBE),
    st.builds(Threshold, STEPS, MEASURES, st.booleans()),
    st.builds(OrderPercent, STEPS, MEASURES),
    st.builds(Gift, st.uuids(), AMOUNTS, AMOUNTS, MEASURES, st.booleans()),
    st.builds(FreeDelivery, AMOUNTS, MEASURES),
)
WINDOWS = st.builds(
    Window,
    MOMENTS,
    MOMENTS,
    st.frozensets(st.integers(1, 7)),
    st.frozensets(st.integers(1, 31), max_size=3),
    st.lists(st.tuples(st.integers(0, 1440), st.integers(0, 1440)), max_size=2).map(tuple),
)
AUDIENCES = st.builds(Audience, st.sampled_from(Who), IDS, IDS, WORDS, st.none() | st.sampled_from(BirthdayTime))
TERMS = st.builds(
    Terms,
    st.none() | EFFECTS,
    SCOPES,
    st.builds(Conditions, WINDOWS, IDS, WORDS, AUDIENCES),
    st.lists(
        st.builds(FundingShare, st.sampled_from(Funder), AMOUNTS, st.none() | st.text(max_size=5)), max_size=2
    ).map(tuple),
    st.builds(Caps, MAYBE, MAYBE),
    st.builds(Limits, MAYBE, MAYBE, MAYBE, MAYBE, st.none() | st.sampled_from(Period)),
)
RULES = st.builds(
    CouponRules,
    st.builds(Validity, MOMENTS, MOMENTS, MAYBE, AMOUNTS),
    MAYBE,
    MAYBE,
    st.booleans(),
    st.booleans(),
    st.builds(Returns, st.booleans(), st.booleans(), st.booleans(), AMOUNTS),
)


@given(terms=TERMS)
def test_terms_survive_being_written(terms: Terms) -> None:
    assert build(Terms, json.loads(json.dumps(written(terms)))) == terms
    assert build(Terms, plain(terms)) == terms


@given(rules=RULES)
def test_coupon_rules_survive_being_written(rules: CouponRules) -> None:
    assert build(CouponRules, json.loads(json.dumps(written(rules)))) == rules


def test_a_document_names_only_what_differs() -> None:
    assert written(Terms()) == {}
    assert written(Terms(effect=UnitPrice(990))) == {"effect": {"kind": "unit_price", "price_minor": 990}}
    store = UUID(int=7)
    assert written(Terms(conditions=Conditions(stores=frozenset({store})))) == {"conditions": {"stores": [store.hex]}}
