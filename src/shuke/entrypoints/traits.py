"""The standing traits of a merchant's members, reckoned of all at night or when asked, and of some in between."""

from datetime import date
from pathlib import Path
from time import perf_counter
from uuid import UUID

import structlog

from shuke.audience.traits import renewing, running, store
from shuke.audience.traits.computing import compute
from shuke.audience.traits.files import publish_run, publish_turn
from shuke.audience.traits.model import Renewal, Run
from shuke.infra.database import Database
from shuke.infra.lake.folder import LakeFolder, upto_of

_log = structlog.get_logger("shuke.traits")


def reckon(database: Database, root: Path, merchant_id: UUID, as_of: date | None = None) -> Run | None:
    """Reckon all traits by what has reached the lake, as of the last day of sales before today unless said otherwise;
    None when nothing has happened since the last time. No transaction is open meanwhile, and the lake goes on."""
    with database.merchant(merchant_id) as unit:
        night = running.begin(unit, root, as_of)
    if night is None:
        return None
    begun, folder = perf_counter(), LakeFolder.of(root, merchant_id)
    compute(night.native, night.draft, night.terms)
    with folder.held():
        with database.merchant(merchant_id) as unit:
            later, erased, now = running.since(unit, root, night), store.erased(unit), unit.now()
        upto = upto_of(later.native)
        running.complete(night, later, erased, Renewal(upto, later.today, now, members=0))
        took_ms = round((perf_counter() - begun) * 1000)
        with database.merchant(merchant_id) as unit:
            run = running.keep(unit, night, took_ms)
            if run:  # who reads a run by its row finds the file
                publish_run(folder, night.draft, night.number)
    if run:
        _log.info("traits", merchant=str(merchant_id), members=run.members, changed=run.changed, took_ms=took_ms)
    return run


def renew(database: Database, root: Path, merchant_id: UUID) -> int:
    """Reckon those anew of whom anything new has reached the lake since the last time; how many they were. Everybody,
    where what the last night found is lost."""
    begun, folder = perf_counter(), LakeFolder.of(root, merchant_id)
    with database.merchant(merchant_id) as unit:
        lost = renewing.lost(unit, root)
    if lost:
        run = reckon(database, root, merchant_id)
        return run.members if run else 0
    with folder.held():
        with database.merchant(merchant_id) as unit:
            due = renewing.begin(unit, root)
            erased, now = store.erased(unit) if due else [], unit.now()
        if due is None:
            return 0
        members = renewing.renew(due, erased, now)
        with database.merchant(merchant_id) as unit:
            changed = renewing.keep(unit, due)
        if changed is None:
            return 0
        publish_turn(folder, due.draft, due.run.number)
    took_ms = round((perf_counter() - begun) * 1000)
    _log.info("traits.renewed", merchant=str(merchant_id), members=members, changed=changed, took_ms=took_ms)
    return members
