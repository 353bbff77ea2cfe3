"""Whoever was erased has no traits, in no file."""

from collections.abc import Collection
from pathlib import Path

import duckdb

from shuke.audience.traits.files import latest, next_turn
from shuke.infra.lake.folder import LakeFolder, written


def forget(folder: LakeFolder, members: Collection[str]) -> None:
    """Of every run the next turn is one without them; what is not read any more goes."""
    current, old = latest(folder)
    for file in current:
        without(file, next_turn(file), members)
    for file in (*current, *old):
        file.unlink()


def without(file: Path, into: Path, members: Collection[str]) -> None:
    """All tables of a file, without the rows of these members, in another: what is deleted within one stays on disk."""
    with written(into) as beside, duckdb.connect(str(beside)) as made:
        made.execute(f"ATTACH '{str(file).replace(chr(39), chr(39) * 2)}' AS was (READ_ONLY)")
        tables = made.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'was'").fetchall()
        for (name,) in tables:
            columns = made.execute(f"DESCRIBE was.{name}").fetchall()
            where = " WHERE NOT list_contains($1, member_id)" if "member_id" in {each[0] for each in columns} else ""
            made.execute(f"CREATE TABLE {name} AS FROM was.{name}{where}", [list(members)] if where else None)
        made.execute("DETACH was")
