"""The importer's path keeps the same promises as the counter's."""

from datetime import date

import sqlalchemy as sa

from shuke.infra.outbox import START, read_after
from shuke.kernel.ids import new_id
from shuke.members import bulk_store, service
from shuke.members.model import Gender, IdentifierKind, Member, MemberStatus, Purpose
from shuke.members.tables import members
from tests.conftest import NOON
from tests.support.world import World


def test_members_added_in_bulk_are_like_those_who_joined(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    there = other.member(phone="13800001234")
    with shop.unit() as unit:
        numbers = bulk_store.fresh_numbers(unit, 2)
        full = Member(
            member_id=new_id(NOON),
            number=numbers[0],
            status=MemberStatus.ACTIVE,
            name="王小明",
            phone="+8613800001234",
            email="a@example.com",
            card="C001",
            gender=Gender.MALE,
            birthday=date(1990, 5, 1),
            attributes={"household": 3, "owner": True},
            generated=True,
            external_ref="A-1",
            joined_at=NOON,
            join_store_id=shop.store().store_id,
            join_channel="import",
        )
        bare = Member(
            member_id=new_id(NOON),
            number=numbers[1],
            status=MemberStatus.ACTIVE,
            name=None,
            phone=None,
            email=None,
            card="C002",
            gender=None,
            birthday=None,
            attributes={},
            generated=False,
            external_ref=None,
            joined_at=NOON,
            join_store_id=None,
            join_channel="import",
        )
        bulk_store.add_members(unit, [full, bare], [True, None])
    relation = service.members_relation()
    with shop.unit() as unit:
        assert service.get_many(unit, [full.member_id, bare.member_id]) == {
            full.member_id: full,
            bare.member_id: bare,
        }
        for q in ("王小", "1234", "13800001234", "A@example.com", "c-001", full.number):
            found = unit.connection.scalars(sa.select(relation.c.member_id).where(service.search(unit, q))).all()
            assert found == [full.member_id], q
        granted = {entry.purpose: entry.granted for entry in service.consents(unit, full.member_id)}
        joined = [event.member_id for event in read_after(unit, START)[0] if event.type == "member.joined"]
        consumer = unit.connection.scalar(sa.select(members.c.consumer_id).where(members.c.number == full.number))
        assert all(check.ok for check in service.audit(unit))
    with other.unit() as unit:
        theirs = unit.connection.scalar(sa.select(members.c.consumer_id).where(members.c.number == there.number))
    assert granted == {Purpose.TERMS: True, Purpose.MARKETING: True}
    assert sorted(map(str, joined)) == sorted(map(str, (full.member_id, bare.member_id)))
    assert consumer == theirs is not None


def test_owners_are_found_by_reference_and_identifier(world: World) -> None:
    shop = world.merchant()
    member = shop.member(phone="13800001234", card="C001", external_ref="A-1")
    with shop.unit() as unit:
        owners = bulk_store.owners(
            unit, ["A-1", "A-2"], [(IdentifierKind.PHONE, "+8613800001234"), (IdentifierKind.CARD, "NONE")]
        )
    assert owners == {"ref:A-1": member.member_id, "phone:+8613800001234": member.member_id}


def test_fresh_numbers_differ(world: World) -> None:
    with world.merchant().unit() as unit:
        assert len(set(bulk_store.fresh_numbers(unit, 500))) == 500
        assert bulk_store.fresh_numbers(unit, 0) == []
