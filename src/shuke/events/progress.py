"""How far readers of events have come. Each has a position of its own, which moves in the transaction of what it read:
whatever breaks off, no event is passed over or read twice."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.events.tables import event_progress
from shuke.infra.database import Unit

_table = event_progress.c


class Reader(StrEnum):
    PEOPLE = "people"
    """Recognises who is in them."""
    SCHEMAS = "schemas"
    """Notes what they look like."""


@dataclass(frozen=True, slots=True)
class Place:
    """An event's place in the order in which events are read."""

    transaction_id: int
    message_key: UUID


def hold(unit: Unit, reader: Reader) -> Place | None:
    """How far it has come; nobody else reads in its name until the transaction ends. None while somebody does."""
    here = sa.select(_table.transaction_id, _table.message_key).where(*_mine(unit, reader))
    if unit.connection.execute(here).first() is None:  # an insert would wait for whoever holds the row
        start = {
            "merchant_id": unit.merchant_id,
            "reader": str(reader),
            "transaction_id": 0,
            "message_key": UUID(int=0),
        }
        unit.connection.execute(insert(event_progress).values(start).on_conflict_do_nothing())
    row = unit.connection.execute(here.with_for_update(skip_locked=True)).first()
    return None if row is None else Place(row.transaction_id, row.message_key)


def reached(unit: Unit, reader: Reader) -> Place:
    """How far it has come, for whoever does not read in its name."""
    here = sa.select(_table.transaction_id, _table.message_key).where(*_mine(unit, reader))
    row = unit.connection.execute(here).first()
    return Place(0, UUID(int=0)) if row is None else Place(row.transaction_id, row.message_key)


def move(unit: Unit, reader: Reader, to: Place) -> None:
    """To be called by whoever holds it."""
    changed = {"transaction_id": to.transaction_id, "message_key": to.message_key}
    unit.connection.execute(event_progress.update().where(*_mine(unit, reader)).values(changed))


def _mine(unit: Unit, reader: Reader) -> tuple[sa.ColumnElement[bool], ...]:
    return _table.merchant_id == unit.merchant_id, _table.reader == str(reader)
