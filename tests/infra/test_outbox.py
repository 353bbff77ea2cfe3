"""Events are read in an order that never gains rows behind the reader, however late a transaction commits."""

from uuid import UUID, uuid4

import sqlalchemy as sa

from shuke.infra.database import Database
from shuke.infra.outbox import START, DomainEvent, Position, audit, domain_events, emit, of_member, read_after
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.principal import system
from tests.support.world import World


def _read(database: Database, merchant_id: UUID, position: Position, limit: int = 100) -> tuple[list[str], Position]:
    with database.merchant(merchant_id) as unit:
        events, reached = read_after(unit, position, limit)
    return [event.type for event in events], reached


def test_a_late_commit_is_not_lost(world: World) -> None:
    """The event written first commits last: a cursor over plain numbers would have passed it by."""
    database, shop = world.database, world.merchant().merchant_id
    _, start = _read(database, shop, START)
    with database.unit(system(shop)) as slow:
        emit(slow, "slow.happened", uuid4())
        with database.merchant(shop) as fast:
            emit(fast, "fast.happened", uuid4())
        seen, position = _read(database, shop, start)
        assert seen == [], "nothing may be read past a transaction that is still open"
    with database.merchant(shop) as later:
        emit(later, "later.happened", uuid4())
    rest, position = _read(database, shop, position)
    assert rest == ["slow.happened", "fast.happened", "later.happened"]
    assert _read(database, shop, position) == ([], position)


def test_an_aborted_transaction_leaves_no_event(world: World) -> None:
    database, shop = world.database, world.merchant().merchant_id
    _, start = _read(database, shop, START)
    try:
        with database.merchant(shop) as unit:
            emit(unit, "never.happened", uuid4())
            raise RuntimeError("gives up")
    except RuntimeError:
        pass
    assert _read(database, shop, start)[0] == []


def test_pages_hold_every_event_once(world: World) -> None:
    database, shop = world.database, world.merchant().merchant_id
    _, position = _read(database, shop, START)
    for number in range(7):
        with database.merchant(shop) as unit:
            for part in range(number):
                emit(unit, f"event.{number}_{part}", uuid4())
    seen: list[str] = []
    while True:
        page, position = _read(database, shop, position, limit=4)
        if not page:
            break
        seen += page
    assert sorted(seen) == [f"event.{number}_{part}" for number in range(7) for part in range(number)]
    assert [name.split("_")[0] for name in seen] == sorted(name.split("_")[0] for name in seen)


def test_of_a_member_newest_first(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with world.database.merchant(shop.merchant_id) as unit:
        emit(unit, "other.happened", uuid4(), member_id=None)
        for number in range(3):
            emit(unit, "thing.happened", uuid4(), {"number": number}, member_id=member_id)
    with world.database.merchant(shop.merchant_id) as unit:
        first = of_member(unit, [member_id], clock.now(), UUID(int=2**128 - 1), 2)
        rest = of_member(unit, [member_id], first[-1].occurred_at, first[-1].event_id, 100)
    events: list[DomainEvent] = [*first, *rest]
    assert {event.member_id for event in events} == {member_id}
    assert len({event.event_id for event in events}) == len(events) >= 3


def test_a_dump_restored_into_a_new_server_is_noticed(world: World) -> None:
    shop = world.merchant().merchant_id
    with world.database.merchant(shop) as unit:
        assert [check.ok for check in audit(unit)] == [True]
        emit(unit, "shop.opened", uuid4())
        far = unit.connection.scalar(sa.text("SELECT pg_current_xact_id()::text::bigint + 1000000"))
        row = {"merchant_id": shop, "event_id": uuid4(), "transaction_id": far, "type": "shop.seen"}
        unit.connection.execute(domain_events.insert(), row | {"subject_id": uuid4(), "occurred_at": unit.now()})
        assert [(check.ok, check.detail) for check in audit(unit)] == [(False, "1 rows")]
