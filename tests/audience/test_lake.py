"""What leaves for the lake: everything once, in the order it became visible, the same again, and nothing personal."""

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from uuid import uuid4

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shuke.audience.facts import native
from shuke.audience.facts.datasets import DATASETS, STATES
from shuke.entrypoints.lake import SOURCES, bring_up_to_date, compact, follow
from shuke.entrypoints.merging import PLAN
from shuke.infra.lake.engine import opened
from shuke.infra.lake.exporting import export_next, exported, write
from shuke.infra.lake.folder import LakeFolder, Range, upto_of
from shuke.infra.outbox import emit
from shuke.kernel.principal import system
from shuke.members.merging import merging, undoing
from shuke.members.model import Member
from tests.support.till import Till, open_till
from tests.support.world import World

FACTS = sorted(set(DATASETS) - set(STATES))


@pytest.fixture
def till(world: World) -> Till:
    till = open_till(world)
    till.shop.product("A", 1_000)
    till.shop.product("B", 250)
    return till


def facts_of(folder: LakeFolder) -> Mapping[str, pa.Table]:
    """All rows of each dataset of facts, in the order of their keys."""
    empty = {dataset: [DATASETS[dataset].empty_table()] for dataset in FACTS}
    read = {dataset: [pq.read_table(file) for file in folder.partitions(dataset)] for dataset in FACTS}
    return {dataset: pa.concat_tables(empty[dataset] + read[dataset]).sort_by(_key(dataset)) for dataset in FACTS}


def _key(dataset: str) -> list[tuple[str, str]]:
    return [
        (name, "ascending")
        for name in DATASETS[dataset].names
        if name in ("order_id", "refund_id", "line_no", "event_id")
    ]


def _export(till: Till, folder: LakeFolder, limit: int = 1_000) -> list[Range]:
    """Everything there is, about `limit` events at a time."""
    ranges: list[Range] = []
    while True:
        with till.shop.unit() as unit:
            span = export_next(unit, folder, SOURCES, limit)
        if span is None:
            return ranges
        ranges.append(span)


def _a_day(till: Till) -> Member:
    """Somebody known and somebody unknown buy, and one line comes back. Returns the member."""
    member = till.shop.member(name="欧阳若兰", phone="13812345678")
    first = till.settle([("A", 2), ("B", 1)], member)
    till.settle([("A", 1)])
    till.settle([("B", 3)], member)
    till.refund(first, (1, 1))
    return member


def test_every_fact_leaves_once(till: Till, tmp_path: Path) -> None:
    member = _a_day(till)
    folder = LakeFolder(tmp_path)
    _export(till, folder)
    found = facts_of(folder)
    assert {name: table.num_rows for name, table in found.items()} == {
        "events": 0,
        "orders": 3,
        "lines": 4,
        "refunds": 1,
    }
    assert sorted(found["orders"]["net_minor"].to_pylist()) == [750, 1_000, 2_250]
    assert found["refunds"]["net_minor"].to_pylist() == [1_000]
    assert found["orders"]["member_id"].to_pylist().count(str(member.member_id)) == 2
    assert _export(till, folder) == [], "nothing is left"
    till.settle([("A", 1)])
    _export(till, folder)
    assert facts_of(folder)["orders"].num_rows == 4


def test_again_from_scratch_is_the_same(till: Till, tmp_path: Path) -> None:
    """In whatever ranges it leaves, and also if the files of a range were written but never noted."""
    _a_day(till)
    once, again = LakeFolder(tmp_path / "once"), LakeFolder(tmp_path / "again")
    ranges = _export(till, once, limit=3)
    assert len(ranges) > 3
    with till.shop.unit() as unit:
        assert exported(unit) == ranges
        for dataset in FACTS:
            source = next(source for source in SOURCES if source.dataset == dataset)
            for span in ranges:
                write(unit, once, source, span)
                write(unit, again, source, span)
            write(unit, LakeFolder(tmp_path / "whole"), source, Range(0, ranges[-1].upto))
    assert facts_of(once) == facts_of(again) == facts_of(LakeFolder(tmp_path / "whole"))


def test_a_transaction_held_open_is_not_passed_by(till: Till, tmp_path: Path) -> None:
    folder = LakeFolder(tmp_path)
    _export(till, folder)
    with till.world.database.unit(system(till.shop.merchant_id)) as slow:
        emit(slow, "slow.happened", uuid4())
        till.settle([("A", 1)])
        assert _export(till, folder) == [], "the order came later than what has not ended"
    _export(till, folder)
    assert facts_of(folder)["orders"].num_rows == 1


def test_nothing_personal_leaves(till: Till, tmp_path: Path) -> None:
    _a_day(till)
    bring_up_to_date(till.world.database, tmp_path, till.shop.merchant_id)
    written = [file for file in tmp_path.rglob("*") if file.is_file() and file.name not in ("CURRENT", "LOCK")]
    assert {file.suffix for file in written} == {".parquet", ".duckdb"}
    for file in written:
        said = str(pq.read_table(file).to_pylist()).encode() if file.suffix == ".parquet" else file.read_bytes()
        for secret in ("欧阳", "若兰", "13812345678", "12345678"):
            assert secret.encode() not in said, (file, secret)


def test_the_native_copy_has_it_all_and_keeps_up(till: Till, tmp_path: Path) -> None:
    member = _a_day(till)
    database, merchant = till.world.database, till.shop.merchant_id
    folder = LakeFolder.of(tmp_path, merchant)
    first = bring_up_to_date(database, tmp_path, merchant)
    assert upto_of(native.present(folder)) == first
    assert bring_up_to_date(database, tmp_path, merchant) == first, "nothing has happened"
    points, growth, _ = till.wallet(member)
    assert _asked(folder, "SELECT points, growth, tier_rank FROM members") == [(points, growth, 0)]
    present = folder.current()
    assert present is not None
    with opened(present) as reading:
        till.settle([("A", 30)], till.shop.member(phone="13900001111"))
        second = bring_up_to_date(database, tmp_path, merchant)
        assert second > first
        assert reading.execute("SELECT count(*) FROM orders").fetchall() == [(3,)], "who reads, reads on"
    assert _asked(folder, "SELECT count(*), sum(net_minor) FROM orders") == [(4, 34_000)]
    assert _asked(folder, "SELECT count(*) FROM members") == [(2,)]
    shutil.rmtree(tmp_path / merchant.hex / "native")
    bring_up_to_date(database, tmp_path, merchant)
    assert _asked(folder, "SELECT count(*), sum(net_minor) FROM orders") == [(4, 34_000)]


def test_one_writes_after_the_other(till: Till, tmp_path: Path) -> None:
    """The worker, its nights, and whoever reckons by hand."""
    _a_day(till)
    folder = LakeFolder.of(tmp_path, till.shop.merchant_id)
    with ThreadPoolExecutor(2) as pool:
        with folder.held():
            waiting = [pool.submit(bring_up_to_date, till.world.database, tmp_path, till.shop.merchant_id)]
            waiting.append(pool.submit(compact, tmp_path, till.shop.merchant_id))
            sleep(0.2)
            assert not any(each.done() for each in waiting)
            assert folder.current() is None
        for each in waiting:
            each.result()
    assert _asked(folder, "SELECT count(*) FROM orders") == [(3,)]


def _asked(folder: LakeFolder, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder.current()), read_only=True) as lake:
        return lake.execute(sql).fetchall()


def test_a_copy_is_made_when_there_is_something_new_and_not_all_the_time(
    till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, merchant = till.world.database, till.shop.merchant_id
    folder = LakeFolder.of(tmp_path, merchant)
    _a_day(till)
    follow(database, tmp_path, merchant)
    first = folder.current()
    with till.shop.unit() as unit:
        emit(unit, "nothing.of_interest", uuid4())
    assert bring_up_to_date(database, tmp_path, merchant) > int(first.stem if first else 0)
    assert folder.current() == first, "an event that tells of no fact is no reason"
    till.settle([("A", 1)])
    monkeypatch.setattr(native, "REST", 1_000_000)
    follow(database, tmp_path, merchant)
    assert folder.current() == first, "it has not rested"
    monkeypatch.setattr(native, "REST", 0)
    follow(database, tmp_path, merchant)
    assert _asked(folder, "SELECT count(*) FROM orders") == [(4,)]


def test_who_became_somebody_is_read_as_her(till: Till, tmp_path: Path) -> None:
    database, merchant = till.world.database, till.shop.merchant_id
    folder = LakeFolder.of(tmp_path, merchant)
    first, second, third = (till.shop.member() for _ in range(3))
    for member, pieces in ((first, 1), (second, 2), (third, 4)):
        till.settle([("A", pieces)], member)
    merges = []
    for survivor, absorbed in ((second, first), (third, second)):
        bring_up_to_date(database, tmp_path, merchant)
        with till.shop.unit() as unit:
            merges.append(merging.merge(unit, PLAN, survivor.member_id, absorbed.member_id).merge_id)
    bring_up_to_date(database, tmp_path, merchant)
    assert _asked(folder, _BOUGHT) == [(str(third.member_id), 7_000)]
    named = facts_of(folder)["orders"]
    shutil.rmtree(tmp_path / merchant.hex)
    with till.shop.unit() as unit:
        for source in SOURCES:
            for span in exported(unit):
                write(unit, folder, source, span)
    assert facts_of(folder)["orders"] == named, "whom a fact names is not whom she became"
    for merge_id, left in zip(reversed(merges), ([3_000, 4_000], [1_000, 2_000, 4_000]), strict=True):
        with till.shop.unit() as unit:
            undoing.undo(unit, PLAN, merge_id)
        bring_up_to_date(database, tmp_path, merchant)
        assert [net for _, net in _asked(folder, _BOUGHT)] == left


_BOUGHT = (
    "SELECT member_id, sum(net_minor) FROM members LEFT JOIN orders USING (member_no) GROUP BY member_id ORDER BY 2"
)
