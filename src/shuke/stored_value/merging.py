"""What a merge does to top-ups and cards."""

from shuke.members.service import Moves, Plain, counted_again
from shuke.stored_value.tables import cards, top_up_step_uses, top_ups

_STEPS = counted_again(
    top_up_step_uses,
    "member_id",
    """
    SELECT t.step_id, t.member_id, count(*) FROM top_ups AS t
    JOIN top_up_steps AS s ON s.merchant_id = t.merchant_id AND s.step_id = t.step_id AND s.per_member IS NOT NULL
    WHERE t.merchant_id = :merchant AND t.member_id = ANY(:both) GROUP BY t.step_id, t.member_id""",
)

MOVES = Moves(
    moves=(
        Plain(top_ups, "member_id"),
        _STEPS,
        Plain(cards, "member_id"),
    )
)
