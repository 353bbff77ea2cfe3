"""Proposals in JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from shuke.infra import http_refs
from shuke.infra.database import Unit
from shuke.infra.http import TextView, View
from shuke.infra.http_ids import ProposalId, ProposalRunId
from shuke.members import profile, store
from shuke.members.identity.deciding import Proposal, ProposedBy, Status
from shuke.members.likeness.model import Field as Compared
from shuke.members.likeness.model import Level
from shuke.members.merging.present import became
from shuke.members.model import MemberRef


class Obstacle(View):
    code: str
    message: TextView


class EvidenceView(View):
    """What a field says, in thousandths of a bit: negative where it speaks against one person."""

    column: Compared
    level: Level
    weight_millis: int


class ProposalView(View):
    """Two members who may be one: they were seen together by identifiers of these `namespaces`. `obstacle`: why they
    were not made one at once, where the policy lets events do that. Or the search `run_id` found them alike, by
    `evidence`, which sums up to `weight_millis` with what holds of any two. While it is open, `a` and `b` are who they
    are by now: the same where other merges made them one already."""

    id: ProposalId
    a: http_refs.MemberRef
    b: http_refs.MemberRef
    cause: ProposedBy
    namespaces: list[str]
    obstacle: Obstacle | None
    status: Status
    proposed_at: datetime
    decided_at: datetime | None
    probability_bps: int | None
    weight_millis: int | None
    evidence: list[EvidenceView]
    run_id: ProposalRunId | None

    @classmethod
    def of(cls, proposal: Proposal, refs: Mapping[UUID, MemberRef]) -> "ProposalView":
        return cls(
            id=proposal.proposal_id,
            a=http_refs.MemberRef.of(refs[proposal.a_id]),
            b=http_refs.MemberRef.of(refs[proposal.b_id]),
            cause=proposal.cause,
            namespaces=list(proposal.namespaces),
            obstacle=proposal.obstacle
            and Obstacle(code=proposal.obstacle[0], message=TextView.of(proposal.obstacle[1])),
            status=proposal.status,
            proposed_at=proposal.proposed_at,
            decided_at=proposal.decided_at,
            probability_bps=proposal.probability_bps,
            weight_millis=proposal.weight_millis,
            evidence=[EvidenceView.model_validate(each) for each in proposal.evidence],
            run_id=proposal.run_id,
        )


class ProposalList(View):
    items: list[ProposalView]
    next_cursor: str | None


def views_of(unit: Unit, found: Sequence[Proposal]) -> list[ProposalView]:
    """As the caller may see them."""
    ids = {each for proposal in found for each in (proposal.a_id, proposal.b_id)}
    now = became(unit, ids)
    refs = profile.shown_refs(unit, store.refs(unit, ids | set(now.values()))) if ids else {}
    present = refs | {was: refs[by_now] for was, by_now in now.items()}
    return [ProposalView.of(each, present if each.status is Status.OPEN else refs) for each in found]
