"""The short way to the driver: values named or in order, statements of any length."""

import pytest
import sqlalchemy as sa

from shuke.infra.database import Ask, at_once, directly
from tests.support.world import World

_LONG = f"/* {'x' * 5_000} */"


@pytest.mark.parametrize("padding", ["", _LONG], ids=["short", "long"])
def test_values_go_where_their_names_are(world: World, padding: str) -> None:
    asks = (
        Ask(
            f"SELECT %(b)s::int - %(a)s::int AS x, %(b)s::text AS y, 'a %% sign' AS z {padding}",
            {"a": 1, "b": 7, "unused": 0},
        ),
        Ask("SELECT 1 WHERE false"),
    )
    with world.database.platform() as unit:
        first, second = at_once(unit.connection, *asks)
    assert [tuple(row) for row in first] == [(6, "7", "a % sign")]
    assert second == []


@pytest.mark.parametrize("padding", ["", _LONG], ids=["short", "long"])
def test_values_go_in_their_order(world: World, padding: str) -> None:
    with world.database.platform() as unit:
        rows = directly(unit.connection, f"SELECT %s::int - %s::int, '100%%' {padding}", (7, 1))
    assert rows == [(6, "100%")]


def test_what_fails_does_not_quote_the_values(world: World) -> None:
    with world.database.platform() as unit, pytest.raises(sa.exc.ProgrammingError) as failed:
        unit.connection.execute(sa.text("SELECT CAST(:name AS text) FROM no_such_table"), {"name": "13800001111"})
    assert "13800001111" not in str(failed.value)


def test_what_the_driver_raises_comes_as_from_everywhere_else(world: World) -> None:
    with world.database.platform() as unit, pytest.raises(sa.exc.ProgrammingError, match="no_such_table"):
        directly(unit.connection, "SELECT * FROM no_such_table", ())
