"""The first sheet of an Excel workbook, row by row; cells become text, exactly as far as Excel itself is exact."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from shuke.infra.imports.errors import wrong_file

_ROWS = 8192
_MAX_UNPACKED = 2 << 30
_DAMAGED = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError)


def read(
    name: str, opened: Callable[[], BinaryIO]
) -> tuple[list[str], Callable[[Sequence[str] | None], Iterator[Any]]]:
    """Header, and a way to read the rows as tables of text; raises WrongFile."""
    try:
        with opened() as file:
            if sum(entry.file_size for entry in zipfile.ZipFile(file).infolist()) > _MAX_UNPACKED:
                raise wrong_file(name, "解压后过大。", "it is too large when unpacked.")
            header = next(_rows(file), ())
    except _DAMAGED as error:
        raise wrong_file(
            name, "不是 Excel（.xlsx）文件，或已损坏。", "it is no Excel workbook (.xlsx), or is damaged."
        ) from error
    columns = [_text(cell) or "" for cell in header]
    while columns and not columns[-1]:
        columns.pop()

    def tables(names: Sequence[str] | None) -> Iterator[Any]:
        wanted = [columns.index(column) for column in (names if names is not None else columns)]
        with opened() as file:
            rows = islice(_rows(file), 1, None)
            while block := list(islice(rows, _ROWS)):
                padded = [(*row, *[None] * (len(columns) - len(row))) for row in block]
                yield pa.table(
                    [pa.array([_text(row[position]) for row in padded], pa.string()) for position in wanted],
                    names=[columns[position] for position in wanted],
                )

    return columns, tables


def _rows(file: BinaryIO) -> Iterator[tuple[Any, ...]]:
    """Rows of the first sheet from its first row that holds anything; later empty rows stay, to keep the count."""
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        started = False
        for row in book.worksheets[0].iter_rows(values_only=True):
            started = started or any(cell is not None for cell in row)
            if started:
                yield row
    finally:
        book.close()


def _text(cell: object) -> str | None:
    match cell:
        case None:
            return None
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
