"""Searches in JSON."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shuke.infra.http import Body, TextView, View
from shuke.infra.http_ids import ProposalRunId
from shuke.members.likeness.model import FLOOR_BPS, Level, Run, RunStatus, Step
from shuke.members.likeness.model import Field as Compared

Threshold = Annotated[int, Field(ge=FLOOR_BPS, le=9_999, description="Basis points: 9500 is 95 %.")]


class NewRun(Body):
    """What is at least so probable is proposed; with `dry_run` it is only counted. `learn` false: by what the last
    search learned, if there was one."""

    threshold_bps: Threshold
    learn: bool = True
    dry_run: bool = False


class BandView(View):
    """So many pairs that nobody decided yet are at least so probable."""

    at_least_bps: int
    pairs: int


class LevelView(View):
    """Of two records of one person so many in a million are on this level, of two people's so many."""

    column: Compared
    level: Level
    same_per_million: int
    others_per_million: int


class RunView(View):
    """A search: `step` while it runs; `records` members were read, `pairs` compared, `proposed` are new. `note` says
    why there was nothing to find, or what failed. `model`: what was learned, of a single search only."""

    id: ProposalRunId
    status: RunStatus
    step: Step | None
    asked_at: datetime
    by: str
    started_at: datetime | None
    finished_at: datetime | None
    threshold_bps: int
    learned: bool
    dry_run: bool
    records: int | None
    pairs: int | None
    proposed: int | None
    took_ms: int | None
    bands: list[BandView]
    note: TextView | None
    model: list[LevelView] | None = None

    @classmethod
    def of(cls, run: Run, *, whole: bool = False) -> "RunView":
        return cls(
            id=run.run_id,
            status=run.status,
            step=run.step,
            asked_at=run.asked_at,
            by=run.by_name,
            started_at=run.started_at,
            finished_at=run.finished_at,
            threshold_bps=run.threshold_bps,
            learned=run.learned,
            dry_run=run.dry_run,
            records=run.records,
            pairs=run.pairs,
            proposed=run.proposed,
            took_ms=run.took_ms,
            bands=[BandView.model_validate(band) for band in run.bands],
            note=run.note and TextView.of(run.note),
            model=_levels(run) if whole else None,
        )


class RunList(View):
    items: list[RunView]
    next_cursor: str | None


def _levels(run: Run) -> list[LevelView] | None:
    if run.model is None:
        return None
    return [
        LevelView(
            column=Compared(field),
            level=Level(level),
            same_per_million=round(m * 1_000_000),
            others_per_million=round(u * 1_000_000),
        )
        for field, levels in run.model["fields"].items()
        for level, (m, u) in levels.items()
    ]
