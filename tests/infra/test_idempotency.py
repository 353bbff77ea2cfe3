"""The same key gives the same answer, even to requests that arrive together; another body is a conflict."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa

from shuke.infra.idempotency import idempotency_keys, platform_idempotency_keys
from shuke.tenancy.model import Role
from shuke.tenancy.tables import regions, staff
from tests.support.world import Shop, World


def _count(shop: Shop, table: sa.Table) -> int:
    with shop.unit() as unit:
        return unit.connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_again_is_the_same_answer(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    headers = {"Idempotency-Key": "one"}
    first = client.post("/v1/regions", json={"name": "华东"}, headers=headers)
    again = client.post("/v1/regions", json={"name": "华东"}, headers=headers)
    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (201, first.json())
    assert _count(shop, regions) == 1


def test_another_body_or_route_is_a_conflict(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    headers = {"Idempotency-Key": "one"}
    client.post("/v1/regions", json={"name": "华东"}, headers=headers)
    for path, body in (("/v1/regions", {"name": "华南"}), ("/v1/stores", {"code": "S1", "name": "华东"})):
        answer = client.post(path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")
    assert _count(shop, regions) == 1


def test_keys_of_different_callers_do_not_meet(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    headers = {"Idempotency-Key": "one"}
    callers = [world.client(shop.login), world.client(other.login), world.client()]
    callers[2].headers["Authorization"] = f"Bearer {shop.key()}"
    answers = [
        client.post("/v1/regions", json={"name": f"区 {number}"}, headers=headers)
        for number, client in enumerate(callers)
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 201]


def test_a_refusal_does_not_use_the_key_up(world: World) -> None:
    client = world.client(world.merchant().login)
    client.post("/v1/regions", json={"name": "华东"})
    headers = {"Idempotency-Key": "one"}
    assert client.post("/v1/regions", json={"name": "华东"}, headers=headers).status_code == 409
    assert client.post("/v1/regions", json={"name": "华南"}, headers=headers).status_code == 201


def test_together_it_happens_once(world: World) -> None:
    """Eight real threads with one key: one does it, all get its answer."""
    shop = world.merchant()
    client = world.client(shop.login)
    together = Barrier(8)

    def send(_number: int) -> tuple[int, str]:
        together.wait()
        answer = client.post("/v1/regions", json={"name": "华东"}, headers={"Idempotency-Key": "together"})
        return answer.status_code, answer.text

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(send, range(8)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 201
    assert _count(shop, regions) == 1


def test_a_secret_shown_once_is_shown_again_to_a_retry_and_is_stored_sealed(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    headers = {"Idempotency-Key": "one"}
    body = {"login": "ana@shop", "name": "Ana", "role": Role.ANALYST}
    first, again = (client.post("/v1/staff", json=body, headers=headers).json() for _ in range(2))
    assert first == again
    assert _count(shop, staff) == 2
    with shop.unit() as unit:
        stored = unit.connection.execute(sa.select(idempotency_keys)).one()
    assert first["password"].encode() not in bytes(stored.answer_cipher)
    assert world.client().post("/v1/session", json={"login": "ana@shop", "password": first["password"]}).is_success


def test_the_platform_has_keys_of_its_own(world: World) -> None:
    client = world.client(world.platform_admin())
    body = {
        "name": "新店",
        "currency": "CNY",
        "timezone": "Asia/Shanghai",
        "owner": {"login": "new-owner", "name": "新店主"},
    }
    first, again = (client.post("/v1/merchants", json=body, headers={"Idempotency-Key": "m"}) for _ in range(2))
    assert first.status_code == again.status_code == 201, again.text
    assert first.json() == again.json()
    with world.database.platform() as unit:
        assert len(unit.connection.execute(sa.select(platform_idempotency_keys)).all()) == 1


def test_a_key_must_be_short_and_printable(world: World) -> None:
    client = world.client(world.merchant().login)
    for key in ("x" * 201, "a\x07b"):
        answer = client.post("/v1/regions", json={"name": "华东"}, headers={"Idempotency-Key": key})
        assert answer.status_code == 422, key
