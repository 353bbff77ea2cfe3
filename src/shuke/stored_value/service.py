"""Stored value, as other domains use it."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.ledger.model import Balances
from shuke.stored_value.about import tell_about
from shuke.stored_value.audit import audit
from shuke.stored_value.card_checking import card_of_pass
from shuke.stored_value.card_store import bound as bound_cards
from shuke.stored_value.cards import pass_over
from shuke.stored_value.erasing import ERASES
from shuke.stored_value.merging import MOVES
from shuke.stored_value.model import Funds, Spend
from shuke.stored_value.programme import policy
from shuke.stored_value.rules import spending
from shuke.stored_value.tables import card_batches, card_sales, cards, top_up_refunds, top_ups
from shuke.stored_value.topping import preview as preview_top_up
from shuke.stored_value.topping import top_up

__all__ = [
    "ERASES",
    "MOVES",
    "audit",
    "bound_cards",
    "card_of_pass",
    "cards_relation",
    "funds",
    "pass_over",
    "plan_spend",
    "policy",
    "preview_top_up",
    "refunds_relation",
    "sources_relation",
    "tell_about",
    "top_up",
]


def funds(unit: Unit, wallet_ids: Sequence[UUID]) -> list[Funds]:
    """What these wallets can pay with now, in the order given."""
    held = ledger.balances_of(unit, wallet_ids)
    found = [(wallet_id, held.get(wallet_id, Balances())) for wallet_id in wallet_ids]
    return [Funds(wallet_id, each.stored_principal, each.stored_bonus) for wallet_id, each in found]


def plan_spend(unit: Unit, of: Sequence[Funds], amount_minor: int) -> tuple[Spend, ...]:
    """How the merchant's policy takes `amount_minor`, or as much as there is, from wallets in the order given."""
    return spending.plan_spend(of, amount_minor, policy(unit).spend_order)


def sources_relation() -> sa.Subquery:
    """One row per top-up and sold card, as sources of lots: merchant_id, source_id, store_id (where money was paid
    in), business_day. So clearing knows whose till had the money that is spent elsewhere."""
    top_up, card, sale = top_ups.c, cards.c, card_sales.c
    of_top_ups = sa.select(
        top_up.merchant_id, top_up.top_up_id.label("source_id"), top_up.store_id, top_up.business_day
    )
    of_cards = sa.select(card.merchant_id, card.card_id.label("source_id"), sale.store_id, sale.business_day).join(
        card_sales, sa.and_(sale.merchant_id == card.merchant_id, sale.sale_id == card.sale_id)
    )
    return of_top_ups.union_all(of_cards).subquery("stored_value_sources")


def refunds_relation() -> sa.Subquery:
    """One row per refund of a top-up: merchant_id, refund_id, top_up_id, store_id (which paid out), refunded_minor,
    deducted_minor, forfeited_minor, business_day."""
    refund = top_up_refunds.c
    return sa.select(
        refund.merchant_id,
        refund.refund_id,
        refund.top_up_id,
        refund.store_id,
        refund.refunded_minor,
        refund.deducted_minor,
        refund.forfeited_minor,
        refund.business_day,
    ).subquery("top_up_refunds")


def cards_relation() -> sa.Subquery:
    """One row per card: merchant_id, card_id (its wallet's id too), status, face_minor, made_at, sold_at (when it was
    activated), voided_at (with its batch), expires_at. sold_at, voided_at and expires_at may be null."""
    card, batch, sale = cards.c, card_batches.c, card_sales.c
    return (
        sa.select(
            card.merchant_id,
            card.card_id,
            card.status,
            batch.face_minor,
            batch.created_at.label("made_at"),
            sale.at.label("sold_at"),
            batch.voided_at,
            card.expires_at,
        )
        .join(card_batches, sa.and_(batch.merchant_id == card.merchant_id, batch.batch_id == card.batch_id))
        .outerjoin(card_sales, sa.and_(sale.merchant_id == card.merchant_id, sale.sale_id == card.sale_id))
        .subquery("cards")
    )
