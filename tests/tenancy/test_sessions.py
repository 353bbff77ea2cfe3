"""Signing in, staying in, and being out again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import sqlalchemy as sa
from fastapi.testclient import TestClient

from shuke.kernel.clock import SimulatedClock
from shuke.tenancy.authentication import FREE_FAILURES, SESSION_LENGTH
from shuke.tenancy.model import Role
from shuke.tenancy.tables import sessions
from tests.support.world import PASSWORD, World


def _signed_in(client: TestClient) -> bool:
    return client.get("/v1/session").status_code == 200


def _try(client: TestClient, login: str, password: str) -> tuple[int, str]:
    answer = client.post("/v1/session", json={"login": login, "password": password})
    return answer.status_code, "" if answer.is_success else answer.json()["code"]


def test_a_session_ends_after_twelve_hours(world: World, clock: SimulatedClock) -> None:
    client = world.client(world.merchant().login)
    clock.advance(SESSION_LENGTH - timedelta(seconds=1))
    assert _signed_in(client)
    clock.advance(timedelta(seconds=1))
    assert client.get("/v1/session").json()["code"] == "sign_in_needed"
    assert client.get("/v1/stores").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    answer = world.client().post("/v1/session", json={"login": world.merchant().login, "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_only_a_hash_of_the_secret_is_stored(world: World) -> None:
    client = world.client(world.merchant().login)
    secret = client.cookies["shuke_session"]
    with world.database.platform() as unit:
        stored = unit.connection.scalars(sa.select(sessions.c.secret_hash)).all()
    assert stored
    assert all(secret.encode() not in bytes(item) for item in stored)


def test_sign_out_ends_this_session_only(world: World) -> None:
    login = world.merchant().login
    phone, desk = world.client(login), world.client(login)
    assert phone.delete("/v1/session").status_code == 204
    assert (_signed_in(phone), _signed_in(desk)) == (False, True)
    assert phone.delete("/v1/session").status_code == 204, "there is nothing left to end"


def test_sign_out_everywhere(world: World) -> None:
    shop = world.merchant()
    phone, desk, other = world.client(shop.login), world.client(shop.login), world.client(shop.staff(Role.ANALYST))
    assert phone.delete("/v1/sessions").status_code == 204
    assert (_signed_in(phone), _signed_in(desk), _signed_in(other)) == (False, False, True)


def test_a_new_password_ends_every_session(world: World) -> None:
    login = world.merchant().login
    phone, desk = world.client(login), world.client(login)
    wrong = phone.post("/v1/session/password", json={"current": "wrong", "new": "another password"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_password")
    short = phone.post("/v1/session/password", json={"current": PASSWORD, "new": "short"})
    assert short.json()["fields"][0]["path"] == "new"
    assert _signed_in(desk)
    changed = phone.post("/v1/session/password", json={"current": PASSWORD, "new": "another password"})
    assert changed.status_code == 204
    assert (_signed_in(phone), _signed_in(desk)) == (False, False)
    assert _try(world.client(), login, PASSWORD) == (401, "wrong_credentials")
    assert _try(world.client(), login, "another password") == (201, "")


def test_a_platform_administrator_has_no_merchant(world: World) -> None:
    client = world.client(world.platform_admin())
    session = client.get("/v1/session").json()
    assert (session["role"], session["merchant"], session["permissions"]) == (
        "platform_admin",
        None,
        ["merchants.read", "merchants.write"],
    )
    changed = client.post("/v1/session/password", json={"current": PASSWORD, "new": "another password"})
    assert changed.status_code == 204


def test_a_key_has_no_session(world: World) -> None:
    client = world.client()
    client.headers["Authorization"] = f"Bearer {world.merchant().key()}"
    for method, path in (("GET", "/v1/session"), ("DELETE", "/v1/sessions")):
        assert client.request(method, path).status_code == 401


def test_wrong_passwords_start_a_growing_wait(world: World, clock: SimulatedClock) -> None:
    login, client = world.merchant().login, world.client()
    for _ in range(FREE_FAILURES):
        assert _try(client, login, "wrong") == (401, "wrong_credentials")
    refused = client.post("/v1/session", json={"login": login, "password": PASSWORD})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
    clock.advance(timedelta(seconds=2))
    assert _try(client, login, "wrong") == (401, "wrong_credentials")
    waits = []
    for _ in range(12):
        refused = client.post("/v1/session", json={"login": login, "password": PASSWORD})
        waits.append(int(refused.headers["retry-after"]))
        clock.advance(timedelta(seconds=waits[-1]))
        assert _try(client, login, "wrong") == (401, "wrong_credentials")
    assert waits == [4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]
    clock.advance(timedelta(minutes=15))
    assert _try(client, login, PASSWORD) == (201, "")
    assert _try(client, login, "wrong") == (401, "wrong_credentials"), "the count starts anew"


def test_old_failures_are_forgotten(world: World, clock: SimulatedClock) -> None:
    login, client = world.merchant().login, world.client()
    for _ in range(FREE_FAILURES):
        _try(client, login, "wrong")
    clock.advance(timedelta(hours=1, seconds=1))
    assert _try(client, login, "wrong") == (401, "wrong_credentials")
    assert _try(client, login, PASSWORD) == (201, "")


def test_failures_of_one_login_do_not_keep_out_another(world: World) -> None:
    shop, client = world.merchant(), world.client()
    for _ in range(FREE_FAILURES + 1):
        _try(client, shop.login, "wrong")
    assert _try(client, shop.staff(Role.ANALYST), PASSWORD) == (201, "")


def test_guesses_sent_together_do_not_slip_through(world: World) -> None:
    login, client = world.merchant().login, world.client()
    together = Barrier(10)

    def guess(number: int) -> int:
        together.wait()
        return _try(client, login, f"guess {number}")[0]

    with ThreadPoolExecutor(10) as pool:
        codes = sorted(pool.map(guess, range(10)))
    assert codes[-1] == 429
    assert codes.count(401) <= FREE_FAILURES + 1


def test_an_unknown_login_answers_like_a_wrong_password(world: World) -> None:
    login, client = world.merchant().login, world.client()
    assert _try(client, "nobody", "wrong") == _try(client, login, "wrong") == (401, "wrong_credentials")
    for _ in range(FREE_FAILURES - 1):
        _try(client, "nobody", "wrong")
    assert _try(client, "nobody", "wrong")[0] == 429


def test_logins_ignore_case_and_spaces(world: World) -> None:
    login = world.merchant().login
    assert _try(world.client(), f"  {login.upper()} ", PASSWORD) == (201, "")
