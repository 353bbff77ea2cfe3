"""Telling the planner what it cannot know."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from shuke.infra.database import Unit


@contextmanager
def whole_tables(unit: Unit) -> Iterator[None]:
    """Statements that read tables from end to end, as an audit does.

    Tables that were just filled have no statistics; the planner then expects a handful of rows and goes through one
    table once for each row of the other. Whoever reads everything is never better off that way.
    """
    before = unit.connection.scalar(sa.text("SELECT current_setting('enable_nestloop')"))
    _set(unit, "off")
    yield
    _set(unit, before)


def _set(unit: Unit, value: str) -> None:
    unit.connection.execute(sa.text("SELECT set_config('enable_nestloop', :value, true)"), {"value": value})
