"""Many small partitions become few: a file a minute is half a million in a year.

Neighbours are put together until they are large enough to be left alone. The new file is named by the range from the
first to the last of them; from then on those within it are not read (folder.py), and at the next time they are deleted:
who reads them now, reads on.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from shuke.infra.lake.folder import LakeFolder, Range, span_of, written

ENOUGH = 32 * 2**20
"""Bytes of a file that is left alone."""

FEW = 8
"""So many files more than necessary are no reason."""


def compact(folder: LakeFolder, states: Mapping[str, str], upto: int) -> int:
    """Put the partitions together that are of nothing later than the transaction `upto`. Of the datasets in `states`
    only the last row of each counts, by the column that is named. Returns how many files are read no more."""
    return sum(
        _compact(folder, dataset.name, states.get(dataset.name), upto)
        for dataset in sorted(folder.path.iterdir() if folder.path.exists() else ())
        if any(dataset.glob("*.parquet"))
    )


def _compact(folder: LakeFolder, dataset: str, key: str | None, upto: int) -> int:
    folder.keep(dataset, [span_of(file) for file in folder.partitions(dataset)])
    gone = 0
    for files in _runs(folder.partitions(dataset, upto)):
        span = Range(span_of(files[0]).after, span_of(files[-1]).upto)
        with duckdb.connect() as connection:
            found = connection.sql(_together(files, key)).to_arrow_table()
        with written(folder.partition(dataset, span)) as beside:
            pq.write_table(found.cast(pq.read_schema(files[-1])), beside, compression="zstd")
        gone += len(files)
    return gone


def _runs(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """Neighbours that are worth putting together, oldest first."""
    run: list[Path] = []
    size = 0
    for file in files:
        bytes_ = file.stat().st_size
        if size + bytes_ > ENOUGH:
            if len(run) > 1:
                yield run
            run, size = [], 0
        run.append(file)
        size += bytes_
    if len(run) > FEW:
        yield run


def _together(files: Sequence[Path], key: str | None) -> str:
    """One after the other; of states, the last of each."""
    names = ", ".join(f"'{_quoted(file)}'" for file in files)
    sql = f"SELECT * EXCLUDE (filename) FROM read_parquet([{names}], filename = true, union_by_name = true)"  # noqa: S608
    last = f" QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY filename DESC) = 1 ORDER BY {key}"
    return sql + last if key else sql


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
