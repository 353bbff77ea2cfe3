"""The next native copy: of the one before and of what is new since.

The file is copied, blocks and all, which is quicker by far than reading, joining and sorting every partition again; on
file systems that share blocks it costs next to nothing. Then states are replaced, facts added behind the others (they
are of late days, so each part still lies by day), and facts of who became somebody else get her number.

What is told of facts that are there already cannot be added: a merge that was undone, what a product is of. Then the
copy is made of all partitions, and so it is once a fifth of its facts were added, to lie by day again.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter

import duckdb

from shuke.audience.facts import changed, native
from shuke.audience.facts.copying import copied
from shuke.audience.facts.datasets import DATASETS
from shuke.infra.lake.folder import LakeFolder, dropped, span_of, upto_of, written

MOST = 5
"""One in so many facts may have been added."""


Finish = Callable[[duckdb.DuckDBPyConnection, int], None]
"""What is done to a copy in the end, which so many facts have been added to."""


class Anew(Exception):
    """What is new cannot be added to the copy before."""


def build(folder: LakeFolder, upto: int, *, anew: bool = False) -> Path:
    """Make the native copy of all partitions, and let readers take it. Returns its file. What comes of a copy `anew`
    and of one that was added to is the same, but for the members' numbers and the order in which facts lie."""
    path, begun, before = folder.next_native(upto), perf_counter(), folder.current()
    since = None if before is None else upto_of(before)

    def finish(copy: duckdb.DuckDBPyConnection, added: int) -> None:
        changed.gather(copy, {} if since is None else _new(folder, since))
        native.note(copy, perf_counter() - begun, since, added)
        copy.execute("CHECKPOINT")  # closing does so too, and does not say if it failed

    with written(path) as beside:
        try:
            _extend(folder, None if anew or folder.to_make_anew else before, beside, finish)
        except Anew:
            with duckdb.connect(str(dropped(beside))) as copy:
                native.make(folder, copy)
                finish(copy, 0)
    folder.publish(path)
    return path


def _new(folder: LakeFolder, since: int) -> Mapping[str, Sequence[Path]]:
    return {dataset: folder.partitions_since(dataset, since) for dataset in DATASETS}


def _extend(folder: LakeFolder, before: Path | None, beside: Path, finish: Finish) -> None:
    """Write the copy `before` with what is new since. Raises Anew."""
    if before is None or native.made(before).get("layout") != native.LAYOUT:
        raise Anew
    since = upto_of(before)
    new = _new(folder, since)
    if any(span_of(file).after < since for files in new.values() for file in files):
        raise Anew
    if any(files for dataset, files in new.items() if dataset not in native.TABLES):
        raise Anew
    copied(before, beside)
    with duckdb.connect(str(beside)) as copy:
        for dataset, files in new.items():
            native.raw(copy, dataset, files)
        _products(copy)
        _members(copy)
        added = int(str(native.made(before)["added"])) + _facts(copy)
        for dataset in DATASETS:
            copy.execute(f"DROP VIEW raw_{dataset}")
        there = sum(_count(copy, f"SELECT count(*) FROM {table}") for table in native.FACTS)  # noqa: S608 - our tables
        if added * MOST > there:
            raise Anew
        finish(copy, max(added, 1))


def _products(copy: duckdb.DuckDBPyConnection) -> None:
    """Raises Anew if one is of something else than its lines say."""
    known = "SELECT * FROM raw_products SEMI JOIN products USING (product_id)"
    if _count(copy, f"SELECT count(*) FROM ({known} EXCEPT FROM products)"):  # noqa: S608 - constants
        raise Anew
    copy.execute("INSERT INTO products BY NAME FROM raw_products ANTI JOIN products USING (product_id)")
    copy.execute("CREATE OR REPLACE VIEW raw_products AS FROM products")


_NUMBERS = """
INSERT INTO numbers BY NAME
SELECT last + row_number() OVER (ORDER BY member_id) AS member_no, member_id
FROM (SELECT member_id FROM raw_members ANTI JOIN numbers USING (member_id)),
  (SELECT coalesce(max(member_no), 0) AS last FROM numbers)
"""
_MOVED = """
CREATE TEMP TABLE moved AS
SELECT DISTINCT were.member_no AS before_no, people.member_no AS now_no
FROM were LEFT JOIN people USING (member_id) WHERE people.member_no IS DISTINCT FROM were.member_no
"""
_TORN = """
SELECT (SELECT count(*) FROM moved SEMI JOIN people ON people.member_no = moved.before_no)
  + (SELECT count(*) - count(DISTINCT before_no) + count(*) FILTER (now_no IS NULL) FROM moved)
"""
"""Of whose facts not all go to one other member: which ones go, their numbers do not say any more."""


def _members(copy: duckdb.DuckDBPyConnection) -> None:
    """Raises Anew if somebody who had become somebody else is herself again."""
    copy.execute(_NUMBERS)
    copy.execute("CREATE TEMP TABLE were AS FROM people SEMI JOIN raw_members USING (member_id)")
    for table in ("members", "people"):
        copy.execute(f"DELETE FROM {table} WHERE member_id IN (SELECT member_id FROM raw_members)")  # noqa: S608
        copy.execute(f"INSERT INTO {table} BY NAME {native.TABLES[table]}")
    copy.execute(_MOVED)
    if _count(copy, _TORN):
        raise Anew
    if _count(copy, "SELECT count(*) FROM moved"):
        for table in native.FACTS:
            copy.execute(f"UPDATE {table} SET member_no = now_no FROM moved WHERE member_no = before_no")  # noqa: S608


def _facts(copy: duckdb.DuckDBPyConnection) -> int:
    """How many were added."""
    added = 0
    for table in native.FACTS:
        added += _count(copy, f"INSERT INTO {table} BY NAME {native.TABLES[table]}")
    return added


def _count(copy: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(copy.execute(sql).fetchall()[0][0])
