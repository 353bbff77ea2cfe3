"""Between two nights: members of whom anything new is known are reckoned anew, with what the night learned.

What follows from everybody stands until the next night: thresholds, the models' parameters, what is usual, price bands,
where clusters lie, the 80/20 curve, flows. What is then said of a member is what would be, had everybody been reckoned
anew with these. Where members stand is noted in one transaction, before the file that says so is read: cut off in
between, the same members are reckoned again, and have not moved.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa

from shuke.audience.facts.changed import partitions_since
from shuke.audience.facts.copying import copied
from shuke.audience.traits import store
from shuke.audience.traits.computing import MEMORY, reckon_again, reckoning
from shuke.audience.traits.facts import of_some
from shuke.audience.traits.files import draft_of, file_of
from shuke.audience.traits.forgetting import without
from shuke.audience.traits.model import Renewal, Run
from shuke.audience.traits.terms import Terms, read
from shuke.audience.traits.touching import Known, Touched, touched
from shuke.infra.database import Unit
from shuke.infra.lake.engine import engine_of, opened
from shuke.infra.lake.folder import LakeFolder, dropped, upto_of
from shuke.tenancy import service as tenancy

FAR = 60
"""So many partitions are not looked through time and again: that nobody is touched by them is noted."""
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Due:
    """Who is to be reckoned anew in the file of a run, by what a native copy knows up to `today`."""

    run: Run
    file: Path
    draft: Path
    native: Path
    today: date
    who: Touched


def lost(unit: Unit, root: Path) -> bool:
    """Whether there was a night, and its file is not there, or is of another shape."""
    run, folder = store.last_run(unit), LakeFolder.of(root, unit.merchant_id)
    return run is not None and folder.current() is not None and not file_of(folder, run.number).exists()


def begin(unit: Unit, root: Path) -> Due | None:
    """None where nobody was touched, unless FAR was looked through for that, and before the first night. The lake is
    held until the file is published."""
    run, folder = store.last_run(unit), LakeFolder.of(root, unit.merchant_id)
    native = folder.current()
    if run is None or native is None or not (file := file_of(folder, run.number)).exists():
        return None
    last = renewal_of(file)
    today = max(tenancy.today(unit), last.day)
    if (last.upto, last.day) == (upto_of(native), today):
        return None
    who = touched(folder, native, file, Known(last.upto, last.day), today)
    if not len(who.ids) and len(partitions_since(folder, "members", last.upto, upto_of(native))) < FAR:
        return None
    return Due(run, file, draft_of(folder, run.number), native, today, who)


def renew(due: Due, erased: Collection[str], now: datetime) -> int:
    """Write what becomes of the file; no transaction is open meanwhile. How many were reckoned anew."""
    copied(due.file, dropped(due.draft))
    members = catch_up(due.draft, due.native, due.who, read(due.run.terms), due.today)
    finish(due.draft, Renewal(upto_of(due.native), due.today, now, members), erased)
    return members


def catch_up(
    draft: Path,
    native: Path,
    who: Touched,
    terms: Terms,
    today: date,
    *,
    memory: str = MEMORY,
    threads: int | None = None,
) -> int:
    """Reckon some of a draft anew by what `native` knows of them up to `today`; how many there are."""
    with reckoning(draft, native, memory, threads) as traits:
        of_some(traits, who.ids, together=who.together)
        reckon_again(traits, terms, today)
        return int(traits.execute("SELECT count(*) FROM anew").fetchall()[0][0])


def finish(draft: Path, renewal: Renewal, erased: Collection[str]) -> None:
    """Write down when a draft was reckoned. Whoever was erased meanwhile is not in it."""
    with duckdb.connect(str(draft)) as traits:
        traits.execute('CREATE OR REPLACE TABLE renewed (upto BIGINT, day DATE, "at" TIMESTAMP, members BIGINT)')
        at = renewal.at.astimezone(UTC).replace(tzinfo=None)
        traits.execute("INSERT INTO renewed VALUES (?, ?, ?, ?)", [renewal.upto, renewal.day, at, renewal.members])
        here = traits.execute("SELECT count(*) FROM traits WHERE list_contains($1, member_id)", [list(erased)])
        gone = here.fetchall()[0][0]
    if gone:
        without(draft, draft, erased)


def keep(unit: Unit, due: Due) -> int | None:
    """Note where those who were reckoned anew stand, and tell of who stands elsewhere than before; how many do. None
    when another night was kept meanwhile."""
    store.lock(unit)
    last = store.last_run(unit)
    if last is None or last.number != due.run.number:
        return None
    return store.move(unit, states_in(due.draft, "traits SEMI JOIN anew USING (member_id)"))


def states_in(draft: Path, of: str = "traits") -> pa.Table:
    """Where members stand. A draft is opened for this alone: what is read of it is not to be remembered by its name."""
    with opened(draft) as traits:
        return traits.sql(f"SELECT member_id, as_of, lifecycle, grade FROM {of} ORDER BY member_id").to_arrow_table()  # noqa: S608 - constants


@lru_cache(maxsize=32)
def renewal_of(file: Path) -> Renewal:
    """When a file was reckoned."""
    row = engine_of(file).rows("FROM renewed", _SECONDS).to_pylist()[0]
    return Renewal(**{**row, "at": row["at"].replace(tzinfo=UTC)})
