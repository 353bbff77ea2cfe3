"""Erasing a member over HTTP: looked at first, done once, and clear to whoever asks for her afterwards."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from shuke.entrypoints.erasing import ERASING
from shuke.entrypoints.lake import bring_up_to_date, forget_erased
from shuke.entrypoints.merging import PLAN
from shuke.infra.database import Unit
from shuke.infra.lake.folder import LakeFolder
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import Prefix, new_id, show
from shuke.loyalty.families import sharing
from shuke.loyalty.families import store as family_store
from shuke.loyalty.model import EarnsTo
from shuke.members import service as members
from shuke.members.identity import resolving
from shuke.members.merging import merging
from shuke.members.model import Gender, Member
from shuke.stored_value import topping
from shuke.stored_value.model import Money, MoneyKind
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Role
from shuke.tenancy.tables import audit_log
from tests.support.routes import routes_of
from tests.support.till import Till, open_till
from tests.support.world import World


@pytest.fixture
def till(world: World) -> Till:
    till = open_till(world)
    till.shop.product("A", 1_000)
    return till


def path_of(member: Member, rest: str = "/erasure") -> str:
    return f"/v1/members/{show(Prefix.MEMBER, member.member_id)}{rest}"


def erased(client: TestClient, member: Member, **more: Any) -> dict[str, Any]:
    answer = client.post(path_of(member), json={"reason": "她要求删除", **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def top_up(till: Till, member: Member, minor: int) -> None:
    with till.shop.unit() as unit:
        topping.top_up(unit, member.member_id, till.store.store_id, [Money(MoneyKind.CASH, minor)], amount_minor=minor)


def test_it_is_looked_at_first_and_done_once(till: Till) -> None:
    shop = till.shop
    member = shop.member(name="王小明", email="w@example.com")
    till.settle([("A", 2)], member)
    client = till.world.client(shop.login)
    seen = client.post(path_of(member, "/erasure/preview")).json()
    assert {"identifiers", "members", "member_search_terms"} <= {each["code"] for each in seen["goes"]}
    assert [each["code"] for each in seen["losses"]] == ["points"]
    assert seen["obstacles"] == []
    done = erased(client, member)
    assert (done["number"], done["reason"]) == (member.number, "她要求删除")
    assert done["losses"] == {"points": seen["losses"][0]["amount"]}
    assert [each["id"] for each in client.get("/v1/erasures").json()["items"]] == [done["id"]]
    again = client.post(path_of(member), json={"reason": "再次"})
    assert (again.status_code, again.json()["code"]) == (410, "member_erased")
    assert till.broken_laws() == []
    (told,) = client.get("/v1/audit-log", params={"action": "member.erased"}).json()["items"]
    assert told["after"]["forfeited"] is False


def test_every_route_says_that_she_is_gone(till: Till) -> None:
    member = till.shop.member()
    client = till.world.client(till.shop.login)
    erased(client, member)
    here = show(Prefix.MEMBER, member.member_id)
    for route in routes_of(client.app):  # type: ignore[arg-type]
        if route.method == "GET" and route.path.startswith("/v1/members/{member_id}"):
            answer = client.get(route.path.replace("{member_id}", here).replace("{order_id}", here))
            assert answer.status_code in (410, 422) or str(member.phone) not in answer.text, route
            assert answer.status_code == 410 or "王" not in answer.text, (route, answer.text)
    assert client.patch(path_of(member, ""), json={"name": "新"}).status_code == 410
    assert client.get("/v1/members", params={"q": member.number}).json()["items"] == []
    assert client.post("/v1/identify", json={"phone": member.phone}).status_code == 404
    sale = till.try_settle([("A", 1)], member)
    assert (sale.status_code, sale.json()["code"]) == (410, "member_erased")


def test_she_can_join_anew_as_somebody_else(till: Till) -> None:
    member = till.shop.member(name="王小明", email="w@example.com")
    erased(till.world.client(till.shop.login), member)
    again = till.shop.member(name="王小明", phone=member.phone, email="w@example.com")
    assert again.member_id != member.member_id
    assert till.broken_laws() == []


def test_what_stands_in_the_way_is_said_and_nothing_changes(till: Till) -> None:
    shop = till.shop
    member = shop.member()
    top_up(till, member, 10_000)
    with shop.unit() as unit:
        sharing.create(unit, member.member_id, "王家", EarnsTo.FAMILY)
    client = till.world.client(shop.login)
    preview = client.post(path_of(member, "/erasure/preview")).json()
    assert preview["losses"] == [], "her own money is not lost"
    assert [(each["code"], each["amount_minor"]) for each in preview["obstacles"]] == [
        ("family_owner", None),
        ("stored_principal", 10_000),
    ]
    answer = client.post(path_of(member), json={"reason": "x", "forfeit": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "erasure_hindered")
    assert [each["path"] for each in answer.json()["fields"]] == ["family_owner", "stored_principal"]
    with shop.unit() as unit:
        sharing.close(unit, family_store.family_of(unit, member.member_id))  # type: ignore[arg-type]
    assert client.post(path_of(member), json={"reason": "x", "forfeit": True}).status_code == 409
    assert erased(client, member, paid_out_minor=10_000)["losses"] == {}
    assert till.broken_laws() == []


@pytest.mark.parametrize("left", [0, 9_500, 10_500])
def test_what_was_handed_over_is_what_is_left_of_her_own_money(till: Till, left: int) -> None:
    member = till.shop.member()
    if left:
        top_up(till, member, left)
    client = till.world.client(till.shop.login)
    answer = client.post(path_of(member), json={"reason": "x", "paid_out_minor": 10_000})
    assert (answer.status_code, answer.json()["code"]) == (409, "paid_out_differs")
    assert erased(client, member, paid_out_minor=left)["losses"] == {}
    (told,) = client.get("/v1/audit-log", params={"action": "member.erased"}).json()["items"]
    assert told["after"]["paid_out_minor"] == left
    assert till.broken_laws() == []


def test_merges_she_was_part_of_cannot_be_undone(till: Till) -> None:
    shop = till.shop
    member, other = shop.member(), shop.member(name="李雷")
    with shop.unit() as unit:
        merge = merging.merge(unit, PLAN, member.member_id, other.member_id)
    client = till.world.client(shop.login)
    erased(client, member)
    answer = client.post(f"/v1/merges/{show(Prefix.MERGE, merge.merge_id)}/undo")
    assert (answer.status_code, answer.json()["code"]) == (410, "member_erased")
    assert client.post(path_of(other), json={"reason": "x"}).status_code == 410


def test_a_sale_and_an_erasure_at_once_leave_nothing_half_done(till: Till) -> None:
    people = [till.shop.member() for _ in range(3)]
    owner = till.shop.owner()

    def erase(member: Member) -> bool:
        try:
            with till.shop.unit(owner) as unit:
                members.erase(unit, ERASING, member.member_id, "x", forfeit=True)
        except ShukeError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        sold = [pool.submit(till.try_settle, [("A", 1)], member) for member in people for _ in range(2)]
        done = [pool.submit(erase, member) for member in people]
        assert all(each.result() for each in done)
        assert {each.result().status_code for each in sold} <= {201, 410}
    assert till.broken_laws() == []
    with till.shop.unit() as unit:
        assert unit.connection.exec_driver_sql("SELECT sum(points) FROM ledger_balances").scalar() in (None, 0)


def test_the_lake_forgets_her(till: Till, tmp_path: Path) -> None:
    shop, world = till.shop, till.world
    member, other = shop.member(gender=Gender.FEMALE), shop.member(gender=Gender.MALE)
    till.settle([("A", 2)], member)
    till.settle([("A", 1)], other)
    bring_up_to_date(world.database, tmp_path, shop.merchant_id)
    assert forget_erased(world.database, tmp_path, shop.merchant_id) == 0
    client = world.client(shop.login)
    erased(client, member)
    assert client.get("/v1/erasures").json()["items"][0]["left_lake_at"] is None
    assert forget_erased(world.database, tmp_path, shop.merchant_id) == 1
    assert client.get("/v1/erasures").json()["items"][0]["left_lake_at"] is not None
    folder = LakeFolder.of(tmp_path, shop.merchant_id)
    kept = [row for file in folder.partitions("members") for row in pq.read_table(file).to_pylist()]
    hers = [row for row in kept if row["member_id"] == str(member.member_id)]
    assert [(row["status"], row["gender"]) for row in hers] == [("erased", None)]
    assert {row["gender"] for row in kept if row["member_id"] == str(other.member_id)} == {"male"}
    (copy,) = (folder.path / "native").glob("*.duckdb")
    with duckdb.connect(str(copy), read_only=True) as native:
        assert native.sql("SELECT member_id FROM members").fetchall() == [(str(other.member_id),)]
        assert native.sql("SELECT count(*) FROM orders WHERE member_no IS NULL").fetchall() == [(1,)]
    assert forget_erased(world.database, tmp_path, shop.merchant_id) == 0


def test_only_who_may_erase_does(till: Till) -> None:
    member = till.shop.member()
    client = till.world.client(till.shop.staff(Role.MANAGER, [till.store]))
    assert client.post(path_of(member, "/erasure/preview")).status_code == 403
    assert client.post(path_of(member), json={"reason": "x"}).status_code == 403


def test_it_waits_for_whoever_recognises_people_before_it_holds_anything(till: Till) -> None:
    """Who recognises people may merge her, and then holds her orders: those must be free until then."""
    member = till.shop.member()
    till.settle([("A", 1)], member)
    client = till.world.client(till.shop.login)
    with ThreadPoolExecutor(1) as pool:
        with till.shop.unit() as unit:
            resolving.hold(unit)
            done = pool.submit(erased, client, member)
            wait_for_waiting(unit)
            unit.connection.exec_driver_sql("SELECT FROM orders FOR UPDATE NOWAIT")
        assert done.result()["number"] == member.number


def test_it_holds_her_family_before_her_place_in_it(till: Till) -> None:
    """As whoever removes somebody from a family does."""
    owner, member = till.shop.member(), till.shop.member()
    with till.shop.unit() as unit:
        family_id = sharing.create(unit, owner.member_id, "王家", EarnsTo.FAMILY).family_id
        sharing.accept(unit, sharing.invite(unit, family_id, member.member_id).invitation_id)
    client = till.world.client(till.shop.login)
    with ThreadPoolExecutor(1) as pool:
        with till.shop.unit() as unit:
            family_store.get(unit, family_id, hold=True)
            done = pool.submit(erased, client, member)
            wait_for_waiting(unit)
            family_store.lock(unit, member.member_id)
        assert done.result()["number"] == member.number


def wait_for_waiting(unit: Unit) -> None:
    """Until somebody waits for a lock."""
    waiting = (
        "SELECT count(*) FROM pg_locks WHERE NOT granted "
        "AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
    )
    while not unit.connection.exec_driver_sql(waiting).scalar():
        sleep(0.01)


def test_words_go_from_the_log_of_one_merchant_whatever_tables_are_there_besides(world: World) -> None:
    one, other, subject = world.merchant(), world.merchant(), new_id()
    for shop in (one, other):
        with shop.unit() as unit:
            after = {"amount": 1, "reason": "新"}
            tenancy.record_change(unit, "points_request.asked", "points_request", subject, {"note": "旧"}, after)
    with one.unit() as unit:
        unit.connection.exec_driver_sql("CREATE TEMP TABLE audit_log (LIKE audit_log) ON COMMIT DROP")
        assert tenancy.unsay(unit, [subject]) == 1
    said = []
    for shop in (one, other):
        with shop.unit() as unit:
            rows = unit.connection.execute(audit_log.select().where(audit_log.c.subject_id == subject))
            said += [(row.before, row.after) for row in rows]
    assert said == [({}, {"amount": 1}), ({"note": "旧"}, {"amount": 1, "reason": "新"})]
