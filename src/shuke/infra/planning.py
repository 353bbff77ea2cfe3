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
    unit.connection.execute(sa.text("SET LOCAL enable_nestloop TO off"))
    yield
    unit.connection.execute(sa.text("SET LOCAL enable_nestloop TO DEFAULT"))
