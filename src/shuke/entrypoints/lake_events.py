"""Tracked events leave for the lake as they come to be a member's: when they are followed to her, or when the visitor
whose they were turns out to be her."""

from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import sqlalchemy as sa

from shuke.audience.facts import datasets, forgetting
from shuke.entrypoints.following import AT_ONCE
from shuke.events import retention
from shuke.events import service as events
from shuke.infra.database import Database, Unit
from shuke.infra.lake.exporting import Source
from shuke.infra.lake.folder import LakeFolder
from shuke.members import service as members
from shuke.tenancy import service as tenancy

_SPELLED = pa.schema([*list(datasets.EVENTS)[:-2], pa.field("properties", pa.string())])


def _rows(unit: Unit, told: sa.Subquery) -> sa.Select[Any]:
    return events.tracked(unit, tenancy.merchant(unit).timezone, members.events_of_members(unit, told))


def _shaped(rows: pa.Table) -> pa.Table:
    return events.with_values(rows, datasets.EVENTS)


def forget_old(database: Database, root: Path, merchant_id: UUID) -> int:
    """Events leave the lake when they are kept no longer where they came from; how many did."""
    with database.merchant(merchant_id) as unit:
        last = unit.now() - timedelta(days=retention.retention(unit).events_days)
    folder = LakeFolder.of(root, merchant_id)
    with folder.held():
        return forgetting.forget_events(folder, last.astimezone(UTC).date())


EVENTS = Source("events", datasets.EVENTS, _rows, _SPELLED, _shaped, {members.EVENTS_FOLLOWED: AT_ONCE})
