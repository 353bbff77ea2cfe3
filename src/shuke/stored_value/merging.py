"""What a merge does to top-ups and cards."""

from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members.service import Left, Moves, Pair, Plain, counted_again
from shuke.stored_value.tables import cards, top_up_refunds, top_up_step_uses, top_ups

_STEPS = counted_again(
    top_up_step_uses,
    "member_id",
    """
    SELECT t.step_id, t.member_id, count(*) FROM top_ups AS t
    JOIN top_up_steps AS s ON s.merchant_id = t.merchant_id AND s.step_id = t.step_id AND s.per_member IS NOT NULL
    WHERE t.merchant_id = :merchant AND t.member_id = ANY(:both) GROUP BY t.step_id, t.member_id""",
)


def _refers(unit: Unit, pair: Pair) -> sa.Select[Any]:
    """Her top-ups, and what went back of them."""
    made, back = top_ups.c, top_up_refunds.c
    hers = sa.select(made.top_up_id.label("id")).where(
        made.merchant_id == unit.merchant_id, made.member_id == pair.absorbed
    )
    refunds = sa.select(back.refund_id).where(back.merchant_id == unit.merchant_id, back.top_up_id.in_(hers))
    return sa.select(sa.union_all(hers, refunds).subquery("of_top_ups"))


MOVES = Moves(
    moves=(
        Plain(top_ups, "member_id", identified="identified_as"),
        Left(top_ups, "identified_as", "the name she came by, whoever she is by now"),
        _STEPS,
        Plain(cards, "member_id"),
    ),
    refers=(_refers,),
)
