"""What a member has and may, read in one round trip."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.questions import Query, Question, answers
from shuke.kernel.clock import business_day
from shuke.loyalty.model import Entitlement, LimitedPurchase, Programme, Rights
from shuke.loyalty.rules.rights import Facts, rights
from shuke.members import service as members

_READ = Query(
    sa.text(
        """
SELECT
  (SELECT tier_id FROM member_tiers WHERE merchant_id = :merchant AND member_id = :member) AS tier_id,
  (SELECT jsonb_object_agg(plan_id, ends_at) FROM subscriptions
   WHERE merchant_id = :merchant AND member_id = :member AND status = 'active'
     AND starts_at <= :at AND ends_at > :at) AS plans,
  (SELECT jsonb_object_agg(benefit_id, ends_at) FROM member_benefits
   WHERE merchant_id = :merchant AND member_id = :member AND starts_at <= :at
     AND (ends_at IS NULL OR ends_at > :at)) AS own,
  (SELECT jsonb_agg(jsonb_build_array(benefit_id, turn, pieces)) FROM (
     SELECT benefit_id, turn, sum(pieces) AS pieces FROM benefit_uses
     WHERE merchant_id = :merchant AND member_id = :member AND turn = ANY(CAST(:turns AS text[]))
     GROUP BY benefit_id, turn) AS counted) AS used,
  (SELECT family_id FROM family_people
   WHERE merchant_id = :merchant AND member_id = :member AND left_at IS NULL) AS family_id
"""
    )
)


def facts(unit: Unit, programme: Programme, member_id: UUID, at: datetime) -> Facts:
    """What is on record of a member at `at`."""
    questions = (asking_facts(unit, programme, member_id, at), members.asking_tags(unit, member_id, at))
    known, tags = answers(unit, *questions)
    found: Facts = known
    return replace(found, tags=tags)


def asking_facts(unit: Unit, programme: Programme, member_id: UUID, at: datetime) -> Question[Facts]:
    """All but the tags, which are asked of `members` in the same breath."""
    day = business_day(at, programme.timezone)
    effects = (benefit.effect for benefit in programme.benefits)
    turns = {effect.period.turn(day) for effect in effects if isinstance(effect, Entitlement | LimitedPurchase)}
    ask = _READ.ask(merchant=unit.merchant_id, member=member_id, at=at, turns=sorted(turns))
    return Question(ask, lambda rows: _facts(programme, rows[0]))


def _facts(programme: Programme, row: Any) -> Facts:
    return Facts(
        tier=programme.tier(row.tier_id) if row.tier_id else programme.base_tier,
        plans={UUID(plan): datetime.fromisoformat(ends) for plan, ends in (row.plans or {}).items()},
        own={UUID(each): ends and datetime.fromisoformat(ends) for each, ends in (row.own or {}).items()},
        used={(UUID(benefit), turn): int(pieces) for benefit, turn, pieces in row.used or ()},
        family_id=row.family_id,
    )


def rights_of(unit: Unit, programme: Programme, member_id: UUID, at: datetime) -> Rights:
    """What a member may at the till at `at`."""
    return rights(programme, facts(unit, programme, member_id, at), business_day(at, programme.timezone))


def asking_rights(
    unit: Unit, programme: Programme, member_id: UUID, at: datetime
) -> Question[Callable[[frozenset[str]], Rights]]:
    """`rights_of`, for whoever has other things to ask at once, her tags among them: the answer says what she may with
    those."""
    asked, day = asking_facts(unit, programme, member_id, at), business_day(at, programme.timezone)

    def read(rows: Sequence[Any]) -> Callable[[frozenset[str]], Rights]:
        found = asked.read(rows)
        return lambda tags: rights(programme, replace(found, tags=tags), day)

    return Question(asked.ask, read)
