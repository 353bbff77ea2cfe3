"""Members as lists and the member page show them."""

from datetime import date, datetime

from shuke.infra.http import TextView, View
from shuke.infra.http_ids import CampaignId, EventId, OrderId, SubscriptionId
from shuke.infra.http_refs import CategoryRef, TierRef
from shuke.members.model import Attribute, Channel, Gender, Purpose
from shuke.members.service import MemberCore


class MemberRow(MemberCore):
    """`orders`, `paid_minor` and `last_order_at` are of her whole life, in all stores; lists may miss the orders of
    the last moments."""

    tier: TierRef
    orders: int
    paid_minor: int
    last_order_at: datetime | None
    points: int
    growth: int


class MemberList(View):
    """`total`: how many members the filters let through; null on the pages after the first."""

    items: list[MemberRow]
    next_cursor: str | None
    total: int | None


class ConsentEntry(View):
    purpose: Purpose
    channel: Channel
    granted: bool
    at: datetime
    source: str


class Lifetime(View):
    orders: int
    paid_minor: int
    net_minor: int
    average_ticket_minor: int
    first_order_at: datetime | None
    last_order_at: datetime | None
    days_since_last: int | None


class KeepingTier(View):
    """`needed` more growth, earned by the end of the day `by`, and the tier stays."""

    needed: int
    by: date


class MemberProgress(View):
    """How far to the next tier, and what keeps the present one; `sentence` says it to the member."""

    tier: TierRef
    growth: int
    window_from: date
    window_to: date
    next_tier: TierRef | None
    growth_to_next: int
    percent_bps: int
    keep: KeepingTier | None
    sentence: TextView


class MemberProfile(MemberRow):
    """A member in full; orders and amounts are those of this moment."""

    email: str | None
    birthday: date | None
    gender: Gender | None
    attributes: dict[str, Attribute]
    consents: list[ConsentEntry]
    lifetime: Lifetime
    progress: MemberProgress


class TimelineEntry(View):
    """`type` is the event's; `title` and `detail` say it to people. `detail` may be empty."""

    id: EventId
    at: datetime
    type: str
    title: TextView
    detail: TextView
    order_id: OrderId | None


class Timeline(View):
    items: list[TimelineEntry]
    next_cursor: str | None


class FavouriteCategory(View):
    """`category` null: products without one. `share_bps`: of everything she ever bought."""

    category: CategoryRef | None
    net_minor: int
    orders: int
    share_bps: int


class SpendingMonth(View):
    month: str
    net_minor: int
    orders: int


class MemberCampaign(View):
    """A campaign that addressed her, or of which she redeemed a coupon."""

    id: CampaignId
    code: str
    kind: str
    starts_on: date
    ends_on: date
    redemptions: int


class PlanSavings(View):
    """`saved_minor`: discounts by benefits that the plan brings, in the orders of its time, less what was refunded;
    `paid_minor`: all that was paid for the subscription, less what went back."""

    subscription_id: SubscriptionId
    saved_minor: int
    paid_minor: int


class SavingsList(View):
    items: list[PlanSavings]


class MemberInsight(View):
    """What she buys, and when: over all stores, whoever asks."""

    favourite_categories: list[FavouriteCategory]
    months: list[SpendingMonth]
    campaigns: list[MemberCampaign]
