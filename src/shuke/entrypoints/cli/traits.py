"""`shuke traits`: what is known of every member, reckoned now instead of at night."""

import typer
from rich.console import Console

from shuke.entrypoints.cli.merchants import MerchantOption, chosen
from shuke.entrypoints.cli.settings import DataDir, settings_for
from shuke.entrypoints.lake import bring_up_to_date
from shuke.entrypoints.traits import reckon
from shuke.entrypoints.wiring import install


def register(app: typer.Typer) -> None:
    app.command("traits")(run)


def run(merchant: MerchantOption = None, data_dir: DataDir = None) -> None:
    """Reckon RFM, lifecycle, value and all else that is known of each member, as of the last day of sales."""
    installation = install(settings_for(data_dir))
    try:
        database, lake = installation.database, installation.settings.lake
        merchant_id = chosen(database, merchant)
        bring_up_to_date(database, lake, merchant_id)
        found = reckon(database, lake, merchant_id)
    finally:
        installation.close()
    console = Console(stderr=True)
    if found is None:
        console.print("Nothing has happened since the last time. 没有新的数据。", highlight=False)
    else:
        console.print(
            f"{found.members:,} members as of {found.as_of} in {found.took_ms / 1000:.1f} s, {found.changed:,} changed."
            " 已计算。",
            highlight=False,
        )
