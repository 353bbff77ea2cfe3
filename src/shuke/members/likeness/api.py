"""Searches for members who are alike."""

from typing import Annotated

from fastapi import APIRouter

from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, allow
from shuke.infra.http_ids import ProposalRunId
from shuke.members.likeness import runs
from shuke.members.likeness.views import NewRun, RunList, RunView
from shuke.tenancy.model import Permission

router = APIRouter(tags=["identity"])

Reader = Annotated[Call, allow(Permission.IDENTITY_READ)]
Writer = Annotated[Call, allow(Permission.IDENTITY_WRITE)]


@router.post("/proposals/runs", status_code=202)
def search_for_alike(body: NewRun, call: Writer) -> RunView:
    """Search all members for those who are probably one person; what is found is proposed. 409 `already_searching`."""

    def act(unit: Unit) -> RunView:
        return RunView.of(runs.ask(unit, body.threshold_bps, learn=body.learn, dry_run=body.dry_run))

    return call.once(RunView, body, act)


@router.get("/proposals/runs")
def list_searches(call: Reader, limit: Limit = 20, cursor: Cursor = None) -> RunList:
    """Newest first."""
    with call.unit() as unit:
        found, following = runs.newest_first(unit, cursor, limit)
    return RunList(items=[RunView.of(run) for run in found], next_cursor=following)


@router.get("/proposals/runs/{run_id}")
def read_search(run_id: ProposalRunId, call: Reader) -> RunView:
    """How far it is, and what it learned."""
    with call.unit() as unit:
        return RunView.of(runs.get(unit, run_id), whole=True)
