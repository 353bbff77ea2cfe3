"""The standing traits of a merchant's members, reckoned at night or when asked."""

from datetime import date
from pathlib import Path
from time import perf_counter
from uuid import UUID

import structlog

from shuke.audience.traits.computing import compute
from shuke.audience.traits.model import Run
from shuke.audience.traits.running import begin, keep
from shuke.infra.database import Database

_log = structlog.get_logger("shuke.traits")


def reckon(database: Database, root: Path, merchant_id: UUID, as_of: date | None = None) -> Run | None:
    """Reckon all traits by what has reached the lake, as of the last day of sales before today unless said otherwise;
    None when nothing has happened since the last time. No transaction is open meanwhile."""
    with database.merchant(merchant_id) as unit:
        night = begin(unit, root, as_of)
    if night is None:
        return None
    begun = perf_counter()
    compute(night.native, night.into, night.terms)
    took_ms = round((perf_counter() - begun) * 1000)
    with database.merchant(merchant_id) as unit:
        run = keep(unit, night, took_ms)
    if run:
        _log.info("traits", merchant=str(merchant_id), members=run.members, changed=run.changed, took_ms=took_ms)
    return run
