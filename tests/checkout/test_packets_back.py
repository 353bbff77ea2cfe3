"""Red packets given for a purchase go when it is refunded, as far as they are not spent; joining brings its own."""

from typing import Any

import pytest

from shuke.ledger import service as ledger
from shuke.members.model import Member
from shuke.offers.model import PacketKind
from tests.support.offers import Desk
from tests.support.till import Till

BREAD: Any = [("BREAD", 20)]
"""100.00."""


def packets(till: Till, member: Member) -> int:
    with till.shop.unit() as unit:
        return ledger.balances(unit, member.member_id).red_packet


def left_of_budget(till: Till) -> int:
    with till.shop.unit() as unit:
        query = "SELECT budget_minor - spent_minor FROM offer_counters WHERE budget_minor IS NOT NULL"
        return int(unit.connection.exec_driver_sql(query).scalar_one())


@pytest.fixture
def member(till: Till) -> Member:
    """2.00 for each purchase from 50.00 on, 10.00 in all, five times for a member."""
    Desk(till.shop).campaign(
        PacketKind.AFTER_PURCHASE, 200, 200, min_paid_minor=5_000, budget_minor=1_000, per_member=5
    )
    return till.shop.member()


def test_a_refund_takes_the_packet_when_what_is_left_would_not_have_brought_it(till: Till, member: Member) -> None:
    order = till.settle(BREAD, member)
    assert (packets(till, member), left_of_budget(till)) == (200, 800)
    till.refund(order, (1, 10))
    assert packets(till, member) == 200, "what is left is still 50.00"
    till.refund(order, (1, 1))
    assert (packets(till, member), left_of_budget(till)) == (0, 1_000)
    till.refund(order)
    assert (packets(till, member), left_of_budget(till)) == (0, 1_000)
    assert till.broken_laws() == []


def test_a_packet_that_is_spent_stays_spent_and_in_the_budget(till: Till, member: Member) -> None:
    order = till.settle(BREAD, member)
    till.settle([("BREAD", 1)], member)
    assert packets(till, member) == 0
    till.refund(order)
    assert (packets(till, member), left_of_budget(till)) == (0, 800)
    assert till.broken_laws() == []


def test_buying_and_bringing_back_never_gives_more_than_the_budget(till: Till, member: Member) -> None:
    for _ in range(8):
        order = till.settle(BREAD, member)
        till.settle([("BREAD", 1)], member)
        till.refund(order)
    assert left_of_budget(till) == 0
    assert till.broken_laws() == []


def test_spending_packets_counts_nobodys_limits(till: Till) -> None:
    Desk(till.shop).campaign(PacketKind.AFTER_PURCHASE, 200, 200, budget_minor=200, per_member=1)
    member = till.shop.member()
    till.settle(BREAD, member)
    assert till.settle(BREAD, member)["discount_minor"] == 200, "the budget paid when it was given"
    assert left_of_budget(till) == 0
    assert till.broken_laws() == []


def test_it_stays_where_the_merchant_says_so(till: Till, member: Member) -> None:
    assert till.client.patch("/v1/settings/orders", json={"takes_packets_back": False}).status_code == 200
    order = till.settle(BREAD, member)
    till.refund(order)
    assert (packets(till, member), left_of_budget(till)) == (200, 800)
    assert till.broken_laws() == []


def test_of_a_share_goes_what_was_refunded(till: Till) -> None:
    Desk(till.shop).campaign(PacketKind.AFTER_PURCHASE, 10, 5_000, amount_share_bps=1_000, budget_minor=100_000)
    member = till.shop.member()
    order = till.settle(BREAD, member)
    assert packets(till, member) == 1_000
    till.refund(order, (1, 5))
    assert packets(till, member) == 750
    till.refund(order, amounts=[(1, 2_500)])
    assert packets(till, member) == 500
    till.refund(order)
    assert (packets(till, member), left_of_budget(till)) == (0, 100_000)
    assert till.broken_laws() == []


def test_joining_brings_what_the_campaign_says_once(till: Till) -> None:
    Desk(till.shop).campaign(PacketKind.ACTIVATION, 300, 300, budget_minor=500)
    body = {"name": "李雷", "phone": "13700001111", "channel": "pos", "consent": {"terms": True}}
    for _ in range(2):
        joined = till.post("members", body, key="once")
        assert joined.status_code == 201, joined.text
    (found,) = till.client.get("/v1/members", params={"q": "13700001111"}).json()["items"]
    wallet = till.client.get(f"/v1/members/{found['id']}/wallet").json()
    assert wallet["red_packets"]["balance"] == 300
    spent_up = till.post("members", body | {"phone": "13700002222"})
    assert spent_up.status_code == 201, "a spent budget keeps nobody from joining"
    assert left_of_budget(till) == 200
