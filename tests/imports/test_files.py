"""Whatever people call a table: encodings, delimiters, workbooks, and files that are none."""

from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shuke.entrypoints.imports.registry import KINDS, context_for
from shuke.infra.imports.errors import ImportBusy, WrongFile
from shuke.infra.imports.reading import open_path
from shuke.infra.imports.runner import Job, _alone
from tests.imports.desk import Desk

HEADER, ROW = "编码,名称", "S7,滨江店"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encodings_and_delimiters(desk: Desk, tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "stores.csv"
    path.write_bytes(f"{HEADER}\r\n{ROW}\r\n".replace(",", delimiter).encode(encoding))
    assert desk.load("stores", path).created == 1


def test_excel(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["门店编码", "门店名称"], [7, "滨江店"], [None, None], [8, "江南店"]):
        sheet.append(row)
    book.save(tmp_path / "s.xlsx")
    record = desk.load("stores", tmp_path / "s.xlsx")
    assert (record.created, record.rejected) == (2, 1)


def test_parquet(desk: Desk, tmp_path: Path) -> None:
    pq.write_table(pa.table({"code": [7, 8], "name": ["a", "b"]}), tmp_path / "s.parquet")
    assert desk.load("stores", tmp_path / "s.parquet").created == 2


NOT_TABLES = {
    "empty": (b"", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n", "picture"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old Excel"),
    "zip": (b"PK\x03\x04" + b"\0" * 100, "Excel"),
    "torn Parquet": (b"PAR1" + b"\0" * 100, "Parquet"),
    "binary": (b"\x00\x01\x02", "not a table"),
    "JSON": (b'{"code": 1}', "JSON"),
    "named twice": (b"code,code\n1,2\n", "named twice"),
    "no header": (b"\n\n", "names of the columns"),
}


@pytest.mark.parametrize("case", NOT_TABLES)
def test_files_that_are_no_tables(desk: Desk, tmp_path: Path, case: str) -> None:
    content, words = NOT_TABLES[case]
    (tmp_path / "file").write_bytes(content)
    before = desk.counts()
    with pytest.raises(WrongFile, match=words):
        desk.load("stores", tmp_path / "file")
    assert desk.counts() == before


def test_broken_utf8_refuses_the_row(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    fine = "".join(f"T{number},店\n" for number in range(30))
    path.write_bytes(f"code,name\n{fine}".encode() + b"S8,\xff\xfe\nS9,ok\n")
    record = desk.load("stores", path)
    assert record.created == 31
    assert "UTF-8" in desk.rejects(record)[31].reason.en


def test_rows_with_too_many_cells(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("code,name\nS8,a\nS9,b,c\nS10,d\n")
    record = desk.load("stores", path)
    assert (record.created, record.rejected, record.rows_done) == (2, 1, 3)
    assert "S9,b,c" in str(desk.rejects(record)[2].cells)


def test_formula_cells_of_exports_come_back(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("code,name\nS8,'=1+1\n")
    desk.load("stores", path)
    assert desk.load("stores", path).unchanged == 1


def test_dry_run_reports_the_same_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    rows = [(f"S{number}", "店") for number in range(20)] + [("S3", "twice"), ("", "no code")]
    path = desk.write("s.csv", ("code", "name"), rows)
    before = desk.counts()
    dry = desk.load("stores", path, dry_run=True)
    assert desk.counts() == before
    real = desk.load("stores", path)
    for name in ("created", "updated", "unchanged", "rejected", "rows_total", "rows_done", "notes"):
        assert getattr(dry, name) == getattr(real, name)
    assert desk.rejects(dry).keys() == desk.rejects(real).keys() == {21, 22}


def test_one_import_of_a_kind_at_a_time(desk: Desk, tmp_path: Path) -> None:
    path = desk.write("s.csv", ("code", "name"), [("S9", "店")])
    context = context_for(desk.database, desk.principal)
    with _alone(Job(KINDS["stores"], context, open_path(path), {})), pytest.raises(ImportBusy):
        desk.load("stores", path)
    assert desk.load("stores", path).created == 1
