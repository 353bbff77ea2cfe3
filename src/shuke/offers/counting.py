"""The rows that offers are counted in: made when an offer is published, their limits changed with it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.offers.coupon_tables import coupon_stocks
from shuke.offers.model import Draft, Limits, PacketDraft, TemplateDraft
from shuke.offers.tables import offer_counters


def put(unit: Unit, offer_id: UUID, draft: Draft) -> None:
    """Have the counters that `draft` needs, with its limits. Limits may be lowered below what is used: then nothing
    more is to be had."""
    _put_limits(unit, offer_id, limits_of(draft))
    if isinstance(draft, TemplateDraft):
        row = insert(coupon_stocks).values(
            merchant_id=unit.merchant_id, template_id=offer_id, stock=draft.rules.stock, issued=0
        )
        unit.connection.execute(
            row.on_conflict_do_update(index_elements=["merchant_id", "template_id"], set_={"stock": row.excluded.stock})
        )


def limits_of(draft: Draft) -> Limits:
    """What counts the uses of an offer; of a packet campaign, the packets it gives and what they hold."""
    if isinstance(draft, PacketDraft):
        return Limits(budget_minor=draft.terms.budget_minor, uses_per_member=draft.terms.per_member)
    return draft.terms.limits


def _put_limits(unit: Unit, offer_id: UUID, limits: Limits) -> None:
    if limits == Limits():
        return
    values = {
        "max_uses": limits.uses,
        "budget_minor": limits.budget_minor,
        "uses_per_member": limits.uses_per_member,
        "pieces_per_member": limits.pieces_per_member,
        "period": limits.period and limits.period.value,
    }
    row = insert(offer_counters).values(merchant_id=unit.merchant_id, offer_id=offer_id, **values)
    unit.connection.execute(
        row.on_conflict_do_update(
            index_elements=["merchant_id", "offer_id"], set_={name: row.excluded[name] for name in values}
        )
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """How often an offer was used and what it took off, where a limit for everybody makes it count."""

    uses: int | None = None
    spent_minor: int | None = None


def counted(unit: Unit, offer_ids: Collection[UUID]) -> dict[UUID, Counted]:
    """What the counters of these offers say; every id is in the answer."""
    counter = offer_counters.c
    rows = unit.connection.execute(
        sa.select(counter.offer_id, counter.uses, counter.spent_minor).where(
            counter.merchant_id == unit.merchant_id,
            counter.offer_id.in_(list(offer_ids)),
            sa.or_(counter.max_uses.is_not(None), counter.budget_minor.is_not(None)),
        )
    )
    return dict.fromkeys(offer_ids, Counted()) | {row.offer_id: Counted(*row[1:]) for row in rows}
