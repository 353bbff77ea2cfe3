"""`shuke import KIND FILE`: a file of members, products, stores or orders into a merchant's books."""

import csv
import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from shuke.checkout.model import OWN_SOURCE
from shuke.entrypoints.cli.merchants import MerchantOption, chosen
from shuke.entrypoints.cli.settings import DataDir, settings_for
from shuke.entrypoints.imports.registry import KINDS, context_for
from shuke.entrypoints.wiring import install
from shuke.infra.csv_export import neutral
from shuke.infra.database import Database
from shuke.infra.imports import journal, runner
from shuke.infra.imports.fields import guess_mapping
from shuke.infra.imports.journal import ImportRecord
from shuke.infra.imports.kinds import Context, Kind
from shuke.infra.imports.reading import open_path
from shuke.kernel.errors import invalid_field
from shuke.kernel.principal import Principal, system
from shuke.tenancy import service as tenancy

SOME_REJECTED = 2
"""Exit code when the import is done and some rows were refused."""


class Importable(StrEnum):
    MEMBERS = "members"
    PRODUCTS = "products"
    STORES = "stores"
    ORDERS = "orders"


def register(app: typer.Typer) -> None:
    app.command("import")(run)


def run(
    kind: Annotated[Importable, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="CSV, Excel (.xlsx) or Parquet; the first row names the columns.")],
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="field=column, for headers not recognised.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and report; change nothing.")] = False,
    rejects: Annotated[Path | None, typer.Option(help="Write refused rows with their reasons to this CSV.")] = None,
    source: Annotated[
        str, typer.Option(help="The system that orders come from; their references are its own.")
    ] = "import",
    merchant: MerchantOption = None,
    data_dir: DataDir = None,
) -> None:
    """Import a file. Interrupted, it goes on where it was when started again; repeated, it changes nothing.

    Exit code 0: all rows taken; 2: some refused; 1: the file as a whole could not be imported.
    """
    installation = install(settings_for(data_dir))
    try:
        database = installation.database
        principal = system(chosen(database, merchant))
        context = replace(context_for(database, principal), source=_checked_source(source))
        record = _import(context, KINDS[kind], file, _given(mapping or []), dry_run)
        if rejects is not None:
            _write_rejects(database, principal, record, rejects)
    finally:
        installation.close()
    _report(record, KINDS[kind], rejects)
    if record.rejected:
        raise typer.Exit(SOME_REJECTED)


def _given(pairs: Iterable[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        field, separator, column = pair.partition("=")
        if not separator:
            raise invalid_field("--map", f"“{pair}”应为 字段=列名。", f"{pair!r} should be field=column.")
        found[field.strip()] = column.strip()
    return found


def _checked_source(source: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", source) or source == OWN_SOURCE:
        raise invalid_field(
            "--source",
            f"应为小写字母、数字和下划线，且不是 {OWN_SOURCE}。",
            f"lower-case letters, digits and _, and not {OWN_SOURCE}.",
        )
    return source


def _import(context: Context, kind: Kind, file: Path, given: dict[str, str], dry_run: bool) -> ImportRecord:
    source = open_path(file)
    guessed = guess_mapping(source.columns, kind.fields(context.reading))
    mapping = {field: column for field, column in guessed.items() if column not in given.values()} | given
    with context.database.unit(context.principal) as unit:
        about = {"kind": kind.name, "file": source.name, "dry_run": dry_run}
        tenancy.record_change(unit, "import.started", "merchant", unit.merchant_id, None, about)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(f"{kind.name} {kind.label.zh}", total=None)
        job = runner.Job(kind, context, source, mapping, dry_run)
        return runner.run(job, lambda done, total: progress.update(task, completed=done, total=total))


def _write_rejects(database: Database, principal: Principal, record: ImportRecord, path: Path) -> None:
    with database.unit(principal) as unit, path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        columns: list[str] = []
        for reject in journal.rejects(unit, record.import_id):
            if not columns:
                columns = list(reject.cells)
                writer.writerow([neutral(cell) for cell in (*columns, "row", "reason")])
            cells = [reject.cells.get(column) for column in columns]
            reason = f"{reject.reason.zh} / {reject.reason.en}"
            writer.writerow([neutral(cell) for cell in (*cells, reject.row_no, reason)])


def _report(record: ImportRecord, kind: Kind, rejects: Path | None) -> None:
    console = Console(stderr=True)
    title = f"{record.file_name}: {'dry run, nothing changed' if record.dry_run else 'imported'}"
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column(style="dim")
    table.add_column(justify="right")
    for name in ("rows_total", "created", "updated", "unchanged", "rejected"):
        table.add_row(name, f"{getattr(record, name):,}")
    for code, count in record.notes.items():
        words = kind.notes[code]
        table.add_row(f"{words.en} {words.zh}", f"{count:,}")
    console.print(table)
    if record.rejected and rejects is None:
        console.print("Add --rejects FILE to see the refused rows and why. 用 --rejects 导出被拒绝的行。")
