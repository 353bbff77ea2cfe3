"""Many small partitions become few: the same facts, and who reads the old ones reads on."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shuke.audience.facts import extending, native
from shuke.audience.facts.datasets import DATASETS, STATES
from shuke.entrypoints.lake import SOURCES, bring_up_to_date, compact
from shuke.infra.lake import compacting
from shuke.infra.lake.engine import opened
from shuke.infra.lake.exporting import exported, write
from shuke.infra.lake.folder import LakeFolder, Range
from tests.audience.test_lake import facts_of
from tests.support.till import Till, open_till
from tests.support.world import World


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compacting, "FEW", 1)
    monkeypatch.setattr(extending, "MOST", 0)


@pytest.fixture
def till(world: World) -> Till:
    till = open_till(world)
    till.shop.product("A", 1_000)
    return till


def _tables(folder: LakeFolder) -> dict[str, list[str]]:
    """Of a native copy of all partitions."""
    current = folder.current()
    assert current is not None
    path = extending.build(folder, int(current.stem) + 1, anew=True)
    with opened(path) as copy:
        return {table: sorted(map(str, copy.sql(f"FROM {table}").fetchall())) for table in native.TABLES}


def _day(till: Till, root: Path) -> LakeFolder:
    """Three ranges of partitions."""
    member = till.shop.member()
    for _ in range(3):
        first = till.settle([("A", 1)], member)
        bring_up_to_date(till.world.database, root, till.shop.merchant_id)
    till.refund(first, (1, 1))
    bring_up_to_date(till.world.database, root, till.shop.merchant_id)
    return LakeFolder.of(root, till.shop.merchant_id)


def test_what_is_read_stays_the_same(till: Till, tmp_path: Path) -> None:
    folder, merchant = _day(till, tmp_path), till.shop.merchant_id
    before, files = _tables(folder), {name: folder.partitions(name) for name in DATASETS}
    assert len(files["orders"]) == 3
    assert compact(tmp_path, merchant) > 0
    assert {name: len(folder.partitions(name)) for name in ("orders", "members")} == {"orders": 1, "members": 1}
    assert all(file.exists() for some in files.values() for file in some), "who reads them reads on"
    assert _tables(folder) == before
    till.settle([("A", 2)], till.shop.member())
    bring_up_to_date(till.world.database, tmp_path, merchant)
    assert len(folder.partitions("orders")) == 2
    compact(tmp_path, merchant)
    assert not any(file.exists() for file in files["orders"]), "a night later nobody does"


def test_what_is_exported_again_is_the_same(till: Till, tmp_path: Path) -> None:
    """Also beside files that were put together, which then are the ones that are read."""
    folder = _day(till, tmp_path)
    before = facts_of(folder)
    compact(tmp_path, till.shop.merchant_id)
    assert facts_of(folder) == before
    with till.shop.unit() as unit:
        for source in SOURCES:
            for span in exported(unit):
                write(unit, folder, source, span)
        assert facts_of(folder) == before
        for dataset in DATASETS:
            folder.keep(dataset, exported(unit))
    assert facts_of(folder) == before


def test_an_export_that_was_cut_off_counts_once(till: Till, tmp_path: Path) -> None:
    """Its file was written and not noted; the next one reaches further."""
    folder = _day(till, tmp_path)
    before = facts_of(folder)
    with till.shop.unit() as unit:
        last = exported(unit)[-1]
        source = next(source for source in SOURCES if source.dataset == "refunds")
        write(unit, folder, source, Range(last.after, last.upto + 10))
    assert facts_of(folder) == before


def test_large_files_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = LakeFolder(tmp_path)
    for number in range(5):
        path = folder.partition("products", Range(number, number + 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        row = {"product_id": "p", "category_id": str(number)}
        pq.write_table(pa.Table.from_pylist([row], DATASETS["products"]), path)
    size = path.stat().st_size
    monkeypatch.setattr(compacting, "ENOUGH", 2 * size + size // 2)
    assert compacting.compact(folder, STATES, 4) == 4
    names = [str(Range(0, 2)), str(Range(2, 4)), str(Range(4, 5))]
    assert [file.stem for file in folder.partitions("products")] == names
    rows = pq.read_table(folder.partitions("products")[0]).to_pylist()
    assert [row["category_id"] for row in rows] == ["1"], "of states, the last"
