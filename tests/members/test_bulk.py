"""The importer's path keeps the same promises as the counter's."""

import sqlalchemy as sa

from shuke.members import bulk, service
from shuke.members.model import IdentifierKind
from shuke.members.tables import members
from tests.support.world import World


def test_sealed_identity_is_what_a_join_stores(world: World) -> None:
    shop = world.merchant()
    joined = shop.member(name="王小明", phone="13800001234", email="a@example.com", card="C001")
    made = bulk.identity(("CN",), "王小明", "138 0000 1234", "A@example.com", "c-001")
    assert isinstance(made, bulk.Identity)
    with shop.unit() as unit:
        sealed = bulk.sealed(unit, [made])[0]
        for kind, index, cipher in sealed.identifiers:
            assert bulk.holders(unit, IdentifierKind(kind), [index]) == {index: joined.member_id}
            assert unit.open(kind, cipher) == getattr(joined, kind)
        assert sealed.consumer_index is not None
        consumer = unit.connection.scalar(sa.select(members.c.consumer_id))
        assert bulk.consumers_of(unit, [sealed.consumer_index]) == {sealed.consumer_index: consumer}
        assert bulk.indexes(unit, IdentifierKind.CARD, ["C001", None]) == [unit.index("card", "C001"), None]


def test_consumers_are_made_known_once(world: World) -> None:
    shop = world.merchant()
    wanted = [bytes([number]) * 16 for number in range(5)]
    with shop.unit() as unit:
        first = bulk.consumers_of(unit, [*wanted, *wanted])
        again = bulk.consumers_of(unit, wanted)
        assert bulk.consumers_of(unit, []) == {}
        assert service.get_many(unit, []) == {}
    assert sorted(first) == wanted
    assert first == again


def test_fresh_numbers_differ(world: World) -> None:
    shop = world.merchant()
    shop.member()
    with shop.unit() as unit:
        assert len(set(bulk.fresh_numbers(unit, 500))) == 500
