"""What publishing would do, before it does: who would be in which tier."""

from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.loyalty import review
from shuke.loyalty import store as standings
from shuke.loyalty.model import Programme, Tier
from shuke.loyalty.publishing.replacing import replaced
from shuke.loyalty.tables import member_tiers


@dataclass(frozen=True, slots=True)
class Moves:
    """So many members go from a tier as it is to one as it would be, so many levels up (negative: down)."""

    before: Tier
    after: Tier
    members: int
    levels: int


def moves(unit: Unit, live: Programme, planned: Programme) -> list[Moves]:
    """How many members the next review by `planned` would leave or put where, when days of grace have passed; with
    those who stay. Reads all members' growth: seconds for a million."""
    instead = replaced(live, planned)
    ranks = {tier.tier_id: tier.rank for tier in planned.tiers}
    of_live = {tier.tier_id: ranks[instead.get(tier.tier_id, tier.tier_id)] for tier in live.tiers}
    impatient = replace(planned, growth=replace(planned.growth, grace_days=0))
    held = member_tiers.c
    day = business_day(unit.now(), planned.timezone)
    decided = review.decisions(
        unit, impatient, day, (held.merchant_id == unit.merchant_id,), ranks=of_live, graced=False
    )
    rows = unit.connection.execute(
        sa.select(held.tier_id, decided.c.after, sa.func.count().label("members"))
        .join(decided, decided.c.member_id == held.member_id)
        .where(held.merchant_id == unit.merchant_id)
        .group_by(held.tier_id, decided.c.after)
    )
    counts: dict[tuple[UUID, int], int] = {(row.tier_id, row.after): row.members for row in rows}
    recorded = sum(counts.values())
    everybody = sum(standings.members_by_tier(unit, live.base_tier.tier_id).values())
    if everybody > recorded:
        key = (live.base_tier.tier_id, 0)
        counts[key] = counts.get(key, 0) + everybody - recorded
    found = [
        Moves(live.tier(tier_id), planned.tiers[rank], members, rank - of_live.get(tier_id, 0))
        for (tier_id, rank), members in counts.items()
    ]
    return sorted(found, key=lambda move: (move.before.rank, move.after.rank))
