"""The lake's files as Spark reads them: the same tables as the native copy, and the same segments."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shuke.audience import asking
from shuke.audience.facts import datasets, native, spark
from shuke.entrypoints.following import recognise
from shuke.entrypoints.lake import bring_up_to_date, export
from shuke.infra.lake import compacting
from shuke.infra.lake.compacting import FEW
from shuke.infra.lake.engine import engine_of
from shuke.infra.lake.folder import LakeFolder, written
from shuke.infra.lake.stopping import Interrupted
from shuke.kernel.ids import Prefix, show
from tests.spark.cluster import UNCLOSED
from tests.support.till import Till, open_till
from tests.support.tracking import sender
from tests.support.world import World

pytestmark = UNCLOSED
_ONCE = {"test": "at_least", "value": 1}


@pytest.fixture
def till(world: World) -> Till:
    till = open_till(world)
    till.shop.product("A", 1_000)
    till.shop.product("B", 250)
    return till


def _a_day(till: Till) -> None:
    member = till.shop.member(name="常客")
    first = till.settle([("A", 2), ("B", 1)], member)
    till.settle([("A", 1)])
    till.settle([("B", 3)], till.shop.member(name="稀客"))
    till.refund(first, (1, 1))
    at = till.world.clock.now().isoformat()
    said = {"price": 9.5, "colour": "red", "o'clock": 8}
    who = {"userId": show(Prefix.MEMBER, member.member_id), "timestamp": at}
    event = {"type": "track", "event": "Product Viewed", **who, "properties": said}
    assert sender(till.shop).take(event, {**event, "properties": {}}).events == 2
    recognise(till.world.database, till.shop.merchant_id)


def test_its_tables_are_those_of_the_native_copy(till: Till, tmp_path: Path, master: str) -> None:
    folder = LakeFolder.of(tmp_path, till.shop.merchant_id)
    for _ in range(2):  # the second time members are told anew: the last row of each counts
        _a_day(till)
        upto = bring_up_to_date(till.world.database, tmp_path, till.shop.merchant_id)
        current = folder.current()
        assert current is not None
        duck, cluster = engine_of(current), spark.engine_of(master, folder, upto)
        for table in native.TABLES:
            mine, theirs = (engine.rows(f"SELECT * FROM {table}", 120) for engine in (duck, cluster))
            assert _rows(mine) == _rows(theirs) != [], table


def test_files_may_be_written_anew(till: Till, tmp_path: Path, master: str) -> None:
    """Under the same last transaction: put together with others, twice, so that those read before are gone; and
    without somebody who was erased, under the same name."""
    folder = LakeFolder.of(tmp_path, till.shop.merchant_id)
    for _ in range(FEW + 2):
        till.settle([("A", 1)])
        upto = export(till.world.database, tmp_path, till.shop.merchant_id)

    def orders() -> int:
        found: int = spark.engine_of(master, folder, upto).rows("SELECT count(*) AS n FROM orders", 120)["n"][0].as_py()
        return found

    assert (orders(), spark.engine_of(master, folder, upto)) == (FEW + 2, spark.engine_of(master, folder, upto))
    for _ in range(2):
        compacting.compact(folder, datasets.STATES, upto)
    assert orders() == FEW + 2
    (whole,) = folder.partitions("orders", upto)
    with written(whole) as beside:
        pq.write_table(pq.read_table(whole).slice(1), beside)
    assert orders() == FEW + 1


def _rows(table: pa.Table) -> list[str]:
    """In an order of their own, columns and rows."""
    return sorted(map(str, table.select(sorted(table.column_names)).to_pylist()))


def test_what_takes_too_long_is_stopped(master: str, tmp_path: Path) -> None:
    engine = spark.engine_of(master, LakeFolder(tmp_path), 0)
    with pytest.raises(Interrupted):
        engine.rows("SELECT count(*) FROM range(100000000) a JOIN range(1000) b ON a.id % 7 = b.id % 7", 1)
    assert engine.rows("SELECT 1 AS one", 120)["one"].to_pylist() == [1]


def test_a_segment_is_looked_at_on_spark(
    till: Till, tmp_path: Path, master: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(till.world.settings, "lake_dir", tmp_path)
    monkeypatch.setattr(asking, "spark_master", lambda: master)
    _a_day(till)
    bring_up_to_date(till.world.database, tmp_path, till.shop.merchant_id)
    back = {"rule": "did", "what": {"fact": "refund", "window": {"window": "ever"}}, "times": _ONCE}
    segment = till.post("segments", {"code": "back", "name": "退过货", "tree": back}).json()
    answer = till.post(f"segments/{segment['id']}/refresh")
    assert answer.status_code == 200, answer.text
    assert answer.json()["last"]["size"] == 1
    found = till.client.get(f"/v1/segments/{segment['id']}/members").json()["items"]
    assert [each["member"]["name"] for each in found] == ["常客"]
