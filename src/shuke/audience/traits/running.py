"""A night's run: everything is reckoned beside the database, then kept in one short transaction.

    <lake>/<merchant>/traits/<number>.duckdb

A run is there when its row is; a file of a run that never came to be kept is overwritten by the next. One from which
somebody who was erased was taken is another file, <number>-<turn>.duckdb: whoever has one open keeps what it says.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from shuke.audience.traits import store
from shuke.audience.traits.computing import meant
from shuke.audience.traits.model import Run, Threshold
from shuke.audience.traits.terms import Terms
from shuke.infra.database import Unit
from shuke.infra.lake.engine import engine_of
from shuke.infra.lake.folder import LakeFolder
from shuke.tenancy import service as tenancy

_KEPT = 2
"""Files that stay: somebody may still read the one before."""
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Night:
    """What is to be reckoned: the members of a native copy, by these terms, into a file."""

    number: int
    native: Path
    upto: int
    into: Path
    terms: Terms


def begin(unit: Unit, root: Path, as_of: date | None = None) -> Night | None:
    """The next run, as of `as_of`, or of the last day before today on which anything was sold: today is not over, and
    days whose orders have not been imported yet are no silence. None when the last run was of the same day and facts,
    or nothing has reached the lake yet."""
    folder = LakeFolder.of(root, unit.merchant_id)
    native = folder.current()
    if native is None:
        return None
    day = as_of or _last_day(native, tenancy.today(unit) - timedelta(days=1))
    last, upto = store.last_run(unit), int(native.stem)
    if last and (last.as_of, last.upto) == (day, upto) and file_of(folder, last.number).exists():
        return None
    number = last.number + 1 if last else 1
    terms = Terms(day, ZoneInfo(tenancy.merchant(unit).timezone))
    return Night(number, native, upto, file_of(folder, number), terms)


def _last_day(native: Path, yesterday: date) -> date:
    sold = engine_of(native).rows(f"SELECT max(day) AS day FROM orders WHERE day <= DATE '{yesterday}'", _SECONDS)  # noqa: S608
    last: date | None = sold.column("day")[0].as_py()
    return last or yesterday


def keep(unit: Unit, night: Night, took_ms: int) -> Run | None:
    """Keep what was reckoned, and tell of the members who stand elsewhere than before. None when somebody else kept
    a run meanwhile."""
    store.lock(unit)
    last = store.last_run(unit)
    if (last.number if last else 0) != night.number - 1:
        return None
    engine = engine_of(_latest(night.into))
    states = engine.rows("SELECT member_id, lifecycle, grade FROM traits ORDER BY member_id", _SECONDS)
    parameters = engine.rows("SELECT parameters FROM definitions", _SECONDS).column("parameters")[0].as_py()
    thresholds = engine.rows("FROM thresholds ORDER BY measure, score", _SECONDS).to_pylist()
    run = Run(
        number=night.number,
        as_of=night.terms.as_of,
        upto=night.upto,
        at=unit.now(),
        members=states.num_rows,
        changed=store.move(unit, night.terms.as_of, states),
        took_ms=took_ms,
        terms=meant(night.terms),
        parameters=json.loads(parameters),
        thresholds=[Threshold(**each) for each in thresholds],
    )
    store.add_run(unit, run)
    for old in night.into.parent.glob("*.duckdb"):
        if int(old.stem.partition("-")[0]) <= night.number - _KEPT:
            old.unlink(missing_ok=True)
    return run


def file_of(folder: LakeFolder, number: int) -> Path:
    return _latest(folder.path / "traits" / f"{number:08d}.duckdb")


def _latest(file: Path) -> Path:
    """What became of a file."""
    return max(file.parent.glob(f"{file.stem}-*.duckdb"), default=file)
