"""`shuke serve`, and the running of server and worker processes that `shuke demo` shares."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from rich.console import Console

from shuke.entrypoints.cli.settings import DataDir, settings_for
from shuke.entrypoints.wiring import Installation, install
from shuke.entrypoints.worker import run_worker
from shuke.infra.lake.engine import close_all
from shuke.kernel.errors import ShukeError
from shuke.kernel.text import Text

Port = Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Port to serve on.", show_default="8000")]
Host = Annotated[str | None, typer.Option("--host", help="Address to serve on.", show_default="127.0.0.1")]
Processes = Annotated[int | None, typer.Option("--processes", min=1, max=64, help="Server processes.")]


class PortBusy(ShukeError):
    text = Text(
        "端口 {port} 已被占用，请用 --port 换一个，或先停掉占用它的程序。",
        "Port {port} is in use. Choose another with --port, or stop what is using it.",
    )


class AddressUnusable(ShukeError):
    text = Text("无法在 {host}:{port} 上提供服务：{reason}。", "Cannot serve on {host}:{port}: {reason}.")


def register(app: typer.Typer) -> None:
    app.command()(serve)
    app.command("worker")(work)


def serve(
    data_dir: DataDir = None,
    host: Host = None,
    port: Port = None,
    processes: Processes = None,
    worker: Annotated[bool, typer.Option(help="Run the background worker beside the server.")] = True,
) -> None:
    """Serve the API and the pages, with a worker for background jobs."""
    settings = settings_for(data_dir, host=host, port=port, processes=processes)
    require_free_port(settings.host, settings.port)
    installation = install(settings)
    try:
        if installation.embedded is not None:
            installation.migrate()
        Console().print(f"Shuke 熟客 on http://{settings.host}:{settings.port}", highlight=False)
        run_server(installation, worker=worker)
    finally:
        installation.close()


def work(data_dir: DataDir = None) -> None:
    """Run the background worker alone: imports, nightly expiry and tier review, derived sums."""
    installation = install(settings_for(data_dir))
    try:
        run_worker(installation)
    finally:
        installation.close()


def require_free_port(host: str, port: int) -> None:
    """Fail before any long work, not after it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise AddressUnusable(host=host, port=port, reason="ports below 1024 need more rights") from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortBusy(port=port) from error
            raise AddressUnusable(host=host, port=port, reason=error.strerror) from error


def run_server(installation: Installation, *, worker: bool) -> None:
    """Serve until a signal says stop; then server and worker end, in this order."""
    settings = installation.settings
    # Server processes must not inherit open connections, nor copies of the lake.
    installation.database.close()
    close_all()
    os.environ.update(environment(installation))
    with _worker() if worker else _nothing():
        Granian(
            "shuke.entrypoints.http.asgi:create",
            factory=True,
            address=settings.host,
            port=settings.port,
            interface=Interfaces.ASGINL,
            workers=settings.processes,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        ).serve()


def environment(installation: Installation) -> dict[str, str]:
    """What child processes need to open the same installation."""
    settings = installation.settings
    return {
        "SHUKE_DATABASE_URL": installation.database.engine.url.render_as_string(hide_password=False),
        "SHUKE_OWNER_DATABASE_URL": installation.owner_url,
        "SHUKE_MASTER_KEY": installation.master_key,
        "SHUKE_DATA_DIR": str(settings.data_dir),
        "SHUKE_PROCESSES": str(settings.processes),
        "SHUKE_POOL_SIZE": str(settings.pool_size),
        "SHUKE_SECURE_COOKIES": str(settings.secure_cookies).lower(),
    }


@contextmanager
def _worker() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "shuke", "worker"], start_new_session=True)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def _nothing() -> Iterator[None]:
    yield
