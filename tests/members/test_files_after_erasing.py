"""A file that was uploaded before somebody was erased does not make her a member anew; one uploaded since may."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from shuke.entrypoints.erasing import ERASING
from shuke.entrypoints.imports.background import enqueue, run_waiting
from shuke.entrypoints.imports.registry import KINDS
from shuke.infra.imports import journal, uploads
from shuke.infra.imports.journal import ImportRecord
from shuke.infra.imports.uploads import Upload
from shuke.kernel.clock import SimulatedClock
from shuke.members import bulk_store
from shuke.members import imports as reading
from shuke.members import service as members
from shuke.members.erasing.tables import erased_marks
from shuke.members.model import Member
from tests.imports.desk import Desk
from tests.support.world import Shop, World

COLUMNS = {"ref": "ref", "name": "name", "phone": "phone", "email": "email"}
OTHER = ("r-9", "别人", "13600000009", "")


def erase(shop: Shop, member: Member) -> None:
    with shop.unit() as unit:
        members.erase(unit, ERASING, member.member_id, "x", forfeit=True)


def uploaded(shop: Shop, folder: Path, *rows: tuple[str, ...]) -> Upload:
    text = "\n".join([",".join(COLUMNS), *(",".join(row) for row in rows)])
    with shop.unit() as unit:
        return uploads.save(unit, folder, "m.csv", io.BytesIO(text.encode()))


def imported(shop: Shop, folder: Path, upload: Upload) -> ImportRecord:
    with shop.unit() as unit:
        import_id = enqueue(unit, KINDS["members"], upload, COLUMNS, dry_run=False).import_id
    run_waiting(shop.database, folder, shop.merchant_id, import_id)
    with shop.unit() as unit:
        found = journal.get(unit, import_id)
    assert found is not None
    return found


@pytest.mark.parametrize("by", [("r-1", "王", "", ""), ("", "王", "137 0000 0001", ""), ("", "王", "", "W@x.com")])
def test_rows_uploaded_before_are_refused_and_not_kept(
    world: World, clock: SimulatedClock, tmp_path: Path, by: tuple[str, ...]
) -> None:
    shop = world.merchant()
    member = shop.member(phone="13700000001", email="w@x.com", external_ref="r-1")
    file = uploaded(shop, tmp_path, by, OTHER)
    clock.advance(timedelta(hours=1))
    erase(shop, member)
    done = imported(shop, tmp_path, file)
    assert (done.created, done.rejected) == (1, 1)
    (reject,) = Desk(shop, tmp_path).rejects(done).values()
    assert reject.reason.en == "her personal data was erased after this file was uploaded"
    assert set(reject.cells) == set(COLUMNS)
    assert set(reject.cells.values()) == {None}
    clock.advance(timedelta(hours=1))
    assert imported(shop, tmp_path, uploaded(shop, tmp_path, by)).created == 1, "she may join anew"


def test_she_who_joined_anew_gets_nothing_of_what_was_erased(
    world: World, clock: SimulatedClock, tmp_path: Path
) -> None:
    shop = world.merchant()
    member = shop.member(phone="13700000001")
    file = uploaded(shop, tmp_path, ("", "旧名", "13700000001", ""))
    clock.advance(timedelta(hours=1))
    erase(shop, member)
    anew = shop.member(phone="13700000001", name="新名")
    assert imported(shop, tmp_path, file).rejected == 1
    with shop.unit() as unit:
        assert members.get(unit, anew.member_id).name == "新名"


def test_an_erasure_while_the_file_is_read(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The chunk at work asked who has her number before she was gone, the next one asks afterwards."""
    shop = world.merchant()
    member = shop.member(phone="13700000001", external_ref="r-1", name="王")
    rows = [("r-1", "李", "", ""), *[("", "", f"1360000000{n}", "") for n in range(6)], ("", "", "13700000001", "")]
    desk, real, calls = Desk(shop, tmp_path), bulk_store.owners, iter(range(100))

    def owners(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        if next(calls) == 0:
            erase(shop, member)
        return found

    monkeypatch.setattr(bulk_store, "owners", owners)
    done = desk.load("members", desk.write("m.csv", list(COLUMNS), rows), mapping=COLUMNS)
    assert (done.created, sorted(desk.rejects(done))) == (6, [1, 8])


def test_an_erasure_while_her_row_is_written(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = world.merchant()
    member = shop.member(phone="13700000001", external_ref="r-1", name="王")
    desk, real = Desk(shop, tmp_path), members.get_many

    def get_many(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        erase(shop, member)
        return found

    monkeypatch.setattr(reading, "get_many", get_many)
    rows = [("r-1", "李", "13700000001", "")]
    done = desk.load("members", desk.write("m.csv", list(COLUMNS), rows), mapping=COLUMNS)
    (reject,) = desk.rejects(done).values()
    assert set(reject.cells.values()) == {None}


def test_reasons_are_sealed_with_the_row_that_they_quote(world: World, tmp_path: Path) -> None:
    shop = world.merchant()
    desk = Desk(shop, tmp_path)
    rows = [("王", "13700000001", "13688887777", ""), ("李", "13700000002", "", "爱吃鱼")]
    path = desk.write("m.csv", ("name", "phone", "store_code", "attributes"), rows)
    found = desk.rejects(desk.load("members", path))
    assert ["13688887777" in found[1].reason.zh, "爱吃鱼" in found[2].reason.en] == [True, True]
    with shop.unit() as unit:
        kept = str(unit.connection.execute(sa.text("SELECT CAST(t AS text) FROM import_rejects AS t")).all())
        assert "13688887777" not in kept
        assert "爱吃鱼" not in kept


def test_marks_go_when_no_file_needs_them(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    erase(shop, shop.member(phone="13700000001", external_ref="r-1"))
    kept = sa.select(sa.func.count()).select_from(erased_marks)
    for days, left in ((7, 2), (2, 0)):
        clock.advance(timedelta(days=days))
        with shop.unit() as unit:
            members.drop_marks(unit)
            assert unit.connection.scalar(kept) == left
