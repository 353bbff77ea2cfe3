"""A published programme drops tiers: who is in one goes on in the highest of those below it."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id
from shuke.infra.outbox import domain_events
from shuke.loyalty.model import Programme
from shuke.loyalty.tables import member_tiers


def replaced(before: Programme, after: Programme) -> Mapping[UUID, UUID]:
    """Tiers that `after` drops, each with the one that takes its place."""
    kept = {tier.tier_id for tier in after.tiers}
    found = {}
    for tier in before.tiers:
        if tier.tier_id not in kept:
            below = [other for other in after.tiers if other.threshold_growth <= tier.threshold_growth]
            found[tier.tier_id] = (below[-1] if below else after.base_tier).tier_id
    return found


def replace_dropped(unit: Unit, before: Programme, after: Programme) -> None:
    """Move the members of dropped tiers, one statement a tier, an event for each member."""
    codes = {tier.tier_id: tier.code for tier in (*before.tiers, *after.tiers)}
    table = member_tiers.c
    columns = ["merchant_id", "event_id", "type", "subject_id", "member_id", "occurred_at", "payload"]
    for dropped, tier_id in replaced(before, after).items():
        moved = (
            member_tiers.update()
            .where(table.merchant_id == unit.merchant_id, table.tier_id == dropped)
            .values(tier_id=tier_id, since=unit.now(), kept_until=None)
            .returning(table.member_id)
            .cte("moved")
        )
        payload = {"from": codes[dropped], "to": codes[tier_id]}
        told = sa.select(
            sa.literal(unit.merchant_id),
            fresh_id("now()"),
            sa.literal("tier.changed"),
            moved.c.member_id,
            moved.c.member_id,
            sa.literal(unit.now()),
            sa.literal(payload, domain_events.c.payload.type),
        )
        unit.connection.execute(domain_events.insert().from_select(columns, told))
