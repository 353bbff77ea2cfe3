"""Tiers as they are named in passing."""

from collections.abc import Mapping
from uuid import UUID

from shuke.infra.database import Unit
from shuke.infra.http import TextView
from shuke.infra.http_refs import TierRef
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Tier


def tier_refs(unit: Unit) -> dict[UUID, TierRef]:
    """All tiers of the programme by id, lowest first."""
    return {tier.tier_id: tier_ref(tier) for tier in loyalty.programme(unit).tiers}


def tier_ref(tier: Tier) -> TierRef:
    return TierRef(id=tier.tier_id, code=tier.code, name=TextView.of(tier.name), rank=tier.rank)


def tier_of(tiers: Mapping[UUID, TierRef], tier_id: UUID | None) -> TierRef:
    """The tier of a member; who has no standing is in the base tier, the first."""
    return tiers[tier_id] if tier_id else next(iter(tiers.values()))
