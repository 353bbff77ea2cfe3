"""What a merge does to tiers, benefits, families and plans."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.loyalty.errors import BothInFamilies, BothSubscribed
from shuke.loyalty.model import Programme
from shuke.loyalty.publishing import store as programmes
from shuke.loyalty.review import review_members
from shuke.loyalty.tables import (
    benefit_grants,
    benefit_uses,
    families,
    family_invitations,
    family_people,
    member_benefits,
    member_tiers,
    points_requests,
    subscriptions,
)
from shuke.members.service import Kept, Moves, Pair, Plain

_RECORDED = sa.text(
    "SELECT member_id, tier_id, growth, since, kept_until FROM member_tiers "
    "WHERE merchant_id = :merchant AND member_id = ANY(:both) ORDER BY member_id FOR UPDATE"
)
_FORGET = sa.text("DELETE FROM member_tiers WHERE merchant_id = :merchant AND member_id = ANY(:both)")
_MISSING = sa.text(
    """
INSERT INTO member_tiers (merchant_id, member_id, tier_id, growth, since, reviewed_on)
SELECT merchant_id, member_id, :base, 0, joined_at, :day FROM members
WHERE merchant_id = :merchant AND member_id = ANY(:both)
ON CONFLICT DO NOTHING
"""
)

# The longer one of each; one without an end is longest.
_BENEFITS = sa.text(
    """
INSERT INTO member_benefits AS b (merchant_id, member_id, benefit_id, starts_at, ends_at, reason)
SELECT merchant_id, :survivor, benefit_id, starts_at, ends_at, reason FROM member_benefits
WHERE merchant_id = :merchant AND member_id = :absorbed
ON CONFLICT (merchant_id, member_id, benefit_id) DO UPDATE SET starts_at = least(b.starts_at, excluded.starts_at),
  ends_at = CASE WHEN b.ends_at IS NULL OR excluded.ends_at IS NULL THEN NULL
    ELSE greatest(b.ends_at, excluded.ends_at) END
"""
)
_LOSE_BENEFITS = sa.text("DELETE FROM member_benefits WHERE merchant_id = :merchant AND member_id = :absorbed")

_IN_FAMILIES = sa.text(
    """
SELECT EXISTS (
  SELECT FROM family_people AS a JOIN family_people AS s ON s.merchant_id = a.merchant_id
    AND s.member_id = :survivor AND (s.left_at IS NULL OR s.family_id = a.family_id)
  WHERE a.merchant_id = :merchant AND a.member_id = :absorbed AND a.left_at IS NULL)
"""
)
_SUBSCRIBED = sa.text(
    """
SELECT EXISTS (
  SELECT FROM subscriptions WHERE merchant_id = :merchant AND member_id = ANY(:both) AND status = 'active'
  GROUP BY plan_id HAVING count(*) > 1)
"""
)
_INVITED_BOTH = """
t.status = 'open' AND EXISTS (
  SELECT FROM family_invitations AS o WHERE o.merchant_id = t.merchant_id AND o.family_id = t.family_id
    AND o.member_id = :survivor AND o.status = 'open')
"""


def _one_tier(unit: Unit, pair: Pair) -> None:
    _one_tier_each(unit, [pair])


def _one_tier_each(unit: Unit, pairs: Sequence[Pair]) -> None:
    """The higher of both tiers, kept or lost by the growth of both as any review of this day would decide."""
    programme = programmes.live(unit)
    of = {"merchant": unit.merchant_id, "both": sorted(member_id for pair in pairs for member_id in pair.both)}
    rows = {row.member_id: row for row in unit.connection.execute(_RECORDED, of)}
    if programme is None or not rows:
        return
    ranks = {tier.tier_id: tier.rank for tier in programme.tiers}
    today = _today(unit, programme)
    made = [
        {
            "merchant_id": unit.merchant_id,
            "member_id": pair.survivor,
            **_higher([rows[each] for each in pair.both if each in rows], ranks),
            "reviewed_on": today,
        }
        for pair in pairs
        if rows.keys() & {*pair.both}
    ]
    unit.connection.execute(_FORGET, of)
    unit.connection.execute(member_tiers.insert(), made)
    review_members(unit, programme, today, [row["member_id"] for row in made])


def _higher(rows: Sequence[Any], ranks: Mapping[UUID, int]) -> dict[str, Any]:
    top = max(ranks.get(row.tier_id, 0) for row in rows)
    best = [row for row in rows if ranks.get(row.tier_id, 0) == top]
    ends = [row.kept_until for row in best]
    return {
        "tier_id": best[0].tier_id,
        "growth": best[0].growth,
        "since": min(row.since for row in best),
        "kept_until": None if None in ends else max(ends),
    }


def _two_tiers(unit: Unit, pair: Pair) -> None:
    """Each from where she stands again, by her own growth."""
    programme = programmes.live(unit)
    if programme is None:
        return
    day = _today(unit, programme)
    values = {"merchant": unit.merchant_id, "both": pair.both, "base": programme.base_tier.tier_id, "day": day}
    unit.connection.execute(_MISSING, values)
    review_members(unit, programme, day, pair.both)


def _today(unit: Unit, programme: Programme) -> date:
    return business_day(unit.now(), programme.timezone)


def _benefits(unit: Unit, pair: Pair) -> None:
    values = {"merchant": unit.merchant_id, "absorbed": pair.absorbed}
    unit.connection.execute(_BENEFITS, {**values, "survivor": pair.survivor})
    unit.connection.execute(_LOSE_BENEFITS, values)


def _one_family(unit: Unit, pair: Pair) -> None:
    values = {"merchant": unit.merchant_id, "survivor": pair.survivor, "absorbed": pair.absorbed}
    if unit.connection.scalar(_IN_FAMILIES, values):
        raise BothInFamilies


def _one_plan(unit: Unit, pair: Pair) -> None:
    if unit.connection.scalar(_SUBSCRIBED, {"merchant": unit.merchant_id, "both": pair.both}):
        raise BothSubscribed


MOVES = Moves(
    moves=(
        Kept(member_tiers, "member_id", _one_tier, again=_two_tiers, rewinds=True, together=_one_tier_each),
        Kept(member_benefits, "member_id", _benefits),
        Plain(benefit_grants, "member_id", unless=("benefit_id", "occasion")),
        Plain(benefit_uses, "member_id", along=("reference_id", "orders.member_id")),
        Plain(families, "owner_id"),
        Plain(family_people, "member_id", unless=("family_id",)),
        Plain(family_invitations, "member_id", stays=_INVITED_BOTH),
        Plain(subscriptions, "member_id"),
        Plain(points_requests, "member_id"),
    ),
    refuses=(_one_family, _one_plan),
)
