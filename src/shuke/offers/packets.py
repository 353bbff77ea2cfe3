"""Red packets are given: to whoever joins, after a purchase, by hand. What was given lies in the ledger as lots.

Budget and limit of a campaign are counted like those of any offer. A packet's reference in the books is derived from
the campaign and what it was given for, so that nothing gives twice for the same reason.
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import Conflict
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.offers import shelf_store, using
from shuke.offers.errors import (
    HolderBlocked,
    OfferUsedUp,
    OverYourLimit,
    PacketBudgetSpent,
    PacketLimitReached,
    PacketNotGiving,
)
from shuke.offers.live import live
from shuke.offers.model import (
    GivenPacket,
    HeldPacket,
    OfferStatus,
    OfferUse,
    PacketKind,
    PacketTerms,
    Used,
    Validity,
)
from shuke.offers.rules.coupons import valid_from_until
from shuke.offers.rules.packets import packet_amount
from shuke.offers.shelves import PACKETS
from shuke.tenancy import service as tenancy


def red_packet_right(unit: Unit, member_id: UUID, at: datetime) -> tuple[HeldPacket, ...]:
    """What a member can spend of red packets at `at`, in the order in which it is spent. What of it one order may use
    is up to the campaigns (LiveOffers.packets); packets of a paused campaign are none of them."""
    return tuple(
        HeldPacket(lot.lot_id, lot.source_id, lot.remaining, lot.expires_at)
        for lot in ledger.lots(unit, member_id, Asset.RED_PACKET)
        if lot.source_id is not None and (lot.expires_at is None or lot.expires_at > at)
    )


def grant_red_packet(unit: Unit, campaign_id: UUID, member_id: UUID, reason_id: UUID) -> GivenPacket:
    """Give one packet of a campaign for `reason_id`, once.

    Raises RedPacketCampaignNotFound, PacketNotGiving, MemberNotFound, HolderBlocked, PacketBudgetSpent,
    PacketLimitReached; AlreadyPosted when it was given before (the unit of work can then only be left).
    """
    campaign = shelf_store.get(unit, PACKETS, campaign_id)
    terms = campaign.draft.terms
    if campaign.status is not OfferStatus.PUBLISHED or not gives(terms, unit.now()):
        raise PacketNotGiving
    if members.present(unit, member_id).status is not MemberStatus.ACTIVE:
        raise HolderBlocked
    given = give(unit, campaign_id, terms, member_id, reason_id, packet_amount(terms.amount, 0, draw))
    after = {"member_id": member_id, "amount_minor": given.amount_minor}
    tenancy.record_change(unit, "red_packet_campaign.granted", "red_packet_campaign", campaign_id, None, after)
    return given


def on_activation(unit: Unit, member_id: UUID) -> list[GivenPacket]:
    """What campaigns give to somebody who has just become a member; again: nothing. A spent budget gives nothing."""
    return _give_all(unit, PacketKind.ACTIVATION, member_id, member_id, 0)


def after_purchase(unit: Unit, member_id: UUID, order_id: UUID, paid_minor: int) -> list[GivenPacket]:
    """What campaigns give for a paid order; again: nothing. A spent budget or limit gives nothing."""
    return _give_all(unit, PacketKind.AFTER_PURCHASE, member_id, order_id, paid_minor)


def _give_all(unit: Unit, kind: PacketKind, member_id: UUID, reason_id: UUID, paid_minor: int) -> list[GivenPacket]:
    given = []
    for campaign_id, campaign in sorted(live(unit).packets.items()):
        terms = campaign.terms
        if not campaign.giving or terms.kind is not kind or not gives(terms, unit.now()):
            continue
        if paid_minor < terms.min_paid_minor or _given_before(unit, reference(campaign_id, reason_id)):
            continue
        try:
            with unit.connection.begin_nested():
                amount = packet_amount(terms.amount, paid_minor, draw)
                given.append(give(unit, campaign_id, terms, member_id, reason_id, amount))
        except Conflict:
            continue
    return given


def give(
    unit: Unit, campaign_id: UUID, terms: PacketTerms, member_id: UUID, reason_id: UUID, amount: int
) -> GivenPacket:
    """Count `amount` and put it into the wallet. Raises PacketBudgetSpent, PacketLimitReached, AlreadyPosted.

    It is counted under the packet's own reference: what an order used of offers comes back with the order, a packet
    that was spent does not.
    """
    packet_id = reference(campaign_id, reason_id)
    count(unit, campaign_id, member_id, packet_id, amount)
    return put(unit, campaign_id, terms, member_id, packet_id, amount)


def count(unit: Unit, campaign_id: UUID, member_id: UUID, reason_id: UUID, amount: int) -> None:
    """Take `amount` out of the campaign's budget. Raises PacketBudgetSpent, PacketLimitReached."""
    use = OfferUse({campaign_id: Used(1, 0, amount)})
    try:
        using.redeem(unit, reason_id, use, member_id, at=unit.now())
    except OfferUsedUp as error:
        raise PacketBudgetSpent from error
    except OverYourLimit as error:
        raise PacketLimitReached from error


def put(
    unit: Unit, campaign_id: UUID, terms: PacketTerms, member_id: UUID, reference_id: UUID, amount: int
) -> GivenPacket:
    """Put `amount` into the member's wallet. Raises AlreadyPosted."""
    timezone = tenancy.merchant(unit).timezone
    _, expires_at = valid_from_until(Validity(days=terms.days), unit.now(), timezone)
    move = Move(member_id, Asset.RED_PACKET, amount, Account.GRANTED, expires_at, source_id=campaign_id)
    ledger.post(unit, Entry(Kind.RED_PACKET_GRANTED, reference_id, unit.now(), (move,)))
    return GivenPacket(campaign_id, member_id, amount, expires_at)


def gives(terms: PacketTerms, at: datetime) -> bool:
    return (terms.starts_at is None or terms.starts_at <= at) and (terms.ends_at is None or at < terms.ends_at)


def reference(campaign_id: UUID, reason_id: UUID) -> UUID:
    """What a packet is posted under: a campaign gives once for a reason."""
    return uuid5(campaign_id, reason_id.hex)


def packets_of(unit: Unit, wallet_id: UUID, order_ids: Collection[UUID]) -> list[UUID]:
    """What the red packets in a wallet are posted under that these orders brought."""
    if not order_ids:
        return []
    lot = ledger.lots_relation().c
    campaigns = unit.connection.scalars(
        sa.select(lot.source_id)
        .distinct()
        .where(
            lot.merchant_id == unit.merchant_id,
            lot.wallet_id == wallet_id,
            lot.asset == Asset.RED_PACKET.value,
            lot.source_id.is_not(None),
        )
    )
    return [reference(campaign_id, order_id) for campaign_id in campaigns for order_id in order_ids]


def draw(least: int, most: int) -> int:
    """From `least` to `most`, as nobody can foresee."""
    return least + secrets.randbelow(most - least + 1)


def _given_before(unit: Unit, reference_id: UUID) -> bool:
    posting = ledger.postings_relation().c
    found = sa.exists().where(
        posting.merchant_id == unit.merchant_id,
        posting.reference_id == reference_id,
        posting.kind == Kind.RED_PACKET_GRANTED.value,
    )
    return bool(unit.connection.scalar(sa.select(found)))
