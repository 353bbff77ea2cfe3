"""Every route, found by walking the application: who may call it, and that nobody reaches another merchant by it.

Requests are made from the OpenAPI description, so that a route added later is walked too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from shuke.entrypoints.lake import bring_up_to_date
from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher
from shuke.infra.database import Database
from shuke.infra.outbox import domain_events
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import MERCHANT_PERMISSIONS, ROLES, Permission, Role
from shuke.tenancy.tables import accounts, sessions
from tests.conftest import NOON
from tests.support.every_table import TENANT_TABLES, fill
from tests.support.postgres import Server
from tests.support.programmes import benefit, with_benefits
from tests.support.routes import Route, routes_of
from tests.support.world import Shop, World

PUBLIC = {
    "POST /v1/session",
    "GET /v1/session",
    "DELETE /v1/session",
    "DELETE /v1/sessions",
    "POST /v1/session/password",
    "GET /healthz",
    "GET /readyz",
    "POST /v1/payments/notifications/wechat/{token}",
    "POST /v1/payments/notifications/alipay/{token}",
    "POST /v1/consents/confirm",
    "POST /v1/segment/{call}",
    "POST /v1/segment/v1/{call}",
    "OPTIONS /v1/segment/{call}",
    "OPTIONS /v1/segment/v1/{call}",
    "GET /v1/segment/snippet.js",
}
"""Open to everybody, or to everybody who is signed in for themselves alone; or to those who sign what they say."""

BODIES: dict[str, Any] = {
    "POST /v1/members": {
        "phone": "13900009999",
        "channel": "pos",
        "join_store_id": "{sto}",
        "consent": {"terms": True},
    },
    "PATCH /v1/members/{member_id}": {"name": "改名"},
    "POST /v1/orders/{order_id}/refunds": {"all": True},
    "POST /v1/orders/{order_id}/refunds/preview": {"all": True},
    "PATCH /v1/settings": {"name": "改名"},
    "PATCH /v1/stores/{store_id}": {"name": "改名"},
    "PATCH /v1/staff/{staff_id}": {"disabled": True},
    "PATCH /v1/products/{product_id}": {"name": "改名"},
    "PUT /v1/segments/{segment_id}": {
        "code": "all",
        "name": "改名",
        "tree": {"rule": "all", "of": []},
        "version": 1,
    },
}
"""Bodies where the one made up from the schema would not change anything, or be refused for its own sake."""

NO_IDS = {str(prefix): show(prefix, uuid4()) for prefix in Prefix}
"""Well-formed ids of things that are not there."""

SECRET = "秘密"
"""In the texts of everything that belongs to the merchant who is to be left alone."""


@dataclass
class Scene:
    """A merchant with a row in every table, another merchant, and ids of the first one's things."""

    world: World
    theirs: Shop
    ours: Shop
    ids: dict[str, str]
    routes: list[Route]

    def state(self) -> dict[str, list[str]]:
        """Everything that the first merchant has, its people's accounts and sessions included."""
        with self.world.database.merchant(self.theirs.merchant_id) as unit:
            found = {
                table.name: sorted(repr(row) for row in unit.connection.execute(table.select()))
                for table in TENANT_TABLES
            }
        with self.world.database.platform() as unit:
            mine = accounts.c.merchant_id == self.theirs.merchant_id
            people = unit.connection.execute(accounts.select().where(mine)).all()
            open_sessions = unit.connection.execute(
                sessions.select().where(sessions.c.account_id.in_([person.account_id for person in people]))
            ).all()
        return {**found, "accounts": sorted(map(repr, people)), "sessions": sorted(map(repr, open_sessions))}


@pytest.fixture(scope="module")
def scene(server: Server, cipher: Cipher, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    clock = SimulatedClock(NOON)
    lake: Path = tmp_path_factory.mktemp("lake")
    with server.database() as name:
        database = Database(server.app_url(name), cipher=cipher, clock=clock)
        try:
            world = World(database, clock, Settings(database_url="unused", lake_dir=lake))
            yield _scene(world)
        finally:
            database.close()


def _scene(world: World) -> Scene:
    theirs, ours = world.merchant(f"甲{SECRET}"), world.merchant("乙")
    store = theirs.store(name=f"店{SECRET}")
    theirs.staff(Role.CASHIER, [store])
    theirs.member(name=f"王{SECRET}")
    theirs.product(name=f"牛奶{SECRET}", category_id=theirs.category(f"乳品{SECRET}").category_id)
    theirs.key()
    monthly = {"occasion": "monthly", "day": 1}
    effect = {"kind": "partner_code", "source": "imported", "timing": monthly}
    with_benefits(theirs, benefit("example", effect, tiers=["basic"]))  # named as requests name what has no id
    with world.database.merchant(theirs.merchant_id) as unit:
        made = fill(unit, SECRET)
    bring_up_to_date(world.database, world.settings.lake, theirs.merchant_id)
    ids = dict(NO_IDS)
    for table, row in made.items():
        if table in _TABLE_OF:
            prefix, column = _TABLE_OF[table]
            ids[prefix] = show(prefix, row[column])
    client = world.client()
    return Scene(world, theirs, ours, ids, list(routes_of(client.app)))  # type: ignore[arg-type]


_TABLE_OF = {
    "access_log": (Prefix.ACCESS, "entry_id"),
    "api_keys": (Prefix.API_KEY, "key_id"),
    "attribute_definitions": (Prefix.ATTRIBUTE, "attribute_id"),
    "audit_log": (Prefix.AUDIT, "entry_id"),
    "benefit_grants": (Prefix.BENEFIT_GRANT, "grant_id"),
    "campaigns": (Prefix.CAMPAIGN, "campaign_id"),
    "card_batches": (Prefix.CARD_BATCH, "batch_id"),
    "cards": (Prefix.CARD, "card_id"),
    "categories": (Prefix.CATEGORY, "category_id"),
    "coupon_batches": (Prefix.COUPON_BATCH, "batch_id"),
    "coupon_gifts": (Prefix.COUPON_GIFT, "gift_id"),
    "coupon_templates": (Prefix.COUPON_TEMPLATE, "template_id"),
    "coupons": (Prefix.COUPON, "coupon_id"),
    "domain_events": (Prefix.EVENT, "event_id"),
    "event_quarantine": (Prefix.QUARANTINED, "quarantined_id"),
    "event_schemas": (Prefix.EVENT_SCHEMA, "schema_id"),
    "event_sources": (Prefix.EVENT_SOURCE, "source_id"),
    "families": (Prefix.FAMILY, "family_id"),
    "family_invitations": (Prefix.FAMILY_INVITATION, "invitation_id"),
    "imports": (Prefix.IMPORT, "import_id"),
    "ledger_lots": (Prefix.LOT, "lot_id"),
    "ledger_postings": (Prefix.POSTING, "posting_id"),
    "members": (Prefix.MEMBER, "member_id"),
    "merges": (Prefix.MERGE, "merge_id"),
    "orders": (Prefix.ORDER, "order_id"),
    "payments": (Prefix.PAYMENT, "payment_id"),
    "points_requests": (Prefix.POINTS_REQUEST, "request_id"),
    "products": (Prefix.PRODUCT, "product_id"),
    "promotions": (Prefix.PROMOTION, "promotion_id"),
    "proposal_acceptances": (Prefix.PROPOSAL_ACCEPTANCE, "acceptance_id"),
    "proposal_runs": (Prefix.PROPOSAL_RUN, "run_id"),
    "proposals": (Prefix.PROPOSAL, "proposal_id"),
    "red_packet_campaigns": (Prefix.RED_PACKET_CAMPAIGN, "campaign_id"),
    "refunds": (Prefix.REFUND, "refund_id"),
    "regions": (Prefix.REGION, "region_id"),
    "segments": (Prefix.SEGMENT, "segment_id"),
    "shared_packets": (Prefix.SHARED_PACKET, "packet_id"),
    "staff": (Prefix.STAFF, "staff_id"),
    "stores": (Prefix.STORE, "store_id"),
    "subscriptions": (Prefix.SUBSCRIPTION, "subscription_id"),
    "tag_groups": (Prefix.TAG_GROUP, "group_id"),
    "tag_history": (Prefix.TAG_ENTRY, "entry_id"),
    "tags": (Prefix.TAG, "tag_id"),
    "tiers": (Prefix.TIER, "tier_id"),
    "top_up_ladders": (Prefix.TOP_UP_LADDER, "ladder_id"),
    "top_ups": (Prefix.TOP_UP, "top_up_id"),
    "uploads": (Prefix.UPLOAD, "upload_id"),
}


def test_every_route_names_its_permission_or_is_public(scene: Scene) -> None:
    assert {route.name for route in scene.routes if route.permission is None} == PUBLIC
    assert {route.permission for route in scene.routes} - {None} <= {str(permission) for permission in Permission}


def test_every_permission_opens_something(scene: Scene) -> None:
    """Those that open no route yet are asked for inside of routes."""
    opened = {route.permission for route in scene.routes}
    asked_inside = {Permission.MEMBERS_CONTACT, Permission.ORDERS_PRICE, Permission.PROGRAMME_WRITE}
    assert set(Permission) - asked_inside - opened == set()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_do_exactly_what_the_table_says(scene: Scene, role: Role) -> None:
    world, shop = scene.world, scene.ours
    login = world.platform_admin() if role is Role.PLATFORM_ADMIN else shop.staff(role)
    allowed = {str(permission) for permission in ROLES[role].permissions}
    assert _wrongly_answered(scene, world.client(login), allowed) == {}


@pytest.mark.parametrize("bit", range(6))
@pytest.mark.parametrize("side", [0, 1])
def test_a_key_may_do_exactly_what_its_scopes_say(scene: Scene, bit: int, side: int) -> None:
    """Twelve keys that tell any two permissions apart: each has those whose number has a bit set, or not set."""
    scopes = {scope for number, scope in enumerate(sorted(MERCHANT_PERMISSIONS)) if number >> bit & 1 == side}
    client = scene.world.client()
    client.headers["Authorization"] = f"Bearer {scene.ours.key(*scopes)}"
    assert _wrongly_answered(scene, client, {str(scope) for scope in scopes}) == {}


def test_strangers_are_asked_to_sign_in(scene: Scene) -> None:
    answers = {
        "nothing": {},
        "a wrong key": {"Authorization": f"Bearer sk_{scene.theirs.merchant_id.hex}_guess"},
        "no key at all": {"Authorization": "Bearer hello"},
        "an old session": {"Cookie": "shuke_session=gone"},
    }
    for headers in answers.values():
        client = scene.world.client()
        client.headers.update(headers)
        codes = {route.name: _bare(client, route).status_code for route in scene.routes if route.permission}
        assert {name: code for name, code in codes.items() if code != 401} == {}


def test_nothing_of_another_merchant_is_seen_or_changed(scene: Scene) -> None:
    """The owner of one merchant, who may do everything there, with ids of another's things on every route."""
    client = scene.world.client(scene.ours.login)
    before = scene.state()
    for route in scene.routes:
        if route.permission not in MERCHANT_PERMISSIONS:
            continue
        answer = client.request(**route.request(scene.ids, BODIES.get(route.name)))
        assert SECRET not in answer.text, route.name
        assert answer.status_code < 500, f"{route.name}: {answer.text}"
        if route.takes_ids:
            assert answer.status_code in (403, 404), f"{route.name}: {answer.status_code} {answer.text}"
    assert scene.state() == before


def test_the_ids_of_that_walk_are_right(scene: Scene) -> None:
    """The merchant itself does see what the other one could not."""
    client = scene.world.client(scene.theirs.login)
    seen, refused = 0, {}
    for route in scene.routes:
        if route.method == "GET" and route.permission in MERCHANT_PERMISSIONS:
            answer = client.request(**route.request(scene.ids))
            if answer.status_code != 200:
                refused[route.name] = f"{answer.status_code} {answer.text}"
            seen += SECRET in answer.text
    assert refused == {}
    assert seen > 10


def _wrongly_answered(scene: Scene, client: TestClient, allowed: set[str]) -> dict[str, str]:
    """Routes that let in whom they should not, or the other way round; and proof that the refused changed nothing."""
    before = _journal(scene)
    wrong = {}
    for route in scene.routes:
        if route.permission is None:
            continue
        answer = _bare(client, route)
        refused = answer.status_code == 403 and answer.json()["code"] == "forbidden"
        if refused == (route.permission in allowed) or answer.status_code in (401, 500):
            wrong[route.name] = f"{answer.status_code} {answer.text[:200]}"
    assert _journal(scene) == before
    return wrong


def _bare(client: TestClient, route: Route) -> Any:
    """A request that finds nothing and carries nothing: right or wrong, it changes nothing."""
    made = route.request(NO_IDS)
    return client.request(made["method"], made["url"], json={} if "json" in made else None)


def _journal(scene: Scene) -> int:
    with scene.world.database.merchant(scene.ours.merchant_id) as unit:
        return len(unit.connection.execute(domain_events.select()).all())
