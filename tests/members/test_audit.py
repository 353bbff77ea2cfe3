"""The audit of members: quiet when all is well, and naming the law that is broken."""

from collections.abc import Callable

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.members import service
from shuke.members.identity.tables import identifiers
from shuke.members.tables import member_search_terms, members
from tests.support.world import World

BREAKS: dict[str, Callable[[Unit], object]] = {
    "members: what is sealed opens and matches its index": lambda unit: unit.connection.execute(
        identifiers.update().values(value_cipher=unit.seal("phone", "+8613999999999"))
    ),
    "members: search terms are those of name and phone": lambda unit: unit.connection.execute(
        members.update().values(name_cipher=unit.seal("name", "另一个人"))
    ),
    "members: whoever has a phone has a consumer above": lambda unit: unit.connection.execute(
        members.update().values(consumer_id=None)
    ),
    "members: no search terms of nobody": lambda unit: unit.connection.execute(
        member_search_terms.insert().values(merchant_id=unit.merchant_id, term=b"x", member_id=new_id())
    ),
}


def test_each_law_is_found_broken_when_it_is(world: World) -> None:
    shop = world.merchant()
    shop.member(name="王小明")
    with shop.unit() as unit:
        assert [check for check in service.audit(unit) if not check.ok] == []
        for name, break_it in BREAKS.items():
            nested = unit.connection.begin_nested()
            break_it(unit)
            assert [check.name for check in service.audit(unit) if not check.ok] == [name]
            nested.rollback()
        assert unit.connection.scalar(sa.select(sa.func.count()).select_from(members)) == 1
