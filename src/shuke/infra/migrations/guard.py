"""Row-level security and grants, as every migration that adds a table applies them."""

from alembic import op

from shuke.infra.schema import APP_ROLE

_TENANT = "merchant_id = NULLIF(current_setting('shuke.merchant_id', true), '')::uuid"
_PLATFORM = "current_setting('shuke.platform', true) = 'on'"


def protect(table: str, *, tenant: bool, append_only: bool = False, deletable: bool = True) -> None:
    """Nobody, the owner included, sees a row of `table` without saying for whom it works.

    Rows of a tenant's table show to that merchant; rows of a platform table to the platform. The list of
    merchants is the one table that shows to both.
    """
    rule = _TENANT if tenant else _PLATFORM
    if table == "merchants":
        rule = f"{_TENANT} OR {_PLATFORM}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY isolation ON {table} USING ({rule}) WITH CHECK ({rule})")
    verbs = "SELECT, INSERT" + ("" if append_only else ", UPDATE" + (", DELETE" if deletable else ""))
    op.execute(f"GRANT {verbs} ON {table} TO {APP_ROLE}")


def refer_in_sets(table: str, column: str, parent: str) -> None:
    """A reference from an append-only `table` to a `parent` whose rows are never deleted.

    PostgreSQL checks a foreign key row by row, which costs a bulk load of order lines four times the load
    itself. Where a child is never changed and a parent never deleted, looking once for each inserting statement
    proves the same, and sets are checked as sets.

    Each parent is looked up in its primary key, whatever the statistics say: while a fresh table still counts as
    empty, the planner would rather read all of it for every row.
    """
    name = f"refer_{table}_{column}"
    op.execute(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
        DECLARE missing uuid;
        BEGIN
          SELECT child.{column} INTO missing
          FROM (SELECT DISTINCT merchant_id, {column} FROM added) child
          LEFT JOIN {parent} parent USING (merchant_id, {column})
          WHERE parent.{column} IS NULL LIMIT 1;
          IF FOUND THEN
            RAISE foreign_key_violation USING
              MESSAGE = format('{table}.{column} %s is not in {parent}', missing), CONSTRAINT = '{name}';
          END IF;
          RETURN NULL;
        END $$
        """
    )
    op.execute(
        f"CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def drop_reference(table: str, column: str) -> None:
    op.execute(f"DROP TRIGGER refer_{table}_{column} ON {table}")
    op.execute(f"DROP FUNCTION refer_{table}_{column}()")
