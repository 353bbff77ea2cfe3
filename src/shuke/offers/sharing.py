"""A red packet that a member opens for her friends: drawn and split when it is opened, taken part by part.

The parts are drawn at once and taken in their order, so that never more is given than the packet holds, and the last
friend takes the rest by construction. What nobody took goes back to the campaign's budget.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.crypto import new_secret
from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.kernel.ids import new_id
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.offers import packets, shelf_store
from shuke.offers.errors import HolderBlocked, PacketNotGiving, PacketNotValid, PacketOver, PacketTaken
from shuke.offers.model import GivenPacket, OfferStatus, PacketKind, SharedPacket
from shuke.offers.packet_tables import shared_packet_claims, shared_packets
from shuke.offers.rules.packets import packet_amount, split_packet
from shuke.offers.share_store import packet_of
from shuke.offers.shelves import PACKETS

_P, _CLAIM = shared_packets.c, shared_packet_claims.c


def open_shared(unit: Unit, campaign_id: UUID, member_id: UUID) -> tuple[SharedPacket, str]:
    """Open a packet for friends: the packet, and the secret in its link. All of it counts as spent from now on.

    Raises RedPacketCampaignNotFound, PacketNotGiving, MemberNotFound, HolderBlocked, PacketBudgetSpent,
    PacketLimitReached.
    """
    campaign = shelf_store.get(unit, PACKETS, campaign_id)
    terms = campaign.draft.terms
    published = campaign.status is OfferStatus.PUBLISHED and packets.gives(terms, unit.now())
    if terms.kind is not PacketKind.SHARED or not published:
        raise PacketNotGiving
    _check_active(unit, member_id)
    packet_id, token = new_id(), new_secret()
    total = packet_amount(terms.amount, 0, packets.draw)
    packets.count(unit, campaign_id, member_id, packet_id, total)
    unit.connection.execute(
        shared_packets.insert().values(
            merchant_id=unit.merchant_id,
            packet_id=packet_id,
            campaign_id=campaign_id,
            member_id=member_id,
            token_index=_index(unit, token),
            total_minor=total,
            parts=split_packet(total, terms.parts, terms.split, packets.draw),
            opened_at=unit.now(),
            expires_at=unit.now() + timedelta(hours=terms.hours),
        )
    )
    payload = {"campaign_id": str(campaign_id), "total_minor": total, "parts": terms.parts}
    emit(unit, "red_packet.opened", packet_id, payload, member_id=member_id)
    return packet_of(_find(unit, _P.packet_id == packet_id)), token


def claim_shared(unit: Unit, token: str, member_id: UUID) -> GivenPacket:
    """Take a part of a friend's packet (or of one's own), once.

    Raises PacketNotValid, PacketTaken, PacketOver, MemberNotFound, HolderBlocked.
    """
    _check_active(unit, member_id)
    row = _find(unit, _P.token_index == _index(unit, token), lock=True)
    mine = sa.exists().where(
        _CLAIM.merchant_id == unit.merchant_id, _CLAIM.packet_id == row.packet_id, _CLAIM.member_id == member_id
    )
    if unit.connection.scalar(sa.select(mine)):
        raise PacketTaken
    if row.taken == len(row.parts) or row.closed_at is not None or row.expires_at <= unit.now():
        raise PacketOver
    amount = row.parts[row.taken]
    unit.connection.execute(
        shared_packets.update()
        .where(_P.merchant_id == unit.merchant_id, _P.packet_id == row.packet_id)
        .values(taken=_P.taken + 1)
    )
    unit.connection.execute(
        shared_packet_claims.insert().values(
            merchant_id=unit.merchant_id,
            packet_id=row.packet_id,
            member_id=member_id,
            part=row.taken,
            amount_minor=amount,
            claimed_at=unit.now(),
        )
    )
    terms = shelf_store.get(unit, PACKETS, row.campaign_id).draft.terms
    reference = packets.reference(row.packet_id, member_id)
    return packets.put(unit, row.campaign_id, terms, member_id, reference, amount)


def close_expired(unit: Unit, batch: int = 500, only: Collection[UUID] | None = None) -> int:
    """Give back to the budgets what nobody took in time, of up to `batch` packets (`only` these, where said); how many
    were closed."""
    some = None if only is None else list(only)
    values = {"merchant": unit.merchant_id, "now": unit.now(), "batch": batch, "only": some}
    return unit.connection.scalar(_CLOSE, values) or 0


_CLOSE = sa.text(
    """
WITH due AS MATERIALIZED (
  SELECT packet_id, campaign_id, (SELECT coalesce(sum(part), 0) FROM unnest(parts[taken + 1:]) AS part)::bigint AS rest
  FROM shared_packets
  WHERE merchant_id = :merchant AND closed_at IS NULL AND expires_at <= :now
    AND (CAST(:only AS uuid[]) IS NULL OR packet_id = ANY(CAST(:only AS uuid[])))
  ORDER BY packet_id LIMIT :batch FOR UPDATE SKIP LOCKED
), closed AS (
  UPDATE shared_packets AS p SET closed_at = :now FROM due
  WHERE p.merchant_id = :merchant AND p.packet_id = due.packet_id
), noted AS (
  UPDATE offer_uses AS u SET minor = u.minor - due.rest FROM due
  WHERE u.merchant_id = :merchant AND u.order_id = due.packet_id AND u.offer_id = due.campaign_id
), sums AS MATERIALIZED (
  SELECT campaign_id, sum(due.rest)::bigint AS rest FROM due GROUP BY campaign_id
), held AS MATERIALIZED (
  SELECT c.offer_id FROM offer_counters AS c
  WHERE c.merchant_id = :merchant AND c.offer_id IN (SELECT campaign_id FROM sums) AND c.budget_minor IS NOT NULL
  ORDER BY c.offer_id FOR NO KEY UPDATE
), counted AS (
  UPDATE offer_counters AS c SET spent_minor = c.spent_minor - sums.rest FROM sums JOIN held
    ON held.offer_id = sums.campaign_id
  WHERE c.merchant_id = :merchant AND c.offer_id = sums.campaign_id
)
SELECT count(*) FROM due
"""
)


def listed_of(unit: Unit, member_id: UUID) -> list[SharedPacket]:
    """The packets a member opened, newest first, at most a hundred."""
    query = _query(unit).where(_P.member_id == member_id).order_by(_P.opened_at.desc(), _P.packet_id.desc())
    return [packet_of(row) for row in unit.connection.execute(query.limit(100))]


def _find(unit: Unit, which: sa.ColumnElement[bool], *, lock: bool = False) -> sa.Row[Any]:
    query = _query(unit).where(which)
    row = unit.connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise PacketNotValid
    return row


def _query(unit: Unit) -> sa.Select[Any]:
    return sa.select(shared_packets).where(_P.merchant_id == unit.merchant_id)


def _check_active(unit: Unit, member_id: UUID) -> None:
    if members.present(unit, member_id).status is not MemberStatus.ACTIVE:
        raise HolderBlocked


def _index(unit: Unit, token: str) -> bytes:
    return unit.index("shared_packet", token)
