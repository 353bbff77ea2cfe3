"""Reading top-ups and their refunds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.stored_value.errors import TopUpNotFound
from shuke.stored_value.model import Money, MoneyKind, RefundPlan, TopUp, TopUpRefund
from shuke.stored_value.tables import top_up_refunds, top_ups

_T, _R = top_ups.c, top_up_refunds.c

_REFUNDED = (
    sa.select(sa.cast(sa.func.coalesce(sa.func.sum(_R.refunded_minor), 0), sa.BigInteger))
    .where(_R.merchant_id == _T.merchant_id, _R.top_up_id == _T.top_up_id)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class TopUpFilter:
    """None does not restrict."""

    member_id: UUID | None = None
    store_id: UUID | None = None


def get(unit: Unit, top_up_id: UUID) -> TopUp:
    """One top-up within the principal's reach; raises TopUpNotFound."""
    row = unit.connection.execute(_select(unit).where(_T.top_up_id == top_up_id)).first()
    if row is None:
        raise TopUpNotFound
    return _top_up(row)


def find_by_ref(unit: Unit, external_ref: str) -> TopUp | None:
    row = unit.connection.execute(_select(unit).where(_T.external_ref == external_ref)).first()
    return _top_up(row) if row else None


def list_top_ups(unit: Unit, wanted: TopUpFilter, cursor: str | None, limit: int) -> tuple[list[TopUp], str | None]:
    """Newest first. Raises BadCursor."""
    query = _select(unit)
    if wanted.member_id is not None:
        query = query.where(_T.member_id == wanted.member_id)
    if wanted.store_id is not None:
        query = query.where(_T.store_id == wanted.store_id)
    rows, following = page(unit, query, Sort(_T.at, _T.top_up_id, descending=True), cursor, limit)
    return [_top_up(row) for row in rows], following


def _select(unit: Unit) -> sa.Select[Any]:
    """Top-ups of the stores that the principal may see."""
    query = sa.select(top_ups, _REFUNDED.label("refunded_minor")).where(_T.merchant_id == unit.merchant_id)
    reach = unit.principal.store_ids
    return query if reach is None else query.where(_T.store_id.in_(reach))


def refunds(unit: Unit, top_up_id: UUID) -> Sequence[TopUpRefund]:
    """The refunds of a top-up, oldest first."""
    rows = unit.connection.execute(
        sa.select(top_up_refunds)
        .where(_R.merchant_id == unit.merchant_id, _R.top_up_id == top_up_id)
        .order_by(_R.at, _R.refund_id)
    )
    return [
        TopUpRefund(
            refund_id=row.refund_id,
            top_up_id=row.top_up_id,
            store_id=row.store_id,
            plan=RefundPlan(
                row.refunded_minor + row.deducted_minor,
                row.refunded_minor,
                row.deducted_minor,
                row.forfeited_minor,
                0,
            ),
            kind=MoneyKind(row.kind),
            at=row.at,
            reason=row.reason,
        )
        for row in rows
    ]


def _top_up(row: sa.Row[Any]) -> TopUp:
    return TopUp(
        top_up_id=row.top_up_id,
        member_id=row.member_id,
        store_id=row.store_id,
        step_id=row.step_id,
        principal_minor=row.principal_minor,
        bonus_minor=row.bonus_minor,
        bonus_expires_at=row.bonus_expires_at,
        tenders=money(row.tenders),
        at=row.at,
        business_day=row.business_day,
        external_ref=row.external_ref,
        staff_id=row.staff_id,
        refunded_minor=row.refunded_minor,
    )


def money(entries: Sequence[Any]) -> tuple[Money, ...]:
    """Tenders as they are stored."""
    return tuple(Money(MoneyKind(each["kind"]), each["amount_minor"], each["reference"]) for each in entries)
