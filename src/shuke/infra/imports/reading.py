"""Tables out of files: CSV, Excel and Parquet become Arrow tables of a few thousand rows, all read the same way.

What a file is, its first bytes decide, never its name. A file that is no table raises WrongFile before anything
is touched.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shuke.infra.imports import csv_reading, excel_reading
from shuke.infra.imports.errors import wrong_file

Open = Callable[[], BinaryIO]
"""Opens the file anew, at its start, seekable."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of a file: `row_no` counts from 1 at the first row after the header.

    `broken` holds rows that could not be split into cells, as they stand; `garbled` the rows whose text is damaged.
    """

    table: Any
    row_no: Any
    broken: Mapping[int, str] = field(default_factory=dict)
    garbled: Collection[int] = ()


class Source(Protocol):
    """A table that can be read several times from its start."""

    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> Sequence[str]: ...

    @property
    def digest(self) -> bytes:
        """The same for the same content."""
        ...

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[Batch]:
        """All rows in order, of all columns or of those named."""
        ...


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table already in memory."""

    name: str
    digest: bytes
    table: Any

    @property
    def columns(self) -> Sequence[str]:
        names: list[str] = self.table.column_names
        return names

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[Batch]:
        table = self.table if columns is None else self.table.select(list(columns))
        yield Batch(table, np.arange(1, table.num_rows + 1))


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file of one of the known kinds."""

    name: str
    digest: bytes
    columns: Sequence[str]
    read: Callable[[Sequence[str] | None], Iterator[Batch]]

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[Batch]:
        return self.read(columns)


def open_path(path: Path) -> FileSource:
    """The table in a file on disk; raises WrongFile."""
    if not path.is_file():
        raise wrong_file(path.name, "文件不存在。", "it does not exist.")
    return open_file(path.name, lambda: path.open("rb"))


def open_file(name: str, opened: Open) -> FileSource:
    """The table in a file; raises WrongFile."""
    with opened() as file:
        start = file.read(8192)
        digest = hashlib.sha256(start)
        while block := file.read(1 << 20):
            digest.update(block)
    if not start:
        raise wrong_file(name, "文件是空的。", "it is empty.")
    if start.startswith(b"PAR1"):
        columns, tables = _parquet(name, opened)
    elif start.startswith(b"PK\x03\x04"):
        columns, tables = excel_reading.read(name, opened)
    else:
        _refuse_binary(name, start)
        columns, reading = csv_reading.read(name, opened)
        _check_header(name, columns)
        return FileSource(name, digest.digest(), columns, lambda names: (Batch(*part) for part in reading(names)))
    _check_header(name, columns)
    return FileSource(name, digest.digest(), columns, lambda names: _numbered(tables(names)))


def _numbered(tables: Iterator[Any]) -> Iterator[Batch]:
    row = 1
    for table in tables:
        yield Batch(table, np.arange(row, row + table.num_rows))
        row += table.num_rows


_FOREIGN = {
    b"%PDF": ("PDF 文件", "a PDF"),
    b"\x89PNG": ("图片", "a picture"),
    b"\xff\xd8\xff": ("图片", "a picture"),
    b"\x1f\x8b": ("gzip 压缩文件", "gzip-compressed"),
    b"\xd0\xcf\x11\xe0": ("旧版 Excel（.xls）", "an old Excel file (.xls)"),
    b"<!DOCTYPE": ("网页", "a web page"),
    b"<html": ("网页", "a web page"),
    b"{": ("JSON", "JSON"),
}


def _refuse_binary(name: str, start: bytes) -> None:
    for magic, (zh, en) in _FOREIGN.items():
        if start.lstrip().startswith(magic):
            raise wrong_file(
                name,
                f"这是{zh}。请另存为 CSV、Excel（.xlsx）或 Parquet。",
                f"it is {en}. Save it as CSV, Excel (.xlsx) or Parquet.",
            )
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise wrong_file(
            name,
            "不是表格文件。请使用 CSV、Excel（.xlsx）或 Parquet。",
            "it is not a table. Use CSV, Excel (.xlsx) or Parquet.",
        )


def _check_header(name: str, columns: Sequence[str]) -> None:
    if not columns or all(not column.strip() for column in columns):
        raise wrong_file(name, "第一行应是列名。", "its first row must hold the names of the columns.")
    doubled = sorted({column for column in columns if columns.count(column) > 1})
    if doubled:
        raise wrong_file(
            name,
            f"列名重复：{'、'.join(doubled)}。请改名后重试。",
            f"columns named twice: {', '.join(doubled)}. Rename them and try again.",
        )
    if len(columns) > 500:
        raise wrong_file(name, "列数超过 500。", "it has more than 500 columns.")


def _parquet(name: str, opened: Open) -> tuple[list[str], Callable[[Sequence[str] | None], Iterator[Any]]]:
    try:
        with opened() as file:
            columns: list[str] = pq.ParquetFile(file).schema_arrow.names
    except (pa.ArrowException, OSError) as error:
        raise wrong_file(name, "Parquet 文件已损坏。", "the Parquet file is damaged.") from error

    def tables(names: Sequence[str] | None) -> Iterator[Any]:
        with opened() as file:
            try:
                for batch in pq.ParquetFile(file).iter_batches(65_536, columns=None if names is None else list(names)):
                    yield pa.Table.from_batches([batch])
            except (pa.ArrowException, OSError) as error:
                raise wrong_file(name, "Parquet 文件已损坏。", "the Parquet file is damaged.") from error

    return columns, tables
