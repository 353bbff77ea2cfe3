"""The SQL of cards and their batches."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.stored_value.errors import CardBatchNotFound, CardNotFound
from shuke.stored_value.model import Card, CardBatch, CardStatus
from shuke.stored_value.tables import card_batches, card_sales, cards

_C, _B, _S = cards.c, card_batches.c, card_sales.c


@dataclass(frozen=True, slots=True)
class CardFilter:
    """None does not restrict."""

    batch_id: UUID | None = None
    status: CardStatus | None = None
    number: str | None = None
    member_id: UUID | None = None


def _select(unit: Unit) -> sa.Select[Any]:
    return (
        sa.select(cards, _B.face_minor, _B.valid_days, _S.store_id, _S.at.label("activated_at"))
        .select_from(
            cards.join(card_batches, sa.and_(_B.merchant_id == _C.merchant_id, _B.batch_id == _C.batch_id)).outerjoin(
                card_sales, sa.and_(_S.merchant_id == _C.merchant_id, _S.sale_id == _C.sale_id)
            )
        )
        .where(_C.merchant_id == unit.merchant_id)
    )


def get(unit: Unit, card_id: UUID) -> Card:
    """Raises CardNotFound."""
    row = unit.connection.execute(_select(unit).where(_C.card_id == card_id)).first()
    if row is None:
        raise CardNotFound
    return _card(row)


def hold(unit: Unit, card_ids: Collection[UUID]) -> dict[UUID, Card]:
    """The cards, held until the transaction ends, in the order of their ids. Raises CardNotFound."""
    query = _select(unit).where(_C.card_id.in_(card_ids)).order_by(_C.card_id).with_for_update(of=cards)
    found = {row.card_id: _card(row) for row in unit.connection.execute(query)}
    if len(found) < len(set(card_ids)):
        raise CardNotFound
    return found


def bound(unit: Unit, card_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Those of the ids that are cards bound to a member, each with her id."""
    rows = unit.connection.execute(
        sa.select(_C.card_id, _C.member_id).where(
            _C.merchant_id == unit.merchant_id,
            _C.card_id.in_(list(card_ids)),
            _C.status == CardStatus.BOUND,
            _C.member_id.is_not(None),
        )
    )
    return {row.card_id: row.member_id for row in rows}


def hold_numbers(unit: Unit, numbers: Collection[str]) -> list[Card]:
    """The cards with these numbers, held until the transaction ends. Raises CardNotFound."""
    query = _select(unit).where(_C.number.in_(numbers)).order_by(_C.card_id).with_for_update(of=cards)
    found = [_card(row) for row in unit.connection.execute(query)]
    if len(found) < len(set(numbers)):
        raise CardNotFound
    return found


def list_cards(unit: Unit, wanted: CardFilter, cursor: str | None, limit: int) -> tuple[list[Card], str | None]:
    """In the order in which they were printed. Raises BadCursor."""
    query = _select(unit)
    for column, value in (
        (_C.batch_id, wanted.batch_id),
        (_C.status, wanted.status),
        (_C.number, wanted.number),
        (_C.member_id, wanted.member_id),
    ):
        if value is not None:
            query = query.where(column == value)
    rows, following = page(unit, query, Sort(_C.batch_id, _C.card_id), cursor, limit)
    return [_card(row) for row in rows], following


def change(unit: Unit, card_ids: Collection[UUID], **values: object) -> None:
    unit.connection.execute(
        cards.update().where(_C.merchant_id == unit.merchant_id, _C.card_id.in_(card_ids)).values(**values)
    )


def _card(row: sa.Row[Any]) -> Card:
    return Card(
        card_id=row.card_id,
        batch_id=row.batch_id,
        number=row.number,
        status=CardStatus(row.status),
        face_minor=row.face_minor,
        valid_days=row.valid_days,
        sale_id=row.sale_id,
        store_id=row.store_id,
        activated_at=row.activated_at,
        expires_at=row.expires_at,
        member_id=row.member_id,
    )


def batch(unit: Unit, batch_id: UUID) -> CardBatch:
    """Raises CardBatchNotFound."""
    row = unit.connection.execute(
        sa.select(card_batches).where(_B.merchant_id == unit.merchant_id, _B.batch_id == batch_id)
    ).first()
    if row is None:
        raise CardBatchNotFound
    return _batches(unit, [row])[0]


def list_batches(unit: Unit, cursor: str | None, limit: int) -> tuple[list[CardBatch], str | None]:
    """Newest first. Raises BadCursor."""
    query = sa.select(card_batches).where(_B.merchant_id == unit.merchant_id)
    rows, following = page(unit, query, Sort(_B.created_at, _B.batch_id, descending=True), cursor, limit)
    return _batches(unit, rows), following


def _batches(unit: Unit, rows: Sequence[sa.Row[Any]]) -> list[CardBatch]:
    counts: dict[UUID, dict[CardStatus, int]] = {row.batch_id: {} for row in rows}
    for each in unit.connection.execute(
        sa.select(_C.batch_id, _C.status, sa.func.count().label("cards"))
        .where(_C.merchant_id == unit.merchant_id, _C.batch_id.in_(list(counts)))
        .group_by(_C.batch_id, _C.status)
    ):
        counts[each.batch_id][CardStatus(each.status)] = each.cards
    return [
        CardBatch(
            batch_id=row.batch_id,
            name=row.name,
            size=row.size,
            face_minor=row.face_minor,
            valid_days=row.valid_days,
            created_at=row.created_at,
            downloaded_at=row.downloaded_at,
            voided_at=row.voided_at,
            counts=counts[row.batch_id],
        )
        for row in rows
    ]
