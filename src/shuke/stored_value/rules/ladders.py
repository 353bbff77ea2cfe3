"""Which step of the ladders a top-up reaches, and what a ladder may look like."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from shuke.kernel.errors import FieldProblem
from shuke.kernel.text import Text
from shuke.stored_value.model import Ladder, Step


def best_step(ladders: Iterable[Ladder], amount_minor: int, used: Mapping[UUID, int]) -> Step | None:
    """The step with the largest bonus that `amount_minor` reaches and the member has not used up; `used` says how
    often she had which. Of equal ones the bonus that lives longest, then the higher step."""
    reached = [
        step
        for ladder in ladders
        for step in ladder.steps
        if step.pay_minor <= amount_minor
        and step.bonus_minor > 0
        and (step.per_member is None or used.get(step.step_id, 0) < step.per_member)
    ]
    return max(reached, key=_worth, default=None)


def _worth(step: Step) -> tuple[int, bool, int, int, str]:
    return (step.bonus_minor, step.bonus_days is None, step.bonus_days or 0, step.pay_minor, step.step_id.hex)


def problems(steps: Sequence[Step]) -> tuple[FieldProblem, ...]:
    """What is wrong with a ladder's steps: each must ask for more than the one before and give no less."""
    found = []
    for number, (lower, step) in enumerate(pairwise(steps), start=1):
        if step.pay_minor <= lower.pay_minor:
            text = Text("充值金额必须高于上一档。", "Must be more than the step before asks for.")
            found.append(FieldProblem(f"steps.{number}.pay_minor", text))
        if step.bonus_minor < lower.bonus_minor:
            text = Text("赠送金额不能低于上一档。", "Must not be less than the step before gives.")
            found.append(FieldProblem(f"steps.{number}.bonus_minor", text))
    return tuple(found)
