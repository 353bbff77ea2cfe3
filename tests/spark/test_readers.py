"""A real Spark cluster holds the same members as DuckDB, and as the reader of one member."""

from collections.abc import Mapping, Sequence

import ibis
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.audience.model import Fact, Node
from shuke.audience.reading.crowd import members_where
from shuke.audience.reading.one import MemberFacts, Row, holds
from shuke.infra.lake.spark import Spark, session_of
from tests.spark.cluster import UNCLOSED
from tests.support.crowds import members, ranked, tables_of, trees
from tests.support.windows import TODAY

pytestmark = UNCLOSED
_CROWDS = st.lists(members(), max_size=8)


def _held(master: str, tables: Mapping[str, pa.Table], tree: Node) -> list[int]:
    sql = ibis.to_sql(members_where(tree, TODAY), dialect="pyspark")
    return sorted(Spark(session_of(master).newSession()).rows(sql, 120, tables)["member_no"].to_pylist())


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees(), _CROWDS, st.lists(members(), max_size=2))
def test_crowd_and_one_agree(
    master: str, tree: Node, people: Sequence[MemberFacts], strangers: Sequence[MemberFacts]
) -> None:
    nobodys: dict[Fact, list[Row]] = {fact: [row for each in strangers for row in each.facts[fact]] for fact in Fact}
    expected = [number for number, member in enumerate(ranked(people, tree), 1) if holds(tree, member, TODAY)]
    assert _held(master, tables_of(people, nobodys), tree) == expected
