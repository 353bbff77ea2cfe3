"""Tracked events leave for the lake as they come to be a member's: when they are followed to her, or when the visitor
whose they were turns out to be her."""

from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from shuke.audience.facts import datasets
from shuke.entrypoints.following import AT_ONCE
from shuke.events import service as events
from shuke.infra.database import Unit
from shuke.infra.lake.exporting import Source
from shuke.members import service as members
from shuke.tenancy import service as tenancy

_SPELLED = pa.schema([*list(datasets.EVENTS)[:-2], pa.field("properties", pa.string())])


def _rows(unit: Unit, told: sa.Subquery) -> sa.Select[Any]:
    return events.tracked(unit, tenancy.merchant(unit).timezone, members.events_of_members(unit, told))


def _shaped(rows: pa.Table) -> pa.Table:
    return events.with_values(rows, datasets.EVENTS)


EVENTS = Source("events", datasets.EVENTS, _rows, _SPELLED, _shaped, {members.EVENTS_FOLLOWED: AT_ONCE})
