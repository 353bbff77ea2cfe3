"""Clearing over HTTP: days, matrix, entries, statements, files; what a store manager sees of it."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from shuke.infra.outbox import domain_events
from shuke.kernel.ids import Prefix, show
from shuke.offers.model import Funder
from shuke.tenancy.model import Role
from tests.support.clearing import Chain, Use, open_chain
from tests.support.clearing_books import Cut
from tests.support.world import World

A, B, C = range(3)


@pytest.fixture
def chain(world: World) -> Chain:
    """Yesterday is over: the platform owes A 300, B 20 came back; A owes B 4 000 of a top-up."""
    opened = open_chain(world)
    topped = opened.top_up(A, 10_000)
    opened.sell(A, [[Cut(Funder.PLATFORM, 300), Cut(Funder.PARTNER, 5, "乳业")]], money=100)
    opened.sell(B, [[Cut(Funder.PLATFORM, 20)]], uses=[Use(topped, 4_000)])
    opened.next_day()
    opened.refund(1)
    return opened


def shown(chain: Chain, store: int) -> str:
    return show(Prefix.STORE, chain.stores[store].store_id)


def get(chain: Chain, path: str, login: str | None = None, **query: Any) -> Any:
    answer = chain.world.client(login or chain.shop.login).get(f"/v1/clearing/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_days_are_listed_opened_and_closed(chain: Chain) -> None:
    today = chain.today()
    yesterday = today - timedelta(days=1)
    listed = get(chain, "days")["items"]
    assert [(day["day"], day["status"], day["entries"], day["amount_minor"]) for day in listed] == [
        (str(today), "open", 2, -4020),
        (str(yesterday), "open", 4, 4325),
    ]
    client = chain.world.client(chain.shop.login)
    would = client.post(f"/v1/clearing/days/{yesterday}/close", json={"preview": True}).json()
    assert (would["preview"], would["entries"], get(chain, "days")["items"]) == (True, 4, listed)
    done = client.post(f"/v1/clearing/days/{yesterday}/close", json={}).json()
    assert done | {"preview": True} == would
    assert done["from"] == done["to"] == str(yesterday)
    again = client.post(f"/v1/clearing/days/{yesterday}/close", json={}).json()
    assert (again["days"], again["from"]) == (0, None)
    first = get(chain, "days", limit=1)
    second = get(chain, "days", limit=1, cursor=first["next_cursor"])
    assert [day["status"] for day in (*first["items"], *second["items"])] == ["open", "closed"]
    assert second["next_cursor"] is None
    refused = client.post(f"/v1/clearing/days/{today}/close", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "day_not_over")


def test_closing_under_the_same_key_answers_the_same(chain: Chain) -> None:
    client, day = chain.world.client(chain.shop.login), chain.today() - timedelta(days=1)
    answers = [
        client.post(f"/v1/clearing/days/{day}/close", json={}, headers={"Idempotency-Key": "close"}) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["days"] == 1


def test_closing_is_told_and_audited_once(chain: Chain) -> None:
    client, day = chain.world.client(chain.shop.login), chain.today() - timedelta(days=1)
    for _ in range(2):
        client.post(f"/v1/clearing/days/{day}/close", json={})
    with chain.shop.unit() as unit:
        event = domain_events.c
        told = unit.connection.execute(
            sa.select(event.payload).where(event.merchant_id == unit.merchant_id, event.type == "clearing.closed")
        ).scalars()
        assert [(each["days"], each["entries"], each["amount_minor"]) for each in told] == [(1, 4, 4325)]
    entries = client.get("/v1/audit-log", params={"action": "clearing.closed"}).json()["items"]
    assert [entry["after"]["last"] for entry in entries] == [str(day)]


def test_the_matrix_leads_to_the_entries(chain: Chain) -> None:
    day = str(chain.today() - timedelta(days=1))
    found = get(chain, f"days/{day}")["statement"]
    positions = {each["party"]["id"]: each["net_minor"] for each in found["positions"]}
    assert positions == {shown(chain, A): -3695, shown(chain, B): 4020, "platform": -320, "partner:乳业": -5}
    assert {each["reason"]: each["amount_minor"] for each in found["reasons"]} == {
        "subsidy": 325,
        "stored_principal": 4000,
    }
    cell = next(debt for debt in found["debts"] if debt["reason"] == "stored_principal")
    assert (cell["debtor"]["name"]["zh"], cell["creditor"]["store"]["id"]) == ("A店", shown(chain, B))
    entries = get(chain, f"days/{day}/entries", party=shown(chain, B), reason="stored_principal")["items"]
    assert [(entry["amount_minor"], entry["late"], entry["kind"]) for entry in entries] == [(4000, False, "order")]
    assert entries[0]["number"] == chain.sales[1].order_id.hex
    walked, cursor = [], None
    while True:
        query = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        page = get(chain, f"days/{day}/entries", **query)
        walked += [entry["id"] for entry in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert len(walked) == len(set(walked)) == 4


def test_entries_keep_their_ids_when_their_day_is_closed(chain: Chain) -> None:
    day = chain.today() - timedelta(days=1)
    before = get(chain, f"days/{day}/entries")["items"]
    chain.close(day)
    assert get(chain, f"days/{day}/entries")["items"] == before


def test_a_statement_is_a_page_and_a_file(chain: Chain) -> None:
    today, chain_b = chain.today(), shown(chain, B)
    period = {"from": str(today - timedelta(days=1)), "to": str(today), "party": chain_b}
    chain.close(today - timedelta(days=1))
    found = get(chain, "statement", **period)
    assert found["open_from"] == str(today)
    assert {each["party"]["id"]: each["net_minor"] for each in found["positions"]}[chain_b] == 0
    client = chain.world.client(chain.shop.login)
    answer = client.get("/v1/clearing/statement/export", params=period, headers={"Accept-Language": "en"})
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [row["status"] for row in rows] == ["closed", "closed", "open", "open"]
    assert {(row["counterparty"].partition(" ")[0], row["receives_minor"]) for row in rows} == {
        ("Platform", "20"),
        (chain.stores[A].code, "4000"),
        ("Platform", "-20"),
        (chain.stores[A].code, "-4000"),
    }
    assert sum(int(row["receives_minor"]) - int(row["pays_minor"]) for row in rows) == 0


def test_a_manager_sees_what_concerns_her_stores(chain: Chain) -> None:
    login = chain.shop.staff(Role.MANAGER, [chain.stores[B]])
    day = chain.today() - timedelta(days=1)
    for closed in (False, True):
        if closed:
            chain.close(day)
        found = get(chain, f"days/{day}", login)
        assert (found["day"]["entries"], found["day"]["amount_minor"]) == (2, 4020)
        assert len(get(chain, f"days/{day}/entries", login)["items"]) == 2
        assert get(chain, f"days/{day}/entries", login, party="partner:乳业")["items"] == []
        assert [each["entries"] for each in get(chain, "days", login)["items"]] == [2, 2]
    assert chain.world.client(login).post(f"/v1/clearing/days/{day}/close", json={}).status_code == 403
    cashier = chain.world.client(chain.shop.staff(Role.CASHIER, [chain.stores[B]]))
    assert cashier.get("/v1/clearing/days").status_code == 403


def test_terms_change_for_days_that_are_open(chain: Chain) -> None:
    client, day = chain.world.client(chain.shop.login), chain.today() - timedelta(days=1)
    assert get(chain, "terms")["stores_settle"] is True
    changed = client.patch("/v1/clearing/terms", json={"stores_settle": False})
    assert changed.json() == {**get(chain, "terms"), "stores_settle": False}
    assert {each["party"]["id"] for each in get(chain, f"days/{day}")["statement"]["positions"]} == {
        "merchant",
        "platform",
        "partner:乳业",
    }


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("statement", {"from": "2026-03-02", "to": "2026-03-01"}, "invalid"),
        ("statement", {"from": "2020-03-02", "to": "2026-03-01"}, "invalid"),
        ("statement", {"from": "2026-03-01", "to": "2026-03-01", "party": "who"}, "party_unknown"),
        ("days", {"cursor": "nonsense"}, "bad_cursor"),
    ],
)
def test_bad_questions_are_refused(world: World, path: str, query: dict[str, str], code: str) -> None:
    shop = world.merchant()
    answer = world.client(shop.login).get(f"/v1/clearing/{path}", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
