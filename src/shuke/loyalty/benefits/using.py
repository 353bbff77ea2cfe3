"""Benefits are used, and given to somebody in person."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.loyalty.benefits.holding import facts
from shuke.loyalty.errors import BenefitNotFound, NotEntitled, NothingToUse, UsedUp
from shuke.loyalty.model import Benefit, Entitlement, Held, LimitedPurchase, Programme, Uses
from shuke.loyalty.rules.rights import held, uses
from shuke.loyalty.tables import benefit_uses, member_benefits
from shuke.members import service as members
from shuke.tenancy import service as tenancy

USED = "benefit.used"


def find(programme: Programme, code: str) -> Benefit:
    """The benefit with that code; raises BenefitNotFound."""
    found = next((benefit for benefit in programme.benefits if benefit.code == code), None)
    if found is None:
        raise BenefitNotFound
    return found


def benefits_of(unit: Unit, programme: Programme, member_id: UUID) -> list[tuple[Held, Uses | None]]:
    """What a member has now, why, and how often it can still be used. Raises MemberNotFound."""
    members.get(unit, member_id)
    known = facts(unit, programme, member_id, unit.now())
    day = business_day(unit.now(), programme.timezone)
    return [(item, uses(item.benefit, known.used, day)) for item in held(programme, known)]


def use(unit: Unit, programme: Programme, member_id: UUID, code: str, note: str | None = None) -> Uses:
    """Record one use of a service. Raises MemberNotFound, BenefitNotFound, NothingToUse, NotEntitled and UsedUp."""
    benefit = find(programme, code)
    if not isinstance(benefit.effect, Entitlement):
        raise NothingToUse
    members.present(unit, member_id)
    return _use(unit, programme, member_id, benefit, 1, None, note)


def use_purchases(
    unit: Unit, programme: Programme, member_id: UUID, order_id: UUID, pieces: Mapping[UUID, int]
) -> None:
    """An order takes so many pieces of limited purchases (benefit id → pieces). Raises NotEntitled and UsedUp."""
    for benefit_id, count in sorted(pieces.items()):
        benefit = programme.benefit(benefit_id)
        if benefit is None or not isinstance(benefit.effect, LimitedPurchase):
            raise BenefitNotFound
        _use(unit, programme, member_id, benefit, count, order_id, None)


def purchases_of(unit: Unit, order_id: UUID) -> dict[UUID, int]:
    """Benefit → pieces of limited purchases that an order still has."""
    table = benefit_uses.c
    pieces = sa.func.sum(table.pieces)
    rows = unit.connection.execute(
        sa.select(table.benefit_id, pieces.label("pieces"))
        .where(table.merchant_id == unit.merchant_id, table.reference_id == order_id)
        .group_by(table.benefit_id)
        .having(pieces > 0)
    )
    return {row.benefit_id: int(row.pieces) for row in rows}


def give_back_purchases(unit: Unit, order_id: UUID, pieces: Mapping[UUID, int] | None = None) -> None:
    """An order gives back pieces of limited purchases: so many, or (None) all that it still has. They count in the
    period in which they were taken."""
    table = benefit_uses.c
    rows = unit.connection.execute(
        sa.select(table.benefit_id, table.member_id, table.turn, sa.func.sum(table.pieces).label("pieces"))
        .where(table.merchant_id == unit.merchant_id, table.reference_id == order_id)
        .group_by(table.benefit_id, table.member_id, table.turn)
        .having(sa.func.sum(table.pieces) > 0)
    ).all()
    for row in rows:
        back = int(row.pieces) if pieces is None else min(pieces.get(row.benefit_id, 0), int(row.pieces))
        if back:
            _record(unit, row.benefit_id, row.member_id, row.turn, -back, order_id, None)


def _use(
    unit: Unit,
    programme: Programme,
    member_id: UUID,
    benefit: Benefit,
    pieces: int,
    order_id: UUID | None,
    note: str | None,
) -> Uses:
    lock = f"benefit_uses:{unit.merchant_id.hex}:{member_id.hex}:{benefit.benefit_id.hex}"
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(lock, 0))))
    known = facts(unit, programme, member_id, unit.now())
    if benefit.benefit_id not in {item.benefit.benefit_id for item in held(programme, known)}:
        raise NotEntitled
    counted = uses(benefit, known.used, business_day(unit.now(), programme.timezone))
    assert counted is not None
    if counted.left is not None and counted.left < pieces:
        raise UsedUp(count=counted.used + counted.left, turn=counted.turn)
    use_id = _record(unit, benefit.benefit_id, member_id, counted.turn, pieces, order_id, note)
    emit(unit, USED, use_id, {"benefit": benefit.code, "pieces": pieces}, member_id=member_id)
    return Uses(counted.turn, counted.used + pieces, None if counted.left is None else counted.left - pieces)


def _record(
    unit: Unit,
    benefit_id: UUID,
    member_id: UUID,
    turn: str,
    pieces: int,
    order_id: UUID | None,
    note: str | None,
) -> UUID:
    use_id = new_id()
    unit.connection.execute(
        benefit_uses.insert().values(
            merchant_id=unit.merchant_id,
            use_id=use_id,
            benefit_id=benefit_id,
            member_id=member_id,
            turn=turn,
            pieces=pieces,
            at=unit.now(),
            reference_id=order_id,
            note=note,
        )
    )
    return use_id


def give(unit: Unit, programme: Programme, member_id: UUID, code: str, *, until: datetime | None, reason: str) -> None:
    """Give a benefit to somebody in person, from now until a moment. Raises MemberNotFound and BenefitNotFound."""
    benefit = find(programme, code)
    members.present(unit, member_id)
    row = insert(member_benefits).values(
        merchant_id=unit.merchant_id,
        member_id=member_id,
        benefit_id=benefit.benefit_id,
        starts_at=unit.now(),
        ends_at=until,
        reason=reason,
    )
    unit.connection.execute(
        row.on_conflict_do_update(
            index_elements=["merchant_id", "member_id", "benefit_id"],
            set_={"starts_at": row.excluded.starts_at, "ends_at": row.excluded.ends_at, "reason": row.excluded.reason},
        )
    )
    after = {"benefit": code, "until": until, "reason": reason}
    payload = {"benefit": code, "until": until}
    tenancy.record_change(
        unit, "benefit.attached", "member", member_id, None, after, member_id=member_id, payload=payload
    )


def take(unit: Unit, programme: Programme, member_id: UUID, code: str) -> None:
    """Take back what was given in person. Raises BenefitNotFound, and NotEntitled where nothing was."""
    benefit, table = find(programme, code), member_benefits.c
    gone = unit.connection.execute(
        member_benefits.delete()
        .where(
            table.merchant_id == unit.merchant_id,
            table.member_id == member_id,
            table.benefit_id == benefit.benefit_id,
        )
        .returning(table.reason)
    ).first()
    if gone is None:
        raise NotEntitled
    before = {"benefit": code, "reason": gone.reason}
    payload = {"benefit": code}
    tenancy.record_change(
        unit, "benefit.detached", "member", member_id, before, None, member_id=member_id, payload=payload
    )
