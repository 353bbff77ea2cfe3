"""The list of members: pages, filters, what is shown of a phone number, and the file."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.infra.database import Unit
from shuke.insight import service as insight
from shuke.insight.members.listing import ListedMember, MemberFilter, MemberSort, list_members
from shuke.insight.sums import NEVER
from shuke.kernel.ids import Prefix, show
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.tenancy.model import Role
from tests.support.sales import Chain, Line, Sale, open_chain
from tests.support.wallets import earn
from tests.support.world import World

START = datetime(2026, 2, 20, tzinfo=UTC)
SETTINGS = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


def everybody(world: World, chain: Chain, **query: object) -> list[dict[str, Any]]:
    """All rows of all pages; the first page's total agrees with them."""
    client, rows, cursor, total = world.client(chain.shop.login), [], None, None
    while True:
        page = {"limit": 2, **query} | ({"cursor": cursor} if cursor else {})
        answer = client.get("/v1/members", params=page)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        rows += body["items"]
        if cursor is None:
            total = body["total"]
        cursor = body["next_cursor"]
        if cursor is None:
            assert total == len(rows)
            return rows


def walk(unit: Unit, sort: MemberSort) -> list[ListedMember]:
    """All rows of all pages."""
    rows: list[ListedMember] = []
    cursor = None
    while True:
        page = list_members(unit, MemberFilter(), sort, cursor, 2)
        rows += page.items
        cursor = page.next_cursor
        if cursor is None:
            return rows


def key_of(row: ListedMember, sort: MemberSort) -> Any:
    name = sort.removeprefix("-")
    if name == "joined_at":
        return row.member.joined_at
    if name in ("points", "growth"):
        return getattr(row.balances, name)
    return getattr(row, name) or (NEVER if name == "last_order_at" else 0)


@SETTINGS
@given(
    bought=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), max_size=8),
    points=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), max_size=4),
    counted=st.booleans(),
)
def test_walking_the_pages_meets_everybody_once_in_order(
    world: World, bought: list[tuple[int, int, int]], points: list[tuple[int, int]], counted: bool
) -> None:
    """Under every sort, with many ties, and also while the latest orders are not counted yet."""
    chain = open_chain(world, joined=[START, START, START + timedelta(days=1)])
    history = [Sale(0, member, START + timedelta(days=day), (Line(0, 1, net),)) for member, net, day in bought]
    chain.sell(*history)
    with chain.shop.unit() as unit:
        for member, amount in points:
            earn(unit, chain.members[member].member_id, amount)
        if counted:
            insight.refresh(unit)
    numbers = sorted(member.number for member in chain.members)
    with chain.shop.database.merchant(chain.shop.merchant_id) as slow:
        if not counted:
            chain.sell(Sale(0, None, START, ()), unit=slow)  # an older transaction still runs: nothing may be counted
        for sort in MemberSort:
            with chain.shop.unit() as unit:
                rows = walk(unit, sort)
            keys = [key_of(row, sort) for row in rows]
            assert keys == sorted(keys, reverse=sort.startswith("-")), sort
            assert sorted(row.member.number for row in rows) == numbers


def test_a_row_says_what_she_did(world: World) -> None:
    chain = open_chain(world)
    chain.sell(
        Sale(0, 1, START, (Line(0, 2, 1000, 200, 50),)), Sale(2, 1, START + timedelta(days=1), (Line(1, 1, 300),))
    )
    with chain.shop.unit() as unit:
        earn(unit, chain.members[1].member_id, 7)
    (row,) = everybody(world, chain, q=chain.members[1].number)
    assert row["tier"]["rank"] == 0
    assert (row["orders"], row["paid_minor"], row["points"], row["growth"]) == (2, 1100, 7, 0)
    assert row["last_order_at"] == "2026-02-21T00:00:00Z"
    assert row["join_store"]["code"] == chain.stores[1].code
    (silent,) = everybody(world, chain, q=chain.members[0].number)
    assert (silent["orders"], silent["paid_minor"], silent["last_order_at"]) == (0, 0, None)


def test_filters(world: World) -> None:
    late = datetime(2026, 2, 28, 16, 0, tzinfo=UTC)  # the first of March in Shanghai, just
    chain = open_chain(world, joined=[START, late - timedelta(seconds=1), late, late])
    chain.sell(Sale(0, 0, late, (Line(0, 1, 5),)), Sale(0, 3, late - timedelta(seconds=1), (Line(0, 1, 5),)))
    with chain.shop.unit() as unit:
        members.change(unit, chain.members[2].member_id, {"status": MemberStatus.BLOCKED})
    tiers = world.client(chain.shop.login).get("/v1/programme").json()["tiers"]

    def numbers(**query: object) -> set[int]:
        found = {row["number"] for row in everybody(world, chain, **query)}
        return {index for index, member in enumerate(chain.members) if member.number in found}

    assert numbers(joined_from="2026-03-01") == {2, 3}
    assert numbers(joined_to="2026-02-28") == {0, 1}
    assert numbers(last_order_from="2026-03-01") == {0}
    assert numbers(last_order_to="2026-02-28") == {3}
    assert numbers(status="blocked") == {2}
    assert numbers(store_id=show(Prefix.STORE, chain.stores[0].store_id)) == {0, 3}
    assert numbers(channel="pos") == {0, 1, 2, 3}
    assert numbers(channel="qr") == set()
    assert numbers(tier_id=tiers[0]["id"]) == {0, 1, 2, 3}
    assert numbers(tier_id=tiers[1]["id"], sort="-paid_minor") == set()
    assert numbers(q="王2") == {2}
    assert numbers(q="王", status="active", joined_from="2026-03-01") == {3}
    assert numbers(q="nobody") == set()


@pytest.mark.parametrize(("role", "shown"), [(Role.MANAGER, "13912345678"), (Role.ANALYST, "139****5678")])
def test_phone_numbers_are_masked_for_whom_they_do_not_concern(world: World, role: Role, shown: str) -> None:
    shop = world.merchant()
    member = shop.member(phone="13912345678")
    client = world.client(shop.staff(role))
    row = client.get("/v1/members", params={"q": "5678"}).json()["items"][0]
    detail = client.get(f"/v1/members/{show(Prefix.MEMBER, member.member_id)}").json()
    assert row["phone"] == detail["phone"] == shown


def test_the_file_holds_the_same_members_and_no_formulas(world: World) -> None:
    shop = world.merchant()
    wanted = shop.member(name="=HYPERLINK(1)", phone="13912345678")
    shop.member(name="@SUM(A1)")
    client = world.client(shop.login)
    answer = client.get("/v1/members/export", params={"q": "5678"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(answer.text[1:])))
    assert [(row["number"], row["name"], row["tier_code"]) for row in rows] == [
        (wanted.number, "'=HYPERLINK(1)", "basic")
    ]
    assert len(client.get("/v1/members/export").text.splitlines()) == 3


def test_only_who_may_export_exports(world: World) -> None:
    shop = world.merchant()
    assert world.client(shop.staff(Role.MANAGER)).get("/v1/members/export").status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "x"},
        {"cursor": "WzEsMl0"},
        {"sort": "name"},
        {"limit": 0},
        {"q": "\x00"},
        {"joined_from": "0001-01-01"},
    ],
)
def test_bad_questions_are_refused(world: World, query: dict[str, object]) -> None:
    answer = world.client(world.merchant().login).get("/v1/members", params=query)
    assert answer.status_code == 422
