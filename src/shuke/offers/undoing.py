"""Red packets that were given for a purchase go when it is refunded, as far as they have not been spent."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, ClawBack, Kind, Shortfall
from shuke.offers import shelf_store
from shuke.offers.model import PacketTerms
from shuke.offers.packets import draw, reference
from shuke.offers.rules.packets import packet_amount
from shuke.offers.shelves import PACKETS

_UNCOUNT = sa.text(
    """
WITH counted AS (
  UPDATE offer_counters SET spent_minor = spent_minor - :minor, uses = uses - :uses
  WHERE merchant_id = :merchant AND offer_id = :campaign AND (max_uses IS NOT NULL OR budget_minor IS NOT NULL)
  RETURNING offer_id
), noted AS (
  UPDATE offer_uses SET minor = minor - :minor, uses = uses - :uses
  WHERE merchant_id = :merchant AND order_id = :packet AND offer_id = :campaign
    AND (SELECT count(*) FROM counted) >= 0
  RETURNING member_id, turn
)
UPDATE offer_member_counters AS o SET uses = o.uses - :uses FROM noted AS n
WHERE o.merchant_id = :merchant AND o.offer_id = :campaign AND o.member_id = n.member_id AND o.turn = n.turn
"""
)
"""Back into the campaign's budget; a packet that went whole does not count as one she got."""


@dataclass(frozen=True, slots=True)
class _Packet:
    """What an order brought: `taken` of what was `granted` went before, `remaining` is unspent."""

    campaign_id: UUID
    packet_id: UUID
    granted: int
    taken: int
    remaining: int


def take_packets_back(unit: Unit, member_id: UUID, order_id: UUID, refund_id: UUID, left_minor: int) -> int:
    """Take back what an order of which `left_minor` is still paid for would not have brought; how much.

    What of it is spent already stays spent, and in the campaign's budget. The caller holds the order.
    """
    ledger.hold(unit, [member_id])
    total = 0
    for packet in _packets(unit, member_id, order_id):
        terms = shelf_store.get(unit, PACKETS, packet.campaign_id).draft.terms
        wanted = packet.granted - packet.taken - _kept(terms, packet.granted, left_minor)
        amount = min(packet.remaining, wanted)
        if amount > 0:
            _take(unit, packet, member_id, refund_id, amount)
            total += amount
    return total


def _kept(terms: PacketTerms, granted: int, left_minor: int) -> int:
    """What a purchase of `left_minor` brings of a packet that was drawn already."""
    if left_minor <= 0 or left_minor < terms.min_paid_minor:
        return 0
    if terms.amount.share_bps is None:
        return granted
    return min(granted, packet_amount(terms.amount, left_minor, draw))


def _take(unit: Unit, packet: _Packet, member_id: UUID, refund_id: UUID, amount: int) -> None:
    claw = ClawBack(
        kind=Kind.ORDER_REFUNDED,
        reference_id=reference(packet.campaign_id, refund_id),
        at=unit.now(),
        wallet_id=member_id,
        asset=Asset.RED_PACKET,
        amount=amount,
        of_kind=Kind.RED_PACKET_GRANTED,
        of_reference=packet.packet_id,
        shortfall=Shortfall.FORGIVE,
        member_id=member_id,
    )
    ledger.claw_back(unit, claw)
    whole = packet.taken + amount == packet.granted
    values = {
        "merchant": unit.merchant_id,
        "campaign": packet.campaign_id,
        "packet": packet.packet_id,
        "minor": amount,
        "uses": int(whole),
    }
    unit.connection.execute(_UNCOUNT, values)


def _packets(unit: Unit, member_id: UUID, order_id: UUID) -> list[_Packet]:
    """What the order brought and is not spent, oldest first: a packet's reference says what it was given for."""
    lot, posting, use = ledger.lots_relation().c, ledger.postings_relation().c, ledger.uses_relation().c
    mine = sa.and_(use.merchant_id == unit.merchant_id, use.wallet_id == member_id, use.kind == Kind.ORDER_REFUNDED)
    undone = sa.cast(sa.func.coalesce(sa.func.sum(use.amount), 0), sa.BigInteger)
    taken = sa.select(undone).where(mine, use.lot_id == lot.lot_id).scalar_subquery()
    rows = unit.connection.execute(
        sa.select(lot.source_id, posting.reference_id, lot.granted, taken.label("taken"), lot.remaining)
        .join_from(
            ledger.lots_relation(),
            ledger.postings_relation(),
            sa.and_(posting.merchant_id == lot.merchant_id, posting.posting_id == lot.lot_id),
        )
        .where(
            lot.merchant_id == unit.merchant_id,
            lot.wallet_id == member_id,
            lot.asset == Asset.RED_PACKET.value,
            lot.remaining > 0,
            posting.kind == Kind.RED_PACKET_GRANTED.value,
        )
        .order_by(lot.lot_id)
    )
    return [
        _Packet(row.source_id, row.reference_id, row.granted, row.taken, row.remaining)
        for row in rows
        if row.reference_id == reference(row.source_id, order_id)
    ]
