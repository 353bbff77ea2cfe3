"""What a member's portrait says of the purchase that is expected next."""

from datetime import date, timedelta
from typing import Any

from shuke.entrypoints.lake import bring_up_to_date
from shuke.entrypoints.traits import reckon
from shuke.members.model import Member
from tests.support.till import Till, member_id


def _portrait_after(till: Till, member: Member, days: int) -> dict[str, Any]:
    """So many days later, when somebody buys something; that day is over."""
    till.world.clock.advance(timedelta(days=days))
    till.settle([("A", 1)], None, client=till.as_machine())
    till.world.clock.advance(timedelta(days=1))
    lake, merchant = till.world.settings.lake, till.shop.merchant_id
    bring_up_to_date(till.world.database, lake, merchant)
    reckon(till.world.database, lake, merchant)
    answer = till.world.client(till.shop.login).get(f"/v1/members/{member_id(member)}/portrait").json()
    return dict(answer["portrait"])


def test_she_is_overdue_since_the_last_day_on_which_she_was_expected(till: Till) -> None:
    often, once, never = (till.shop.member() for _ in range(3))
    for gap in (0, 4, 6, 4, 6):
        till.world.clock.advance(timedelta(days=gap))
        till.settle([("A", 1)], often, client=till.as_machine())
    till.settle([("A", 1)], once, client=till.as_machine())
    there = _portrait_after(till, often, 2)
    assert there["overdue_days"] == 0
    assert there["next_day"] < there["next_upto"], "when she comes can be told within some days"
    for days in (1, 40):
        late = _portrait_after(till, often, days)
        passed = date.fromisoformat(late["as_of"]) - date.fromisoformat(late["next_upto"])
        assert late["overdue_days"] == max(0, passed.days)
        assert (late["overdue_days"] > 0) is (days == 40)
    first = _portrait_after(till, once, 60)
    assert first["next_upto"] is None
    assert first["overdue_days"] == (date.fromisoformat(first["as_of"]) - date.fromisoformat(first["next_day"])).days
    assert _portrait_after(till, never, 1)["overdue_days"] == 0
    assert first["why"]["rhythm"]["zh"].startswith("节奏：")
