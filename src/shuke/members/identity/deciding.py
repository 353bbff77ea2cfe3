"""Proposals that two members are one person: listed, accepted or refused by people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.errors import Conflict, NotFound
from shuke.kernel.text import Text
from shuke.members.identity.tables import proposals
from shuke.members.likeness.model import Evidence, Field, Level
from shuke.members.merging.merging import merge
from shuke.members.merging.model import Cause, Merge
from shuke.members.merging.plan import Plan
from shuke.members.merging.present import became, ids_of
from shuke.members.tables import members
from shuke.tenancy import service as tenancy

_table = proposals.c
_TWO = sa.text(
    """
SELECT EXISTS (
  SELECT FROM kept_apart WHERE merchant_id = :merchant
    AND (a_id = ANY(:ones) AND b_id = ANY(:others) OR a_id = ANY(:others) AND b_id = ANY(:ones))
) OR EXISTS (
  SELECT FROM proposals WHERE merchant_id = :merchant AND status = 'refused'
    AND (a_id = ANY(:ones) AND b_id = ANY(:others) OR a_id = ANY(:others) AND b_id = ANY(:ones))
)
"""
)


class Status(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ProposedBy(StrEnum):
    EVENT = "event"
    """They were seen together."""
    LIKENESS = "likeness"
    """They are alike."""


class AlreadyDecided(Conflict):
    text = Text("该建议已处理，请刷新列表。", "This proposal is decided already. Reload the list.")


class SaidToBeTwo(Conflict):
    text = Text(
        "有人确认过这是两个人，批量采纳不会合并；如确为同一人，请逐条处理。",
        "Somebody said that these are two people: they are not merged in bulk. Decide this proposal by itself.",
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Members `a_id` and `b_id` were seen together by identifiers of these `namespaces`. `obstacle` (code, words): why
    they were not made one at once, where events may do that. Or they are alike: by `evidence` so probably one person,
    as the search `run_id` found."""

    proposal_id: UUID
    a_id: UUID
    b_id: UUID
    cause: ProposedBy
    namespaces: Sequence[str]
    obstacle: tuple[str, Text] | None
    status: Status
    proposed_at: datetime
    decided_at: datetime | None
    probability_bps: int | None
    weight_millis: int | None
    evidence: Sequence[Evidence]
    run_id: UUID | None


def listed(
    unit: Unit, status: Status, cause: ProposedBy | None, cursor: str | None, limit: int
) -> tuple[list[Proposal], str | None]:
    """The latest first; of those by likeness alone, the most probable first. Raises BadCursor."""
    query = sa.select(proposals).where(_table.merchant_id == unit.merchant_id, _table.status == str(status))
    first: sa.ColumnElement[Any] = _table.proposed_at
    if cause is not None:
        query = query.where(_table.cause == str(cause))
    if cause is ProposedBy.LIKENESS:
        query, first = query.where(_table.probability_bps.is_not(None)), _table.probability_bps
    rows, following = page(unit, query, Sort(first, _table.proposal_id, descending=True), cursor, limit)
    return [_proposal(row) for row in rows], following


def of_ids(unit: Unit, proposal_ids: Sequence[UUID]) -> list[Proposal]:
    """In the order of the ids."""
    query = sa.select(proposals).where(
        _table.merchant_id == unit.merchant_id, _table.proposal_id.in_(list(proposal_ids))
    )
    found = {row.proposal_id: _proposal(row) for row in unit.connection.execute(query)} if proposal_ids else {}
    return [found[proposal_id] for proposal_id in proposal_ids]


def accept(unit: Unit, plan: Plan, proposal_id: UUID) -> Proposal:
    """The two become one: the one who joined first stays. Raises NotFound, AlreadyDecided, and what a merge raises."""
    proposal = _held(unit, proposal_id)
    _unite(unit, plan, _present(unit, proposal))
    return _decide(unit, proposal, Status.ACCEPTED, "proposal.accepted")


def accept_unseen(unit: Unit, plan: Plan, proposal_id: UUID) -> Merge | None:
    """As `accept`, where nobody looks at the pair itself: None when the two are one already. Raises SaidToBeTwo too."""
    proposal = _held(unit, proposal_id)
    now = _present(unit, proposal)
    if len(now) > 1 and _said_to_be_two(unit, *now):
        raise SaidToBeTwo
    merge = _unite(unit, plan, now)
    _decide(unit, proposal, Status.ACCEPTED, "proposal.accepted")
    return merge


def refuse(unit: Unit, proposal_id: UUID) -> Proposal:
    """They stay two, and are not proposed again. Raises NotFound, AlreadyDecided."""
    return _decide(unit, _held(unit, proposal_id), Status.REFUSED, "proposal.refused")


def _present(unit: Unit, proposal: Proposal) -> list[UUID]:
    """Who the two are by now, who joined first before the other; one where they are one already."""
    ids = [proposal.a_id, proposal.b_id]
    now = became(unit, ids)
    query = sa.select(members.c.member_id).where(
        members.c.merchant_id == unit.merchant_id, members.c.member_id.in_({now.get(each, each) for each in ids})
    )
    return list(unit.connection.scalars(query.order_by(members.c.joined_at, members.c.member_id)))


def _unite(unit: Unit, plan: Plan, now: Sequence[UUID]) -> Merge | None:
    return merge(unit, plan, now[0], now[1], cause=Cause.PROPOSAL) if len(now) > 1 else None


def _said_to_be_two(unit: Unit, one: UUID, other: UUID) -> bool:
    """Whether somebody said so of the two, or of any of those they were."""
    said = {"merchant": unit.merchant_id, "ones": ids_of(unit, one), "others": ids_of(unit, other)}
    return bool(unit.connection.scalar(_TWO, said))


def _held(unit: Unit, proposal_id: UUID) -> Proposal:
    query = sa.select(proposals).where(*_mine(unit, proposal_id)).with_for_update()
    row = unit.connection.execute(query).first()
    if row is None:
        raise NotFound(what="proposal")
    if row.status != Status.OPEN:
        raise AlreadyDecided
    return _proposal(row)


def _decide(unit: Unit, proposal: Proposal, status: Status, action: str) -> Proposal:
    unit.connection.execute(
        proposals.update().where(*_mine(unit, proposal.proposal_id)).values(status=str(status), decided_at=unit.now())
    )
    told = {"a": str(proposal.a_id), "b": str(proposal.b_id)}
    tenancy.record_change(unit, action, "proposal", proposal.proposal_id, None, told, payload=told)
    row = unit.connection.execute(sa.select(proposals).where(*_mine(unit, proposal.proposal_id))).one()
    return _proposal(row)


def _mine(unit: Unit, proposal_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return _table.merchant_id == unit.merchant_id, _table.proposal_id == proposal_id


def _proposal(row: Any) -> Proposal:
    return Proposal(
        row.proposal_id,
        row.a_id,
        row.b_id,
        ProposedBy(row.cause),
        row.namespaces,
        row.obstacle and (row.obstacle["code"], Text(row.obstacle["zh"], row.obstacle["en"])),
        Status(row.status),
        row.proposed_at,
        row.decided_at,
        row.probability_bps,
        row.weight_millis,
        [Evidence(Field(each["column"]), Level(each["level"]), each["weight_millis"]) for each in row.evidence or ()],
        row.run_id,
    )
