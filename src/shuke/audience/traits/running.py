"""A night's run: everything is reckoned beside the database, then kept in one short transaction.

A run is there when its row is. What reached the lake while it was reckoned, and what happened since the day it is of,
is caught up with before it is kept (renewing.py): nobody steps back for a moment.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from shuke.audience.traits import store
from shuke.audience.traits.files import draft_of, file_of
from shuke.audience.traits.model import Renewal, Run, Threshold
from shuke.audience.traits.renewing import catch_up, finish, states_in
from shuke.audience.traits.terms import Terms, meant
from shuke.audience.traits.touching import Known, Touched, touched
from shuke.infra.database import Unit
from shuke.infra.lake.engine import engine_of, opened
from shuke.infra.lake.folder import LakeFolder, upto_of
from shuke.tenancy import service as tenancy

_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Night:
    """What is to be reckoned: the members of a native copy, by these terms, into a draft."""

    number: int
    native: Path
    upto: int
    draft: Path
    terms: Terms


@dataclass(frozen=True, slots=True)
class Since:
    """What is to be caught up with: those who were touched meanwhile, and what is known of them up to `today`."""

    native: Path
    today: date
    who: Touched


def begin(unit: Unit, root: Path, as_of: date | None = None) -> Night | None:
    """The next run, as of `as_of`, or of the last day before today on which anything was sold: today is not over, and
    days whose orders have not been imported yet are no silence. None when the last run was of the same day and facts,
    or nothing has reached the lake yet."""
    folder = LakeFolder.of(root, unit.merchant_id)
    native = folder.current()
    if native is None:
        return None
    day = as_of or _last_day(native, tenancy.today(unit) - timedelta(days=1))
    last, upto = store.last_run(unit), upto_of(native)
    if last and (last.as_of, last.upto) == (day, upto) and file_of(folder, last.number).exists():
        return None
    number = last.number + 1 if last else 1
    terms = Terms(day, ZoneInfo(tenancy.merchant(unit).timezone))
    return Night(number, native, upto, draft_of(folder, number), terms)


def _last_day(native: Path, yesterday: date) -> date:
    sold = engine_of(native).rows(f"SELECT max(day) AS day FROM orders WHERE day <= DATE '{yesterday}'", _SECONDS)  # noqa: S608
    last: date | None = sold.column("day")[0].as_py()
    return last or yesterday


def since(unit: Unit, root: Path, night: Night) -> Since:
    """What happened while a night was reckoned, and since the day it is of. The lake is held."""
    folder, as_of = LakeFolder.of(root, unit.merchant_id), night.terms.as_of
    native, today = folder.current() or night.native, max(tenancy.today(unit), as_of)
    return Since(native, today, touched(folder, native, night.draft, Known(night.upto, as_of), today))


def complete(night: Night, later: Since, erased: Collection[str], renewal: Renewal) -> None:
    """Catch up with what happened since. Whoever was erased is left out."""
    if len(later.who.ids):
        catch_up(night.draft, later.native, later.who, night.terms, later.today)
    finish(night.draft, renewal, erased)


def keep(unit: Unit, night: Night, took_ms: int) -> Run | None:
    """Keep what was reckoned, and tell of the members who stand elsewhere than before. None when somebody else kept
    a run meanwhile."""
    store.lock(unit)
    last = store.last_run(unit)
    if (last.number if last else 0) != night.number - 1:
        return None
    with opened(night.draft) as draft:
        learned = json.loads(draft.sql("SELECT learned FROM definitions").fetchall()[0][0])
        thresholds = draft.sql("FROM thresholds ORDER BY measure, score").to_arrow_table().to_pylist()
    states = states_in(night.draft)
    run = Run(
        number=night.number,
        as_of=night.terms.as_of,
        upto=night.upto,
        at=unit.now(),
        members=states.num_rows,
        changed=store.move(unit, states),
        took_ms=took_ms,
        terms=meant(night.terms),
        parameters=learned["parameters"],
        thresholds=[Threshold(**each) for each in thresholds],
    )
    store.add_run(unit, run)
    return run
