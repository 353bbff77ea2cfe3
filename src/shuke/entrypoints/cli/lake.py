"""`shuke lake rebuild`: the lake from scratch, after an upgrade that writes other files than the version before."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from shuke.entrypoints.cli.merchants import chosen
from shuke.entrypoints.cli.settings import DataDir, settings_for
from shuke.entrypoints.lake_rebuilding import rebuild, rows_of
from shuke.entrypoints.wiring import install
from shuke.kernel.ids import Prefix, show
from shuke.tenancy import service as tenancy


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The lake: what happened, as files that segments and traits are asked of.")
    group.callback()(_lake)
    group.command("rebuild")(run)
    app.add_typer(group, name="lake")


def _lake() -> None:
    """With one command only, its name would not be asked for."""


def run(
    merchant: Annotated[
        str | None, typer.Option("--merchant", help="Its id (mer_…); all of them otherwise.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write all files of the lake again from the database, for every merchant or one. The books are not touched.

    Readers go on reading what was there until it is done; the worker may run, and waits meanwhile. Cut off, it is
    started again.
    """
    installation = install(settings_for(data_dir))
    console = Console(stderr=True)
    try:
        database, root = installation.database, installation.settings.lake
        if merchant is None:
            with database.platform() as unit:
                wanted = list(tenancy.merchant_ids(unit))
        else:
            wanted = [chosen(database, merchant)]
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console) as progress:
            merchants = progress.add_task("merchants 商家", total=len(wanted))
            rows = progress.add_task("")
            for merchant_id in wanted:
                progress.reset(
                    rows,
                    description=show(Prefix.MERCHANT, merchant_id),
                    total=rows_of(database, merchant_id),
                )
                rebuild(database, root, merchant_id, lambda done: progress.advance(rows, done))
                progress.advance(merchants)
    finally:
        installation.close()
    console.print(f"Rebuilt the lake of {len(wanted):,} merchants. 已重建。", highlight=False)
