"""Accepting all proposals above a threshold, and taking that back."""

from typing import Annotated

from fastapi import APIRouter, Request

from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, allow
from shuke.infra.http_ids import ProposalAcceptanceId
from shuke.members import service as people
from shuke.members.accepting import service, store
from shuke.members.accepting.views import (
    AcceptAbove,
    AcceptanceDetail,
    AcceptanceList,
    AcceptancePreview,
    AcceptanceView,
    LeftPair,
)
from shuke.members.identity import deciding
from shuke.members.identity.proposal_views import views_of
from shuke.members.merging.plan import Plan
from shuke.tenancy.model import Permission

router = APIRouter(tags=["identity"])

Reader = Annotated[Call, allow(Permission.IDENTITY_READ)]
Writer = Annotated[Call, allow(Permission.IDENTITY_WRITE)]


@router.post("/proposals/accept-above/preview")
def preview_acceptance(body: AcceptAbove, call: Reader) -> AcceptancePreview:
    """How much `accept-above` would accept now. Changes nothing."""
    with call.unit() as unit:
        found = service.outlook(unit, body.threshold_bps, body.run_id)
        examples = views_of(unit, deciding.of_ids(unit, found.doubtful))
    return AcceptancePreview(pairs=found.pairs, members=found.members, examples=examples)


@router.post("/proposals/accept-above", status_code=202)
def accept_above(request: Request, body: AcceptAbove, call: Writer) -> AcceptanceView:
    """Make one of each two, the most probable first: a few are done with the answer, many within minutes. It can be
    taken back as a whole."""

    def act(unit: Unit) -> AcceptanceView:
        return AcceptanceView.of(service.accept_above(unit, _plan(request), body.threshold_bps, body.run_id))

    return call.once(AcceptanceView, body, act)


@router.get("/proposals/acceptances")
def list_acceptances(call: Reader, limit: Limit = 20, cursor: Cursor = None) -> AcceptanceList:
    """Newest first."""
    with call.unit() as unit:
        found, following = store.newest_first(unit, cursor, limit)
    return AcceptanceList(items=[AcceptanceView.of(each) for each in found], next_cursor=following)


@router.get("/proposals/acceptances/{acceptance_id}")
def read_acceptance(acceptance_id: ProposalAcceptanceId, call: Reader) -> AcceptanceDetail:
    """How far it is, and what was left or could not be taken back."""
    with call.unit() as unit:
        found = AcceptanceView.of(store.get(unit, acceptance_id))
        left = service.left(unit, acceptance_id)
        refs = people.shown_refs(unit, {each for pair in left for each in (pair.a_id, pair.b_id)})
    return AcceptanceDetail(**found.model_dump(), exceptions=[LeftPair.of(pair, refs) for pair in left])


@router.post("/proposals/acceptances/{acceptance_id}/undo", status_code=202)
def take_back_acceptance(request: Request, acceptance_id: ProposalAcceptanceId, call: Writer) -> AcceptanceView:
    """Make all two again, the last merge first, and propose them as before; what cannot be told apart any more stays,
    with the reason. Asked again, that is tried once more."""

    def act(unit: Unit) -> AcceptanceView:
        return AcceptanceView.of(service.ask_back(unit, _plan(request), acceptance_id))

    return call.once(AcceptanceView, None, act)


def _plan(request: Request) -> Plan:
    plan: Plan = request.app.state.merge_plan
    return plan
