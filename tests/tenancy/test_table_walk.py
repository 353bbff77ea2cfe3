"""Every table of every domain: what belongs to one merchant does not exist for another."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher
from shuke.infra.database import Database, Unit
from shuke.kernel.clock import SimulatedClock
from tests.conftest import NOON
from tests.support.every_table import PLATFORM_TABLES, TENANT_TABLES, Row, fill, row_for
from tests.support.postgres import Server
from tests.support.world import Shop, World


@dataclass
class Two:
    """Two merchants with a row each in every table."""

    world: World
    ours: Shop
    theirs: Shop
    made: dict[str, Row] = field(default_factory=dict)


@pytest.fixture(scope="module")
def two(server: Server, cipher: Cipher) -> Iterator[Two]:
    """One database for all tests of this file: each proves that it changes nothing."""
    with server.database() as name:
        database = Database(server.app_url(name), cipher=cipher, clock=SimulatedClock(NOON))
        try:
            yield _two_merchants(database)
        finally:
            database.close()


def _two_merchants(database: Database) -> Two:
    world = World(database, SimulatedClock(NOON), Settings(database_url="unused"))
    found = Two(world, world.merchant("甲"), world.merchant("乙"))
    with database.merchant(found.ours.merchant_id) as unit:
        fill(unit, "ours")
    with database.merchant(found.theirs.merchant_id) as unit:
        found.made = fill(unit, "theirs")
    _put_something_in_every_platform_table(found)
    return found


def test_a_merchant_sees_its_own_rows_only(two: Two) -> None:
    with two.world.database.merchant(two.ours.merchant_id) as unit:
        seen = {table.name: _merchants_in(unit, table) for table in TENANT_TABLES}
    assert seen == {table.name: [two.ours.merchant_id] for table in TENANT_TABLES}


def test_a_merchant_sees_nothing_of_the_platform(two: Two) -> None:
    with two.world.database.platform() as unit:
        assert all(_count(unit, table) > 0 for table in PLATFORM_TABLES)
    with two.world.database.merchant(two.ours.merchant_id) as unit:
        assert {table.name: _count(unit, table) for table in PLATFORM_TABLES} == dict.fromkeys(
            _names(PLATFORM_TABLES), 0
        )


def test_the_platform_sees_of_merchants_only_that_they_are_there(two: Two) -> None:
    with two.world.database.platform() as unit:
        seen = {table.name for table in TENANT_TABLES if _count(unit, table)}
    assert seen == {"merchants"}


def test_nobody_sees_nothing(two: Two) -> None:
    with two.world.database.request() as unit:
        everything = (*TENANT_TABLES, *PLATFORM_TABLES)
        assert {table.name: _count(unit, table) for table in everything} == dict.fromkeys(_names(everything), 0)


def test_a_connection_forgets_for_whom_it_worked(two: Two) -> None:
    """Whoever gets a pooled connection next, and forgets to say for whom, sees nothing of the one before."""
    engine = two.world.database.engine
    for _ in range(3):
        with two.world.database.merchant(two.ours.merchant_id):
            pass
        with engine.connect() as connection:
            assert [connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in TENANT_TABLES] == [
                0
            ] * len(TENANT_TABLES)


@pytest.mark.parametrize("table", TENANT_TABLES, ids=lambda table: table.name)
def test_nothing_of_another_merchant_changes(two: Two, table: sa.Table) -> None:
    theirs = two.theirs.merchant_id
    before = _rows(two, table)
    with two.world.database.merchant(two.ours.merchant_id) as unit:
        if _may(unit, table, "UPDATE"):
            touched = unit.connection.execute(table.update().values(merchant_id=table.c.merchant_id))
            assert touched.rowcount == _count(unit, table), "an update of everything reaches one's own rows only"
            aimed = unit.connection.execute(
                table.update().where(table.c.merchant_id == theirs).values(merchant_id=table.c.merchant_id)
            )
            assert aimed.rowcount == 0
        if _may(unit, table, "DELETE"):
            assert unit.connection.execute(table.delete().where(table.c.merchant_id == theirs)).rowcount == 0
    assert _rows(two, table) == before


@pytest.mark.parametrize("table", TENANT_TABLES, ids=lambda table: table.name)
def test_nobody_writes_for_another_merchant(two: Two, table: sa.Table) -> None:
    """Neither as a merchant in another's name, nor without saying for whom."""
    row = row_for(table, two.theirs.merchant_id, "forged", two.made)
    row["merchant_id"] = uuid4() if table.name == "merchants" else row["merchant_id"]
    database = two.world.database
    for scope in (lambda: database.merchant(two.ours.merchant_id), database.request):
        with _refused(scope) as unit:
            unit.connection.execute(table.insert().values(row))


@pytest.mark.parametrize("table", TENANT_TABLES, ids=lambda table: table.name)
def test_a_row_cannot_be_handed_to_another_merchant(two: Two, table: sa.Table) -> None:
    with two.world.database.merchant(two.ours.merchant_id) as unit:
        if not _may(unit, table, "UPDATE"):
            return
    with _refused(lambda: two.world.database.merchant(two.ours.merchant_id)) as unit:
        unit.connection.execute(table.update().values(merchant_id=two.theirs.merchant_id))


@pytest.mark.parametrize("table", PLATFORM_TABLES, ids=lambda table: table.name)
def test_a_merchant_writes_nothing_of_the_platform(two: Two, table: sa.Table) -> None:
    row = row_for(table, two.ours.merchant_id, "forged", {})
    with _refused(lambda: two.world.database.merchant(two.ours.merchant_id)) as unit:
        unit.connection.execute(table.insert().values({name: row[name] for name in row if name in table.c}))


def test_rows_refer_only_to_rows_of_the_same_merchant() -> None:
    """Every foreign key between tenant tables carries the merchant; every key starts with it."""
    for table in TENANT_TABLES:
        assert next(iter(table.primary_key.columns)).name == "merchant_id", table.name
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table.info["tenant"]:
                assert constraint.column_keys[0] == "merchant_id", f"{table.name} {constraint.name}"


@contextmanager
def _refused(scope: Callable[[], object]) -> Iterator[Unit]:
    """Row-level security refuses what happens inside."""
    with pytest.raises(ProgrammingError, match="row-level security"), scope() as unit:  # type: ignore[attr-defined]
        yield unit


def _put_something_in_every_platform_table(two: Two) -> None:
    made: dict[str, Row] = {}
    with two.world.database.platform() as unit:
        for table in PLATFORM_TABLES:
            row = row_for(table, two.ours.merchant_id, "platform", made)
            made[table.name] = {name: value for name, value in row.items() if name in table.c}
            unit.connection.execute(table.insert().values(made[table.name]))


def _names(tables: tuple[sa.Table, ...]) -> list[str]:
    return [table.name for table in tables]


def _merchants_in(unit: Unit, table: sa.Table) -> list[object]:
    return list(unit.connection.scalars(sa.select(table.c.merchant_id).distinct()))


def _count(unit: Unit, table: sa.Table) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _may(unit: Unit, table: sa.Table, verb: str) -> bool:
    return bool(unit.connection.scalar(sa.select(sa.func.has_table_privilege(table.name, verb))))


def _rows(two: Two, table: sa.Table) -> list[object]:
    with two.world.database.merchant(two.theirs.merchant_id) as unit:
        return sorted(unit.connection.execute(sa.select(table)).all(), key=repr)
