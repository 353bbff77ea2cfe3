"""What a paid plan has brought a member, against what she paid for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from shuke.checkout import service as checkout
from shuke.infra.database import Unit
from shuke.loyalty import service as loyalty


@dataclass(frozen=True, slots=True)
class Saving:
    """`saved_minor`: discounts by the plan's benefits in the orders of its time, less what was refunded;
    `paid_minor`: all that she paid for the subscription, less what she got back."""

    subscription_id: UUID
    saved_minor: int
    paid_minor: int


def savings(unit: Unit, member_id: UUID) -> list[Saving]:
    """One for each subscription she has or had. Benefits are those of the live programme."""
    window = loyalty.plan_windows_relation().c
    saved = _saved(unit, member_id, loyalty.plan_rules(loyalty.programme(unit)))
    rows = unit.connection.execute(
        sa.select(window.subscription_id, window.paid_in_all_minor)
        .where(window.merchant_id == unit.merchant_id, window.member_id == member_id)
        .order_by(window.starts_at, window.subscription_id)
    )
    return [Saving(row.subscription_id, saved.get(row.subscription_id, 0), row.paid_in_all_minor) for row in rows]


def _saved(unit: Unit, member_id: UUID, rules: Mapping[UUID, Sequence[str]]) -> dict[UUID, int]:
    """By subscription: what was taken off her orders in its time by `rules` of its plan, less what was refunded."""
    windows, sold, lines = loyalty.plan_windows_relation(), checkout.sold_relation(), checkout.lines_relation()
    cut = (
        sa.func.jsonb_array_elements(lines.c.adjustments)
        .table_valued(sa.column("value", JSONB), with_ordinality="place")
        .render_derived("cut")
    )
    back = checkout.refund_lines_relation().c
    of_line = (back.merchant_id == lines.c.merchant_id, back.order_id == lines.c.order_id)
    at_place = back.discounts[sa.cast(cut.c.place - 1, sa.Integer)].as_integer()
    returned = (
        sa.select(sa.func.coalesce(sa.func.sum(at_place), 0))
        .where(*of_line, back.line_no == lines.c.line_no)
        .scalar_subquery()
    )
    total = sa.cast(sa.func.sum(cut.c.value["amount_minor"].as_integer() - returned), sa.BigInteger)
    in_time = sa.and_(
        sold.c.merchant_id == windows.c.merchant_id,
        sold.c.member_id == windows.c.member_id,
        sold.c.placed_at >= windows.c.starts_at,
        sold.c.placed_at < windows.c.ends_at,
    )
    made_by = cut.c.value["rule"].as_string()
    of_plan = [sa.and_(windows.c.plan_id == plan_id, made_by.in_(names)) for plan_id, names in rules.items()]
    rows = unit.connection.execute(
        sa.select(windows.c.subscription_id, total)
        .join_from(windows, sold, in_time)
        .join(lines, sa.and_(lines.c.merchant_id == sold.c.merchant_id, lines.c.order_id == sold.c.order_id))
        .join(cut, sa.true())
        .where(windows.c.merchant_id == unit.merchant_id, windows.c.member_id == member_id)
        .where(sa.or_(sa.false(), *of_plan))
        .group_by(windows.c.subscription_id)
    )
    return {row[0]: row[1] for row in rows}
