"""Row-level security and grants, as every migration that adds a table applies them."""

from alembic import op

from shuke.infra.schema import APP_ROLE

_TENANT = "merchant_id = NULLIF(current_setting('shuke.merchant_id', true), '')::uuid"
_PLATFORM = "current_setting('shuke.platform', true) = 'on'"


def protect(table: str, *, tenant: bool, append_only: bool = False) -> None:
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
    verbs = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    op.execute(f"GRANT {verbs} ON {table} TO {APP_ROLE}")
