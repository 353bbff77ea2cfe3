"""Acceptances in JSON."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from shuke.infra import http_refs
from shuke.infra.http import Body, TextView, View
from shuke.infra.http_ids import MergeId, ProposalAcceptanceId, ProposalId, ProposalRunId
from shuke.members.accepting.model import Acceptance, Decided, Outcome, Progress
from shuke.members.identity.proposal_views import ProposalView
from shuke.members.likeness.views import Threshold
from shuke.members.model import MemberRef


class AcceptAbove(Body):
    """Open proposals by likeness that are at least so probable; of one search, or of all."""

    threshold_bps: Threshold
    run_id: ProposalRunId | None = None


class AcceptancePreview(View):
    """So many pairs of so many members would be accepted; `examples` are the least probable of them."""

    pairs: int
    members: int
    examples: list[ProposalView]


class AcceptanceView(View):
    """Of `pairs` so many are `merged`, were `one_already` by other pairs, or were `left` as they are, each with its
    reason; the rest wait. Of those merged so many were `taken_back`, and so many could not be (`stuck`)."""

    id: ProposalAcceptanceId
    status: Progress
    threshold_bps: int
    run_id: ProposalRunId | None
    asked_at: datetime
    by: str
    finished_at: datetime | None
    pairs: int
    merged: int
    one_already: int
    left: int
    taken_back: int
    stuck: int

    @classmethod
    def of(cls, found: Acceptance) -> "AcceptanceView":
        return cls(
            id=found.acceptance_id,
            status=found.status,
            threshold_bps=found.threshold_bps,
            run_id=found.run_id,
            asked_at=found.asked_at,
            by=found.by_name,
            finished_at=found.finished_at,
            pairs=found.pairs,
            merged=found.merged,
            one_already=found.one_already,
            left=found.left,
            taken_back=found.taken_back,
            stuck=found.stuck,
        )


class AcceptanceList(View):
    items: list[AcceptanceView]
    next_cursor: str | None


class LeftPair(View):
    """A pair that was left, or (with `merge_id`) could not be taken back, and why."""

    proposal_id: ProposalId
    a: http_refs.MemberRef
    b: http_refs.MemberRef
    probability_bps: int
    outcome: Outcome | None
    merge_id: MergeId | None
    code: str
    message: TextView

    @classmethod
    def of(cls, pair: Decided, refs: Mapping[UUID, MemberRef]) -> "LeftPair":
        assert pair.reason is not None
        return cls(
            proposal_id=pair.proposal_id,
            a=http_refs.MemberRef.of(refs[pair.a_id]),
            b=http_refs.MemberRef.of(refs[pair.b_id]),
            probability_bps=pair.probability_bps,
            outcome=pair.outcome,
            merge_id=pair.merge_id,
            code=pair.reason.code,
            message=TextView.of(pair.reason.message),
        )


class AcceptanceDetail(AcceptanceView):
    """The first hundred `exceptions`."""

    exceptions: list[LeftPair]
