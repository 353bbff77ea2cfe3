"""What is known about a member changes."""

from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa

from shuke.infra.outbox import START, read_after
from shuke.members import service
from shuke.members.errors import IdentifierTaken, MemberNotFound
from shuke.members.model import Changes, Gender, IdentifierKind, MemberStatus, Purpose
from shuke.members.tables import members
from shuke.tenancy.tables import audit_log
from tests.support.world import World


def test_change_keeps_what_is_not_named_and_clears_what_is_none(world: World) -> None:
    shop = world.merchant()
    member = shop.member(name="王小明", email="a@example.com", card="C001", birthday=date(1990, 5, 1))
    with shop.unit() as unit:
        after = service.change(
            unit, member.member_id, Changes(name="王大明", email=None, gender=Gender.MALE, attributes={"size": 3})
        )
    with shop.unit() as unit:
        assert service.get(unit, member.member_id) == after
        assert service.find(unit, IdentifierKind.EMAIL, "a@example.com") is None
    assert (after.name, after.email, after.gender, after.attributes) == ("王大明", None, Gender.MALE, {"size": 3})
    assert (after.phone, after.card, after.birthday) == (member.phone, member.card, member.birthday)


def test_released_phone_is_free_for_others_and_search_follows(world: World) -> None:
    shop = world.merchant()
    first, second = shop.member(phone="13800001111"), shop.member(phone="13800002222")
    with shop.unit() as unit:
        service.change(unit, first.member_id, Changes(phone="13800003333"))
        service.change(unit, second.member_id, Changes(phone="13800001111"))
        found = service.find(unit, IdentifierKind.PHONE, "13800001111")
        assert found is not None
        assert found.member_id == second.member_id
        tails = {tail: _searched(unit, tail) for tail in ("1111", "2222", "3333")}
    assert tails == {"1111": {second.member_id}, "2222": set(), "3333": {first.member_id}}


def test_phone_moves_the_member_to_that_phones_consumer(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    member, there = shop.member(), other.member(phone="13800001111")
    with shop.unit() as unit:
        service.change(unit, member.member_id, Changes(phone="13800001111"))
        moved = unit.connection.scalar(sa.select(members.c.consumer_id).where(members.c.number == member.number))
        service.change(unit, member.member_id, Changes(phone=None))
        without = unit.connection.scalar(sa.select(members.c.consumer_id).where(members.c.number == member.number))
    with other.unit() as unit:
        theirs = unit.connection.scalar(sa.select(members.c.consumer_id).where(members.c.number == there.number))
    assert (moved, without) == (theirs, None)


def test_taken_phone_is_a_conflict_and_nothing_changes(world: World) -> None:
    shop = world.merchant()
    holder, member = shop.member(phone="13800001111"), shop.member()
    with shop.unit() as unit:
        with pytest.raises(IdentifierTaken) as refused:
            service.change(unit, member.member_id, Changes(name="另名", phone="13800001111"))
        assert service.get(unit, member.member_id) == member
        assert service.get(unit, holder.member_id) == holder
    assert [field.path for field in refused.value.fields] == ["phone"]


def test_audit_says_which_fields_and_not_what_they_hold(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        service.change(
            unit, member.member_id, Changes(name="李四", phone="13800009999", status=MemberStatus.BLOCKED, card=None)
        )
    with shop.unit() as unit:
        entry = unit.connection.execute(sa.select(audit_log).where(audit_log.c.action == "member.changed")).one()
        event = next(event for event in read_after(unit, START)[0] if event.type == "member.changed")
    assert entry.before == {"status": "active"}
    assert entry.after == {"fields": ["name", "phone", "status"], "status": "blocked"}
    assert (event.member_id, event.payload) == (member.member_id, {"fields": ["name", "phone", "status"]})


def test_saying_what_is_already_so_changes_nothing(world: World) -> None:
    shop = world.merchant()
    member = shop.member(phone="13800001111")
    with shop.unit() as unit:
        service.change(unit, member.member_id, Changes(phone="138 0000 1111", name=member.name))
        service.consent(unit, member.member_id, {Purpose.MARKETING: True}, "console")
        service.consent(unit, member.member_id, {Purpose.MARKETING: True}, "console")
    with shop.unit() as unit:
        told = [event.type for event in read_after(unit, START)[0] if event.member_id == member.member_id]
    assert told == ["member.joined", "consent.changed"]


def test_consent_keeps_its_history(world: World) -> None:
    shop = world.merchant()
    member = shop.member(consents={Purpose.TERMS: True, Purpose.MARKETING: True})
    with shop.unit() as unit:
        service.consent(unit, member.member_id, {Purpose.MARKETING: False}, "console")
        history = service.consents(unit, member.member_id)
    marketing = [(entry.granted, entry.source) for entry in history if entry.purpose is Purpose.MARKETING]
    assert sorted(marketing) == [(False, "console"), (True, "pos")]


def test_member_of_another_merchant_is_not_there(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    theirs = other.member()
    for member_id in (theirs.member_id, uuid4()):
        with shop.unit() as unit, pytest.raises(MemberNotFound):
            service.change(unit, member_id, Changes(name="x"))
    with other.unit() as unit:
        assert service.get(unit, theirs.member_id) == theirs


def _searched(unit: object, q: str) -> set[object]:
    relation = service.members_relation()
    rows = unit.connection.scalars(sa.select(relation.c.member_id).where(service.search(unit, q)))  # type: ignore
    return set(rows)
