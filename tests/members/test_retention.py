"""How long data is kept: set within what law and function need, tried first, and deleted at night."""

from datetime import timedelta

import sqlalchemy as sa

from shuke.entrypoints.retention import forget
from shuke.infra.imports.tables import import_rejects
from shuke.infra.schema import metadata
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import Role
from tests.support.every_table import fill
from tests.support.world import World

SUBJECTS = ["events", "quarantine", "access_log", "timeline", "visitors", "imports", "idempotency"]


def test_each_subject_has_a_rule_and_a_least(world: World) -> None:
    client = world.client(world.merchant().login)
    rules = client.get("/v1/retention").json()["items"]
    assert [each["subject"] for each in rules] == SUBJECTS
    assert all(each["days"] >= each["least"] for each in rules)
    short = client.put("/v1/retention", json={"rules": {"access_log": 30, "visitors": 60}})
    assert (short.status_code, [each["path"] for each in short.json()["fields"]]) == (422, ["rules.access_log"])
    assert client.get("/v1/retention").json()["items"] == rules
    put = client.put("/v1/retention", json={"rules": {"visitors": 60, "quarantine": 30}}).json()["items"]
    days = {each["subject"]: each["days"] for each in put}
    assert (days["visitors"], days["quarantine"]) == (60, 30)
    (told,) = client.get("/v1/audit-log", params={"action": "retention.changed"}).json()["items"]
    assert told["after"] == {"visitors": 60, "quarantine": 30}
    assert client.get("/v1/events/retention").json()["quarantine_days"] == 30


def test_what_is_over_goes_at_night_as_the_preview_says(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member = shop.member()
    client = world.client(shop.login)
    client.get(f"/v1/members/{show(Prefix.MEMBER, member.member_id)}")
    with world.database.merchant(shop.merchant_id) as unit:
        fill(unit, "旧")
        left = sa.select(sa.func.count()).select_from(metadata.tables["access_log"])
        looks = unit.connection.scalar(left)
    clock.advance(timedelta(days=1))
    assert forget(shop.database, shop.merchant_id) >= 1, "what was filled in is months old"
    clock.advance(timedelta(days=200))
    client = world.client(shop.login)
    seen = client.post("/v1/retention/preview", json={"rules": {"access_log": 190}}).json()["rows"]
    assert seen["access_log"] == looks
    client.put("/v1/retention", json={"rules": {"access_log": 190}})
    assert forget(shop.database, shop.merchant_id) >= seen["access_log"]
    with world.database.merchant(shop.merchant_id) as unit:
        assert unit.connection.scalar(left) == 0
        assert unit.connection.scalar(sa.select(sa.func.count()).select_from(import_rejects)) == 0
    assert forget(shop.database, shop.merchant_id) == 0


def test_only_who_may_sets_it(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.staff(Role.ANALYST))
    assert client.get("/v1/retention").status_code == 403
    assert client.put("/v1/retention", json={"rules": {}}).status_code == 403
