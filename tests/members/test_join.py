"""Joining: one path in, everything or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from shuke.infra.outbox import START, domain_events, read_after
from shuke.kernel.errors import Invalid, NotFound, ShukeError
from shuke.members import rules, service
from shuke.members.consent.tables import member_consents
from shuke.members.errors import IdentifierTaken, ReferenceTaken
from shuke.members.identity.tables import identifiers
from shuke.members.model import Gender, IdentifierKind, Join, Member, MemberRef, MemberStatus, Purpose
from shuke.members.tables import consumers, member_search_terms, members
from shuke.tenancy.tables import audit_log
from tests.support.world import Shop, World

SECRETS = ("王小明", "13800001234", "xiaoming@example.com", "VIP0001")


def test_everything_given_is_kept_and_finds_her_again(world: World) -> None:
    shop = world.merchant()
    store = shop.store()
    joined = _full(shop, store_id=store.store_id)
    with shop.unit() as unit:
        assert service.get(unit, joined.member_id) == joined
        assert service.find(unit, IdentifierKind.PHONE, "138-0000 1234") == joined
        assert service.find(unit, IdentifierKind.PHONE, "+86 13800001234") == joined
        assert service.find(unit, IdentifierKind.EMAIL, "XiaoMing@Example.com") == joined
        assert service.find(unit, IdentifierKind.CARD, "vip-0001") == joined
        assert service.find_by_number(unit, joined.number).member == joined
        assert service.refs(unit, [joined.member_id]) == {
            joined.member_id: MemberRef(joined.member_id, joined.number, "王小明")
        }
        consents = {entry.purpose: entry.granted for entry in service.consents(unit, joined.member_id)}
    assert joined.phone == "+8613800001234"
    assert (joined.email, joined.card) == ("xiaoming@example.com", "VIP0001")
    assert (joined.status, joined.join_store_id, joined.join_channel) == (MemberStatus.ACTIVE, store.store_id, "pos")
    assert consents == {Purpose.TERMS: True, Purpose.MARKETING: False}


def test_number_has_a_check_digit(world: World) -> None:
    number = world.merchant().member().number
    assert len(number) == 11
    assert rules.check_digit(number[:-1]) == number[-1]


def test_personal_data_is_nowhere_in_clear(world: World) -> None:
    shop = world.merchant()
    _full(shop)
    with shop.unit() as unit:
        for table in (members, identifiers, member_search_terms, member_consents, domain_events, audit_log):
            stored = repr(unit.connection.execute(sa.select(table)).all())
            for secret in (*SECRETS, *(secret.encode() for secret in SECRETS)):
                assert str(secret).strip("b'") not in stored, (table.name, secret)


def test_joining_is_told_once_and_audited(world: World) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        joined = service.join(unit, Join(channel="qr", phone="13800001234"))
    with shop.unit() as unit:
        events = [event for event in read_after(unit, START)[0] if event.subject_id == joined.member_id]
        entries = unit.connection.execute(sa.select(audit_log).where(audit_log.c.subject_id == joined.member_id)).all()
    assert [(event.type, event.member_id) for event in events] == [("member.joined", joined.member_id)]
    assert [(entry.action, entry.actor_name) for entry in entries] == [("member.joined", "店主")]


TAKEN = (
    ({"phone": "+86 138 0000 1234"}, ["phone"]),
    ({"email": "XIAOMING@example.com"}, ["email"]),
    ({"card": "vip 0001"}, ["card"]),
    ({"phone": "13800001234", "card": "VIP0001", "email": "new@example.com"}, ["phone", "card"]),
)


def test_taken_identifier_is_named_and_nothing_is_written(world: World) -> None:
    shop = world.merchant()
    _full(shop)
    before = _counts(shop)
    with shop.unit() as unit:
        for given, kinds in TAKEN:
            with pytest.raises(IdentifierTaken) as refused:
                service.join(unit, Join(channel="pos", **given))
            assert [field.path for field in refused.value.fields] == kinds
    assert _counts(shop) == before


def test_refused_join_leaves_the_transaction_usable(world: World) -> None:
    shop = world.merchant()
    _full(shop)
    before = _counts(shop)
    with shop.unit() as unit:
        with pytest.raises(IdentifierTaken):
            service.join(unit, Join(channel="pos", phone="13800001234", card="OTHER1"))
        assert service.find(unit, IdentifierKind.CARD, "OTHER1") is None
    assert _counts(shop) == before


BAD = (
    ({"phone": "12"}, "phone"),
    ({"phone": "not a phone"}, "phone"),
    ({"phone": "138000012345678"}, "phone"),
    ({"email": "nobody"}, "email"),
    ({"email": "a@b@c.cn"}, "email"),
    ({"card": "??"}, "card"),
    ({"card": "9" * 33}, "card"),
    ({"name": "  "}, "name"),
    ({"name": "x" * 101}, "name"),
    ({"name": "a\x07b"}, "name"),
    ({"birthday": date(2026, 3, 3)}, "birthday"),
    ({"birthday": date(1899, 12, 31)}, "birthday"),
    ({"attributes": {"Big": 1}}, "attributes"),
    ({"attributes": {"size": 10**13}}, "attributes.size"),
    ({"channel": "Face To Face"}, "channel"),
)


def test_bad_input_names_its_field_and_changes_nothing(world: World) -> None:
    shop = world.merchant()
    before = _counts(shop)
    with shop.unit() as unit:
        for given, path in BAD:
            with pytest.raises(Invalid) as refused:
                service.join(unit, Join(**{"channel": "pos", **given}))
            assert [field.path for field in refused.value.fields] == [path], given
    assert _counts(shop) == before


def test_store_of_another_merchant_is_not_found(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    with shop.unit() as unit, pytest.raises(NotFound):
        service.join(unit, Join(channel="pos", phone="13800001234", store_id=other.store().store_id))


def test_external_reference_belongs_to_one_member(world: World) -> None:
    shop = world.merchant()
    shop.member(external_ref="A-1")
    with shop.unit() as unit, pytest.raises(ReferenceTaken):
        service.join(unit, Join(channel="pos", phone="13800001234", external_ref="A-1"))


def test_one_consumer_stands_above_members_of_two_merchants(world: World) -> None:
    one, two = world.merchant(), world.merchant()
    first, second = one.member(phone="13800001234"), two.member(phone="13800001234")
    stranger = two.member(phone="13800005678")
    assert _consumer(one, first) == _consumer(two, second) != _consumer(two, stranger)


def test_no_merchant_reads_consumers(world: World) -> None:
    shop = world.merchant()
    shop.member()
    with shop.unit() as unit:
        assert unit.connection.execute(sa.select(consumers)).all() == []
        shop_again = service.join(unit, Join(channel="pos", phone="13800005678"))
        assert unit.connection.execute(sa.select(consumers)).all() == []
        assert service.get(unit, shop_again.member_id) == shop_again


def test_two_joining_with_one_phone_make_one_member(world: World) -> None:
    shop = world.merchant()

    def join(_: int) -> Member | ShukeError:
        try:
            with world.database.merchant(shop.merchant_id) as unit:
                return service.join(unit, Join(channel="pos", phone="13800001234"))
        except IdentifierTaken as refused:
            return refused

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(join, range(16)))
    assert sum(isinstance(outcome, Member) for outcome in outcomes) == 1
    assert _counts(shop)["members"] == 1


def _full(shop: Shop, **more: object) -> Member:
    return shop.member(
        name="王小明",
        phone="138 0000 1234",
        email="xiaoming@example.com",
        card="VIP 0001",
        gender=Gender.MALE,
        birthday=date(1990, 5, 1),
        attributes={"likes_tea": True},
        consents={Purpose.TERMS: True, Purpose.MARKETING: False},
        **more,
    )


def _counts(shop: Shop) -> dict[str, int]:
    tables = (members, identifiers, member_search_terms, member_consents, domain_events, audit_log)
    with shop.unit() as unit:
        return {
            table.name: unit.connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables
        }


def _consumer(shop: Shop, member: Member) -> object:
    with shop.unit() as unit:
        return unit.connection.scalar(sa.select(members.c.consumer_id).where(members.c.member_id == member.member_id))
