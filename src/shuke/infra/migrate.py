"""Bring a database to the newest shape, or take it back."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from shuke.infra.database import driver_url
from shuke.infra.schema import APP_ROLE

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(owner_url: str, revision: str = "head") -> None:
    """Migrate up, creating the serving role when it is missing. Safe to run again and from several servers at once."""
    _run(owner_url, lambda config: command.upgrade(config, revision))


def downgrade(owner_url: str, revision: str = "base") -> None:
    """Migrate down. Data of dropped tables is gone."""
    _run(owner_url, lambda config: command.downgrade(config, revision))


def config_for(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _run(owner_url: str, act: object) -> None:
    engine = sa.create_engine(driver_url(owner_url), poolclass=sa.NullPool)
    try:
        with engine.connect() as lock, engine.connect() as connection:
            # One migration at a time; the lock's own connection outlives the migrations' transactions.
            lock.execute(sa.text("SELECT pg_advisory_lock(hashtext('shuke.migrate'))"))
            _ensure_app_role(connection)
            act(config_for(connection))  # type: ignore[operator]
            lock.execute(sa.text("SELECT pg_advisory_unlock(hashtext('shuke.migrate'))"))
            lock.commit()
    finally:
        engine.dispose()


def _ensure_app_role(connection: sa.Connection) -> None:
    if not connection.scalar(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": APP_ROLE}):
        connection.execute(sa.text(f"CREATE ROLE {APP_ROLE} NOLOGIN"))
    if not connection.scalar(sa.text("SELECT pg_has_role(current_user, :role, 'MEMBER')"), {"role": APP_ROLE}):
        connection.execute(sa.text(f"GRANT {APP_ROLE} TO CURRENT_USER"))
    connection.commit()
