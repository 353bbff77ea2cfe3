"""What an erasure does to each table. Every domain says it of its own; the entry points put it together.

Each column that can hold something of a member, or names one, goes or stays: a test walks the tables for it. What goes
is deleted, or emptied where the row itself is needed; what stays says why.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.members.erasing.model import Her, Loss, Obstacle, Remainder

Counted = Callable[[Unit, Her], int]


@dataclass(frozen=True, slots=True)
class Goes:
    """`places` are tables, or columns of them as `table.column`; `do` says of how many rows it is gone."""

    code: str
    what: Text
    places: tuple[str, ...]
    count: Counted
    do: Counted


@dataclass(frozen=True, slots=True)
class Stays:
    what: Text
    why: Text
    places: tuple[str, ...]

    @property
    def shown(self) -> Remainder:
        return Remainder(self.what, self.why)


@dataclass(frozen=True, slots=True)
class Part:
    """A domain's part. `nobodys` are its tables that hold nothing of members. `waits` holds what must be held before
    the member is, `holds` what comes after; `obstacles` look at what is held."""

    goes: tuple[Goes, ...] = ()
    stays: tuple[Stays, ...] = ()
    nobodys: tuple[str, ...] = ()
    waits: tuple[Callable[[Unit, Her], None], ...] = ()
    holds: tuple[Callable[[Unit, Her], None], ...] = ()
    obstacles: tuple[Callable[[Unit, Her], Iterable[Obstacle]], ...] = ()
    losses: tuple[Callable[[Unit, Her], Iterable[Loss]], ...] = ()
    subjects: tuple[Callable[[Unit, Her], Iterable[UUID]], ...] = ()
    """Ids of what the audit log may quote words about that people typed."""


@dataclass(frozen=True)
class ErasingPlan:
    """Every domain's part, in the order in which they are done: members come last, by whom the others find what is
    hers."""

    parts: tuple[Part, ...] = field(default=())

    @property
    def goes(self) -> Sequence[Goes]:
        return [each for part in self.parts for each in part.goes]

    @property
    def stays(self) -> Sequence[Stays]:
        return [each for part in self.parts for each in part.stays]

    @property
    def nobodys(self) -> Sequence[str]:
        return [table for part in self.parts for table in part.nobodys]


def deleted(table: sa.Table, what: Text, *columns: str, people: bool = False) -> Goes:
    """Rows of which one of the columns names her (`member_id`, where none is said); with `people`, or a visitor who
    turned out to be her."""
    where = _hers(table, columns, people)

    def do(unit: Unit, her: Her) -> int:
        return unit.connection.execute(table.delete().where(*where(unit, her))).rowcount

    return Goes(table.name, what, (table.name,), _counting(table, where), do)


def emptied(
    table: sa.Table, column: str, what: Text, which: Callable[[Unit, Her], sa.ColumnElement[bool]] | None = None
) -> Goes:
    """The text in `column` of her rows: those that name her as `member_id`, or `which` says."""
    empty = None if table.c[column].nullable else ""

    def where(unit: Unit, her: Her) -> Sequence[sa.ColumnElement[bool]]:
        hers = table.c.member_id.in_(her.names) if which is None else which(unit, her)
        return [table.c.merchant_id == unit.merchant_id, table.c[column].is_distinct_from(empty), hers]

    def do(unit: Unit, her: Her) -> int:
        return unit.connection.execute(table.update().where(*where(unit, her)).values({column: empty})).rowcount

    place = f"{table.name}.{column}"
    return Goes(place, what, (place,), _counting(table, where), do)


def opened(
    table: sa.Table, column: str, what: Text, read: Callable[[Unit, bytes], str], emptied_to: bytes | None = None
) -> Goes:
    """Rows whose sealed `column` names her: each is opened by `read`, nothing else says whom they are about. They are
    deleted; with `emptied_to`, they stay and only the column goes."""
    keys = table.primary_key.columns

    def count(unit: Unit, her: Her) -> int:
        return sum(1 for _ in naming(unit, table, column, read, her))

    def do(unit: Unit, her: Her) -> int:
        found = [[key == row._mapping[key.name] for key in keys] for row, _ in naming(unit, table, column, read, her)]
        for row in found:
            kept = table.update().where(*row).values({column: emptied_to})
            unit.connection.execute(table.delete().where(*row) if emptied_to is None else kept)
        return len(found)

    return Goes(table.name, what, (table.name,), count, do)


def naming(
    unit: Unit, table: sa.Table, column: str, read: Callable[[Unit, bytes], str], her: Her
) -> Iterator[tuple[Any, str]]:
    """Rows whose sealed `column` names her, and what it says, opened."""
    here = (table.c.merchant_id == unit.merchant_id, sa.func.length(table.c[column]) > 0)
    query = sa.select(*table.columns).where(*here)
    with unit.connection.execute(query.execution_options(yield_per=_AT_ONCE)) as rows:
        for row in rows:
            text = read(unit, row._mapping[column])
            if her.marks.in_(text):
                yield row, text


_AT_ONCE = 500
_Where = Callable[[Unit, Her], Sequence[sa.ColumnElement[bool]]]


def _hers(table: sa.Table, columns: Sequence[str], people: bool) -> _Where:
    def where(unit: Unit, her: Her) -> Sequence[sa.ColumnElement[bool]]:
        ids = her.people if people else her.names
        named = [table.c[column].in_(ids) for column in columns or ("member_id",)]
        return [table.c.merchant_id == unit.merchant_id, sa.or_(*named)]

    return where


def _counting(table: sa.Table, where: _Where) -> Counted:
    def count(unit: Unit, her: Her) -> int:
        query = sa.select(sa.func.count()).select_from(table).where(*where(unit, her))
        return unit.connection.scalar(query) or 0

    return count
