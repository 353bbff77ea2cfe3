"""The unit of work: one transaction, seeing exactly one merchant, or the platform, or nothing.

Row-level security compares every row's `merchant_id` with the setting `shuke.merchant_id`, which lives as long
as the transaction. Whoever forgets to say for whom it works sees nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from psycopg.rows import namedtuple_row
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from shuke.infra.crypto import Cipher
from shuke.infra.schema import APP_ROLE
from shuke.kernel.clock import Clock
from shuke.kernel.principal import Principal, system

DIALECT: sa.Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]
"""How statements are spelled that go to the driver directly."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a service works with: a connection inside a transaction, the time, the cipher and who asks."""

    connection: sa.Connection
    clock: Clock
    cipher: Cipher
    principal: Principal
    versions: dict[UUID, dict[str, int]] = field(default_factory=dict)
    """Versions of standing data that this transaction goes by (infra/standing.py)."""

    @property
    def merchant_id(self) -> UUID:
        if self.principal.merchant_id is None:
            raise RuntimeError("this unit of work belongs to the platform, not to a merchant")
        return self.principal.merchant_id

    def now(self) -> datetime:
        return self.clock.now()

    def seal(self, field: str, value: str) -> bytes:
        return self.cipher.seal(self.merchant_id, field, value)

    def open(self, field: str, sealed: bytes) -> str:
        return self.cipher.open(self.merchant_id, field, sealed)

    def open_all(self, field: str, sealed: Iterable[bytes | None]) -> list[str | None]:
        return self.cipher.open_all(self.merchant_id, field, sealed)

    def index(self, kind: str, value: str) -> bytes:
        return self.cipher.index(self.merchant_id, kind, value)

    def acting_as(self, principal: Principal) -> "Unit":
        return replace(self, principal=principal)


class Database:
    """Hands out units of work over a pool of connections of the serving role."""

    def __init__(self, url: str, *, cipher: Cipher, clock: Clock, pool_size: int = 10) -> None:
        self.cipher = cipher
        self.clock = clock
        self.engine = sa.create_engine(
            driver_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_pre_ping=False,
            hide_parameters=True,  # what fails is logged: values of statements are people's
            connect_args={"options": f"-c role={APP_ROLE} -c timezone=UTC", "prepare_threshold": 2},
        )

    @contextmanager
    def unit(self, principal: Principal) -> Iterator[Unit]:
        """A transaction for `principal`; commits at the end, rolls back on any exception."""
        with self.engine.begin() as connection:
            enter(connection, principal.merchant_id)
            yield Unit(connection, self.clock, self.cipher, principal)

    @contextmanager
    def request(self) -> Iterator[Unit]:
        """A transaction of which nobody knows yet for whom it is: it sees nothing until `enter`.

        Who asks is found out in the same transaction as the answer: one less to begin and to end.
        """
        with self.engine.begin() as connection:
            yield Unit(connection, self.clock, self.cipher, system(None))

    @contextmanager
    def merchant(self, merchant_id: UUID) -> Iterator[Unit]:
        """A transaction in which Shuke itself works for one merchant."""
        with self.unit(system(merchant_id)) as unit:
            yield unit

    @contextmanager
    def platform(self) -> Iterator[Unit]:
        """A transaction that sees the platform's own tables and the list of merchants, nothing of theirs."""
        with self.unit(system(None)) as unit:
            yield unit

    def close(self) -> None:
        self.engine.dispose()


@dataclass(frozen=True, slots=True)
class Ask:
    """A statement for `at_once`, with its values as psycopg spells them: `%(name)s`."""

    sql: str
    values: Mapping[str, object] = field(default_factory=dict)


def at_once(connection: sa.Connection, *asks: Ask) -> list[list[Any]]:
    """The rows of several statements, run one after the other in one round trip to the database.

    For the few reads that every request begins with, where waiting for each answer costs more than the answer.
    """
    with _driver(connection) as driver:
        with driver.pipeline():
            cursors = [psycopg.RawCursor(driver, row_factory=namedtuple_row) for _ in asks]
            for cursor, ask in zip(cursors, asks, strict=True):
                sql, names = _numbered(ask.sql)
                cursor.execute(sql, [ask.values[name] for name in names])
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


def directly(connection: sa.Connection, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """The rows of one statement, straight from the driver, with its values as psycopg spells them: `%s`.

    For the few statements that every settlement runs, where going through SQLAlchemy costs as much as the database.
    """
    with _driver(connection) as driver:
        cursor = psycopg.RawCursor(driver)
        cursor.execute(_numbered(sql)[0], values)
        return cursor.fetchall() if cursor.description else []


_PLACE = re.compile(r"%(?:\((\w+)\)s|s|%)")


@lru_cache(maxsize=1_000)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """A statement as the server numbers its values, and the names of the named ones in that order.

    psycopg does the same, but anew every time for statements of more than 4 kB, which ours are.
    """
    names: dict[str, int] = {}
    places = count(1)

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        return f"${next(places) if found[1] is None else names.setdefault(found[1], len(names) + 1)}"

    return _PLACE.sub(number, sql).encode(), tuple(names)


@contextmanager
def _driver(connection: sa.Connection) -> Iterator[psycopg.Connection[Any]]:
    """The driver's own connection; what it raises comes out as SQLAlchemy raises it."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    try:
        yield driver
    except psycopg.Error as error:
        if driver.broken:
            connection.exec_driver_sql("SELECT")  # fails too, and the pool hears that its connections are gone
        raise sa.exc.DBAPIError.instance(None, None, error, psycopg.Error) from error


def enter(connection: sa.Connection, merchant_id: UUID | None, *, limited: bool = False) -> None:
    """Say for whom the current transaction works: a merchant, or (None) the platform.

    `limited` is for requests: one that takes long is stuck, and must not keep its connection. Jobs and imports
    have no such limits.
    """
    at_once(connection, entering(merchant_id, limited=limited))


def entering(merchant_id: UUID | None, *, limited: bool = False) -> Ask:
    """`enter`, as one of the statements of `at_once`."""
    values = {"merchant": str(merchant_id or ""), "platform": "off" if merchant_id else "on"}
    return Ask(_ENTER_LIMITED if limited else _ENTER, values)


_SCOPE = {"shuke.merchant_id": "%(merchant)s", "shuke.platform": "%(platform)s"}
_LIMITS = {
    "statement_timeout": "'20s'",
    "lock_timeout": "'10s'",
    "idle_in_transaction_session_timeout": "'60s'",
}


def _set(settings: Mapping[str, str]) -> str:
    """A statement that gives settings values for the present transaction."""
    calls = (f"set_config('{name}', {value}, true) AS s{place}" for place, (name, value) in enumerate(settings.items()))
    return f"SELECT {', '.join(calls)}"


_ENTER = _set(_SCOPE)
_ENTER_LIMITED = _set(_SCOPE | _LIMITS)


@contextmanager
def above(unit: Unit) -> Iterator[Unit]:
    """The platform's own tables within the transaction of a merchant's unit, which sees its rows again afterwards."""
    enter(unit.connection, None)
    yield unit.acting_as(system(None))
    enter(unit.connection, unit.principal.merchant_id)


def driver_url(url: str) -> sa.URL:
    """`url` with the driver we use named in it, whatever it named before."""
    return sa.make_url(url).set(drivername="postgresql+psycopg")
