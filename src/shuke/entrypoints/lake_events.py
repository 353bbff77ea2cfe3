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
from shuke.entrypoints.retention import SUBJECTS
from shuke.events import service as events
from shuke.infra.database import Database, Unit
from shuke.infra.lake.exporting import Source
from shuke.infra.lake.folder import LakeFolder
from shuke.members import service as members
from shuke.members.privacy import retention
from shuke.tenancy import service as tenancy

_SPELLED = pa.schema(
    [*list(datasets.EVENTS)[:-2], pa.field("properties", pa.string()), pa.field("context", pa.string())]
)


def _rows(unit: Unit, told: sa.Subquery) -> sa.Select[Any]:
    return events.tracked(unit, tenancy.merchant(unit).timezone, members.events_of_members(unit, told))


def _shaped(rows: pa.Table) -> pa.Table:
    return events.with_values(rows, datasets.EVENTS)


def forget_old(database: Database, root: Path, merchant_id: UUID) -> int:
    """Events leave the lake when, where they came from, they are kept no longer, or it is not kept whose they are; how
    many did."""
    with database.merchant(merchant_id) as unit:
        days = {rule.subject.code: rule.days for rule in retention.rules(unit, SUBJECTS)}
        now = unit.now().astimezone(UTC)
    came, happened = (now - timedelta(days=days[subject]) for subject in ("events", "timeline"))
    folder = LakeFolder.of(root, merchant_id)
    with folder.held():
        return forgetting.forget_events(folder, came.date(), happened.replace(tzinfo=None))


EVENTS = Source("events", datasets.EVENTS, _rows, _SPELLED, _shaped, {members.EVENTS_FOLLOWED: AT_ONCE})
