"""A member as a row of a file."""

from collections.abc import Mapping
from uuid import UUID

from shuke.infra.csv_export import Cell
from shuke.infra.database import Unit
from shuke.infra.http_refs import TierRef
from shuke.insight.members.listing import ListedMember
from shuke.insight.tiers import tier_of
from shuke.members import service as members

HEADER = (
    "number",
    "name",
    "phone",
    "card",
    "tier_code",
    "tier_zh",
    "tier_en",
    "joined_at",
    "join_store_code",
    "join_store",
    "join_channel",
    "status",
    "generated",
    "orders",
    "paid_minor",
    "last_order_at",
    "points",
    "growth",
)


def cells(unit: Unit, listed: ListedMember, tiers: Mapping[UUID, TierRef]) -> list[Cell]:
    member, store, tier = listed.member, listed.join_store, tier_of(tiers, listed.tier_id)
    return [
        member.number,
        members.shown_name(unit, member.name),
        members.shown_phone(unit, member),
        member.card,
        tier.code,
        tier.name.zh,
        tier.name.en,
        member.joined_at,
        store.code if store else None,
        store.name if store else None,
        member.join_channel,
        member.status,
        member.generated,
        listed.orders,
        listed.paid_minor,
        listed.last_order_at,
        listed.balances.points,
        listed.balances.growth,
    ]
