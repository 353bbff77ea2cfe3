"""The `shuke` command: one Typer application, one file for each group of commands."""

import os
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import Any

import typer
from psycopg.errors import UndefinedColumn, UndefinedTable
from rich.console import Console
from sqlalchemy.exc import ProgrammingError
from typer.core import TyperGroup

from shuke import __version__
from shuke.kernel.errors import ShukeError
from shuke.kernel.text import Language, Text

FILES = {
    "demo": "demo",
    "serve": "serving",
    "worker": "serving",
    "import": "imports",
    "export": "exports",
    "migrate": "installation",
    "audit": "installation",
    "create-merchant": "installation",
    "traits": "traits",
    "lake": "lake",
    "bench": "bench",
    "openapi": "openapi",
}
"""Where each command is. Only the file of the one that runs is read: all of them need seconds."""


_NOT_MIGRATED = Text(
    "数据库还不是这个版本需要的样子，请先运行 shuke migrate。",
    "The database does not have what this version needs. Run 'shuke migrate' first.",
)


class Commands(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        return [*FILES, *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in FILES:
            return super().get_command(ctx, cmd_name)
        group = typer.Typer()
        import_module(f"shuke.entrypoints.cli.{FILES[cmd_name]}").register(group)
        return typer.main.get_group(group).get_command(ctx, cmd_name)


app = typer.Typer(
    name="shuke",
    cls=Commands,
    help="Shuke 熟客: membership operations for retailers and restaurants.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def _shuke() -> None: ...


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


def main() -> None:
    """Run the command; errors of the caller's become one clear sentence and exit code 1, Ctrl-C becomes 130."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        app()
    except ShukeError as error:
        console = Console(stderr=True)
        console.print(f"[bold red]shuke:[/] {error.message.in_(_language())}", highlight=False)
        for field in error.fields:
            console.print(f"  {field.path}: {field.message.in_(_language())}", highlight=False)
        sys.exit(1)
    except ProgrammingError as error:
        if not isinstance(error.orig, UndefinedTable | UndefinedColumn):
            raise
        Console(stderr=True).print(f"[bold red]shuke:[/] {_NOT_MIGRATED.in_(_language())}", highlight=False)
        sys.exit(1)
    except KeyboardInterrupt:
        Console(stderr=True).print("\nStopped. 已停止。", highlight=False)
        sys.exit(130)


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _language() -> Language:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if spoken.lower().startswith("zh") else "en"
