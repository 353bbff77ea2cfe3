"""Partitions are written again from PostgreSQL, as a later version writes them.

They are written beside those that are there, and put in their places one by one when all are. Cut off among the
latter, ranges that were put together otherwise before may lie there twice until it is done again: do that first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from shutil import rmtree
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Database, Unit
from shuke.infra.lake.exporting import Source, write
from shuke.infra.lake.folder import LakeFolder, Range, span_of
from shuke.infra.lake.tables import lake_exports

ROWS = 200_000
"""Neighbours that have no more of them together become one file."""


@dataclass(frozen=True, slots=True)
class Part:
    """A range that was exported, and how many rows it had."""

    span: Range
    rows: int


def parts(unit: Unit, most: int) -> Sequence[Part]:
    """All that was exported, oldest first; neighbours are put together."""
    table = lake_exports.c
    found: list[Part] = []
    for each in unit.connection.execute(
        sa.select(table.after, table.upto, table.rows).where(table.merchant_id == unit.merchant_id).order_by(table.upto)
    ):
        rows = sum(each.rows.values())
        if found and found[-1].rows + rows <= most:
            before = found.pop()
            found.append(Part(Range(before.span.after, each.upto), before.rows + rows))
        else:
            found.append(Part(Range(each.after, each.upto), rows))
    return found


def write_again(
    database: Database,
    merchant_id: UUID,
    folder: LakeFolder,
    sources: Sequence[Source],
    done: Callable[[int], object],
) -> None:
    """Into a folder that is held. `done` is told of each part's rows."""
    beside = folder.again
    rmtree(beside.path, ignore_errors=True)
    with database.merchant(merchant_id) as unit:
        some = parts(unit, ROWS)
    for part in some:
        with database.merchant(merchant_id) as unit:
            for source in sources:
                write(unit, beside, source, part.span)
        done(part.rows)
    for source in sources:
        files = beside.partitions(source.dataset)
        for file in files:
            place = folder.partition(source.dataset, span_of(file))
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
        folder.keep(source.dataset, [span_of(file) for file in files])
    rmtree(beside.path, ignore_errors=True)
