"""Row-level security and grants, as every migration that adds a table applies them."""

from collections.abc import Sequence

from alembic import op

from shuke.infra.schema import APP_ROLE

_TENANT = "merchant_id = NULLIF(current_setting('shuke.merchant_id', true), '')::uuid"
_PLATFORM = "current_setting('shuke.platform', true) = 'on'"


def protect(
    table: str,
    *,
    tenant: bool,
    append_only: bool = False,
    deletable: bool = True,
    changeable: Sequence[str] | None = None,
    expiring: bool = False,
) -> None:
    """Nobody, the owner included, sees a row of `table` without saying for whom it works.

    Rows of a tenant's table show to that merchant; rows of a platform table to the platform. The list of
    merchants is the one table that shows to both. Where `changeable` names columns, the others stay as written; rows of
    `expiring` tables may be deleted whatever else holds.
    """
    rule = _TENANT if tenant else _PLATFORM
    if table == "merchants":
        rule = f"{_TENANT} OR {_PLATFORM}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY isolation ON {table} USING ({rule}) WITH CHECK ({rule})")
    verbs = "SELECT, INSERT"
    if changeable is not None:
        verbs += f", UPDATE ({', '.join(changeable)})"
    elif not append_only:
        verbs += ", UPDATE" + (", DELETE" if deletable else "")
    if expiring:
        verbs += ", DELETE"
    op.execute(f"GRANT {verbs} ON {table} TO {APP_ROLE}")
    if table == "audit_log":
        _create_unsaying()


def _create_unsaying() -> None:
    """The one thing that may be changed of the audit log: what people typed about a member goes with her data.

    The serving role cannot write there; this runs as the owner, sees one merchant's rows as everybody does, and takes
    away, never puts in. What a session has of its own by the table's name comes last, and is not meant.
    """
    typed = "ARRAY['reason', 'note']"
    op.execute("SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true)")
    op.execute(
        f"""
        CREATE FUNCTION unsay(subjects uuid[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
        AS $$
          WITH gone AS (
            UPDATE audit_log SET before = before - {typed}, after = after - {typed}
            WHERE {_TENANT} AND subject_id = ANY (subjects) AND (before ?| {typed} OR after ?| {typed}) RETURNING 1)
          SELECT count(*) FROM gone
        $$
        """  # noqa: S608 - our own words
    )


def refer_in_sets(table: str, column: str, parent: str) -> None:
    """A reference from an append-only `table` to a `parent` whose rows are never deleted.

    PostgreSQL checks a foreign key row by row, which costs a bulk load of order lines four times the load
    itself. Where a child is never changed and a parent never deleted, looking once for each inserting statement
    proves the same, and sets are checked as sets.

    The parents are asked for by one array: whatever the planner makes of it (tables just created have no statistics,
    and a plan may be older than the rows), it is a look-up in the key or one pass with a hashed filter, never a pass
    for each row.
    """
    name = f"refer_{table}_{column}"
    op.execute(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE child record; present bigint; missing uuid;
        BEGIN
          FOR child IN SELECT merchant_id, array_agg(DISTINCT {column}) AS ids FROM added GROUP BY merchant_id LOOP
            SELECT count(*) INTO present FROM {parent} parent
            WHERE parent.merchant_id = child.merchant_id AND parent.{column} = ANY (child.ids);
            IF present < cardinality(child.ids) THEN
              SELECT id INTO missing FROM unnest(child.ids) id WHERE id <> ALL (
                SELECT parent.{column} FROM {parent} parent
                WHERE parent.merchant_id = child.merchant_id AND parent.{column} = ANY (child.ids)) LIMIT 1;
              RAISE foreign_key_violation USING
                MESSAGE = format('{table}.{column} %s is not in {parent}', missing), CONSTRAINT = '{name}';
            END IF;
          END LOOP;
          RETURN NULL;
        END $$
        """  # noqa: S608 - names come from our own tables
    )
    op.execute(
        f"CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def drop_reference(table: str, column: str) -> None:
    op.execute(f"DROP TRIGGER refer_{table}_{column} ON {table}")
    op.execute(f"DROP FUNCTION refer_{table}_{column}()")


def create_versions() -> None:
    """What the triggers of standing data do: note the changing transaction as the topic's version.

    Opening a merchant is the platform's work, before anybody could have kept a copy: there is nothing to note.
    """
    op.execute(
        """
        CREATE FUNCTION note_version() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE mine uuid := NULLIF(current_setting('shuke.merchant_id', true), '')::uuid;
        BEGIN
          IF mine IS NOT NULL THEN
            INSERT INTO merchant_versions (merchant_id, topic, version)
            VALUES (mine, TG_ARGV[0], pg_current_xact_id()::text::bigint)
            ON CONFLICT (merchant_id, topic) DO UPDATE SET version = excluded.version;
          END IF;
          RETURN NULL;
        END $$
        """
    )


def note_versions(table: str, topic: str) -> None:
    """Every statement that changes `table` changes the version of `topic`."""
    op.execute(
        f"CREATE TRIGGER note_version AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION note_version('{topic}')"
    )


def drop_versions() -> None:
    op.execute("DROP FUNCTION note_version()")
    op.execute("DROP FUNCTION IF EXISTS unsay(uuid[])")
