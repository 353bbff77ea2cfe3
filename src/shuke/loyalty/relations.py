"""What read models of other domains may join with. Always the same objects: alias them to join one twice."""

from functools import cache

import sqlalchemy as sa

from shuke.loyalty.tables import member_tiers, plan_payments, subscriptions, tiers


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
    """One row per tier there ever was: merchant_id, tier_id, code, name ({zh, en}), rank, threshold_growth."""
    table = tiers.c
    return sa.select(
        table.merchant_id, table.tier_id, table.code, table.name, table.rank, table.threshold_growth
    ).subquery("levels")


@cache
def plan_windows_relation() -> sa.Subquery:
    """One row per subscription: merchant_id, subscription_id, member_id, plan_id, starts_at, ends_at (when it really
    ended or is going to), paid_minor of the present period, paid_in_all_minor (less what went back). What she saved in
    it is in the orders of that time."""
    table, payment = subscriptions.c, plan_payments.c
    paid = (
        sa.select(sa.cast(sa.func.coalesce(sa.func.sum(payment.amount_minor), 0), sa.BigInteger))
        .where(payment.merchant_id == table.merchant_id, payment.subscription_id == table.subscription_id)
        .scalar_subquery()
    )
    return sa.select(
        table.merchant_id,
        table.subscription_id,
        table.member_id,
        table.plan_id,
        table.starts_at,
        sa.func.coalesce(table.ended_at, table.ends_at).label("ends_at"),
        table.paid_minor,
        paid.label("paid_in_all_minor"),
    ).subquery("plan_windows")
