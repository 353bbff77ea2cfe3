"""Who is like whom: what is said of cells of the matrix, of places, and of clusters."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from shuke.audience.rules.clusters import FEATURES, MARKED_MILLI, by_mark, described
from shuke.audience.rules.lifecycle import Grade
from shuke.audience.rules.loyalty import LEVELS, Loyalty, diagnosis, level, share_bps, stands_out

_CELLS = list(product(Loyalty, Grade))
_COUNTS = st.dictionaries(st.sampled_from(_CELLS), st.integers(1, 50), min_size=1)


def test_every_cell_has_a_diagnosis() -> None:
    said = {cell: diagnosis(*cell) for cell in _CELLS}
    assert len({text.zh for text in said.values()}) == 6
    assert said[Loyalty.LOW, Grade.EXCITED].zh.startswith("活跃但不忠诚")
    assert said[Loyalty.HIGH, Grade.DORMANT].zh.startswith("正在失去老顾客")


@given(_COUNTS, _COUNTS)
def test_a_place_is_told_what_it_has_most(
    here: dict[tuple[Loyalty, Grade], int], more: dict[tuple[Loyalty, Grade], int]
) -> None:
    everywhere = {cell: here.get(cell, 0) + more.get(cell, 0) for cell in _CELLS}
    assert stands_out(here, everywhere) in {diagnosis(*cell) for cell in here}


@given(st.integers(1, 12), st.integers(0, 11))
def test_more_periods_are_more_loyal(bought: int, empty: int) -> None:
    periods = bought + empty
    assert 0 < share_bps(bought, periods) <= 10_000
    assert share_bps(bought, periods) <= share_bps(bought + 1, periods + 1)
    order = list(LEVELS)
    assert order.index(level(share_bps(bought + 1, periods + 1))) <= order.index(level(share_bps(bought, periods)))


@given(st.fixed_dictionaries({name: st.integers(-3_000, 3_000) for name in FEATURES}))
def test_a_cluster_is_told_by_what_is_farthest(apart: dict[str, int]) -> None:
    words = described(apart)
    marked = [name for name in by_mark(apart) if abs(apart[name]) >= MARKED_MILLI]
    assert len(words.zh.split("、")) == max(1, min(3, len(marked)))
    flipped = described({name: -value for name, value in apart.items()})
    assert (flipped == words) == (not marked)
