"""Random members with random pasts, and random rule trees to ask about them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from hashlib import md5
from uuid import UUID

import duckdb
import pyarrow as pa
from hypothesis import strategies as st

from shuke.audience.model import (
    ATTRIBUTES,
    FACTS,
    MOMENTS,
    TRAITS,
    Aggregate,
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Between,
    Consented,
    Did,
    Event,
    Fact,
    Filter,
    Gap,
    In,
    Is,
    IsNot,
    Joined,
    Kind,
    Listed,
    Measure,
    Missing,
    Node,
    Not,
    Percentile,
    Present,
    Registered,
    RegisteredAs,
    Rfm,
    SinceLastOrder,
    Tagged,
    Test,
    Trait,
    Window,
)
from shuke.audience.model import Sequence as Steps
from shuke.audience.reading.one import MemberFacts, Place, Row, standing
from shuke.audience.reading.tables import TABLES, list_name
from shuke.audience.rules.dating import number as day_number
from shuke.audience.rules.walking import percentiles
from shuke.kernel.ids import Prefix, show
from shuke.members.model import Channel, Purpose
from tests.support.happenings import COLUMNS as COLUMNS_OF_EVENTS
from tests.support.happenings import PROPERTIES, happenings, in_maps, which
from tests.support.windows import TODAY, dated, days, of_year, windows

_TYPES = {Kind.NUMBER: pa.int64(), Kind.TEXT: pa.string()}
_WORDS = ("甲", "乙", "c")
_NUMBERS = st.integers(-2, 6)
COLUMNS: Mapping[str, Kind] = {"text_1": Kind.TEXT, "number_1": Kind.NUMBER, "number_2": Kind.NUMBER}
REGISTERED = {name: RegisteredAs(kind, name, since=0, day=name == "number_2") for name, kind in COLUMNS.items()}
"""Registered attributes, called by their columns."""

LISTS: Sequence[Listed] = (
    In(show(Prefix.SEGMENT, UUID(int=1))),
    In(show(Prefix.SEGMENT, UUID(int=2))),
    Tagged(show(Prefix.TAG, UUID(int=3))),
    Consented(Purpose.MARKETING, Channel.SMS),
)


def _value(kind: Kind) -> st.SearchStrategy[str | int | None]:
    return st.none() | (_NUMBERS if kind is Kind.NUMBER else st.sampled_from(_WORDS))


def _moments() -> st.SearchStrategy[datetime]:
    """Few in a day, so that some are the same."""
    return st.builds(lambda day, hour: datetime.combine(day, time(hour)), days(), st.integers(9, 11))


def _rows(kinds: Mapping[str, Kind]) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({name: _value(kind) for name, kind in kinds.items()})


def members() -> st.SearchStrategy[MemberFacts]:
    """Moments and days are always known; ranks are for `ranked` to find."""
    facts = {fact: st.lists(_facts(fact), max_size=4) for fact in Fact}
    own = {"joined_day": days(), "birthday": st.none() | of_year(), "number_2": st.none() | days().map(day_number)}
    attributes = st.builds(lambda row, days: row | days, _rows({**ATTRIBUTES, **COLUMNS}), st.fixed_dictionaries(own))
    nothing: Row = {}
    traits = st.just(nothing) | _rows(TRAITS)
    lists = st.frozensets(st.sampled_from(LISTS))
    return st.builds(MemberFacts, attributes, st.fixed_dictionaries(facts), lists, traits=traits)


def _facts(fact: Fact) -> st.SearchStrategy[Row]:
    return st.builds(
        lambda row, moment: {**row, MOMENTS[fact]: moment, "day": moment.date()},
        happenings(_NUMBERS | st.sampled_from(_WORDS)) if fact is Fact.EVENT else _rows(FACTS[fact]),
        _moments(),
    )


def ranked(people: Sequence[MemberFacts], tree: Node, today: date = TODAY) -> list[MemberFacts]:
    """The same people, who know where they stand by what `tree` ranks them by."""
    places: list[dict[Percentile, Place]] = [{} for _ in people]
    for percentile in percentiles(tree):
        values = [standing(percentile.by, percentile.window, member, today) for member in people]
        known = [value for value in values if value is not None]
        for mine, value in zip(places, values, strict=True):
            if value is not None:
                mine[percentile] = Place(sum(other < value for other in known), len(known))
    return [replace(member, places=mine) for member, mine in zip(people, places, strict=True)]


def drawn_order(seed: int, number: int) -> tuple[str, str]:
    """By what a member of `lake_of` is drawn at random."""
    return md5(f"{seed}:m{number}".encode(), usedforsecurity=False).hexdigest(), f"m{number}"


def _test(kind: Kind) -> st.SearchStrategy[Test]:
    value: st.SearchStrategy[int | str] = _NUMBERS if kind is Kind.NUMBER else st.sampled_from(_WORDS)
    values: st.SearchStrategy[tuple[int | str, ...]] = st.lists(value, min_size=1, max_size=2).map(tuple)
    any_kind = st.one_of(values.map(Is), values.map(IsNot), st.just(Missing()), st.just(Present()))
    if kind is Kind.TEXT:
        return any_kind
    low = _NUMBERS.flatmap(lambda low: st.integers(low, 7).map(lambda high: Between(low, high)))
    return st.one_of(any_kind, _NUMBERS.map(AtLeast), _NUMBERS.map(AtMost), low)


def _any_window() -> st.SearchStrategy[Window]:
    return st.one_of(windows(), windows(), st.just(SinceLastOrder()))


def _behaviours(fact: Fact) -> st.SearchStrategy[Behaviour]:
    if fact is Fact.EVENT:
        of_any = st.one_of(_test(Kind.TEXT), _test(Kind.NUMBER))
        own = st.builds(Filter, st.sampled_from(PROPERTIES), of_any)
        return st.builds(Behaviour, st.just(fact), st.lists(own, max_size=1).map(tuple), _any_window(), which())
    filters = st.sampled_from(sorted(FACTS[fact])).flatmap(
        lambda name: _test(FACTS[fact][name]).map(lambda test: Filter(name, test))
    )
    return st.builds(Behaviour, st.just(fact), st.lists(filters, max_size=2).map(tuple), _any_window())


def _measures(fact: Fact) -> st.SearchStrategy[Measure]:
    known: Mapping[str, Kind] = dict.fromkeys(PROPERTIES, Kind.NUMBER) if fact is Fact.EVENT else FACTS[fact]
    numbers = sorted(name for name, kind in known.items() if kind is Kind.NUMBER)
    summed = st.builds(
        Measure,
        _behaviours(fact),
        st.sampled_from([Aggregate.SUM, Aggregate.AVERAGE]),
        _test(Kind.NUMBER),
        st.sampled_from(numbers),
    )
    distinct = st.builds(
        Measure,
        _behaviours(fact),
        st.just(Aggregate.DISTINCT),
        _test(Kind.NUMBER),
        st.sampled_from(sorted(known)),
    )
    in_time = st.sampled_from([Aggregate.DISTINCT_DAYS, Aggregate.FIRST, Aggregate.LAST])
    return st.one_of(summed, distinct, st.builds(Measure, _behaviours(fact), in_time, _test(Kind.NUMBER)))


def _leaves() -> st.SearchStrategy[Node]:
    attributes = st.sampled_from(sorted(ATTRIBUTES)).flatmap(
        lambda name: _test(ATTRIBUTES[name]).map(lambda test: Attribute(name, test))
    )
    registered = st.sampled_from(sorted(COLUMNS)).flatmap(
        lambda name: _test(COLUMNS[name]).map(lambda test: Registered(name, test))
    )
    facts = st.sampled_from(Fact)
    did = facts.flatmap(lambda fact: st.builds(Did, _behaviours(fact), _test(Kind.NUMBER)))
    return st.one_of(
        attributes,
        registered,
        did,
        facts.flatmap(_measures),
        facts.flatmap(_measures),
        _sequences(),
        _percentiles(),
        st.sampled_from(sorted(TRAITS)).flatmap(lambda name: _test(TRAITS[name]).map(lambda test: Trait(name, test))),
        st.builds(Joined, windows()),
        dated(),
        st.sampled_from(LISTS),
    )


def _sequences() -> st.SearchStrategy[Steps]:
    steps = st.lists(st.sampled_from(Fact).flatmap(_steps), min_size=2, max_size=3)
    gaps = st.builds(lambda least, more: Gap(least, None if more is None else least + more), _FEW, st.none() | _FEW)
    return steps.flatmap(
        lambda some: st.one_of(st.just(()), st.lists(gaps, min_size=len(some) - 1, max_size=len(some) - 1)).map(
            lambda apart: Steps(tuple(some), tuple(apart))
        )
    )


_FEW = st.integers(0, 30)


def _steps(fact: Fact) -> st.SearchStrategy[Behaviour]:
    """Mostly without conditions, so that some are walked to the end."""
    plain = Behaviour(fact, event=Event() if fact is Fact.EVENT else None)
    return st.just(plain) | _behaviours(fact)


def _percentiles() -> st.SearchStrategy[Percentile]:
    return st.builds(
        lambda by, low, more, window: Percentile(by, low, min(low + more, 10_000), window),
        st.sampled_from(Rfm),
        st.integers(0, 9_999),
        st.integers(1, 10_000),
        windows(),
    )


def trees() -> st.SearchStrategy[Node]:
    def grow(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        some = st.lists(children, max_size=3).map(tuple)
        return st.one_of(some.map(All), some.map(AnyOf), children.map(Not))

    return st.recursive(_leaves(), grow, max_leaves=5)


def lake_of(people: Sequence[MemberFacts], strangers: Mapping[Fact, Sequence[Row]]) -> duckdb.DuckDBPyConnection:
    """The native tables in memory, and the lists."""
    lake = duckdb.connect()
    for name, table in tables_of(people, strangers).items():
        lake.register("given", table)
        lake.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')
        lake.unregister("given")
    return lake


def tables_of(people: Sequence[MemberFacts], strangers: Mapping[Fact, Sequence[Row]]) -> dict[str, pa.Table]:
    """The native tables, and the lists: members numbered from 1; facts of strangers belong to nobody."""
    known = [{"member_no": no, "member_id": f"m{no}", **member.attributes} for no, member in enumerate(people, 1)]
    kinds = {"member_no": pa.int64(), "member_id": pa.string(), "joined_day": pa.date32(), "birthday": pa.int64()}
    tables = {"members": _table(known, kinds | {n: _TYPES[k] for n, k in {**ATTRIBUTES, **COLUMNS}.items()})}
    reckoned = [{"member_id": f"m{no}", **member.traits} for no, member in enumerate(people, 1) if member.traits]
    tables["traits"] = _table(reckoned, {"member_id": pa.string(), **{n: _TYPES[k] for n, k in TRAITS.items()}})
    for each in LISTS:
        on = [{"member_id": f"m{no}"} for no, member in enumerate(people, 1) if each in member.lists]
        tables[list_name(each)] = _table(on, {"member_id": pa.string()})
    for fact, table in TABLES.items():
        kinds = {"member_no": pa.int64(), "day": pa.date32(), MOMENTS[fact]: pa.timestamp("us")}
        kinds |= {n: _TYPES[k] for n, k in FACTS[fact].items()} if fact is not Fact.EVENT else COLUMNS_OF_EVENTS
        rows: list[Row] = [{"member_no": None, **row} for row in strangers.get(fact, ())]
        for number, member in enumerate(people, 1):
            rows += [{"member_no": number, **row} for row in member.facts[fact]]
        tables[table.get_name()] = _table([in_maps(row) for row in rows] if fact is Fact.EVENT else rows, kinds)
    return tables


def _table(rows: Sequence[Mapping[str, object]], kinds: Mapping[str, pa.DataType]) -> pa.Table:
    return pa.Table.from_pylist([dict(row) for row in rows], pa.schema(kinds))
