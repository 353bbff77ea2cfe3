"""Members take identifiers and give them up; visitors who were they all along."""

from pathlib import Path

import pytest

from shuke.members import bulk_store, service
from shuke.members.errors import IdentifierTaken
from shuke.members.identity import audit
from shuke.members.model import IdentifierKind, Join
from tests.imports.desk import Desk
from tests.support.people import became, held, visitor
from tests.support.world import Shop, World

PHONE = "+8613800001234"


def _quiet(shop: Shop) -> None:
    with shop.unit() as unit:
        assert [check for check in audit.audit(unit) if not check.ok] == []


def test_a_visitor_who_joins_was_she_all_along(world: World) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        seen = visitor(unit, phone=PHONE, anonymous_id="browser")
        before = held(unit)[seen]
        joined = service.join(unit, Join(channel="pos", phone="13800001234", card="VIP001"))
        assert became(unit, seen) == joined.member_id
        assert held(unit) == {joined.member_id: before | {("card", unit.index("card", "VIP001"))}}
        assert service.get(unit, joined.member_id).phone == PHONE
    _quiet(shop)


def test_what_a_visitor_brought_along_is_the_members_and_nobody_elses(world: World) -> None:
    shop = world.merchant()
    one, two = shop.member(card="A001"), shop.member(card="B001")
    with shop.unit() as unit:
        seen = visitor(unit, phone=PHONE, email="x@example.com", device="pad")
        service.change(unit, one.member_id, {"phone": PHONE})
        assert became(unit, seen) == one.member_id
        with pytest.raises(IdentifierTaken):
            service.change(unit, two.member_id, {"email": "x@example.com"})
        assert ("device", unit.index("device", "pad")) in held(unit)[one.member_id]
    _quiet(shop)


def test_what_a_member_has_beside_is_shown_when_she_chooses_it(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        visitor(unit, phone=PHONE, email="x@example.com")
        service.change(unit, member.member_id, {"phone": PHONE})
        assert service.get(unit, member.member_id).email is None
        assert service.find(unit, IdentifierKind.EMAIL, "X@example.com") is not None
        service.change(unit, member.member_id, {"email": "x@example.com"})
        assert service.get(unit, member.member_id).email == "x@example.com"
        service.change(unit, member.member_id, {"email": None})
        assert service.find(unit, IdentifierKind.EMAIL, "x@example.com") is None
    _quiet(shop)


def test_an_import_of_members_takes_their_visits_along(world: World, tmp_path: Path) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        seen = visitor(unit, phone=PHONE, anonymous_id="browser")
        assert bulk_store.owners(unit, [], [(IdentifierKind.PHONE, PHONE)]) == {}
    desk = Desk(shop, tmp_path)
    rows = [["R1", "13800001234", "A001"], ["R2", "13800005678", "A002"]]
    desk.load("members", desk.write("members.csv", ["ref", "phone", "card"], rows))
    with shop.unit() as unit:
        found = service.find(unit, IdentifierKind.PHONE, PHONE)
        assert found is not None
        assert found.card == "A001"
        assert became(unit, seen) == found.member_id
        assert len(held(unit)[found.member_id]) == 3
    _quiet(shop)
