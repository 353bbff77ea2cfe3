"""The laws of tiers and benefits, checked on a live database."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.planning import whole_tables
from shuke.kernel.audit import Check, check_of
from shuke.loyalty.model import Fall, Programme
from shuke.loyalty.publishing import store as programmes
from shuke.loyalty.review import rank_of, reached_rank
from shuke.loyalty.tables import member_tiers, programme_versions
from shuke.loyalty.windows import deciding_growth, local_day, term_columns
from shuke.members import service as members

_LAWS: Mapping[str, str] = MappingProxyType(
    {
        "loyalty: what members paid for plans is in the payments": """
            SELECT count(*) FROM (
              SELECT member_id, sum(paid_minor) AS paid, sum((
                SELECT coalesce(sum(amount_minor), 0) FROM plan_payments AS p
                WHERE p.merchant_id = s.merchant_id AND p.subscription_id = s.subscription_id)) AS payments
              FROM subscriptions AS s WHERE merchant_id = :merchant GROUP BY member_id) AS each
            WHERE paid <> payments""",
        "loyalty: partners' codes are given to one grant each, which says so": """
            SELECT count(*) FROM partner_codes AS c JOIN benefit_grants AS g
              ON g.merchant_id = c.merchant_id AND g.grant_id = c.grant_id
            WHERE c.merchant_id = :merchant AND (g.status <> 'given' OR g.benefit_id <> c.benefit_id)""",
        "loyalty: everybody is in one family at most, whose owner is in it": """
            SELECT count(*) FROM families AS f
            WHERE f.merchant_id = :merchant AND f.closed_at IS NULL AND NOT EXISTS (
              SELECT FROM family_people AS p WHERE p.merchant_id = f.merchant_id AND p.family_id = f.family_id
                AND p.member_id = f.owner_id AND p.left_at IS NULL)""",
    }
)


def audit(unit: Unit) -> Sequence[Check]:
    """Tiers follow from growth; payments, codes and families hold together."""
    programme = programmes.live(unit)
    wrong = 0
    with whole_tables(unit):
        if programme is not None:
            wrong = unit.connection.scalar(_wrong_tiers(unit, programme)) or 0
        checks = [check_of("loyalty: tiers follow from growth in their window", wrong)]
        for name, law in _LAWS.items():
            checks.append(check_of(name, unit.connection.scalar(sa.text(law), {"merchant": unit.merchant_id}) or 0))
    return checks


def _wrong_tiers(unit: Unit, programme: Programme) -> sa.Select[Any]:
    """How many members are in another tier than growth says that decided on their review day.

    Nobody is below what it reaches; above it is only whose tier is safe or in its days of grace, who fell that day by
    the one level that is taken at a time, or who had some taken back later that day. A tier decided before the day
    after the programme was published is not looked at.
    """
    held, member, version = member_tiers.c, members.members_relation().c, programme_versions.c
    of = term_columns(programme, held.reviewed_on, member.joined_at, held.since)
    least = deciding_growth(unit, programme, held.member_id, of, held.reviewed_on, "least")
    most = deciding_growth(unit, programme, held.member_id, of, held.reviewed_on, "most", before_takings=True)
    rank = rank_of(programme, held.tier_id)
    below = rank < reached_rank(programme, least.c.growth)
    kept = sa.or_(of.safe, held.kept_until >= held.reviewed_on)
    if programme.growth.fall is Fall.ONE_LEVEL:
        kept = sa.or_(kept, local_day(programme, held.since) == held.reviewed_on)
    above = sa.and_(rank > reached_rank(programme, most.c.growth), kept.is_not(sa.true()))
    published = sa.select(local_day(programme, version.published_at)).where(
        version.merchant_id == unit.merchant_id, version.version == programme.version, version.version > 1
    )
    settled = sa.func.coalesce(held.reviewed_on > published.scalar_subquery(), sa.true())
    return (
        sa.select(sa.func.count())
        .select_from(member_tiers)
        .join(
            members.members_relation(),
            sa.and_(member.merchant_id == held.merchant_id, member.member_id == held.member_id),
        )
        .join(least, sa.true())
        .join(most, sa.true())
        .where(held.merchant_id == unit.merchant_id, sa.or_(below, above), settled)
    )
