"""How long data is kept: set within what law and function need, tried first, and deleted at night."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from shuke.entrypoints.following import recognise
from shuke.entrypoints.retention import forget
from shuke.infra.imports.tables import import_rejects
from shuke.infra.schema import metadata
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, show
from shuke.members.identity import resolving
from shuke.members.identity.audit import audit
from shuke.members.identity.becoming import become
from shuke.members.identity.tables import identity_sightings, visitors
from shuke.tenancy.model import Role
from tests.support.every_table import fill
from tests.support.people import held, visitor
from tests.support.tracking import sender
from tests.support.world import World

SUBJECTS = ["events", "quarantine", "access_log", "timeline", "visitors", "sightings", "imports", "idempotency"]


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


def test_a_preview_refuses_what_would_be_refused(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    body = {"name": "网店", "kind": "server", "late_days": 30}
    assert client.post("/v1/event-sources", json=body).status_code == 201
    answers = [
        client.request(method, path, json={"rules": {"events": 10}})
        for method, path in (("POST", "/v1/retention/preview"), ("PUT", "/v1/retention"))
    ]
    assert [answer.json()["code"] for answer in answers] == ["forgets_too_soon"] * 2


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


def test_strangers_go_with_those_who_turned_out_to_be_them(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        stranger, other, hers = (visitor(unit, anonymous_id=each) for each in "abc")
        become(unit, {other: stranger, hers: member.member_id})
    clock.advance(timedelta(days=401))
    assert forget(shop.database, shop.merchant_id) == 2
    with shop.unit() as unit:
        assert list(unit.connection.scalars(sa.select(visitors.c.person_id))) == [hers]
        assert set(held(unit)) == {member.member_id}
        assert [check for check in audit(unit) if not check.ok] == []


def test_strangers_wait_for_whoever_recognises_people(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        visitor(unit, anonymous_id="a")
    clock.advance(timedelta(days=401))
    with ThreadPoolExecutor(1) as pool:
        with shop.unit() as unit:
            resolving.hold(unit)
            gone = pool.submit(forget, shop.database, shop.merchant_id)
            with pytest.raises(TimeoutError):
                gone.result(timeout=0.5)
        assert gone.result() == 1


def test_what_was_seen_of_strangers_goes_and_of_members_stays(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member, server = shop.member(phone="13700001234"), sender(shop)

    def seen(**who: object) -> None:
        server.take({"type": "page", "timestamp": clock.now().isoformat(), **who})
        recognise(shop.database, shop.merchant_id)

    def pairs() -> int:
        with shop.unit() as unit:
            return unit.connection.scalar(sa.select(sa.func.count()).select_from(identity_sightings)) or 0

    seen(userId="u-1", anonymousId="b-1")
    seen(userId="u-2", anonymousId="b-2")
    seen(userId="u-3", anonymousId="b-3", type="identify", traits={"phone": member.phone})
    clock.advance(timedelta(days=20))
    seen(userId="u-2", anonymousId="b-2")
    clock.advance(timedelta(days=25))
    client = world.client(shop.login)
    assert client.put("/v1/retention", json={"rules": {"sightings": 29}}).status_code == 422
    rules = {"rules": {"sightings": 30}}
    assert client.post("/v1/retention/preview", json=rules).json()["rows"]["sightings"] == 1
    client.put("/v1/retention", json=rules)
    assert (pairs(), forget(shop.database, shop.merchant_id), pairs()) == (3, 1, 2)
    clock.advance(timedelta(days=25))
    assert (forget(shop.database, shop.merchant_id), pairs()) == (1, 1)


def test_only_who_may_sets_it(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.staff(Role.ANALYST))
    assert client.get("/v1/retention").status_code == 403
    assert client.put("/v1/retention", json={"rules": {}}).status_code == 403
