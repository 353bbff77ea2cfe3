"""Offers, as other domains use them."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.offers.about import tell_about
from shuke.offers.audit import audit
from shuke.offers.erasing import ERASES, void
from shuke.offers.faces import Face, faces
from shuke.offers.holding import asking_held, coupons_relation, expiring, held, redemptions_relation, shown
from shuke.offers.issuing import issue, issue_to
from shuke.offers.live import live
from shuke.offers.merging import MOVES
from shuke.offers.model import Campaign
from shuke.offers.packets import after_purchase, grant_red_packet, on_activation, packets_of, red_packet_right
from shuke.offers.refusing import check_usable
from shuke.offers.sharing import claim_shared, close_expired, open_shared
from shuke.offers.tables import campaign_members, campaigns
from shuke.offers.undoing import take_packets_back
from shuke.offers.using import asking_remaining, redeem, release, remaining, reserve, restore

__all__ = [
    "ERASES",
    "MOVES",
    "Face",
    "after_purchase",
    "asking_held",
    "asking_remaining",
    "audit",
    "campaign_ids",
    "campaign_members_relation",
    "campaigns_by_id",
    "campaigns_relation",
    "check_usable",
    "claim_shared",
    "close_expired",
    "coupons_relation",
    "expiring",
    "faces",
    "grant_red_packet",
    "held",
    "issue",
    "issue_to",
    "live",
    "on_activation",
    "open_shared",
    "packets_of",
    "red_packet_right",
    "redeem",
    "redemptions_relation",
    "release",
    "remaining",
    "reserve",
    "restore",
    "shown",
    "take_packets_back",
    "tell_about",
    "void",
]


def campaigns_by_id(unit: Unit, campaign_ids: Collection[UUID]) -> dict[UUID, Campaign]:
    """Those of the ids that are the merchant's campaigns."""
    if not campaign_ids:
        return {}
    table = campaigns.c
    rows = unit.connection.execute(
        sa.select(table.campaign_id, table.code, table.kind, table.starts_on, table.ends_on).where(
            table.merchant_id == unit.merchant_id, table.campaign_id.in_(list(campaign_ids))
        )
    )
    return {row.campaign_id: Campaign(*row) for row in rows}


def campaigns_relation(name: str = "campaigns") -> sa.FromClause:
    """Columns merchant_id, campaign_id, code, kind, starts_on, ends_on, for read models to join."""
    return campaigns.alias(name)


def campaign_members_relation(name: str = "campaign_members") -> sa.FromClause:
    """Whom a campaign addressed: merchant_id, campaign_id, member_id; indexed by (merchant_id, member_id) too."""
    return campaign_members.alias(name)


def campaign_ids(unit: Unit) -> dict[str, UUID]:
    """Every campaign of the merchant: code → id."""
    table = campaigns.c
    rows = unit.connection.execute(
        sa.select(table.code, table.campaign_id).where(table.merchant_id == unit.merchant_id)
    )
    return {row.code: row.campaign_id for row in rows}
