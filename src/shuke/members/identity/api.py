"""The merchant's rules of who is one person, and by what a member is recognised."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, allow
from shuke.infra.http_ids import MemberId, ProposalId
from shuke.members import service
from shuke.members.identity import deciding, graph, policies, simulating
from shuke.members.identity.deciding import Proposal, ProposedBy, Status
from shuke.members.identity.policies import Blocked, Rules
from shuke.members.identity.proposal_views import ProposalList, ProposalView, views_of
from shuke.members.identity.rules.defaults import NOBODY
from shuke.members.identity.views import (
    IdentityPolicy,
    IdentityPolicyBody,
    MemberIdentities,
    PolicyDifference,
)
from shuke.tenancy.model import Permission

router = APIRouter(tags=["identity"])

Reader = Annotated[Call, allow(Permission.IDENTITY_READ)]
Writer = Annotated[Call, allow(Permission.IDENTITY_WRITE)]


@router.get("/identity/policy")
def read_identity_policy(call: Reader) -> IdentityPolicy:
    """What links people; blocked values are masked unless the caller may see contact data."""
    with call.unit() as unit:
        return _present(unit, policies.rules(unit))


@router.put("/identity/policy")
def change_identity_policy(body: IdentityPolicyBody, call: Writer) -> IdentityPolicy:
    """From now on people are recognised by these rules; what was linked before stays linked."""

    def act(unit: Unit) -> IdentityPolicy:
        return _present(unit, policies.change(unit, policies.checked(unit, *body.said())))

    return call.once(IdentityPolicy, body, act)


@router.post("/identity/policy/simulate")
def simulate_identity_policy(body: IdentityPolicyBody, call: Writer) -> PolicyDifference:
    """What these rules would have made of everything that was seen together. Changes nothing."""
    with call.unit() as unit:
        found = simulating.simulate(unit, policies.checked(unit, *body.said()))
        refs = service.shown_refs(unit, {each for pair in found.merging for each in pair.both})
        return PolicyDifference.of(found, refs)


@router.get("/members/{member_id}/identities")
def member_identities(member_id: MemberId, call: Reader) -> MemberIdentities:
    """By what she is recognised, what was seen together, and who turned out to be her."""
    with call.unit() as unit:
        return MemberIdentities.of(graph.identity(unit, member_id))


@router.get("/proposals")
def list_proposals(
    call: Reader,
    status: Status = Status.OPEN,
    cause: Annotated[ProposedBy | None, Query(description="Only of this cause.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ProposalList:
    """Members who may be one person, the latest first; those of cause `likeness` the most probable first."""
    with call.unit() as unit:
        found, following = deciding.listed(unit, status, cause, cursor, limit)
        return ProposalList(items=views_of(unit, found), next_cursor=following)


@router.post("/proposals/{proposal_id}/accept")
def accept_proposal(request: Request, proposal_id: ProposalId, call: Writer) -> ProposalView:
    """The two become one: the one who joined first stays. It can be undone like every merge."""
    plan = request.app.state.merge_plan
    return call.once(ProposalView, None, lambda unit: _decided(unit, deciding.accept(unit, plan, proposal_id)))


@router.post("/proposals/{proposal_id}/refuse")
def refuse_proposal(proposal_id: ProposalId, call: Writer) -> ProposalView:
    """They stay two and are not proposed again."""
    return call.once(ProposalView, None, lambda unit: _decided(unit, deciding.refuse(unit, proposal_id)))


def _decided(unit: Unit, proposal: Proposal) -> ProposalView:
    return views_of(unit, [proposal])[0]


def _present(unit: Unit, said: Rules) -> IdentityPolicy:
    blocked = tuple(Blocked(each.space, graph.shown(unit, each.space, each.value)) for each in said.blocked)
    return IdentityPolicy.of(Rules(said.spaces, blocked, said.two_members), NOBODY)
