"""What comes back when a top-up's unspent principal is refunded."""

from shuke.stored_value.model import BonusRule, RefundPlan, TopUpState


def plan_refund(state: TopUpState, rule: BonusRule) -> RefundPlan:
    """All principal that is left leaves the wallet. What goes back is never more than that."""
    entitled = entitled_bonus(state, rule)
    overdrawn = max(0, state.bonus_spent - entitled - state.deducted)
    deducted = min(overdrawn, state.principal_left)
    kept = min(state.bonus_left, max(0, entitled - state.bonus_spent))
    return RefundPlan(
        principal_minor=state.principal_left,
        refunded_minor=state.principal_left - deducted,
        deducted_minor=deducted,
        forfeited_minor=state.bonus_left - kept,
        kept_minor=kept,
    )


def entitled_bonus(state: TopUpState, rule: BonusRule) -> int:
    """How much of the bonus she may have had, or keep, all told."""
    match rule:
        case BonusRule.FORFEIT_ALL:
            return 0
        case BonusRule.PROPORTIONAL:
            return state.bonus_minor * state.principal_spent // state.principal_minor
        case BonusRule.KEEP_SPENT:
            return state.bonus_spent
        case BonusRule.KEEP:
            return state.bonus_minor
