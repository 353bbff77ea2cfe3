"""A merchant's lake from scratch: what has left PostgreSQL leaves it once more, as this version writes it."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from shuke.audience.facts.extending import build
from shuke.entrypoints.lake import SOURCES, export
from shuke.infra.database import Database
from shuke.infra.lake.folder import LakeFolder
from shuke.infra.lake.rewriting import ROWS, parts, write_again


def rows_of(database: Database, merchant_id: UUID) -> int:
    """How many there are to be written again, about."""
    with database.merchant(merchant_id) as unit:
        return sum(part.rows for part in parts(unit, ROWS))


def rebuild(database: Database, root: Path, merchant_id: UUID, done: Callable[[int], object]) -> int:
    """Returns the last transaction that is in it. Nobody else writes into this lake meanwhile; who reads goes on
    reading the copy before. `done` is told of rows as they are written."""
    folder = LakeFolder.of(root, merchant_id)
    with folder.held():
        folder.make_anew()
        write_again(database, merchant_id, folder, SOURCES, done)
        upto = export(database, root, merchant_id)
        build(folder, upto, anew=True)
    return upto
