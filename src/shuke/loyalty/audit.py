"""The laws of tiers, checked on a live database."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.planning import whole_tables
from shuke.kernel.audit import Check, check_of
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset
from shuke.loyalty import store
from shuke.loyalty.model import Programme
from shuke.loyalty.tables import member_tiers
from shuke.tenancy import service as tenancy


def audit(unit: Unit) -> Sequence[Check]:
    """Tiers follow from growth."""
    merchant = tenancy.merchant(unit)
    programme = store.programme(unit, merchant.currency, merchant.timezone)
    wrong = 0
    if programme is not None:
        with whole_tables(unit):
            wrong = unit.connection.scalar(_wrong_tiers(unit, programme)) or 0
    return [check_of("loyalty: tiers follow from growth in their window", wrong)]


def _wrong_tiers(unit: Unit, programme: Programme) -> sa.Select[Any]:
    """How many members are in another tier than growth in the window that ended on their review day says."""
    held, move = member_tiers.c, ledger.movements_relation().c
    months = sa.func.make_interval(0, programme.growth_window_months)
    first = sa.cast(held.reviewed_on - months, sa.Date) + sa.literal(1, sa.Integer)
    after = held.reviewed_on + sa.literal(1, sa.Integer)
    in_window = sa.and_(move.at >= _start(programme, first), move.at < _start(programme, after))
    growth = sa.func.coalesce(sa.func.sum(move.amount).filter(in_window), 0)
    codes = [(growth >= tier.threshold_growth, tier.tier_id) for tier in reversed(programme.tiers[1:])]
    base = programme.base_tier.tier_id
    follows = sa.cast(sa.case(*codes, else_=base), sa.Uuid) if codes else sa.literal(base)
    wrong = (
        sa.select(held.member_id)
        .outerjoin_from(
            member_tiers,
            move.member_id.table,
            sa.and_(
                move.merchant_id == held.merchant_id,
                move.member_id == held.member_id,
                move.asset == Asset.GROWTH.value,
            ),
        )
        .where(held.merchant_id == unit.merchant_id)
        .group_by(held.member_id, held.tier_id, held.reviewed_on)
        .having(held.tier_id != follows)
        .subquery()
    )
    return sa.select(sa.func.count()).select_from(wrong)


def _start(programme: Programme, day: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.timezone(programme.timezone, sa.cast(day, sa.DateTime))
