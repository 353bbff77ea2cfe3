"""The copy of a member's data has a chapter for all that an erasure deletes of her, or it is said why not."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shuke.audience import service as audience
from shuke.audience.segments.tables import segment_members
from shuke.entrypoints.erasing import ERASING
from shuke.entrypoints.following import recognise
from shuke.entrypoints.lake import bring_up_to_date
from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.traits import reckon
from shuke.events import about
from shuke.events.model import SourceKind
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, show
from shuke.members.erasing import erasing
from shuke.members.merging import merging
from shuke.members.model import Member
from tests.support.every_table import fill, row_for
from tests.support.till import Till, open_till
from tests.support.tracking import sender
from tests.support.world import Shop, World

TOLD = {
    "coupons": "coupons",
    "subscriptions": "plans",
    "families": "families",
    "member_benefits": "benefits",
    "member_tiers": "tier",
    "wallet": "wallet",
    "segment_members": "segments",
    "trait_states": "states",
    "tracked_events": "events",
    "person_events": "events",
    "event_quarantine": "set_aside",
    "member_tags": "tags",
    "tag_history": "tags",
    "member_fields": "told",
    "consent_states": "consents",
    "identifiers": "identifiers",
    "visitors": "visitors",
    "members": "profile",
}
"""What goes → the chapter that tells it."""

UNTOLD = {
    "refunds.reason": "a note of the staff; that she got money back is told",
    "points_requests.reason": "a note of the staff; the points are told",
    "top_up_refunds.reason": "a note of the staff; the refund is told",
    "benefit_uses.note": "a note of the staff",
    "ledger_transactions.note": "a note of the staff; the movement is told",
    "families.name": "of all in the family",
    "family_invitations": "of two people, until it is taken",
    "shared_packets": "what became of it in a wallet is told there",
    "campaign_members": "a list of whom a campaign is for; what it gave her is told as a coupon or in the wallet",
    "benefit_grants": "what is given is told as a coupon or in the wallet",
    "idempotency_keys": "repeats what is told",
    "import_rejects": "refused rows: nothing of them was kept as hers",
    "member_search_terms": "blind; of her name",
    "proposals": "names somebody else",
    "kept_apart": "names somebody else",
    "merge_rows": "names somebody else",
    "identity_sightings": "blind; the identifiers themselves are told",
}
"""What goes and is in no chapter, and why."""


def chapters(world: World, shop: Shop, member: Member) -> dict[str, Any]:
    path = f"/v1/members/{show(Prefix.MEMBER, member.member_id)}/disclosure"
    answer = world.client(shop.login).get(path, params={"format": "json"})
    assert answer.status_code == 200, answer.text
    assert world.client(shop.login).get(path).status_code == 200
    return {each["code"]: each for each in json.loads(answer.text)["chapters"]}


def test_all_that_goes_with_her_is_told_or_it_is_said_why_not(world: World) -> None:
    assert TOLD.keys() | UNTOLD.keys() == {each.code for each in ERASING.goes}
    assert TOLD.keys().isdisjoint(UNTOLD)
    shop = world.merchant()
    assert set(TOLD.values()) <= chapters(world, shop, shop.member()).keys()


def test_her_events_are_told_by_all_names_she_had(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member, older, other = shop.member(), shop.member(), shop.member()
    clock.advance(timedelta(hours=1))
    server, web = sender(shop), sender(shop, SourceKind.WEB)
    at = clock.now().isoformat()
    known: list[dict[str, Any]] = [
        {"type": "identify", "userId": f"u{n}", "anonymousId": f"b{n}", "traits": {"phone": each.phone}}
        for n, each in enumerate((member, older, other))
    ]
    server.take(*({**each, "timestamp": at} for each in known))
    seen = {"type": "track", "event": "Product Viewed", "timestamp": at}
    for n in range(3):
        web.take({**seen, "anonymousId": f"b{n}", "properties": {"sku": f"sku-{n}", "email": f"hers{n}@example.com"}})
    recognise(shop.database, shop.merchant_id)
    web.take({**seen, "event": "", "userId": "u9", "traits": {"phone": member.phone}})
    web.take({**seen, "event": "", "userId": "u9", "traits": {"phone": other.phone}})
    with shop.unit() as unit:
        merging.merge(unit, PLAN, member.member_id, older.member_id)
    server.take({**seen, "userId": "u0", "properties": {"sku": "not followed yet"}, "traits": {"phone": member.phone}})
    with shop.unit() as unit:
        counted = {each.code: each.rows for each in erasing.preview(unit, ERASING, member.member_id).goes}
    found = chapters(world, shop, member)
    events, text = found["events"]["rows"], json.dumps(found, ensure_ascii=False)
    assert len(events) == counted["tracked_events"] == 5
    assert len(found["set_aside"]["rows"]) == counted["event_quarantine"] == 1
    assert {row[4] for row in events} == {"小程序"}
    assert all(word in text for word in ("sku-0", "sku-1", "hers0@example.com", "hers1@example.com"))
    assert not any(word in text for word in ("sku-2", "hers2@example.com", str(other.phone)))
    kinds = {(row[0]["en"], row[1]) for row in found["identifiers"]["rows"]}
    assert {("User id", "u0"), ("User id", "u1"), ("Phone", member.phone), ("Phone", older.phone)} <= kinds
    assert ("User id", "u2") not in kinds


def test_of_very_many_events_the_latest_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = world.merchant()
    member = shop.member()
    here = show(Prefix.MEMBER, member.member_id)
    now = shop.database.clock.now()
    at = [(now - timedelta(minutes=n)).isoformat() for n in range(4)]
    sender(shop).take(*({"type": "track", "event": f"e{n}", "userId": here, "timestamp": at[n]} for n in range(4)))
    recognise(shop.database, shop.merchant_id)
    assert "note" not in chapters(world, shop, member)["events"]
    monkeypatch.setattr(about, "MOST", 3)
    told = chapters(world, shop, member)["events"]
    assert [row[3] for row in told["rows"]] == ["e0", "e1", "e2"]
    assert "4" in told["note"]["en"]


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    till = open_till(world)
    till.shop.product("A", 1_000)
    return till


def test_segments_states_and_what_is_reckoned_are_told(till: Till) -> None:
    shop, world = till.shop, till.world
    member, never = shop.member(), shop.member()
    for _ in range(3):
        till.settle([("A", 1)], member, client=till.as_machine())
        world.clock.advance(timedelta(days=5))
    bring_up_to_date(world.database, world.settings.lake, shop.merchant_id)
    reckon(world.database, world.settings.lake, shop.merchant_id)
    with shop.unit() as unit:
        segment = fill(unit, "常客")["segments"]
        row = row_for(segment_members, unit.merchant_id, "x", {})
        row |= {"segment_id": segment["segment_id"], "member_id": member.member_id}
        unit.connection.execute(segment_members.insert().values(row))
        portrait = audience.portrait(unit, world.settings.lake, member.member_id)
    assert portrait is not None
    found = chapters(world, shop, member)
    assert [name for name, _ in found["segments"]["rows"]] == [segment["name"]]
    assert [row[1:] for row in found["states"]["rows"]] == [
        [{"zh": portrait.lifecycle.name.zh, "en": portrait.lifecycle.name.en}, str(portrait.lifecycle_since)],
        [{"zh": portrait.grade.name.zh, "en": portrait.grade.name.en}, str(portrait.grade_since)],
    ]
    told = {row[0]["en"]: row[1] for row in found["traits"]["rows"]}
    assert told["Days with a purchase"] == portrait.days == 3
    assert told["Preferred store"] == till.store.name
    assert chapters(world, shop, never)["segments"]["rows"] == []
