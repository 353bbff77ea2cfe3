"""The table of the document, played as it stands there."""

from pathlib import Path

import pytest

from shuke.stored_value.model import BonusRule, TopUpState
from shuke.stored_value.rules.refunds import plan_refund
from tests.support.documents import table

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "stored-value.md"
PLAYED = TopUpState(
    10_000, 2_000, principal_spent=2_500, bonus_spent=1_500, principal_left=7_500, bonus_left=500, deducted=0
)


@pytest.mark.parametrize("row", table(PAGE, "rule"), ids=lambda row: row[0])
def test_refunds_by_rule(row: list[str]) -> None:
    plan = plan_refund(PLAYED, BonusRule(row[0]))
    found = (
        plan.principal_minor,
        plan.refunded_minor,
        plan.deducted_minor,
        plan.forfeited_minor,
        plan.kept_minor,
    )
    assert found == tuple(map(int, row[1:]))
