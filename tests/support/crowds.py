"""Random members with random pasts, and random rule trees to ask about them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import duckdb
import pyarrow as pa
from hypothesis import strategies as st

from shuke.audience.model import (
    ATTRIBUTES,
    FACTS,
    Aggregate,
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Between,
    Days,
    Did,
    Ever,
    Fact,
    Filter,
    Is,
    IsNot,
    Kind,
    Last,
    Measure,
    Missing,
    Node,
    Not,
    Present,
    Test,
    Unit,
    Window,
)
from shuke.audience.reading.crowd import TABLES
from shuke.audience.reading.one import MemberFacts, Row

TODAY = date(2026, 3, 31)
_TYPES = {Kind.NUMBER: pa.int64(), Kind.TEXT: pa.string()}
_WORDS = ("甲", "乙", "c")
_NUMBERS = st.integers(-2, 6)


def _value(kind: Kind) -> st.SearchStrategy[str | int | None]:
    return st.none() | (_NUMBERS if kind is Kind.NUMBER else st.sampled_from(_WORDS))


def days() -> st.SearchStrategy[date]:
    return st.integers(-3, 70).map(lambda back: TODAY - timedelta(days=back))


def _rows(kinds: Mapping[str, Kind]) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({name: _value(kind) for name, kind in kinds.items()})


def members() -> st.SearchStrategy[MemberFacts]:
    """`day` of what happened is always known."""
    facts = {
        fact: st.lists(
            st.fixed_dictionaries({"day": days(), **{n: _value(k) for n, k in FACTS[fact].items()}}), max_size=4
        )
        for fact in Fact
    }
    return st.builds(MemberFacts, _rows(ATTRIBUTES), st.fixed_dictionaries(facts))


def _test(kind: Kind) -> st.SearchStrategy[Test]:
    values = st.lists(_NUMBERS if kind is Kind.NUMBER else st.sampled_from(_WORDS), min_size=1, max_size=2).map(tuple)
    any_kind = st.one_of(values.map(Is), values.map(IsNot), st.just(Missing()), st.just(Present()))
    if kind is Kind.TEXT:
        return any_kind
    low = _NUMBERS.flatmap(lambda low: st.integers(low, 7).map(lambda high: Between(low, high)))
    return st.one_of(any_kind, _NUMBERS.map(AtLeast), _NUMBERS.map(AtMost), low)


def windows() -> st.SearchStrategy[Window]:
    pairs = st.tuples(days(), days()).map(lambda pair: Days(min(pair), max(pair)))
    last = st.builds(Last, st.integers(1, 40), st.sampled_from([Unit.DAYS, Unit.WEEKS]))
    months = st.builds(Last, st.integers(1, 3), st.just(Unit.MONTHS))
    return st.one_of(st.just(Ever()), pairs, last, months)


def _behaviours(fact: Fact) -> st.SearchStrategy[Behaviour]:
    filters = st.sampled_from(sorted(FACTS[fact])).flatmap(
        lambda name: _test(FACTS[fact][name]).map(lambda test: Filter(name, test))
    )
    return st.builds(Behaviour, st.just(fact), st.lists(filters, max_size=2).map(tuple), windows())


def _measures(fact: Fact) -> st.SearchStrategy[Measure]:
    numbers = sorted(name for name, kind in FACTS[fact].items() if kind is Kind.NUMBER)
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
        st.sampled_from(sorted(FACTS[fact])),
    )
    in_time = st.sampled_from([Aggregate.DISTINCT_DAYS, Aggregate.FIRST, Aggregate.LAST])
    return st.one_of(summed, distinct, st.builds(Measure, _behaviours(fact), in_time, _test(Kind.NUMBER)))


def _leaves() -> st.SearchStrategy[Node]:
    attributes = st.sampled_from(sorted(ATTRIBUTES)).flatmap(
        lambda name: _test(ATTRIBUTES[name]).map(lambda test: Attribute(name, test))
    )
    facts = st.sampled_from(Fact)
    did = facts.flatmap(lambda fact: st.builds(Did, _behaviours(fact), _test(Kind.NUMBER)))
    return st.one_of(attributes, did, facts.flatmap(_measures))


def trees() -> st.SearchStrategy[Node]:
    def grow(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        some = st.lists(children, max_size=3).map(tuple)
        return st.one_of(some.map(All), some.map(AnyOf), children.map(Not))

    return st.recursive(_leaves(), grow, max_leaves=5)


def lake_of(people: Sequence[MemberFacts], strangers: Mapping[Fact, Sequence[Row]]) -> duckdb.DuckDBPyConnection:
    """The native tables in memory: members numbered from 1; facts of strangers belong to nobody."""
    lake = duckdb.connect()
    attributes = [{"member_no": number, **member.attributes} for number, member in enumerate(people, 1)]
    _fill(lake, "members", attributes, {"member_no": pa.int64(), **{n: _TYPES[k] for n, k in ATTRIBUTES.items()}})
    for fact, table in TABLES.items():
        kinds = {"member_no": pa.int64(), "day": pa.date32(), **{n: _TYPES[k] for n, k in FACTS[fact].items()}}
        rows: list[Row] = [{"member_no": None, **row} for row in strangers.get(fact, ())]
        for number, member in enumerate(people, 1):
            rows += [{"member_no": number, **row} for row in member.facts[fact]]
        _fill(lake, table.get_name(), rows, kinds)
    return lake


def _fill(lake: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Row], kinds: Mapping[str, pa.DataType]) -> None:
    lake.register("given", pa.Table.from_pylist([dict(row) for row in rows], pa.schema(kinds)))
    lake.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    lake.unregister("given")
