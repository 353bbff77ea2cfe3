"""What read models of other domains may join with. Always the same objects: alias them to join one twice."""

from functools import cache

import sqlalchemy as sa

from shuke.loyalty.tables import member_tiers, tiers


@cache
def member_tiers_relation() -> sa.Subquery:
    """One row per member who earned growth or was reviewed: merchant_id, member_id, tier_id, growth, since,
    reviewed_on. Who has no row is in the base tier."""
    table = member_tiers.c
    return sa.select(
        table.merchant_id, table.member_id, table.tier_id, table.growth, table.since, table.reviewed_on
    ).subquery("standings")


@cache
def tiers_relation() -> sa.Subquery:
    """One row per tier: merchant_id, tier_id, code, name ({zh, en}), rank, threshold_growth."""
    table = tiers.c
    return sa.select(
        table.merchant_id, table.tier_id, table.code, table.name, table.rank, table.threshold_growth
    ).subquery("levels")
