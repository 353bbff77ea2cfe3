"""A lake that an earlier version wrote: told of in a sentence, and written again from scratch by one command."""

import pyarrow.parquet as pq
import pytest
from structlog.testing import capture_logs

from shuke.audience.asking import lake_of
from shuke.audience.errors import LakeEmpty, LakeOutdated
from shuke.audience.facts import native
from shuke.entrypoints.each_merchant import for_each_merchant
from shuke.entrypoints.lake import bring_up_to_date, compact
from shuke.entrypoints.lake_rebuilding import rebuild, rows_of
from shuke.infra.lake import rewriting
from shuke.infra.lake.folder import LakeFolder
from shuke.infra.lake.rewriting import parts
from tests.audience.test_lake import facts_of
from tests.support.till import Till


def _sold(till: Till, times: int = 1) -> LakeFolder:
    """Each in a range of its own."""
    for _ in range(times):
        till.settle([("A", 1)], till.shop.member())
        bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    return LakeFolder.of(till.world.settings.lake, till.shop.merchant_id)


def _by_an_earlier_version(folder: LakeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knew no units of an order."""
    for file in folder.partitions("orders"):
        pq.write_table(pq.read_table(file).drop_columns(["units"]), file)
    monkeypatch.setattr(native, "LAYOUT", "of this version")


def test_files_of_another_version_are_told_of_with_what_to_do(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    database, root = till.world.database, till.world.settings.lake
    _by_an_earlier_version(_sold(till), monkeypatch)
    with pytest.raises(LakeOutdated) as refused:
        bring_up_to_date(database, root, till.shop.merchant_id)
    for said in (refused.value.message.zh, refused.value.message.en):
        assert "orders" in said
        assert "shuke lake rebuild" in said
    with capture_logs() as told:
        for_each_merchant(database, "lake.follow", lambda each: bring_up_to_date(database, root, each))
    outdated = [each for each in told if each["event"] == "lake.outdated"]
    assert [each["merchant"] for each in outdated] == [str(till.shop.merchant_id)]
    assert "exc_info" not in outdated[0]


def test_rebuilt_it_is_the_same_as_this_version_writes_it(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it was put together before."""
    database, root, merchant = till.world.database, till.world.settings.lake, till.shop.merchant_id
    folder = _sold(till, 12)
    assert compact(root, merchant) > 0
    wanted = facts_of(_sold(till))
    _by_an_earlier_version(folder, monkeypatch)
    monkeypatch.setattr("shuke.audience.asking.LAYOUT", "of this version")
    with till.shop.unit() as unit, pytest.raises(LakeEmpty):
        lake_of(unit, root)
    monkeypatch.setattr(rewriting, "ROWS", 10)
    with till.shop.unit() as unit:
        assert len(parts(unit, 10)) > 1
    told: list[int] = []
    rebuild(database, root, merchant, told.append)
    assert sum(told) == rows_of(database, merchant) > 0
    assert facts_of(folder) == wanted
    assert not native.stale(folder)
    assert not folder.again.path.exists()
    with till.shop.unit() as unit:
        assert lake_of(unit, root).rows("SELECT count(*) AS n FROM orders", 60).column("n").to_pylist() == [13]
    assert facts_of(_sold(till))["orders"].num_rows == 14, "and it goes on from there"


def test_a_rebuild_that_is_cut_off_is_done_again(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    database, root, merchant = till.world.database, till.world.settings.lake, till.shop.merchant_id
    folder = _sold(till, 3)
    wanted = facts_of(folder)

    def cut_off(_: int) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        rebuild(database, root, merchant, cut_off)
    assert facts_of(folder) == wanted
    rebuild(database, root, merchant, lambda _: None)
    assert facts_of(folder) == wanted
