"""Where members stand, of one in Python and of all in SQL: the same."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shuke.audience.rules.lifecycle import (
    GRADE_SQL,
    RHYTHM_SQL,
    STAGE_SQL,
    Bought,
    Grade,
    Stage,
    grade,
    rhythm,
    stage,
)

_DAYS = st.integers(0, 12)


@st.composite
def _pasts(draw: st.DrawFn) -> tuple[Bought, int]:
    """Few days, so that borders are hit; and her rhythm."""
    days = draw(st.integers(0, 6))
    since = draw(_DAYS) if days else None
    back = draw(st.none() | _DAYS) if days > 1 else None
    return Bought(days, since, draw(st.integers(0, days)), back), draw(st.one_of(st.integers(1, 6), st.integers(1, 90)))


@settings(deadline=None)
@given(st.lists(_pasts(), min_size=1, max_size=30))
@example([(Bought(5, 0, 2, None), 30), (Bought(5, 0, 2, None), 29)])
def test_all_are_told_as_each_is(pasts: Sequence[tuple[Bought, int]]) -> None:
    rows = [
        {"days": b.days, "since": b.since, "visits": b.visits, "back": b.back, "rhythm": own, "place": place}
        for place, (b, own) in enumerate(pasts)
    ]
    given_rows = pa.Table.from_pylist(rows, pa.schema({name: pa.int64() for name in rows[0]}))
    with duckdb.connect() as lake:
        lake.register("given_rows", given_rows)
        told = lake.execute(f"SELECT {STAGE_SQL}, {GRADE_SQL} FROM given_rows ORDER BY place").fetchall()
    assert told == [(stage(b, own), grade(b, own)) for b, own in pasts]


@given(st.integers(0, 50), st.integers(0, 900), st.integers(1, 90), st.integers(1, 5))
def test_a_rhythm_lies_between_her_own_and_the_usual(gaps: int, span: int, usual: int, prior: int) -> None:
    span = max(span, gaps) if gaps else 0
    found = rhythm(gaps, span, usual, prior)
    own = span / gaps if gaps else usual
    assert min(own, usual) - 0.5 <= found <= max(own, usual) + 0.5
    assert found >= 1
    with duckdb.connect() as lake:
        sql = f"SELECT {RHYTHM_SQL.format(prior=prior)} FROM (SELECT {gaps} AS gaps, {span} AS span, {usual} AS usual)"
        assert lake.execute(sql).fetchall() == [(found,)]


def test_silence_leads_from_new_to_lost() -> None:
    silent = [stage(Bought(1, since, 1, None), 10) for since in (0, 15, 16, 30, 31)]
    assert silent == [Stage.NEW, Stage.NEW, Stage.AT_RISK, Stage.AT_RISK, Stage.LOST]
    assert [grade(Bought(1, since, 0, None), 10) for since in (10, 11, 30, 31)] == [
        Grade.ACTIVE,
        Grade.IDLE,
        Grade.IDLE,
        Grade.DORMANT,
    ]
    back = [stage(Bought(9, 2, 1, back), 10) for back in (20, 21, None)]
    assert back == [Stage.WON_BACK, Stage.MATURE, Stage.MATURE]
