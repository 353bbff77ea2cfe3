"""Members are found again by what somebody remembers."""

from uuid import UUID

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.infra.database import Unit
from shuke.members import service
from shuke.members.model import IdentifierKind, Join
from tests.support.world import World

CAST = {
    "ming": {"name": "王小明", "phone": "13812345678", "card": "VIP0001", "email": "ming@example.com"},
    "hong": {"name": "王红", "phone": "13900005678", "card": "88880000111"},
    "anna": {"name": "Anna Lee", "phone": "+14155552671"},
}


FOUND = {
    "13812345678": {"ming"},
    "138 1234 5678": {"ming"},
    "+8613812345678": {"ming"},
    "5678": {"ming", "hong"},
    "1381234": set(),
    "vip0001": {"ming"},
    "VIP-0001": {"ming"},
    "88880000111": {"hong"},
    "ming@example.com": {"ming"},
    "王": {"ming", "hong"},
    "王小": {"ming"},
    "小明": set(),
    "anna": {"anna"},
    "ANNA L": {"anna"},
    "lee": {"anna"},
    "nna": set(),
    "+1 415 555 2671": {"anna"},
    "2671": {"anna"},
    "": {"ming", "hong", "anna"},
    "   ": {"ming", "hong", "anna"},
    "%": set(),
    "·": set(),
    "无此人": set(),
}


def test_search(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    ids = {shop.member(**who).member_id: name for name, who in CAST.items()}
    for who in CAST.values():
        other.member(**who)
    with shop.unit() as unit:
        assert {q: {ids[found] for found in _search(unit, q)} for q in FOUND} == FOUND


def test_member_number_is_searchable(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        assert _search(unit, member.number) == {member.member_id}
        assert _search(unit, f" {member.number[:5]} {member.number[5:]} ") == {member.member_id}


def test_find_of_something_that_is_no_identifier_is_nobody(world: World) -> None:
    shop = world.merchant()
    shop.member()
    with shop.unit() as unit:
        for kind in IdentifierKind:
            assert service.find(unit, kind, "?!") is None


def test_foreign_shop_reads_chinese_mobiles_when_its_people_type_them(world: World) -> None:
    """The sample chain stands in the United States and its (generated) members carry Chinese numbers."""
    shop = world.merchant(currency="USD", timezone="America/New_York")
    member = shop.member(phone="+86 14012345678")
    with shop.unit() as unit:
        assert service.find(unit, IdentifierKind.PHONE, "14012345678") == member
        assert _search(unit, "14012345678") == {member.member_id}


def test_search_uses_indexes_behind_row_level_security(world: World) -> None:
    """Equality is leakproof, so the planner may look terms up before the policy filters."""
    shop = world.merchant()
    with shop.unit() as unit:
        unit.connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        relation = service.members_relation()
        query = sa.select(relation.c.member_id).where(
            relation.c.merchant_id == unit.merchant_id, service.search(unit, "5678")
        )
        compiled = query.compile(unit.connection, compile_kwargs={"render_postcompile": True})
        plan = "\n".join(row[0] for row in unit.connection.exec_driver_sql(f"EXPLAIN {compiled}", compiled.params))
    assert "Seq Scan" not in plan
    assert "pk_member_search_terms" in plan


def _search(unit: Unit, q: str) -> set[UUID]:
    relation = service.members_relation()
    return set(unit.connection.scalars(sa.select(relation.c.member_id).where(service.search(unit, q))))


def test_search_finds_what_was_stored(world: World) -> None:
    shop = world.merchant()
    letters = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("abcÑßЖ 　·'-Ｚ")
    names = st.text(letters, min_size=1, max_size=12).filter(str.strip)
    phones = st.integers(13000000000, 19999999999)

    @settings(max_examples=25, deadline=None)
    @given(names, phones, st.integers(1, 12))
    def law(name: str, phone: int, typed: int) -> None:
        with shop.unit() as unit:
            if service.find(unit, IdentifierKind.PHONE, str(phone)) is not None:
                return
            member = service.join(unit, Join(channel="pos", name=name, phone=str(phone)))
            for q in (name[:typed], str(phone), str(phone)[-4:], member.number):
                assert member.member_id in _search(unit, q), q

    law()
