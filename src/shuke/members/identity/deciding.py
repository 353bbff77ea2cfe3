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
from shuke.members.merging.merging import merge
from shuke.members.merging.model import Cause
from shuke.members.merging.plan import Plan
from shuke.members.tables import members
from shuke.tenancy import service as tenancy

_table = proposals.c


class Status(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class AlreadyDecided(Conflict):
    text = Text("该建议已处理，请刷新列表。", "This proposal is decided already. Reload the list.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Members `a_id` and `b_id` were seen together by identifiers of these `namespaces`. `obstacle` (code, words): why
    they were not made one at once, where events may do that."""

    proposal_id: UUID
    a_id: UUID
    b_id: UUID
    cause: str
    namespaces: Sequence[str]
    obstacle: tuple[str, Text] | None
    status: Status
    proposed_at: datetime
    decided_at: datetime | None


def newest_first(unit: Unit, status: Status, cursor: str | None, limit: int) -> tuple[list[Proposal], str | None]:
    """Raises BadCursor."""
    query = sa.select(proposals).where(_table.merchant_id == unit.merchant_id, _table.status == str(status))
    rows, following = page(unit, query, Sort(_table.proposed_at, _table.proposal_id, descending=True), cursor, limit)
    return [_proposal(row) for row in rows], following


def accept(unit: Unit, plan: Plan, proposal_id: UUID) -> Proposal:
    """The two become one: the one who joined first stays. Raises NotFound, AlreadyDecided, and what a merge raises."""
    proposal = _held(unit, proposal_id)
    oldest = sa.select(members.c.member_id).where(
        members.c.merchant_id == unit.merchant_id, members.c.member_id.in_([proposal.a_id, proposal.b_id])
    )
    first, second = unit.connection.scalars(oldest.order_by(members.c.joined_at, members.c.member_id))
    merge(unit, plan, first, second, cause=Cause.PROPOSAL)
    return _decide(unit, proposal, Status.ACCEPTED, "proposal.accepted")


def refuse(unit: Unit, proposal_id: UUID) -> Proposal:
    """They stay two, and are not proposed again. Raises NotFound, AlreadyDecided."""
    return _decide(unit, _held(unit, proposal_id), Status.REFUSED, "proposal.refused")


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
        row.cause,
        row.namespaces,
        row.obstacle and (row.obstacle["code"], Text(row.obstacle["zh"], row.obstacle["en"])),
        Status(row.status),
        row.proposed_at,
        row.decided_at,
    )
