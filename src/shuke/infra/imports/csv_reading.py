"""CSV as it comes: encoding and delimiter are found out, broken rows are told with their numbers."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from shuke.infra.imports.errors import wrong_file

_SNIFFED = 1 << 20
_DELIMITERS = ",\t;|"

Part = tuple[Any, Any, dict[int, str], set[int]]
"""A table of text columns, the number of each row, rows with too few or too many cells, rows with bytes no UTF-8."""

Reading = Callable[[Sequence[str] | None], Iterator[Part]]


def read(name: str, opened: Callable[[], BinaryIO]) -> tuple[list[str], Reading]:
    """Header, and a way to read the rows; raises WrongFile."""
    with opened() as file:
        start = file.read(_SNIFFED)
    encoding = _encoding(name, start)
    first = start.decode(encoding, errors="replace")
    delimiter = _delimiter(first)
    columns = [cell.strip() for cell in next(csv.reader(io.StringIO(first, newline=""), delimiter=delimiter), [])]

    def reading(names: Sequence[str] | None) -> Iterator[Part]:
        with opened() as file:
            try:
                yield from _parts(_utf8(file, encoding), columns, delimiter, names)
            except UnicodeError as error:
                raise wrong_file(
                    name,
                    f"不是有效的 {encoding} 文本。请另存为 UTF-8。",
                    f"it is no valid {encoding} text. Save it as UTF-8.",
                ) from error
            except pa.ArrowInvalid as error:
                raise wrong_file(name, f"CSV 有误：{error}", f"bad CSV: {error}") from error

    return columns, reading


def _encoding(name: str, start: bytes) -> str:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(start)
        except UnicodeDecodeError:
            continue
        return encoding
    # Neither as a whole: mostly UTF-8 with some broken rows, which are then rejected one by one.
    if start.decode("utf-8", errors="replace").count("\ufffd") * 20 < len(start):
        return "utf-8"
    raise wrong_file(name, "文字编码无法识别，请另存为 UTF-8。", "its text encoding is unknown. Save it as UTF-8.")


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=header.count) if any(mark in header for mark in _DELIMITERS) else ","


class _Recoded(io.RawIOBase):
    """A text file of another encoding, read as UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            block = self._file.read(1 << 18)
            self._rest = self._decoder.decode(block, final=not block).encode()
            if not block:
                break
        taken = self._rest[: len(buffer)]
        self._rest = self._rest[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


def _utf8(file: BinaryIO, encoding: str) -> Any:
    return file if encoding in ("utf-8", "utf-8-sig") else io.BufferedReader(_Recoded(file, encoding), 1 << 18)


def _parts(file: Any, columns: list[str], delimiter: str, names: Sequence[str] | None) -> Iterator[Part]:
    skipped: list[tuple[int, str]] = []

    def bad_row(row: Any) -> str:
        skipped.append((row.number - 1, row.text))
        return "skip"

    try:
        reader = pacsv.open_csv(
            file,
            read_options=pacsv.ReadOptions(column_names=columns, skip_rows=1, use_threads=False, block_size=4 << 20),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=bad_row, ignore_empty_lines=True
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.binary()),
                check_utf8=False,
                include_columns=None if names is None else list(names),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return
        raise
    row, told = 1, 0
    for batch in reader:
        if not batch.num_rows:
            continue
        row_no, last, told_now = _row_numbers(row, batch.num_rows, [number for number, _ in skipped[told:]])
        broken = dict(skipped[told : told + told_now])
        row, told = last + 1, told + told_now
        table, garbled = _as_text(pa.Table.from_batches([batch]))
        yield table, row_no, broken, {int(row_no[position]) for position in garbled}
    if skipped[told:]:
        empty = pa.table({name: pa.array([], pa.string()) for name in (names or columns)})
        yield empty, np.array([], dtype=np.int64), dict(skipped[told:]), set()


def _row_numbers(start: int, count: int, skipped: list[int]) -> tuple[Any, int, int]:
    """Numbers of `count` rows that follow from `start` around the skipped ones; the last; how many were passed."""
    numbers = np.arange(start, start + count + len(skipped))
    numbers = numbers[~np.isin(numbers, skipped)][:count]
    last = int(numbers[-1])
    return numbers, last, sum(number <= last for number in skipped)


def _as_text(table: Any) -> tuple[Any, list[int]]:
    """Binary columns as text, and the rows whose bytes are no UTF-8 (replaced by U+FFFD)."""
    wrong: set[int] = set()
    columns = []
    for column in table.columns:
        try:
            columns.append(pc.cast(column, pa.string()))
        except pa.ArrowInvalid:
            cells = [cell.decode(errors="replace") for cell in column.to_pylist()]
            wrong.update(position for position, cell in enumerate(cells) if "\ufffd" in cell)
            columns.append(pa.array(cells, pa.string()))
    return pa.table(columns, names=table.column_names), sorted(wrong)
