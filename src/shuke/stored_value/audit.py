"""The laws of stored value, checked on a live database."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from shuke.infra.database import Unit
from shuke.infra.planning import whole_tables
from shuke.kernel.audit import Check, check_of
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, Kind
from shuke.stored_value.model import CardStatus
from shuke.stored_value.tables import card_batches, card_sales, cards, top_up_refunds, top_ups

_T, _R, _C = top_ups.c, top_up_refunds.c, cards.c


def audit(unit: Unit) -> Sequence[Check]:
    """Every law for the unit's merchant."""
    laws = {
        "stored value: top-ups equal what was posted": _top_ups(unit),
        "stored value: refunds equal what was posted": _refunds(unit),
        "stored value: no top-up gave back more than was paid in": _over_refunded(unit),
        "stored value: cards were loaded with their face value, once": _loads(unit),
        "stored value: only active and frozen cards hold money": _strays(unit),
        "stored value: card sales equal their cards and tenders": _sales(unit),
        "stored value: tenders equal top-ups": _tenders(unit, top_ups, _T.principal_minor),
    }
    with whole_tables(unit):
        return [check_of(name, unit.connection.scalar(_count(law)) or 0) for name, law in laws.items()]


def _count(offending: sa.Select[int]) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(offending.subquery())


def _posted(unit: Unit, kind: Kind) -> sa.Subquery:
    """What was posted of a kind, by reference."""
    posting = ledger.postings_relation().c
    return (
        sa.select(
            posting.reference_id,
            *(
                sa.func.coalesce(sa.func.sum(posting.amount).filter(posting.asset == asset), 0).label(asset)
                for asset in (Asset.STORED_PRINCIPAL, Asset.STORED_BONUS)
            ),
        )
        .where(posting.merchant_id == unit.merchant_id, posting.kind == kind)
        .group_by(posting.reference_id)
        .subquery("posted")
    )


def _top_ups(unit: Unit) -> sa.Select[int]:
    posted, mine = _posted(unit, Kind.TOPPED_UP), _mine(unit, top_ups)
    return (
        sa.select(sa.literal(1))
        .select_from(mine.outerjoin(posted, posted.c.reference_id == mine.c.top_up_id, full=True))
        .where(
            sa.or_(
                mine.c.principal_minor.is_distinct_from(posted.c.stored_principal),
                mine.c.bonus_minor.is_distinct_from(posted.c.stored_bonus),
            )
        )
    )


def _refunds(unit: Unit) -> sa.Select[int]:
    posted, mine = _posted(unit, Kind.TOP_UP_REFUNDED), _mine(unit, top_up_refunds)
    principal = mine.c.refunded_minor + mine.c.deducted_minor
    return (
        sa.select(sa.literal(1))
        .select_from(mine.outerjoin(posted, posted.c.reference_id == mine.c.refund_id, full=True))
        .where(
            sa.or_(
                principal.is_distinct_from(-posted.c.stored_principal),
                mine.c.forfeited_minor.is_distinct_from(-posted.c.stored_bonus),
            )
        )
    )


def _mine(unit: Unit, table: sa.Table) -> sa.Subquery:
    return sa.select(table).where(table.c.merchant_id == unit.merchant_id).subquery(f"my_{table.name}")


def _over_refunded(unit: Unit) -> sa.Select[int]:
    back = (
        sa.select(_R.top_up_id, sa.func.sum(_R.refunded_minor + _R.deducted_minor).label("back"))
        .where(_R.merchant_id == unit.merchant_id)
        .group_by(_R.top_up_id)
        .subquery()
    )
    return sa.select(sa.literal(1)).where(
        _T.merchant_id == unit.merchant_id, _T.top_up_id == back.c.top_up_id, back.c.back > _T.principal_minor
    )


def _loads(unit: Unit) -> sa.Select[int]:
    posted, batch = _posted(unit, Kind.CARD_LOADED), card_batches.c
    sold = (
        sa.select(_C.card_id, batch.face_minor)
        .join(card_batches, sa.and_(batch.merchant_id == _C.merchant_id, batch.batch_id == _C.batch_id))
        .where(_C.merchant_id == unit.merchant_id, _C.sale_id.is_not(None))
        .subquery("sold")
    )
    return (
        sa.select(sa.literal(1))
        .select_from(sold.outerjoin(posted, posted.c.reference_id == sold.c.card_id, full=True))
        .where(sold.c.face_minor.is_distinct_from(posted.c.stored_principal))
    )


def _strays(unit: Unit) -> sa.Select[int]:
    wallet = ledger.wallets_relation().c
    return sa.select(sa.literal(1)).where(
        _C.merchant_id == unit.merchant_id,
        wallet.merchant_id == _C.merchant_id,
        wallet.wallet_id == _C.card_id,
        _C.status.not_in([CardStatus.ACTIVE, CardStatus.FROZEN]),
        wallet.stored_principal + wallet.stored_bonus > 0,
    )


def _sales(unit: Unit) -> sa.Select[int]:
    sale, batch = card_sales.c, card_batches.c
    sold = (
        sa.select(_C.sale_id, sa.func.count().label("cards"), sa.func.sum(batch.face_minor).label("face"))
        .join(card_batches, sa.and_(batch.merchant_id == _C.merchant_id, batch.batch_id == _C.batch_id))
        .where(_C.merchant_id == unit.merchant_id, _C.sale_id.is_not(None))
        .group_by(_C.sale_id)
        .subquery("sold")
    )
    return (
        sa.select(sa.literal(1))
        .select_from(card_sales.outerjoin(sold, sold.c.sale_id == sale.sale_id))
        .where(
            sale.merchant_id == unit.merchant_id,
            sa.or_(
                sale.cards.is_distinct_from(sold.c.cards),
                sale.face_minor.is_distinct_from(sold.c.face),
                sale.sale_id.in_(_tenders(unit, card_sales, sale.face_minor, sale.sale_id)),
            ),
        )
    )


def _tenders(
    unit: Unit, table: sa.Table, due: sa.ColumnElement[int], shown: sa.ColumnElement[Any] | None = None
) -> sa.Select[Any]:
    """Rows whose tenders do not add up to `due`."""
    entry = sa.func.jsonb_array_elements(table.c.tenders).table_valued("value").render_derived("entry")
    amount = sa.cast(sa.cast(entry.c.value, JSONB)["amount_minor"].astext, sa.BigInteger)
    given = sa.select(sa.func.coalesce(sa.func.sum(amount), 0)).select_from(entry).scalar_subquery()
    return sa.select(sa.literal(1) if shown is None else shown).where(
        table.c.merchant_id == unit.merchant_id, given != due
    )
