"""Where promotions, coupon templates and red packet campaigns are kept: three shelves for one kind of life."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic
from uuid import UUID

import sqlalchemy as sa

from shuke.kernel.errors import NotFound
from shuke.kernel.text import Text
from shuke.offers.documents import build, written
from shuke.offers.errors import PromotionNotFound, RedPacketCampaignNotFound, TemplateNotFound
from shuke.offers.model import (
    CouponRules,
    DraftT,
    OfferStatus,
    PacketDraft,
    PacketTerms,
    PromotionDraft,
    TemplateDraft,
    Terms,
    Written,
)
from shuke.offers.tables import coupon_templates, promotions, red_packet_campaigns


@dataclass(frozen=True, slots=True)
class Shelf(Generic[DraftT]):
    """A table, its key, what its things are called in events, and how a draft becomes a row and a row a draft."""

    table: sa.Table
    key: sa.Column[UUID]
    noun: str
    missing: type[NotFound]
    row: Callable[[DraftT], dict[str, Any]]
    draft: Callable[[sa.Row[Any]], DraftT]

    def read(self, row: sa.Row[Any]) -> Written[DraftT]:
        return Written(
            id=row._mapping[self.key],
            status=OfferStatus(row.status),
            draft=self.draft(row),
            version=row.version,
            created_at=row.created_at,
            updated_at=row.updated_at,
            published_at=row.published_at,
        )


def _heading(draft: PromotionDraft | TemplateDraft | PacketDraft) -> dict[str, Any]:
    return {
        "code": draft.code,
        "name": {"zh": draft.name.zh, "en": draft.name.en},
        "terms": written(draft.terms),
    }


PROMOTIONS: Shelf[PromotionDraft] = Shelf(
    promotions,
    promotions.c.promotion_id,
    "promotion",
    PromotionNotFound,
    lambda draft: {**_heading(draft), "group_code": draft.group},
    lambda row: PromotionDraft(row.code, Text(**row.name), row.group_code, build(Terms, row.terms)),
)

TEMPLATES: Shelf[TemplateDraft] = Shelf(
    coupon_templates,
    coupon_templates.c.template_id,
    "coupon_template",
    TemplateNotFound,
    lambda draft: {**_heading(draft), "group_code": draft.group, "rules": written(draft.rules)},
    lambda row: TemplateDraft(
        row.code, Text(**row.name), row.group_code, build(Terms, row.terms), build(CouponRules, row.rules)
    ),
)

PACKETS: Shelf[PacketDraft] = Shelf(
    red_packet_campaigns,
    red_packet_campaigns.c.campaign_id,
    "red_packet_campaign",
    RedPacketCampaignNotFound,
    _heading,
    lambda row: PacketDraft(row.code, Text(**row.name), build(PacketTerms, row.terms)),
)
