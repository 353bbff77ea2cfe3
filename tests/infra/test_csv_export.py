"""A spreadsheet opens what we export, reads back what was in it, and takes no cell for a formula."""

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.infra.csv_export import csv_chunks, csv_response, neutral

cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@given(cells)
def test_no_cell_is_a_formula(cell: str) -> None:
    written = str(neutral(cell))
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert written in (cell, "'" + cell)


@given(st.lists(st.tuples(cells, st.integers()), max_size=20))
def test_rows_read_back(rows: list[tuple[str, int]]) -> None:
    text = "".join(csv_chunks(("name", "amount"), rows))
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert read == [["name", "amount"], *([str(neutral(name)), str(amount)] for name, amount in rows)]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86 139", "'+86 139"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("大树 = 好", "大树 = 好"),
        (-2, -2),
        (None, ""),
        (True, "true"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=8))), "2026-03-01T00:00:00Z"),
        (datetime(2026, 3, 1, 8, tzinfo=UTC), "2026-03-01T08:00:00Z"),
    ],
)
def test_cells(cell: object, written: object) -> None:
    assert neutral(cell) == written  # type: ignore[arg-type]


def test_a_refusal_comes_before_the_answer_begins() -> None:
    """What the rows raise at their start is raised here, where it can still become a problem document."""

    def rows() -> "list[tuple[str]]":
        raise PermissionError

    with pytest.raises(PermissionError):
        csv_response("x", ("a",), (row for row in rows()))
