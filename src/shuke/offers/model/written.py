"""What a merchant writes down, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from shuke.kernel.text import Text
from shuke.offers.model.coupons import USUAL_RULES, CouponRules
from shuke.offers.model.offer import DEFAULT_GROUP, NO_TERMS, OfferStatus, Terms
from shuke.offers.model.packets import NO_PACKET_TERMS, PacketTerms


@dataclass(frozen=True, slots=True)
class PromotionDraft:
    code: str
    name: Text
    group: str = DEFAULT_GROUP
    terms: Terms = NO_TERMS


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    code: str
    name: Text
    group: str = DEFAULT_GROUP
    terms: Terms = NO_TERMS
    rules: CouponRules = USUAL_RULES


@dataclass(frozen=True, slots=True)
class PacketDraft:
    code: str
    name: Text
    terms: PacketTerms = NO_PACKET_TERMS


Draft = PromotionDraft | TemplateDraft | PacketDraft
DraftT = TypeVar("DraftT", PromotionDraft, TemplateDraft, PacketDraft)


@dataclass(frozen=True, slots=True)
class Written(Generic[DraftT]):
    """A promotion, template or campaign as it stands. `version` counts its changes; `published_at`: the first time."""

    id: UUID
    status: OfferStatus
    draft: DraftT
    version: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
