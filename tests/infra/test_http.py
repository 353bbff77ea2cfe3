"""What every request meets before and after its route."""

import json
from typing import Annotated

import pytest
import sqlalchemy as sa
import structlog
from fastapi.testclient import TestClient

from shuke.entrypoints.http.app import build_app
from shuke.entrypoints.http.edge import MAX_BODY_BYTES
from shuke.infra.config import Settings
from shuke.infra.http import Call, allow
from shuke.infra.telemetry import configure_logging
from shuke.tenancy.model import Permission
from tests.support.world import World


@pytest.fixture
def client(world: World) -> TestClient:
    return world.client(world.merchant().login)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://testserver.evil.example"},
    ],
)
def test_another_sites_page_cannot_act_with_our_cookie(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/v1/regions", json={"name": "华东"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
    assert client.get("/v1/regions", headers=headers).json()["items"] == []


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}],
)
def test_our_own_page_can(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/v1/regions", json={"name": "华东"}, headers=headers).status_code == 201


def test_a_key_may_come_from_anywhere(world: World) -> None:
    client = world.client()
    client.headers["Authorization"] = f"Bearer {world.merchant().key(Permission.STORES_WRITE)}"
    answer = client.post("/v1/regions", json={"name": "华东"}, headers={"Origin": "https://erp.example"})
    assert answer.status_code == 201


def test_a_body_has_a_limit(client: TestClient) -> None:
    answer = client.post("/v1/regions", content=b"x" * (MAX_BODY_BYTES + 1))
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")

    def endless() -> object:
        for _ in range(MAX_BODY_BYTES // 65536 + 2):
            yield b" " * 65536

    streamed = client.post("/v1/regions", content=endless())  # type: ignore[arg-type]
    assert (streamed.status_code, streamed.headers["content-type"]) == (413, "application/problem+json")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ('{"name": "a\\u0000b"}', "name"),
        ('{"name": "\\ud800"}', "name"),
        ('{"na\\u0000me": "x"}', "na\0me"),
        ('{"name": ', None),
        ("[]", None),
        ('{"name": "' + "x" * 201 + '"}', "name"),
        ('{"name": 7}', "name"),
        ("{}", "name"),
    ],
)
def test_bad_bodies_are_refused_with_the_field(client: TestClient, body: str, path: str | None) -> None:
    answer = client.post("/v1/regions", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    if path is not None:
        assert path in [field["path"] for field in answer.json()["fields"]]
    assert client.get("/v1/regions").json()["items"] == []


@pytest.mark.parametrize("address", ["/v1/stores?q=%00", "/v1/stores/%00", "/%00"])
def test_addresses_without_text_are_refused(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 422


def test_broken_text_in_an_address_is_no_error_of_ours(client: TestClient) -> None:
    assert client.get("/v1/stores?q=%ff%fe").status_code in (200, 422)
    assert client.get("/v1/audit-log?actor=%f0%28%8c%28").status_code in (200, 422)


def test_problems_speak_the_callers_language(world: World) -> None:
    client = world.client()
    zh, en = (client.get("/v1/stores", headers={"Accept-Language": tag}).json() for tag in ("zh-CN", "en-GB,en;q=0.9"))
    assert zh["detail"] == "请先登录，或提供有效的 API 密钥。"
    assert en["detail"] == "Sign in first, or send a valid API key."
    assert (en["type"], en["status"], en["title"]) == ("/problems/sign_in_needed", 401, "Unauthorized")


def test_every_answer_names_its_request(client: TestClient) -> None:
    assert len(client.get("/healthz").headers["x-request-id"]) == 32
    assert client.get("/healthz", headers={"X-Request-Id": "till-7.42-a"}).headers["x-request-id"] == "till-7.42-a"
    assert client.get("/healthz", headers={"X-Request-Id": "a b"}).headers["x-request-id"] != "a b"


def test_logs_are_json_and_hold_no_personal_data(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    try:
        client.get("/v1/members?q=13912345678", headers={"X-Request-Id": "request-1"})
        client.post("/v1/regions", json={"name": "张三丰"})
    finally:
        structlog.reset_defaults()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    first = next(line for line in lines if line["request_id"] == "request-1")
    assert (first["event"], first["method"], first["route"], first["status"]) == ("request", "GET", "/v1/members", 200)
    assert "13912345678" not in json.dumps(lines)
    assert "张三丰" not in json.dumps(lines, ensure_ascii=False)


def test_metrics_are_served_when_asked_for(world: World) -> None:
    assert "shuke_http" not in world.client().get("/metrics").text
    client = TestClient(build_app(world.database, Settings(database_url="unused", metrics=True)))
    client.get("/v1/stores")
    client.get("/healthz")
    text = client.get("/metrics").text
    assert 'shuke_http_requests_total{method="GET",route="/v1/stores",status="401"} 1' in text
    assert 'shuke_http_request_seconds_bucket{route="/healthz",le="+Inf"} 1' in text


def test_a_request_asks_the_database_no_more_than_it_must(world: World) -> None:
    """For a machine: one round trip that finds out who is asking, and the answer; the use of a key is noted now and
    then."""
    client = world.client()
    client.headers["Authorization"] = f"Bearer {world.merchant().key(Permission.STORES_READ)}"
    client.get("/v1/regions")
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sa.event.listen(world.database.engine, "before_cursor_execute", note)
    assert client.get("/v1/regions").status_code == 200
    assert [("api_keys" in item, "regions" in item) for item in asked] == [(False, True)]


def test_a_request_that_takes_too_long_is_given_up(world: World) -> None:
    shop = world.merchant()
    app = build_app(world.database, Settings(database_url="unused"))
    client = TestClient(app)
    client.headers["Authorization"] = f"Bearer {shop.key()}"

    @app.get("/v1/slow")
    def slow(call: Annotated[Call, allow(Permission.STORES_READ)]) -> None:
        with call.unit() as unit:
            unit.connection.execute(sa.text("SET LOCAL statement_timeout = '10ms'"))
            unit.connection.execute(sa.text("SELECT pg_sleep(5)"))

    app.router.routes.insert(0, app.router.routes.pop())
    answer = client.get("/v1/slow")
    assert (answer.status_code, answer.json()["code"]) == (503, "too_slow")
    assert client.get("/v1/stores").status_code == 200
