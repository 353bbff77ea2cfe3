"""Imports from the console: previewed and queued here, done by the worker."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from shuke.entrypoints.imports.registry import KINDS, context_for
from shuke.infra.database import Database, Unit
from shuke.infra.imports import journal, runner, uploads
from shuke.infra.imports.errors import ImportBusy
from shuke.infra.imports.fields import check_mapping
from shuke.infra.imports.journal import ImportRecord
from shuke.infra.imports.kinds import Kind, Reading
from shuke.infra.imports.uploads import Upload
from shuke.infra.jobs import defer
from shuke.kernel.errors import NotFound, ShukeError, invalid_field
from shuke.kernel.principal import Principal, PrincipalKind, system
from shuke.tenancy import service as tenancy

RUN_IMPORT = "imports.run"


def kind_of(name: str) -> Kind:
    if name not in KINDS:
        raise invalid_field("kind", f"可选：{'、'.join(KINDS)}。", f"one of {', '.join(KINDS)}.")
    return KINDS[name]


def enqueue(unit: Unit, kind: Kind, upload: Upload, mapping: dict[str, str], *, dry_run: bool) -> ImportRecord:
    """An import that waits for the worker, in the transaction of the job that will run it. Raises WrongMapping."""
    merchant = tenancy.merchant(unit)
    source = uploads.source_of(upload, unit.cipher)
    known = check_mapping(mapping, source.columns, kind.fields(Reading(merchant.currency, merchant.timezone)))
    import_id = journal.add(
        unit,
        kind=kind.name,
        file_name=upload.file_name,
        fingerprint=runner.fingerprint(kind, source, "import", known),
        mapping=known,
        dry_run=dry_run,
        upload_id=upload.upload_id,
    )
    tenancy.record_change(unit, "import.started", "import", import_id, None, {"kind": kind.name, "dry_run": dry_run})
    defer(unit, RUN_IMPORT, {"import_id": str(import_id)}, lock=f"import:{unit.merchant_id}:{kind.name}")
    return existing(unit, import_id)


def existing(unit: Unit, import_id: UUID) -> ImportRecord:
    found = journal.get(unit, import_id)
    if found is None:
        raise NotFound(what="import")
    return found


def run_waiting(database: Database, data_dir: Path, merchant_id: UUID, import_id: UUID) -> None:
    """Do (or go on with) an import that waits, in the name of whoever asked for it."""
    with database.merchant(merchant_id) as unit:
        record = existing(unit, import_id)
        if record.status == journal.DONE or record.upload_id is None:
            return
        actor = _actor(merchant_id, record)
        try:
            source = uploads.source_of(uploads.get(unit, data_dir, record.upload_id), database.cipher)
        except ShukeError as error:
            journal.end(unit, import_id, error.message)
            return
    context = context_for(database, actor)
    job = runner.Job(KINDS[record.kind], context, source, record.mapping, record.dry_run)
    try:
        runner.run(job, import_id=import_id)
    except ImportBusy:
        raise
    except ShukeError as error:
        with database.merchant(merchant_id) as unit:
            journal.end(unit, import_id, error.message)


def _actor(merchant_id: UUID, record: ImportRecord) -> Principal:
    return replace(system(merchant_id), kind=PrincipalKind.STAFF, id=record.actor_id, name=record.actor_name)
