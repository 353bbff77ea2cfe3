"""Searches: asked for, followed and listed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.jobs import defer
from shuke.infra.keyset import Sort, page
from shuke.kernel.errors import NotFound
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.members.likeness.errors import AlreadySearching
from shuke.members.likeness.model import Band, Model, Run, RunStatus, Step
from shuke.members.likeness.tables import proposal_runs
from shuke.tenancy import service as tenancy

FIND = "proposals.find"
"""The task of the worker."""

_R = proposal_runs.c
ATTEMPTS = 3
"""So often a search is begun whose worker was killed: what it takes too much of is there the next time, too."""
_GAVE_UP = Text(
    f"查找 {ATTEMPTS} 次都被中断，多半是内存不足：请给后台进程更多内存后重试。",
    f"The search was killed {ATTEMPTS} times, most likely for want of memory: give the worker more, and try again.",
)
_OPEN = (RunStatus.QUEUED.value, RunStatus.RUNNING.value)


def ask(unit: Unit, threshold_bps: int, *, learn: bool, dry_run: bool) -> Run:
    """A search that the worker does next. Raises AlreadySearching."""
    under_way = sa.select(_R.run_id).where(_R.merchant_id == unit.merchant_id, _R.status.in_(_OPEN)).limit(1)
    if unit.connection.scalar(under_way):
        raise AlreadySearching
    run_id = new_id(unit.now())
    unit.connection.execute(
        proposal_runs.insert().values(
            merchant_id=unit.merchant_id,
            run_id=run_id,
            status=RunStatus.QUEUED.value,
            asked_at=unit.now(),
            by_kind=str(unit.principal.kind),
            by_id=unit.principal.id,
            by_name=unit.principal.name,
            threshold_bps=threshold_bps,
            learned=learn,
            dry_run=dry_run,
        )
    )
    said = {"threshold_bps": threshold_bps, "dry_run": dry_run}
    tenancy.record_change(unit, "proposal_run.started", "proposal_run", run_id, None, said)
    defer(unit, FIND, {"run_id": str(run_id)}, lock=f"proposals:{unit.merchant_id}")
    return get(unit, run_id)


def get(unit: Unit, run_id: UUID) -> Run:
    """Raises NotFound."""
    row = unit.connection.execute(_mine(unit).where(_R.run_id == run_id)).first()
    if row is None:
        raise NotFound(what="proposal run")
    return _run(row)


def newest_first(unit: Unit, cursor: str | None, limit: int) -> tuple[list[Run], str | None]:
    """Raises BadCursor."""
    rows, following = page(unit, _mine(unit), Sort(_R.asked_at, _R.run_id, descending=True), cursor, limit)
    return [_run(row) for row in rows], following


def last_model(unit: Unit) -> Model | None:
    """What the last search that learned anything learned."""
    query = (
        sa.select(_R.model)
        .where(_R.merchant_id == unit.merchant_id, _R.model.is_not(None), _R.status == RunStatus.DONE.value)
        .order_by(_R.asked_at.desc(), _R.run_id.desc())
        .limit(1)
    )
    model: Model | None = unit.connection.scalar(query)
    return model


def begin(unit: Unit, run_id: UUID) -> Run | None:
    """A search that is to be done now; None when it is over already, or was begun too often and broke off."""
    run = get(unit, run_id)
    if run.status not in _OPEN:
        return None
    mine = (_R.merchant_id == unit.merchant_id, _R.run_id == run_id)
    if unit.connection.execute(sa.select(_R.attempts).where(*mine)).scalar_one() >= ATTEMPTS:
        since = run.started_at or unit.now()
        end(unit, run_id, note=_GAVE_UP, failed=True, took_ms=round((unit.now() - since).total_seconds() * 1000))
        return None
    started_at = run.started_at or unit.now()
    _set(unit, run_id, status=RunStatus.RUNNING.value, started_at=started_at, attempts=_R.attempts + 1)
    return run


def go_on(unit: Unit, run_id: UUID, step: Step, **found: int) -> None:
    _set(unit, run_id, step=step.value, **found)


def end(
    unit: Unit,
    run_id: UUID,
    *,
    took_ms: int,
    pairs: int | None = None,
    proposed: int | None = None,
    bands: Sequence[Band] = (),
    model: Model | None = None,
    note: Text | None = None,
    failed: bool = False,
) -> None:
    _set(
        unit,
        run_id,
        status=RunStatus.FAILED.value if failed else RunStatus.DONE.value,
        step=None,
        finished_at=unit.now(),
        took_ms=took_ms,
        pairs=pairs,
        proposed=proposed,
        bands=[[band.at_least_bps, band.pairs] for band in bands],
        model=model,
        note=note and {"zh": note.zh, "en": note.en},
    )


def _set(unit: Unit, run_id: UUID, **values: object) -> None:
    mine = (_R.merchant_id == unit.merchant_id, _R.run_id == run_id)
    unit.connection.execute(proposal_runs.update().where(*mine).values(**values))


def _mine(unit: Unit) -> sa.Select[Any]:
    return sa.select(proposal_runs).where(_R.merchant_id == unit.merchant_id)


def _run(row: Any) -> Run:
    return Run(
        run_id=row.run_id,
        status=RunStatus(row.status),
        step=Step(row.step) if row.step else None,
        asked_at=row.asked_at,
        by_name=row.by_name,
        started_at=row.started_at,
        finished_at=row.finished_at,
        threshold_bps=row.threshold_bps,
        learned=row.learned,
        dry_run=row.dry_run,
        records=row.records,
        pairs=row.pairs,
        proposed=row.proposed,
        took_ms=row.took_ms,
        bands=[Band(at_least, pairs) for at_least, pairs in row.bands or ()],
        model=row.model,
        note=row.note,
    )
