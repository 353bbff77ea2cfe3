"""Ids the database makes are the ids we make: version 7, in the order of their moments, no two alike."""

from datetime import timedelta

import sqlalchemy as sa

from shuke.infra.fresh_ids import following_id_sql, following_ids_sql, fresh_id_sql, numbered_id_sql
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from tests.support.world import World


def test_ids_for_a_set_are_version_7_and_lie_in_order_of_time(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    statement = f"""
        SELECT {fresh_id_sql("at")} AS made FROM generate_series(
          CAST(:first AS timestamptz), CAST(:last AS timestamptz), interval '7 seconds') AS g(at)"""
    with shop.unit() as unit:
        rows = unit.connection.execute(
            sa.text(statement), {"first": clock.now(), "last": clock.now() + timedelta(hours=1)}
        ).all()
    ids = [row.made for row in rows]
    assert len(set(ids)) == len(ids) > 500
    assert ids == sorted(ids)
    ours = new_id()
    assert {(made.version, made.variant) for made in ids} == {(ours.version, ours.variant)}
    assert new_id(clock.now() - timedelta(seconds=1)) < ids[0] < new_id(clock.now() + timedelta(seconds=1))


def test_numbered_ids_share_all_but_the_last_byte(world: World) -> None:
    of = new_id()
    shop = world.merchant()
    with shop.unit() as unit:
        statement = f"SELECT {numbered_id_sql('CAST(:of AS uuid)', 'n')} FROM generate_series(0, 2) AS g(n)"
        made = list(unit.connection.scalars(sa.text(statement), {"of": of}))
    assert [one.bytes for one in made] == [of.bytes[:15] + bytes([number]) for number in range(3)]


def test_following_ids_are_version_7_of_the_same_moment_one_behind_the_other(world: World) -> None:
    of = new_id()
    shop = world.merchant()
    head, start = following_ids_sql("CAST(:of AS uuid)")
    with shop.unit() as unit:
        statement = f"SELECT {following_id_sql(head, start, 'n')} FROM generate_series(1, 70000) AS g(n)"
        made = list(unit.connection.scalars(sa.text(statement), {"of": of}))
    assert [one.int - made[0].int for one in made] == list(range(70_000))
    assert {one.bytes[:9] for one in made} == {of.bytes[:9]}
    assert (made[0].version, made[0].variant) == (of.version, of.variant)
