"""What is live at a merchant, as one value: read rarely, kept by every process (infra/standing.py)."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.standing import Standing
from shuke.kernel.text import Text
from shuke.offers.documents import build
from shuke.offers.model import LiveOffers, Offer, OfferStatus, PacketCampaign, PacketTerms, StackingGroup, Terms

PAST = timedelta(days=7)
"""Promotions are left out once their window has been over for so long; that a copy is older does no harm."""

_LIVE = sa.text(
    """
SELECT
  (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.promotion_id) FROM promotions AS p
   WHERE p.merchant_id = :merchant AND p.status = 'published'
     AND coalesce((p.terms->'conditions'->'window'->>'ends_at')::timestamptz, 'infinity') > :since) AS promotions,
  (SELECT jsonb_agg(to_jsonb(g) ORDER BY g.code) FROM stacking_groups AS g WHERE g.merchant_id = :merchant) AS groups,
  (SELECT jsonb_agg(to_jsonb(t)) FROM coupon_templates AS t
   WHERE t.merchant_id = :merchant AND (t.status = 'published' OR (t.status = 'ended' AND EXISTS (
     SELECT FROM coupons AS c WHERE c.merchant_id = t.merchant_id AND c.template_id = t.template_id
       AND c.valid_until > :since AND c.status <> 'revoked')))) AS templates,
  (SELECT jsonb_agg(to_jsonb(r)) FROM red_packet_campaigns AS r
   WHERE r.merchant_id = :merchant AND r.status IN ('published', 'ended')) AS packets
"""
)


def load(unit: Unit) -> LiveOffers:
    """As the tables say in this transaction."""
    row = unit.connection.execute(_LIVE, {"merchant": unit.merchant_id, "since": unit.now() - PAST}).one()
    offers = [_offer(item, "promotion") for item in row.promotions or ()]
    templates = [_offer(item, "coupon") for item in row.templates or ()]
    packets = [_campaign(item) for item in row.packets or ()]
    return LiveOffers(
        tuple(offer for offer in offers if offer is not None),
        tuple(_group(item) for item in row.groups or ()),
        MappingProxyType({offer.offer_id: offer for offer in templates if offer is not None}),
        MappingProxyType({campaign.campaign_id: campaign for campaign in packets}),
    )


_KEPT = Standing(load, "offers")


def live(unit: Unit) -> LiveOffers:
    """Everything that could apply to an order of the unit's merchant, from this process's copy."""
    return _KEPT.of(unit)


def _offer(row: Mapping[str, Any], what: str) -> Offer | None:
    return offer_of(
        UUID(row["promotion_id"] if what == "promotion" else row["template_id"]),
        f"{what}:{row['code']}",
        Text(**row["name"]),
        build(Terms, row["terms"]),
        row["group_code"],
    )


def offer_of(offer_id: UUID, rule: str, name: Text, terms: Terms, group: str) -> Offer | None:
    """The offer that the terms describe; None while they have no effect."""
    if terms.effect is None:
        return None
    return Offer(
        offer_id=offer_id,
        rule=rule,
        name=name,
        effect=terms.effect,
        scope=terms.scope,
        conditions=terms.conditions,
        funding=terms.funding,
        group=group,
        caps=terms.caps,
        limits=terms.limits,
    )


def _group(row: Mapping[str, Any]) -> StackingGroup:
    return StackingGroup(
        row["code"], Text(**row["name"]), row["at_most"], frozenset(row["after"]), frozenset(row["excludes"])
    )


def _campaign(row: Mapping[str, Any]) -> PacketCampaign:
    terms = build(PacketTerms, row["terms"])
    return PacketCampaign(
        UUID(row["campaign_id"]),
        f"red_packet:{row['code']}",
        Text(**row["name"]),
        terms,
        giving=row["status"] == OfferStatus.PUBLISHED,
    )
