"""Alembic's entry: runs inside the connection that `migrate.py` hands over."""

from alembic import context

from shuke.infra.migrations.names import ours
from shuke.infra.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=ours,
    compare_server_default=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
