"""Merging members over HTTP, what stands in its way, and those who write for them meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from shuke.checkout.tables import orders
from shuke.entrypoints.merging import PLAN
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.errors import Conflict
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.loyalty.errors import BothInFamilies
from shuke.loyalty.families import sharing
from shuke.loyalty.model import EarnsTo
from shuke.members import service as members
from shuke.members.errors import MemberMerged
from shuke.members.merging import merging, undoing
from shuke.members.merging.errors import AlreadyMerged, NotTheLatestMerge, SamePerson
from shuke.members.model import Member, MemberStatus
from tests.support.till import Till, member_id, open_till
from tests.support.wallets import earn, spend
from tests.support.world import World


@pytest.fixture
def till(world: World) -> Till:
    made = open_till(world)
    made.shop.product("A", 1_000)
    return made


def merge(till: Till, one: Member, other: Member) -> Any:
    with till.shop.unit() as unit:
        return merging.merge(unit, PLAN, one.member_id, other.member_id)


def test_over_http(till: Till) -> None:
    one, other = till.shop.member(name="王小明"), till.shop.member(name=None, email="a@example.com")
    till.settle([("A", 3)], other)
    path, body = f"members/{member_id(one)}/merge", {"other": member_id(other)}
    preview = till.post(f"{path}/preview", body).json()
    assert {"table": "orders", "rows": 1} in preview["moving"]
    assert preview["refused"] is None
    done = till.post(path, body)
    assert done.status_code == 201, done.text
    assert (done.json()["survivor"]["number"], done.json()["absorbed"]["number"]) == (one.number, other.number)
    assert till.wallet(other)[0] == 30, "whoever shows the absorbed member's phone is the survivor"
    assert till.client.get("/v1/merges").json()["items"] == [done.json()]
    assert till.client.get("/v1/merges", params={"member_id": member_id(other)}).json()["items"] == [done.json()]
    told = till.client.get(f"/v1/merges/{done.json()['id']}").json()
    assert told.items() >= done.json().items()
    assert {"table": "orders", "rows": 1} in told["moved"]
    refused = till.post(f"{path}/preview", body).json()["refused"]
    assert (refused["code"], other.number in refused["message"]["en"]) == ("already_merged", True)
    listed = till.client.get("/v1/members").json()["items"]
    assert [item["number"] for item in listed] == [one.number], "a list shows people, not their other names"
    undone = till.post(f"merges/{done.json()['id']}/undo")
    assert (undone.status_code, undone.json()["undone_at"] is None) == (200, False)
    assert till.post(f"merges/{done.json()['id']}/undo").json()["code"] == "already_undone"
    assert till.wallet(one)[0] == 0
    assert till.broken_laws() == []


def test_what_stands_in_the_way_is_told_and_nothing_changes(till: Till) -> None:
    one, other, third = (till.shop.member() for _ in range(3))
    with till.shop.unit() as unit:
        for owner in (one, other):
            sharing.create(unit, owner.member_id, "家", EarnsTo.FAMILY)
    for pair, error in (((one, one), SamePerson), ((one, other), BothInFamilies)):
        before = till.everything()
        with pytest.raises(error):
            merge(till, *pair)
        assert till.everything() == before
    merge(till, one, third)
    with pytest.raises(AlreadyMerged):
        merge(till, other, third)
    assert till.broken_laws() == []


def test_debt_beside_points_is_settled_first(till: Till) -> None:
    one, other = till.shop.member(), till.shop.member()
    with till.shop.unit() as unit:
        earn(unit, one.member_id, 50)
        owed = Move(other.member_id, Asset.POINTS_OWED, 20, Account.OWED)
        ledger.post(unit, Entry(Kind.ADJUSTED, new_id(), unit.now(), (owed,)))
    with pytest.raises(Conflict, match="owes points"):
        merge(till, one, other)


def test_nobody_writes_for_a_name_that_is_another_s(till: Till) -> None:
    one, other = till.shop.member(), till.shop.member()
    merge(till, one, other)
    answer = till.try_settle([("A", 1)], other)
    assert (answer.status_code, answer.json()["code"]) == (409, "member_merged")
    assert one.number in answer.text
    with till.shop.unit() as unit, pytest.raises(MemberMerged):
        members.change(unit, other.member_id, {"name": "李"})
    quoted = till.client.post("/v1/quotes", json=till.basket([("A", 1)], other))
    assert quoted.json()["code"] == "member_merged"


def test_merges_are_undone_newest_first(till: Till) -> None:
    one, other, third = (till.shop.member() for _ in range(3))
    first, second = merge(till, other, third), merge(till, one, other)
    with till.shop.unit() as unit:
        assert set(members.ids_of(unit, one.member_id)) == {one.member_id, other.member_id, third.member_id}
        with pytest.raises(NotTheLatestMerge):
            undoing.undo(unit, PLAN, first.merge_id)
        undoing.undo(unit, PLAN, second.merge_id)
        undoing.undo(unit, PLAN, first.merge_id)
        assert {each.status for each in members.get_many(unit, [one.member_id, third.member_id]).values()} == {
            MemberStatus.ACTIVE
        }
    assert till.broken_laws() == []


def test_whoever_is_blocked_stays_blocked(till: Till) -> None:
    one, other = till.shop.member(), till.shop.member()
    with till.shop.unit() as unit:
        members.change(unit, other.member_id, {"status": MemberStatus.BLOCKED})
    done = merge(till, one, other)
    with till.shop.unit() as unit:
        assert members.get(unit, one.member_id).status is MemberStatus.BLOCKED
        undoing.undo(unit, PLAN, done.merge_id)
        assert members.get(unit, one.member_id).status is MemberStatus.ACTIVE


def test_what_was_spent_together_keeps_together(till: Till, clock: SimulatedClock) -> None:
    one, other = till.shop.member(), till.shop.member()
    with till.shop.unit() as unit:
        earn(unit, other.member_id, 50, expires=clock.now() + timedelta(days=9))
    done = merge(till, one, other)
    with till.shop.unit() as unit:
        spend(unit, one.member_id, 20)
    before = till.everything()
    assert till.post(f"merges/mrg_{done.merge_id.hex}/undo").json()["code"] == "spent_together"
    assert till.everything() == before | {"idempotency_keys": till.everything()["idempotency_keys"]}


def test_who_settles_at_the_moment_of_a_merge_loses_nothing(till: Till) -> None:
    """Tills know the members by both names; each order is one of the survivor's, or refused and settled by her name."""
    machine, people = till.as_machine(), [till.shop.member() for _ in range(2)]

    def buy(number: int) -> int:
        answer = till.try_settle([("A", 1)], people[number % 2], client=machine)
        if answer.status_code == 201:
            return 1
        assert answer.json()["code"] == "member_merged", answer.text
        return 0

    with ThreadPoolExecutor(4) as pool:
        sold = [pool.submit(buy, number) for number in range(16)]
        done = pool.submit(merge, till, *people)
        sold += [pool.submit(buy, number) for number in range(8)]
        settled = sum(each.result(timeout=120) for each in sold)
        done.result(timeout=120)
    with till.shop.unit() as unit:
        of = sa.select(orders.c.member_id, sa.func.count()).group_by(orders.c.member_id)
        assert [tuple(row) for row in unit.connection.execute(of)] == [(people[0].member_id, settled)]
        assert ledger.balances(unit, people[0].member_id).points == 10 * settled
    assert till.broken_laws() == []
