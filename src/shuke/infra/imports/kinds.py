"""What the machinery asks of a kind of import, and what it hands over. Each domain brings its own kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import pyarrow as pa

from shuke.infra.database import Database, Unit
from shuke.infra.imports.fields import Checked, Column, Field
from shuke.kernel.principal import Principal
from shuke.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of a merchant's files are read: amounts in its currency, local times in its time zone."""

    currency: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Context:
    """For whom an import works. `source` names the system that the data comes from, in lower case letters.

    `uploaded_at`: since when what is in the file has not changed.
    `generated` marks made-up personal data; `earn` gives points earned for each so many minor units paid, to be
    written on the imported orders by whoever posts them to the books afterwards.
    """

    database: Database
    principal: Principal
    currency: str
    timezone: str
    source: str = "import"
    generated: bool = False
    earn: tuple[int, int] | None = None
    uploaded_at: datetime | None = None

    @property
    def reading(self) -> Reading:
        return Reading(self.currency, self.timezone)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows whose fields are all well: the columns by field name, and the number of each row in the file."""

    columns: Mapping[str, Column]
    row_no: list[int]

    def __len__(self) -> int:
        return len(self.row_no)

    def values(self, name: str) -> list[object]:
        found: list[object] = self.columns[name].to_pylist()
        return found


@dataclass(slots=True)
class Outcome:
    """What became of rows. `rejects` is keyed by position within the rows handed over; of those that are `unkept`
    nothing is kept but the reason. `notes` counts by code."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejects: dict[int, Text] = field(default_factory=dict)
    unkept: set[int] = field(default_factory=set)
    notes: dict[str, int] = field(default_factory=dict)

    def note(self, code: str, count: int) -> None:
        if count:
            self.notes[code] = self.notes.get(code, 0) + count


class Loader(Protocol):
    """One import at work. It may keep what it looked up; it must not keep a unit of work."""

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        """Check rows against the database and write the good ones. Running it again with the same rows changes
        nothing."""
        ...

    def remember(self, rows: Rows) -> None:
        """Rows that an earlier run has loaded already, so that duplicates of them are recognised."""
        ...


class Kind(Protocol):
    """A kind of data that can be imported."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> Text: ...

    @property
    def group(self) -> str | None:
        """The field whose equal values make one thing of several rows, taken whole or not at all."""
        ...

    @property
    def threads(self) -> int:
        """How many chunks may be loaded at the same time."""
        ...

    @property
    def notes(self) -> Mapping[str, Text]:
        """The words for what was met and is worth knowing."""
        ...

    def fields(self, reading: Reading) -> tuple[Field, ...]: ...

    def loader(self, context: Context) -> Loader: ...


def good_rows(checked: Checked, row_no: list[int], positions: list[int]) -> Rows:
    """The rows of a checked chunk at `positions`."""
    if len(positions) == len(row_no):
        return Rows(checked.columns, row_no)
    chosen = pa.array(positions, pa.int64())
    columns = {name: column.take(chosen) for name, column in checked.columns.items()}
    return Rows(columns, [row_no[position] for position in positions])
