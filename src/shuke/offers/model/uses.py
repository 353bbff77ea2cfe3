"""What a settlement needs to know of offers, and what an order did with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from shuke.offers.model.offer import Offer, StackingGroup
from shuke.offers.model.packets import PacketCampaign


@dataclass(frozen=True, slots=True)
class LiveOffers:
    """All that can be applied, whatever the time of day: promotions that are published (their windows are conditions),
    stacking groups, and by id the templates of coupons and the campaigns of red packets that members hold."""

    promotions: tuple[Offer, ...] = ()
    groups: tuple[StackingGroup, ...] = ()
    templates: Mapping[UUID, Offer] = field(default_factory=lambda: MappingProxyType({}))
    packets: Mapping[UUID, PacketCampaign] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Remaining:
    """What an offer's limits leave: to everybody, and to the member asked for in the present period. None: no limit."""

    uses: int | None = None
    budget_minor: int | None = None
    uses_of_member: int | None = None
    pieces_of_member: int | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """How often an order uses an offer, on how many pieces, and what it takes off in all."""

    uses: int = 1
    pieces: int = 0
    minor: int = 0


@dataclass(frozen=True, slots=True)
class OfferUse:
    """What an order uses: promotions and coupon templates by id, and the coupons themselves."""

    offers: Mapping[UUID, Used] = field(default_factory=lambda: MappingProxyType({}))
    coupons: tuple[UUID, ...] = ()


class Reversal(StrEnum):
    """How an order is undone: cancelled as a whole, refunded in full (the last of several refunds too), or in part."""

    CANCEL = "cancel"
    FULL = "full"
    PARTIAL = "partial"
