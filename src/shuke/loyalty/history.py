"""What a merchant's past orders earned, posted at once."""

from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.ledger.model import Posted
from shuke.loyalty import store
from shuke.loyalty.errors import NoProgramme
from shuke.loyalty.model import EarnRule, Programme
from shuke.tenancy import service as tenancy


def post_history(unit: Unit, orders: sa.Select[Any]) -> Posted:
    """Post points and growth of past orders that are not posted yet, and expire what is due by now.

    `orders` gives one row per order: `order_id`, `member_id` (rows without one are left out), `paid_minor`, `at`.
    A past before the programme knew no tiers: it earns by the rules without multipliers. Review all members
    afterwards. Raises NoProgramme.
    """
    merchant = tenancy.merchant(unit)
    programme = store.programme(unit, merchant.currency, merchant.timezone)
    if programme is None:
        raise NoProgramme
    order = orders.subquery("orders").c
    earned = sa.select(
        order.order_id.label("reference_id"),
        order.member_id.label("wallet_id"),
        order.at,
        earned_by(programme.points_rule, order.paid_minor).label("points"),
        earned_by(programme.growth_rule, order.paid_minor).label("growth"),
        _expires_at(programme, order.at).label("expires_at"),
    ).where(order.member_id.is_not(None))
    return ledger.post_history(unit, earned)


def earned_by(rule: EarnRule, paid_minor: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """`rules.earn` without multiplier, as SQL: division of positive integers rounds down."""
    paid = sa.cast(sa.func.greatest(paid_minor, 0), sa.BigInteger)
    return (paid * sa.literal(rule.amount, sa.BigInteger)).op("/", return_type=sa.BigInteger())(
        sa.literal(rule.per_minor, sa.BigInteger)
    )


def _expires_at(programme: Programme, at: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """`rules.expires_at` as SQL."""
    months = programme.points_rule.expiry_months
    if months is None:
        return sa.null()
    day = sa.cast(sa.func.timezone(programme.timezone, at), sa.Date)
    last = sa.cast(day + sa.func.make_interval(0, months), sa.Date)
    start = sa.cast(last + sa.literal(1, sa.Integer), sa.DateTime)
    return sa.func.timezone(programme.timezone, start)
