"""Whatever is sent to whichever route of the API: a clear answer, never a breakdown.

Requests are generated from the OpenAPI description, right ones and wrong ones. Random ids meet nothing, so in
every other request the ids are those of things that are there.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import response_schema_conformance

from shuke.entrypoints.http.app import build_app
from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, show
from tests.conftest import NOON
from tests.support.postgres import Server
from tests.support.till import Till, member_id, open_till
from tests.support.world import World

REQUESTS = 8
"""For each route, beside the edge cases of its parameters."""

ENDS_THE_SESSION = ("DELETE /v1/session", "DELETE /v1/sessions")


def _undisturbed() -> FastAPI:
    database = Database("postgresql://nowhere", cipher=Cipher(new_master_key()), clock=SimulatedClock(NOON))
    return build_app(database, Settings(database_url="unused"))


@pytest.fixture(scope="module")
def till(server: Server, cipher: Cipher) -> Iterator[Till]:
    with server.database() as name:
        clock = SimulatedClock(NOON)
        database = Database(server.app_url(name), cipher=cipher, clock=clock)
        till = open_till(World(database, clock, Settings(database_url="unused")))
        till.shop.product("MILK", 1200, member_price_minor=1000)
        yield till
        database.close()


@pytest.fixture(scope="module")
def known(till: Till) -> dict[str, Any]:
    """Ids and codes of things that are there, by the name a parameter or field calls them."""
    member = till.shop.member(phone="13800138000")
    order = till.settle([("MILK", 1)], member)
    return {
        "member_id": member_id(member),
        "store_id": till.store_id,
        "order_id": order["id"],
        "product_id": order["lines"][0]["product_id"],
        "tier_id": show(Prefix.TIER, till.programme.base_tier.tier_id),
        "sku": "MILK",
        "phone": "13800138000",
        "from": "2026-01-01",
        "to": "2026-03-31",
        "cursor": None,
    }


TREES = {
    "include-path-regex": "^/v1/(segments|insight/crowds)",
    "phases": {"coverage": {"enabled": False}},
}
"""A rule tree holds trees: all the ways in which one can be wrong are more than can be written down."""

# Described without a database: the tests hand in the application that has one.
routes = schemathesis.openapi.from_asgi(
    "/openapi.json", _undisturbed(), config=SchemathesisConfig.from_dict({"operations": [TREES]})
)


@routes.parametrize()
@settings(
    max_examples=REQUESTS,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_the_server(case: Case, till: Till, known: dict[str, Any]) -> None:
    number = len(repr(case))
    if number % 2:
        _make_real(case, known)
    signed_in = f"{case.method} {case.path}" not in ENDS_THE_SESSION
    cookies = dict(till.client.cookies) if signed_in else {}
    case.call_and_validate(
        app=till.world.app, cookies=cookies, checks=(not_a_server_error, response_schema_conformance)
    )


def _make_real(case: Case, known: dict[str, Any]) -> None:
    for part in (case.path_parameters, case.query, case.body):
        _replace(part, known)


def _replace(part: object, known: dict[str, Any]) -> None:
    """Put what is there in place of what was made up, however deep."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in known and known[name] is not None:
                part[name] = known[name]
            else:
                _replace(value, known)
    elif isinstance(part, list):
        for item in part:
            _replace(item, known)
