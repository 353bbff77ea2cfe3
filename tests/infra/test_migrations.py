"""Migrations go up, come down, and leave exactly what the tables declare."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from shuke.entrypoints.tables import metadata
from shuke.infra import migrate
from shuke.infra.migrations.names import ours
from tests.support.postgres import Server


def test_up_down_and_up_again(server: Server) -> None:
    with server.database(template=None) as name:
        url = server.owner_url(name)
        migrate.upgrade(url)
        migrate.upgrade(url)
        migrate.downgrade(url)
        assert _objects(url) == {"alembic_version"}
        migrate.upgrade(url)
        assert set(metadata.tables) <= _objects(url)


def test_migrated_database_is_what_the_tables_declare(server: Server) -> None:
    with server.database() as name, _connect(server.owner_url(name)) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_every_table_is_guarded_as_declared(server: Server) -> None:
    with server.database() as name, _connect(server.superuser_url(name)) as connection:
        rows = connection.execute(
            sa.text(
                "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, count(p.polname), "
                "has_table_privilege('shuke_app', c.oid, 'UPDATE'), has_table_privilege('shuke_app', c.oid, 'DELETE') "
                "FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid "
                "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY c.oid, c.relname"
            )
        ).all()
    found = {row[0]: row[1:] for row in rows}
    for table in metadata.sorted_tables:
        changes = not table.info["append_only"] and table.info["changeable"] is None
        assert found[table.name] == (True, True, 1, changes, table.info["deletable"]), table.name


def test_only_what_may_change_of_a_document_can_be_changed(server: Server) -> None:
    with server.database() as name, _connect(server.superuser_url(name)) as connection:
        rows = connection.execute(
            sa.text(
                "SELECT table_name, column_name FROM information_schema.column_privileges "
                "WHERE grantee = 'shuke_app' AND privilege_type = 'UPDATE'"
            )
        ).all()
    documents = [table for table in metadata.sorted_tables if table.info["changeable"] is not None]
    assert documents
    for table in documents:
        assert {row.column_name for row in rows if row.table_name == table.name} == set(table.info["changeable"])


def _connect(url: str) -> sa.Connection:
    return sa.create_engine(migrate.driver_url(url), poolclass=sa.NullPool).connect()


def _objects(url: str) -> set[str]:
    with _connect(url) as connection:
        names = connection.scalars(
            sa.text(
                "SELECT relname FROM pg_class "
                "WHERE relkind IN ('r', 'S', 'v') AND relnamespace = 'public'::regnamespace "
                "UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
                "UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'"
            )
        )
        return set(names)
