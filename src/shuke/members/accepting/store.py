"""The SQL of acceptances."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.errors import NotFound
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.members.accepting.model import Acceptance, Decided, Outcome, Progress, Reason
from shuke.members.accepting.tables import acceptance_pairs, proposal_acceptances
from shuke.members.identity.tables import proposals

_A, _P, _PROPOSED = proposal_acceptances.c, acceptance_pairs.c, proposals.c

_CHOOSE = sa.text(
    """
INSERT INTO acceptance_pairs (merchant_id, acceptance_id, turn, proposal_id)
SELECT :merchant, :acceptance, row_number() OVER (ORDER BY probability_bps DESC, proposal_id), proposal_id
FROM proposals
WHERE merchant_id = :merchant AND status = 'open' AND cause = 'likeness' AND probability_bps >= :threshold
  AND (CAST(:run AS uuid) IS NULL OR run_id = :run)
"""
)
# By other pairs the two were one, and are two again: nobody has decided it.
_REOPEN = sa.text(
    """
WITH again AS (
  UPDATE acceptance_pairs AS c SET taken_back = true
  FROM proposals AS p, members AS a, members AS b
  WHERE c.merchant_id = :merchant AND c.acceptance_id = :acceptance AND c.outcome = 'one_already'
    AND c.taken_back IS NULL
    AND p.merchant_id = :merchant AND p.proposal_id = c.proposal_id
    AND a.merchant_id = :merchant AND a.member_id = p.a_id AND b.merchant_id = :merchant AND b.member_id = p.b_id
    AND coalesce(a.merged_into, a.member_id) <> coalesce(b.merged_into, b.member_id)
  RETURNING p.proposal_id
)
UPDATE proposals AS p SET status = 'open', decided_at = NULL FROM again
WHERE p.merchant_id = :merchant AND p.proposal_id = again.proposal_id
"""
)


def chosen(unit: Unit, threshold_bps: int, run_id: UUID | None) -> sa.Select[Any]:
    """Open proposals by likeness, at least so probable, of one search or of all."""
    query = sa.select(proposals).where(
        _PROPOSED.merchant_id == unit.merchant_id,
        _PROPOSED.status == "open",
        _PROPOSED.cause == "likeness",
        _PROPOSED.probability_bps >= threshold_bps,
    )
    return query if run_id is None else query.where(_PROPOSED.run_id == run_id)


def add(unit: Unit, threshold_bps: int, run_id: UUID | None) -> UUID:
    """An acceptance of all that are chosen, of which each waits."""
    acceptance_id = new_id(unit.now())
    unit.connection.execute(
        proposal_acceptances.insert().values(
            merchant_id=unit.merchant_id,
            acceptance_id=acceptance_id,
            status=Progress.QUEUED.value,
            threshold_bps=threshold_bps,
            run_id=run_id,
            asked_at=unit.now(),
            by_kind=str(unit.principal.kind),
            by_id=unit.principal.id,
            by_name=unit.principal.name,
        )
    )
    said = {"merchant": unit.merchant_id, "acceptance": acceptance_id, "threshold": threshold_bps, "run": run_id}
    unit.connection.execute(_CHOOSE, said)
    return acceptance_id


def get(unit: Unit, acceptance_id: UUID) -> Acceptance:
    """Raises NotFound."""
    row = unit.connection.execute(_counted(unit).where(_A.acceptance_id == acceptance_id)).first()
    if row is None:
        raise NotFound(what="acceptance")
    return _acceptance(row)


def lock(unit: Unit, acceptance_id: UUID) -> Any:
    """Its row, which nobody else goes on with until the transaction ends. Raises NotFound."""
    row = unit.connection.execute(sa.select(proposal_acceptances).where(*_mine(unit, acceptance_id)).with_for_update())
    found = row.first()
    if found is None:
        raise NotFound(what="acceptance")
    return found


def newest_first(unit: Unit, cursor: str | None, limit: int) -> tuple[list[Acceptance], str | None]:
    """Raises BadCursor."""
    rows, following = page(unit, _counted(unit), Sort(_A.asked_at, _A.acceptance_id, descending=True), cursor, limit)
    return [_acceptance(row) for row in rows], following


def pairs(
    unit: Unit, acceptance_id: UUID, limit: int, *conditions: sa.ColumnElement[bool]
) -> list[tuple[int, Decided]]:
    """Its pairs under `conditions` with their turns, in these; the last first where they were merged already."""
    query = (
        sa.select(acceptance_pairs, _PROPOSED.a_id, _PROPOSED.b_id, _PROPOSED.probability_bps)
        .join_from(
            acceptance_pairs,
            proposals,
            sa.and_(_PROPOSED.merchant_id == _P.merchant_id, _PROPOSED.proposal_id == _P.proposal_id),
        )
        .where(_P.merchant_id == unit.merchant_id, _P.acceptance_id == acceptance_id, *conditions)
    )
    rows = unit.connection.execute(query.order_by(_P.turn).limit(limit))
    return [(row.turn, _decided(row)) for row in rows]


WAITING = _P.outcome.is_(None)
LEFT = sa.or_(_P.outcome == Outcome.LEFT.value, _P.taken_back.is_(False))
"""With a reason why it was left, or could not be taken back."""


def to_take_back(unit: Unit, acceptance_id: UUID, limit: int) -> list[tuple[int, UUID]]:
    """Turns and merges that nobody tried to take back yet, the last first."""
    query = sa.select(_P.turn, _P.merge_id).where(
        _P.merchant_id == unit.merchant_id,
        _P.acceptance_id == acceptance_id,
        _P.outcome == Outcome.MERGED.value,
        _P.taken_back.is_(None),
    )
    rows = unit.connection.execute(query.order_by(_P.turn.desc()).limit(limit))
    return [(row.turn, row.merge_id) for row in rows]


def note(unit: Unit, acceptance_id: UUID, turn: int, reason: Reason | None, **values: object) -> None:
    said = reason and {"code": reason.code, "zh": reason.message.zh, "en": reason.message.en}
    mine = (_P.merchant_id == unit.merchant_id, _P.acceptance_id == acceptance_id, _P.turn == turn)
    unit.connection.execute(acceptance_pairs.update().where(*mine).values(reason=said, **values))


def try_again(unit: Unit, acceptance_id: UUID) -> None:
    """What could not be taken back is tried once more."""
    stuck = (_P.merchant_id == unit.merchant_id, _P.acceptance_id == acceptance_id, _P.taken_back.is_(False))
    unit.connection.execute(acceptance_pairs.update().where(*stuck).values(taken_back=None, reason=None))


def set_status(unit: Unit, acceptance_id: UUID, status: Progress) -> None:
    at = unit.now() if status in (Progress.DONE, Progress.TAKEN_BACK) else None
    values = {"status": status.value, "finished_at": at}
    unit.connection.execute(proposal_acceptances.update().where(*_mine(unit, acceptance_id)).values(**values))


def reopen_implied(unit: Unit, acceptance_id: UUID) -> None:
    unit.connection.execute(_REOPEN, {"merchant": unit.merchant_id, "acceptance": acceptance_id})


def reopen(unit: Unit, acceptance_id: UUID, turn: int) -> None:
    """The proposal of a pair that was taken back is open again."""
    proposal = sa.select(_P.proposal_id).where(
        _P.merchant_id == unit.merchant_id, _P.acceptance_id == acceptance_id, _P.turn == turn
    )
    mine = (_PROPOSED.merchant_id == unit.merchant_id, _PROPOSED.proposal_id == proposal.scalar_subquery())
    unit.connection.execute(proposals.update().where(*mine).values(status="open", decided_at=None))


def _mine(unit: Unit, acceptance_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return _A.merchant_id == unit.merchant_id, _A.acceptance_id == acceptance_id


def _counted(unit: Unit) -> sa.Select[Any]:
    def count(*conditions: sa.ColumnElement[bool]) -> Any:
        return sa.func.count().filter(*conditions) if conditions else sa.func.count()

    counts = (
        sa.select(
            count().label("pairs"),
            count(_P.outcome == Outcome.MERGED.value).label("merged"),
            count(_P.outcome == Outcome.ONE_ALREADY.value).label("one_already"),
            count(_P.outcome == Outcome.LEFT.value).label("left_out"),
            count(_P.outcome == Outcome.MERGED.value, _P.taken_back.is_(True)).label("taken_back"),
            count(_P.taken_back.is_(False)).label("stuck"),
        )
        .where(_P.merchant_id == _A.merchant_id, _P.acceptance_id == _A.acceptance_id)
        .lateral("counts")
    )
    return sa.select(proposal_acceptances, *counts.c).join(counts, sa.true()).where(_A.merchant_id == unit.merchant_id)


def _acceptance(row: Any) -> Acceptance:
    return Acceptance(
        acceptance_id=row.acceptance_id,
        status=Progress(row.status),
        threshold_bps=row.threshold_bps,
        run_id=row.run_id,
        asked_at=row.asked_at,
        by_name=row.by_name,
        finished_at=row.finished_at,
        pairs=row.pairs,
        merged=row.merged,
        one_already=row.one_already,
        left=row.left_out,
        taken_back=row.taken_back,
        stuck=row.stuck,
    )


def _decided(row: Any) -> Decided:
    said = row.reason
    return Decided(
        proposal_id=row.proposal_id,
        a_id=row.a_id,
        b_id=row.b_id,
        probability_bps=row.probability_bps,
        outcome=Outcome(row.outcome) if row.outcome else None,
        merge_id=row.merge_id,
        taken_back=row.taken_back,
        reason=said and Reason(said["code"], Text(said["zh"], said["en"])),
    )
