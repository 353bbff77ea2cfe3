"""The `shuke` command: one Typer application, one file for each group of commands."""

import os
import signal
import sys
from types import FrameType

import typer
from rich.console import Console

from shuke import __version__
from shuke.entrypoints.cli import bench, demo, exports, imports, installation, openapi, serving, traits
from shuke.kernel.errors import ShukeError
from shuke.kernel.text import Language

app = typer.Typer(
    name="shuke",
    help="Shuke 熟客: membership operations for retailers and restaurants.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for group in (demo, serving, imports, exports, installation, traits, bench, openapi):
    group.register(app)


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
    except KeyboardInterrupt:
        Console(stderr=True).print("\nStopped. 已停止。", highlight=False)
        sys.exit(130)


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _language() -> Language:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if spoken.lower().startswith("zh") else "en"
