"""All readers of a rule tree say the same."""

from collections.abc import Sequence
from datetime import date

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from shuke.audience.model import All, AnyOf, Fact, Node, Not
from shuke.audience.reading.crowd import members_where
from shuke.audience.reading.one import MemberFacts, Row, holds
from shuke.audience.rules.checking import problems
from tests.support.crowds import REGISTERED, lake_of, members, ranked, trees
from tests.support.windows import TODAY, days

_DOCUMENT: TypeAdapter[Node] = TypeAdapter(Node)
_CROWDS = st.lists(members(), max_size=8)


def _crowd(
    lake: duckdb.DuckDBPyConnection, tree: Node, today: date = TODAY, within: ir.Table | None = None
) -> list[int]:
    sql = ibis.to_sql(members_where(tree, today, within), dialect="duckdb")
    return sorted(row[0] for row in lake.execute(sql).fetchall())


@settings(max_examples=80, deadline=None)
@given(trees(), _CROWDS, st.lists(members(), max_size=2))
def test_crowd_and_one_agree(tree: Node, people: Sequence[MemberFacts], strangers: Sequence[MemberFacts]) -> None:
    nobodys: dict[Fact, list[Row]] = {fact: [row for each in strangers for row in each.facts[fact]] for fact in Fact}
    expected = [number for number, member in enumerate(ranked(people, tree), 1) if holds(tree, member, TODAY)]
    with lake_of(people, nobodys) as lake:
        assert _crowd(lake, tree) == expected, "everybody once, and nobody else"


@settings(max_examples=20, deadline=None)
@given(trees(), trees(), _CROWDS)
def test_logic(one: Node, other: Node, people: Sequence[MemberFacts]) -> None:
    everybody = list(range(1, len(people) + 1))
    with lake_of(people, {}) as lake:
        assert _crowd(lake, All(())) == everybody
        assert _crowd(lake, AnyOf(())) == []
        assert _crowd(lake, Not(All((one, other)))) == _crowd(lake, AnyOf((Not(one), Not(other))))
        assert sorted(_crowd(lake, one) + _crowd(lake, Not(one))) == everybody


@given(trees())
def test_a_tree_reads_back_from_its_document(tree: Node) -> None:
    assert _DOCUMENT.validate_json(_DOCUMENT.dump_json(tree)) == tree


@given(trees())
def test_trees_that_can_be_asked_have_no_problems(tree: Node) -> None:
    """But for ids: random words are none."""
    assert [found.path for found in problems(tree, REGISTERED) if not found.path.endswith(".values")] == []


@settings(max_examples=15, deadline=None)
@given(trees(), _CROWDS, days())
def test_another_day_is_another_question(tree: Node, people: Sequence[MemberFacts], today: date) -> None:
    expected = [no for no, member in enumerate(ranked(people, tree, today), 1) if holds(tree, member, today)]
    with lake_of(people, {}) as lake:
        assert _crowd(lake, tree, today) == expected


@settings(max_examples=25, deadline=None)
@given(trees(), _CROWDS, st.sets(st.integers(1, 8)))
def test_asked_of_some_it_says_the_same_of_them(tree: Node, people: Sequence[MemberFacts], some: set[int]) -> None:
    """That is how conditions are staged, and how a segment is refreshed by what has changed."""
    touched = pa.table({"member_no": pa.array(sorted(some & set(range(1, len(people) + 1))), pa.int64())})
    with lake_of(people, {}) as lake:
        lake.register("touched", touched)
        within = ibis.table({"member_no": "int64"}, name="touched")
        assert _crowd(lake, tree, within=within) == [number for number in _crowd(lake, tree) if number in some]
