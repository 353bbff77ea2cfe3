"""`shuke demo`: a real grocery chain's year in an embedded database, served."""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from shuke.entrypoints.accounts import Account, ensure_accounts, load_accounts
from shuke.entrypoints.cli.serving import Host, Port, Processes, require_free_port, run_server
from shuke.entrypoints.cli.settings import DataDir, settings_for
from shuke.entrypoints.sample import Summary, load_sample
from shuke.entrypoints.wiring import install
from shuke.infra import embedded
from shuke.infra.embedded import DataFolderUnusable
from shuke.kernel.money import format_minor
from shuke.tenancy.model import ROLES, Role

ACCOUNTS_FILE = "accounts.json"


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    data_dir: DataDir = None,
    host: Host = None,
    port: Port = None,
    processes: Processes = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Or only load, audit, print and end.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Load the sample chain (once), then serve the console, the API and the worker. Ctrl-C stops everything."""
    settings = settings_for(data_dir, host=host, port=port, processes=processes or os.cpu_count())
    if serve:
        require_free_port(settings.host, settings.port)
    console = Console(stderr=True)
    with sole_use_of(settings.data_dir):
        started = time.monotonic()
        installation = install(settings)
        try:
            with _progress(console) as progress:
                installation.migrate()
                summary = load_sample(installation, progress, audit=not serve)
                accounts = load_accounts(settings.data_dir / ACCOUNTS_FILE)
                ensure_accounts(installation.database, summary.merchant_id, accounts)
            if as_json:
                print(json.dumps(summary.as_json()))
            else:
                _print_summary(console, summary)
            if not serve:
                raise typer.Exit(0 if all(verdict == "ok" for verdict in summary.audit.values()) else 1)
            _print_welcome(console, f"http://{settings.host}:{settings.port}", accounts, settings.data_dir, started)
            run_server(installation, worker=True)
        finally:
            installation.close()
    console.print("Stopped; the data stays. 已停止，数据保留。", highlight=False)


@contextmanager
def sole_use_of(data_dir: Path) -> Iterator[None]:
    """One demonstration at a time in a data folder."""
    embedded.load_secrets(data_dir)
    with (data_dir / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataFolderUnusable(
                path=data_dir, reason="another `shuke demo` is using it. Stop that one, or choose another --data-dir."
            ) from error
        yield


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _print_summary(console: Console, summary: Summary) -> None:
    table = Table(title="Sample chain 示例连锁", show_header=False, title_justify="left")
    table.add_column(style="dim")
    table.add_column(justify="right")
    for name, value in asdict(summary).items():
        if name.endswith("_minor"):
            table.add_row(name.removesuffix("_minor"), f"{summary.currency} {_grouped(value, summary.currency)}")
        elif isinstance(value, int):
            table.add_row(name, f"{value:,}")
    for tier, count in summary.tiers.items():
        table.add_row(f"tier {tier}", f"{count:,}")
    broken = [name for name, verdict in summary.audit.items() if verdict != "ok"]
    if summary.audit:
        table.add_row(
            "audit", f"[bold red]{', '.join(broken)}[/]" if broken else f"[green]{len(summary.audit)} checks ok[/]"
        )
    console.print(table)


def _grouped(amount: int, currency: str) -> str:
    whole, _, rest = format_minor(amount, currency).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def _print_welcome(
    console: Console, url: str, accounts: Mapping[Role, Account], data_dir: Path, started: float
) -> None:
    table = Table("role 角色", "login 账号", "password 密码", title=f"Open {url} 打开控制台", title_justify="left")
    for account in accounts.values():
        name = ROLES[account.role].name
        table.add_row(f"{name.en} {name.zh}", account.login, account.password)
    console.print(table)
    console.print(
        f"Cashier 收银 {url}/cashier · API {url}/docs · passwords 密码 {data_dir / ACCOUNTS_FILE}\n"
        f"Ready in {time.monotonic() - started:.0f} s. Ctrl-C stops everything. 按 Ctrl-C 停止。",
        highlight=False,
    )
