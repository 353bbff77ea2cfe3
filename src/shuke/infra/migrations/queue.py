"""The job queue's own tables (procrastinate), installed and removed with ours."""

from alembic import op
from procrastinate.schema import SchemaManager

from shuke.infra.schema import APP_ROLE


def create_queue() -> None:
    # Its script holds several statements and literal percent and colon signs: hand it to the driver as it is.
    _driver_execute(SchemaManager.get_schema())
    for kind in ("TABLES", "SEQUENCES"):
        for name in _queue_objects("r" if kind == "TABLES" else "S"):
            verbs = "SELECT, INSERT, UPDATE, DELETE" if kind == "TABLES" else "USAGE, SELECT"
            op.execute(f"GRANT {verbs} ON {name} TO {APP_ROLE}")


def drop_queue() -> None:
    for name in _queue_objects("r"):
        op.execute(f"DROP TABLE {name} CASCADE")
    _driver_execute(
        """
        DO $$ DECLARE found record; BEGIN
          FOR found IN SELECT oid::regprocedure AS name FROM pg_proc WHERE proname LIKE 'procrastinate\\_%' LOOP
            EXECUTE 'DROP ROUTINE IF EXISTS ' || found.name || ' CASCADE';
          END LOOP;
          FOR found IN SELECT oid::regtype AS name FROM pg_type
                       WHERE typname LIKE 'procrastinate\\_%' AND typtype IN ('e', 'c') LOOP
            EXECUTE 'DROP TYPE IF EXISTS ' || found.name || ' CASCADE';
          END LOOP;
        END $$
        """
    )


def _queue_objects(kind: str) -> list[str]:
    rows = op.get_bind().exec_driver_sql(
        "SELECT relname FROM pg_class WHERE relkind = %s AND relname LIKE 'procrastinate\\_%%' ORDER BY 1",
        (kind,),
    )
    return [row[0] for row in rows]


def _driver_execute(script: str) -> None:
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    with connection.cursor() as cursor:
        cursor.execute(script)
