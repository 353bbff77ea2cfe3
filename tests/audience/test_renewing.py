"""Between nights: who was touched is as if everybody had been reckoned anew, and nobody else has changed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.audience.facts.copying import copied
from shuke.audience.traits.computing import compute
from shuke.audience.traits.model import Run
from shuke.audience.traits.renewing import Due, catch_up, renew
from shuke.audience.traits.terms import meant
from shuke.audience.traits.touching import Touched
from tests.audience.test_traits import TERMS, TODAY, Row, asked, fill, named, one_order, random_orders

_LATER = TODAY + timedelta(days=2)
"""The day on which members are reckoned anew; `TODAY` is the night's."""


def _renewed(night: Path, native: Path, members: Sequence[int], into: str) -> list[Row]:
    """The traits after these members were reckoned anew."""
    file = copied(night, night.with_name(into))
    ids = pa.chunked_array([pa.array([named(each) for each in members], pa.string())])
    assert catch_up(file, native, Touched(ids, together=False), TERMS, _LATER) == len(members)
    return asked(file, "FROM traits ORDER BY member_id")


@settings(max_examples=5, deadline=None)
@given(random_orders(), st.data())
def test_who_is_touched_is_as_if_everybody_had_been_reckoned(before: list[Row], data: st.DataObject) -> None:
    """By what that night learned. Among what came since are days before it, of it and after it."""
    since = [{**each, "order_id": f"n{number}"} for number, each in enumerate(data.draw(random_orders()))]
    with TemporaryDirectory() as folder:
        natives, night = [Path(folder) / f"{number}.duckdb" for number in (1, 2)], Path(folder) / "night.duckdb"
        fill(natives[0], before, 6)
        fill(natives[1], [*before, *since], 7)
        compute(natives[0], night, TERMS)
        found = asked(night, "FROM traits ORDER BY member_id")
        late = {each["member_no"] for each in before if each["member_no"] and each["day"] > TODAY}
        touched = sorted({7, *late, *(each["member_no"] for each in since if each["member_no"])})
        some = _renewed(night, natives[1], touched, "some.duckdb")
        assert some == _renewed(night, natives[1], range(1, 8), "all.duckdb")
        names = {named(each) for each in touched}
        assert [row for row in some if row["member_id"] not in names] == [
            row for row in found if row["member_id"] not in names
        ]


def test_a_night_is_what_it_would_be_reckoned_anew(tmp_path: Path) -> None:
    """With clusters and models that could be fitted: all statements of the night and of the time until the next say
    the same of the same facts."""
    some = Random(7)
    rows = [
        one_order(member, TODAY - timedelta(days=back))
        for member in range(1, 91)
        for back in some.sample(range(400), 1 + member % 5)
    ]
    native, night = tmp_path / "native.duckdb", tmp_path / "night.duckdb"
    fill(native, rows, 90)
    compute(native, night, TERMS)
    found = asked(night, "FROM traits ORDER BY member_id")
    assert {row["cluster"] for row in found} >= {1, 2}
    assert any(row["alive_bps"] not in (None, 10_000) for row in found)
    for members in (range(1, 91), range(1, 91, 9), [4]):
        assert _renewed(night, native, members, f"{len(members)}.duckdb") == found


def test_what_a_renewal_that_was_cut_off_had_yet_to_write_is_not_written_by_the_next(tmp_path: Path) -> None:
    native, night, draft = (tmp_path / name for name in ("1.duckdb", "night.duckdb", "night.draft"))
    fill(native, [one_order(member, TODAY) for member in (1, 2)], 2)
    compute(native, night, TERMS)
    found = asked(night, "FROM traits ORDER BY member_id")
    with duckdb.connect(str(copied(night, draft))) as cut_off:
        cut_off.execute("PRAGMA disable_checkpoint_on_shutdown")
        cut_off.execute("DELETE FROM traits")
    assert draft.with_name("night.draft.wal").exists()
    at = datetime(2026, 4, 1, tzinfo=UTC)
    run = Run(1, TODAY, 1, at, 2, 0, 0, meant(TERMS), {}, [])
    touched = Touched(pa.chunked_array([pa.array([named(1)], pa.string())]), together=False)
    assert renew(Due(run, night, draft, native, TODAY, touched), [], at) == 1
    assert asked(draft, "FROM traits ORDER BY member_id") == found


@pytest.mark.parametrize("together", [False, True])
def test_whoever_is_nobody_any_more_has_no_traits(tmp_path: Path, together: bool) -> None:
    """She became another member, whose traits are of both."""
    rows = [one_order(member, TODAY - timedelta(days=member)) for member in (1, 2, 3)]
    native, merged, night = (tmp_path / f"{name}.duckdb" for name in ("1", "2", "night"))
    fill(native, rows, 3)
    compute(native, night, TERMS)
    fill(merged, [{**row, "member_no": 1 if row["member_no"] == 2 else row["member_no"]} for row in rows], 3)
    with duckdb.connect(str(merged)) as lake:
        lake.execute("DELETE FROM members WHERE member_no = 2")
        lake.execute("UPDATE people SET member_no = 1 WHERE member_no = 2")
        lake.execute("CREATE SCHEMA changed")
        for table in ("members", "orders", "lines", "refunds"):
            lake.execute(f"CREATE TABLE changed.{table} AS FROM main.{table} WHERE member_no = 1")
    ids = pa.chunked_array([pa.array([named(2)], pa.string())])
    assert catch_up(night, merged, Touched(ids, together), TERMS, _LATER) == 1
    days = {row["member_id"]: row["days"] for row in asked(night, "FROM traits")}
    assert days == {named(1): 2, named(3): 1}
