"""Lists as CSV files that a spreadsheet opens rightly and cannot be tricked by.

UTF-8 with a byte order mark, so that Excel reads Chinese; rows leave as they are read, so that a large list
needs no memory. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain

from starlette.responses import StreamingResponse

Cell = str | int | bool | date | datetime | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ROWS_PER_CHUNK = 500


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingResponse:
    """A download called `name`.csv.

    `rows` is consumed while the answer is sent; it may be a generator that opens the unit of work itself and reads
    with `yield_per`. The first piece is taken at once, so that what is refused becomes a problem document:

        def rows() -> Iterator[Sequence[Cell]]:
            with call.unit() as unit:
                for store in stores(unit):
                    yield store.code, store.name
        return csv_response("stores", ("code", "name"), rows())
    """
    chunks = csv_chunks(header, rows)
    first = next(chunks)
    return StreamingResponse(
        chain((first,), chunks),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The text of the file, in pieces of some hundred rows."""
    lines = _Lines()
    writer = csv.writer(lines)
    lines.write("\ufeff")
    writer.writerow([neutral(cell) for cell in header])
    for count, row in enumerate(rows, 1):
        writer.writerow([neutral(cell) for cell in row])
        if count % _ROWS_PER_CHUNK == 0:
            yield lines.take()
    yield lines.take()


def neutral(cell: Cell) -> str | int:
    """The cell as written: text that starts like a formula gets an apostrophe; true numbers stay numbers."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case int():
            return cell
        case datetime():
            return cell.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return cell.isoformat()
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


class _Lines:
    """What `csv` writes to, until it is taken."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def write(self, text: str) -> int:
        self._pieces.append(text)
        return len(text)

    def take(self) -> str:
        text = "".join(self._pieces)
        self._pieces.clear()
        return text
