"""All readers of a rule tree say the same."""

from collections.abc import Sequence
from datetime import date

import duckdb
import ibis
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from shuke.audience.model import All, AnyOf, Fact, Node, Not
from shuke.audience.reading.crowd import members_where
from shuke.audience.reading.one import MemberFacts, Row, holds
from shuke.audience.rules.checking import problems
from tests.support.crowds import TODAY, days, lake_of, members, trees

_DOCUMENT: TypeAdapter[Node] = TypeAdapter(Node)
_CROWDS = st.lists(members(), max_size=8)


def _crowd(lake: duckdb.DuckDBPyConnection, tree: Node, today: date = TODAY) -> list[int]:
    sql = ibis.to_sql(members_where(tree, today), dialect="duckdb")
    return sorted(row[0] for row in lake.execute(sql).fetchall())


@settings(max_examples=100, deadline=None)
@given(trees(), _CROWDS, st.lists(members(), max_size=2))
def test_crowd_and_one_agree(tree: Node, people: Sequence[MemberFacts], strangers: Sequence[MemberFacts]) -> None:
    nobodys: dict[Fact, list[Row]] = {fact: [row for each in strangers for row in each.facts[fact]] for fact in Fact}
    expected = [number for number, member in enumerate(people, 1) if holds(tree, member, TODAY)]
    with lake_of(people, nobodys) as lake:
        assert _crowd(lake, tree) == expected, "everybody once, and nobody else"


@settings(max_examples=40, deadline=None)
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
    assert [found.path for found in problems(tree) if not found.path.endswith(".values")] == []


@settings(max_examples=30, deadline=None)
@given(trees(), _CROWDS, days())
def test_another_day_is_another_question(tree: Node, people: Sequence[MemberFacts], today: date) -> None:
    expected = [number for number, member in enumerate(people, 1) if holds(tree, member, today)]
    with lake_of(people, {}) as lake:
        assert _crowd(lake, tree, today) == expected
