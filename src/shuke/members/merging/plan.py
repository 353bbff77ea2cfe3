"""What a merge does to each table. Every domain says it of its own; the entry points put it together.

State moves: rows that say whose something is become the survivor's, and their keys are noted. History stays: what was
told of a member keeps the id it was told with, and is read for her and whom she absorbed. Every column that names a
member is in exactly one of these lists; a test walks the tables for it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members.merging.model import Merge, Pair, Share

Do = Callable[[Unit, Pair], None]
Hold = Callable[[Unit, Collection[UUID]], None]
"""Of members who are about to be one, two by two."""
DoAll = Callable[[Unit, Sequence[Pair]], None]
"""Of several pairs, of which nobody is in two."""
Moved = Mapping[str, Sequence[Sequence[str]]]
"""Primary keys of what moved, by place."""
Divide = Callable[[Unit, Merge, Moved, sa.Select[Any]], Sequence[Share]]
"""The last is of ids: what is hers of whatever domain, which postings refer to."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Rows whose `column` becomes the survivor's id.

    Where the survivor has a row with the same `unless` columns already, or the SQL condition `stays` on the row `t`
    holds, the row stays behind. What comes after the merge goes back if the column `identified` names her who was
    absorbed, or with its parent (`along`: a column and the parent's place). Of what is `divided` the domain itself
    gives back what is hers.
    """

    table: sa.Table
    column: str
    unless: tuple[str, ...] = ()
    stays: str | None = None
    along: tuple[str, str] | None = None
    identified: str | None = None
    divided: bool = False

    @property
    def place(self) -> str:
        return f"{self.table.name}.{self.column}"


@dataclass(frozen=True, slots=True)
class Kept:
    """Few rows, that `fold` makes into the survivor's: those of both are kept as they were before and after.

    Where nothing happened since, they are again what they were; else `again` reckons both anew from the rows that went
    back, or (None) what changed since stays with the survivor, column by column, and name by name in the objects in the
    columns `by_name`; with `rewinds` both are done.
    `together` does what `fold` does, of several pairs by as many statements as of one.
    """

    table: sa.Table
    column: str
    fold: Do
    again: Do | None = None
    rewinds: bool = False
    together: DoAll | None = None
    by_name: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"{self.table.name}.{self.column}"

    def fold_all(self, unit: Unit, pairs: Sequence[Pair]) -> None:
        if self.together is not None:
            self.together(unit, pairs)
            return
        for pair in pairs:
            self.fold(unit, pair)


@dataclass(frozen=True, slots=True)
class Left:
    """Rows that keep the id they were written with; `why` says how they are read."""

    table: sa.Table
    column: str
    why: str

    @property
    def place(self) -> str:
        return f"{self.table.name}.{self.column}"


@dataclass(frozen=True, slots=True)
class Moves:
    """A domain's part.

    `waits` holds what must be held before the members are, `holds` what comes after; `refuses` raises what stands in
    the way of a merge, `settles` does what is left to do when all has moved. Of the undoing: `refers` selects the ids
    by which the books know what is a member's of the domain, `divides` gives back what is not moved row by row,
    `tells` says it to those who cannot see it.
    """

    moves: tuple[Plain | Kept | Left, ...]
    waits: tuple[Hold, ...] = ()
    holds: tuple[Hold, ...] = ()
    refuses: tuple[Do, ...] = ()
    settles: tuple[Callable[[Unit, Sequence[Merge]], None], ...] = ()
    refers: tuple[Callable[[Unit, Pair], sa.Select[Any]], ...] = ()
    divides: tuple[Divide, ...] = ()
    tells: tuple[Callable[[Unit, Merge], None], ...] = ()


@dataclass(frozen=True)
class Plan:
    """Every domain's part, in the order in which they are done."""

    parts: tuple[Moves, ...]

    @property
    def plains(self) -> list[Plain]:
        return [move for move in self._moves() if isinstance(move, Plain)]

    @property
    def kept(self) -> list[Kept]:
        return [move for move in self._moves() if isinstance(move, Kept)]

    @property
    def places(self) -> list[str]:
        """Every column spoken of, as often as it is."""
        return [move.place for move in self._moves()]

    def _moves(self) -> chain[Plain | Kept | Left]:
        return chain.from_iterable(part.moves for part in self.parts)


def reckoned(table: sa.Table, column: str, reckon: Hold) -> Kept:
    """Rows that follow from others, of members in any number: `reckon` makes them anew."""

    def of_both(unit: Unit, pair: Pair) -> None:
        reckon(unit, pair.both)

    def of_all(unit: Unit, pairs: Sequence[Pair]) -> None:
        reckon(unit, [member_id for pair in pairs for member_id in pair.both])

    return Kept(table, column, of_both, again=of_both, together=of_all)


def counted_again(table: sa.Table, column: str, count: str) -> Kept:
    """The rows of members anew from what the query `count` finds: all columns but the merchant's, in their order, under
    the parameters :merchant and :both."""
    names = ", ".join(each.name for each in table.columns if each.name != "merchant_id")
    forget = sa.text(f"DELETE FROM {table.name} WHERE merchant_id = :merchant AND {column} = ANY(:both)")  # noqa: S608
    remember = sa.text(
        f"INSERT INTO {table.name} (merchant_id, {names}) "  # noqa: S608 - our own tables
        f"SELECT CAST(:merchant AS uuid), counted.* FROM ({count}) AS counted"
    )

    def reckon(unit: Unit, member_ids: Collection[UUID]) -> None:
        values = {"merchant": unit.merchant_id, "both": list(member_ids)}
        unit.connection.execute(forget, values)
        unit.connection.execute(remember, values)

    return reckoned(table, column, reckon)
