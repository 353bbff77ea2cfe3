"""Real databases for tests: one server, a migrated template, a fresh copy for whoever asks.

`SHUKE_TEST_SERVER_URL` names a superuser's URL of another server (the suite is run on PostgreSQL 15 that way), or one
for each test worker; without it the embedded PostgreSQL serves, in a folder of the test run. Workers do not share a
server: readers of events wait for every open transaction on it, so one worker's tests would hold up another's.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import sqlalchemy as sa

from shuke.infra import embedded, migrate
from shuke.infra.schema import APP_ROLE

TEMPLATE = "shuke_template"


class Server:
    """A PostgreSQL server under test, with URLs for the three roles."""

    def __init__(self, superuser_url: str, owner_password: str, app_password: str) -> None:
        self._superuser = sa.make_url(superuser_url)
        self._passwords = {embedded.OWNER_ROLE: owner_password, APP_ROLE: app_password}

    def superuser_url(self, database: str = "postgres") -> str:
        return self._superuser.set(database=database).render_as_string(hide_password=False)

    def owner_url(self, database: str) -> str:
        return self._as(embedded.OWNER_ROLE, database)

    def app_url(self, database: str) -> str:
        return self._as(APP_ROLE, database)

    def _as(self, role: str, database: str) -> str:
        url = self._superuser.set(username=role, password=self._passwords[role], database=database)
        return url.render_as_string(hide_password=False)

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.superuser_url(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    @contextmanager
    def database(self, template: str | None = TEMPLATE) -> Iterator[str]:
        """The name of a fresh database: a copy of the migrated template, or (None) an empty one."""
        name = f"t_{uuid4().hex[:12]}"
        copied = f"TEMPLATE {template}" if template else ""
        self.execute(f"CREATE DATABASE {name} OWNER {embedded.OWNER_ROLE} {copied}")
        try:
            yield name
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """The server named by the environment, or an embedded one in `folder`; with a migrated template."""
    urls = os.environ.get("SHUKE_TEST_SERVER_URL", "").split()
    if urls:
        server = _external(_mine(urls))
        _make_template(server)
        yield server
        return
    started = embedded.start(folder)
    try:
        known = started.secrets
        server = Server(started.superuser_url, known.owner_password, known.app_password)
        _trust_the_machine(server)
        _make_template(server)
        yield server
    finally:
        started.stop()


def _mine(urls: list[str]) -> str:
    """This test worker's server: the first worker takes the first."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    if worker >= len(urls):
        raise RuntimeError(
            f"SHUKE_TEST_SERVER_URL names {len(urls)} server(s) for more workers; name one for each, or use fewer (-n)"
        )
    return urls[worker]


def _external(url: str) -> Server:
    """A server whose roles may be there from an earlier run."""
    server = Server(url, "owner", "app")
    with psycopg.connect(server.superuser_url()) as connection:
        present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role, options, password in ((embedded.OWNER_ROLE, "CREATEROLE", "owner"), (APP_ROLE, "", "app")):
            verb = "ALTER" if role in present else "CREATE"
            connection.execute(f"{verb} ROLE {role} LOGIN {options} PASSWORD '{password}'")  # type: ignore[arg-type]
        connection.execute(f"GRANT {APP_ROLE} TO {embedded.OWNER_ROLE}")
    return server


def _trust_the_machine(server: Server) -> None:
    """Tests kill processes, not machines: what the operating system was told needs no waiting for the disk."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.execute(f"ALTER SYSTEM SET {setting} = off")
    server.execute("SELECT pg_reload_conf()")


def _make_template(server: Server) -> None:
    server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
    server.execute(f"CREATE DATABASE {TEMPLATE} OWNER {embedded.OWNER_ROLE}")
    migrate.upgrade(server.owner_url(TEMPLATE))
