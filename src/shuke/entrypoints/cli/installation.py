"""Looking after an installation: migrate, create a merchant, audit the books."""

import json
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from shuke.entrypoints.audit import all_merchants, run_audit
from shuke.entrypoints.cli.settings import DataDir, settings_for
from shuke.entrypoints.setup import open_shop
from shuke.entrypoints.wiring import install
from shuke.infra import migrate as migrations
from shuke.infra.passwords import generate_password
from shuke.kernel.ids import Prefix, new_id, show
from shuke.tenancy.model import Merchant


def register(app: typer.Typer) -> None:
    app.command()(migrate)
    app.command()(audit)
    app.command("create-merchant")(create_merchant)


def migrate(
    data_dir: DataDir = None,
    to: Annotated[str, typer.Option(help="Revision to go to.")] = "head",
    down: Annotated[bool, typer.Option("--down", help="Go back down to it. Dropped tables lose their data.")] = False,
) -> None:
    """Bring the database to the newest shape (or back)."""
    installation = install(settings_for(data_dir))
    try:
        if down:
            typer.confirm(f"Going back to {to} drops data that newer tables hold. Continue?", abort=True)
            migrations.downgrade(installation.owner_url, to)
        else:
            migrations.upgrade(installation.owner_url, to)
    finally:
        installation.close()
    Console().print("[green]Database is up to date.[/]" if not down else f"Database is at {to}.")


def create_merchant(
    name: Annotated[str, typer.Argument(help="The merchant's name.")],
    owner: Annotated[str, typer.Option(help="Login of its first owner.")],
    currency: Annotated[str, typer.Option(help="ISO 4217 code of its books.")] = "CNY",
    timezone: Annotated[str, typer.Option(help="IANA time zone of its business days.")] = "Asia/Shanghai",
    locale: Annotated[str, typer.Option(help="zh-CN or en.")] = "zh-CN",
    data_dir: DataDir = None,
) -> None:
    """Create a merchant with its owner, whose password is generated and shown once."""
    installation = install(settings_for(data_dir))
    try:
        installation.migrate()
        merchant = Merchant(new_id(), name, currency, timezone, locale)
        password = generate_password()
        open_shop(installation.database, merchant, login=owner, owner_name=owner, password=password)
    finally:
        installation.close()
    print(f"merchant  {show(Prefix.MERCHANT, merchant.merchant_id)}\nlogin     {owner}\npassword  {password}")


def audit(
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Prove on the live database that the books add up; exit code 1 when something does not."""
    installation = install(settings_for(data_dir))
    try:
        found = {
            str(merchant_id): run_audit(installation.database, merchant_id)
            for merchant_id in all_merchants(installation.database)
        }
    finally:
        installation.close()
    broken = any(not check.ok for checks in found.values() for check in checks)
    if as_json:
        print(json.dumps({merchant: {check.name: check.ok for check in checks} for merchant, checks in found.items()}))
    else:
        table = Table("merchant", "check", "result", "detail")
        for merchant_id, checks in found.items():
            for check in checks:
                verdict = "[green]ok[/]" if check.ok else "[bold red]broken[/]"
                table.add_row(show(Prefix.MERCHANT, UUID(merchant_id)), check.name, verdict, check.detail)
        Console().print(table)
    raise typer.Exit(1 if broken else 0)
