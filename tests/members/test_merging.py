"""Merging members over HTTP, what stands in its way, and those who write for them meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from shuke.checkout.tables import orders
from shuke.entrypoints.merging import PLAN
from shuke.kernel.clock import SimulatedClock
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


def test_debt_is_paid_when_they_become_one_and_owed_again_when_two(till: Till) -> None:
    one, other = till.shop.member(), till.shop.member()
    with till.shop.unit() as unit:
        earn(unit, one.member_id, 50)
        owed = Move(other.member_id, Asset.POINTS_OWED, 20, Account.OWED)
        ledger.post(unit, Entry(Kind.ADJUSTED, new_id(), unit.now(), (owed,)))
    done = merge(till, one, other)
    assert points(till, one) == (30, 0)
    assert till.broken_laws() == []
    with till.shop.unit() as unit:
        undoing.undo(unit, PLAN, done.merge_id)
    assert (points(till, one), points(till, other)) == ((50, 0), (0, 20))
    assert till.broken_laws() == []


def points(till: Till, member: Member) -> tuple[int, int]:
    """What she has, and owes."""
    with till.shop.unit() as unit:
        held = ledger.balances(unit, member.member_id)
    return held.points, held.points_owed


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


def test_what_was_spent_meanwhile_is_told_and_the_rest_goes_back(till: Till, clock: SimulatedClock) -> None:
    """Of two lots that one taking emptied partly, hers that remains is moved; a lot that only she lost from is hers."""
    one, other = till.shop.member(), till.shop.member()
    ends = clock.now() + timedelta(days=9)
    with till.shop.unit() as unit:
        earn(unit, one.member_id, 10, expires=ends)
        earn(unit, other.member_id, 50, expires=ends + timedelta(days=1))
        earn(unit, other.member_id, 7)
    done = merge(till, one, other)
    with till.shop.unit() as unit:
        spend(unit, one.member_id, 30)
    before = till.everything()
    preview = till.post(f"merges/mrg_{done.merge_id.hex}/undo/preview").json()
    assert till.everything() == before
    hers = {"asset": "points", "back": 7, "moved": 30, "spent": 20, "spent_by_her": 0}
    assert (preview["absorbed"]["number"], preview["assets"], preview["later"]) == (other.number, [hers], [])
    undone = till.post(f"merges/mrg_{done.merge_id.hex}/undo").json()
    assert undone["assets"] == [hers]
    assert (points(till, one), points(till, other)) == ((0, 0), (37, 0))
    with till.shop.unit() as unit:
        lots = [(lot.remaining, lot.expires_at) for lot in ledger.lots(unit, other.member_id)]
    assert lots == [(30, ends + timedelta(days=1)), (7, None)]
    assert till.broken_laws() == []


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


def test_who_comes_by_her_old_name_is_told_so_and_what_she_does_goes_with_it(till: Till) -> None:
    """The innermost of three: two merges later her card still says who she was, and two undoings later she has it."""
    one, other, third = till.shop.member(), till.shop.member(), till.shop.member(card="66880003")
    merges = [merge(till, other, third), merge(till, one, other)]
    shown = {"phone": third.phone}, {"card": "66880003"}, {"code": third.number}
    for body in shown:
        found = till.client.post("/v1/identify", json=body).json()
        assert (found["member"]["id"], found["identified_as"]) == (member_id(one), member_id(third)), body
    assert till.client.post("/v1/identify", json={"phone": one.phone}).json()["identified_as"] is None
    bought = till.settle([("A", 3)], one, identified_as=member_id(third))
    till.settle([("A", 1)], one)
    till.refund(bought, (1, 1))
    paid = {"store_id": till.store_id, "amount_minor": 10_000, "tenders": [{"kind": "cash", "amount_minor": 10_000}]}
    topped = till.post(f"members/{member_id(one)}/top-ups", paid | {"identified_as": member_id(third)})
    assert topped.status_code == 201, topped.text
    first = till.post(f"merges/mrg_{merges[1].merge_id.hex}/undo").json()
    assert first["later"] == [{"table": "orders", "rows": 1}, {"table": "top_ups", "rows": 1}]
    assert till.broken_laws() == []
    till.post(f"merges/mrg_{merges[0].merge_id.hex}/undo")
    assert [till.wallet(member)[0] for member in (one, other, third)] == [10, 0, 20]
    assert till.order(bought)["member"]["id"] == member_id(third)
    with till.shop.unit() as unit:
        assert ledger.balances(unit, third.member_id).stored_principal == 10_000
    till.refund(bought)
    assert till.wallet(third)[0] == 0
    assert till.broken_laws() == []


def test_who_settles_at_the_moment_of_an_undoing_loses_nothing(till: Till) -> None:
    """By her old name an order is hers, or refused when that is nobody's but hers again."""
    machine, (one, other) = till.as_machine(), [till.shop.member() for _ in range(2)]
    done = merge(till, one, other)

    def buy(number: int) -> tuple[bool, int]:
        named = {"identified_as": member_id(other)} if number % 2 else {}
        answer = till.try_settle([("A", 1)], one, client=machine, **named)
        assert answer.status_code == 201 or (named and answer.json()["code"] == "not_her_name"), answer.text
        return bool(named), int(answer.status_code == 201)

    def undo() -> None:
        with till.shop.unit() as unit:
            undoing.undo(unit, PLAN, done.merge_id)

    with ThreadPoolExecutor(4) as pool:
        sold = [pool.submit(buy, number) for number in range(8)]
        undone = pool.submit(undo)
        sold += [pool.submit(buy, number) for number in range(8)]
        answers = [each.result(timeout=240) for each in sold]
        undone.result(timeout=240)
    hers = sum(settled for named, settled in answers if named)
    theirs = sum(settled for named, settled in answers if not named)
    assert (points(till, one), points(till, other)) == ((10 * theirs, 0), (10 * hers, 0))
    assert theirs == 8
    assert till.broken_laws() == []
