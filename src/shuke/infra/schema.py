"""How tables are declared: every one is a tenant's or the platform's, and says so.

The flags in `Table.info` drive the row-level security of the migrations and the tests that walk all tables.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

APP_ROLE = "shuke_app"
"""The role that serves: no owner, no superuser, cannot bypass row-level security."""


def timestamp() -> TIMESTAMP:
    return TIMESTAMP(timezone=True)


def json_column(name: str, default: str | None = None, *, nullable: bool = False) -> sa.Column[object]:
    server_default = None if default is None else sa.text(f"'{default}'::jsonb")
    return sa.Column(name, JSONB(none_as_null=True), nullable=nullable, server_default=server_default)


def tenant_table(
    name: str,
    *items: sa.schema.SchemaItem,
    append_only: bool = False,
    deletable: bool = True,
    changeable: Sequence[str] | None = None,
    expiring: bool = False,
    of_merchant: bool = False,
    refers_in_sets: Mapping[str, str] | None = None,
    topic: str | None = None,
) -> sa.Table:
    """A table of which each row belongs to one merchant.

    `merchant_id` becomes the first column and part of the primary key. `append_only` tables cannot be
    changed by the serving role, and rows of tables that are not `deletable` stay; where `changeable` names columns,
    only those change, and rows stay. `expiring` rows may be deleted whatever else holds: when their time is over.
    `refers_in_sets` names columns and the tables they must exist in, checked once for each statement (see
    migrations/guard.py).
    Tables of standing data name the `topic` that changes with them (see infra/standing.py).
    `of_merchant` adds the foreign key to `merchants` itself; tables further down are tied to it through their
    parents.
    """
    links = [sa.ForeignKey("merchants.merchant_id")] if of_merchant else []
    return sa.Table(
        name,
        metadata,
        sa.Column("merchant_id", sa.Uuid, *links, primary_key=True),
        *items,
        info={
            "tenant": True,
            "append_only": append_only,
            "deletable": expiring or (deletable and not append_only and changeable is None),
            "expiring": expiring,
            "changeable": None if changeable is None else tuple(changeable),
            "refers_in_sets": dict(refers_in_sets or {}),
            "topic": topic,
        },
    )


def platform_table(name: str, *items: sa.schema.SchemaItem) -> sa.Table:
    """A table above all merchants; visible only to a unit of work of the platform."""
    return sa.Table(
        name,
        metadata,
        *items,
        info={
            "tenant": False,
            "append_only": False,
            "deletable": True,
            "expiring": False,
            "changeable": None,
            "refers_in_sets": {},
            "topic": None,
        },
    )


def tenant_key(column: str, target: str, target_column: str | None = None) -> sa.ForeignKeyConstraint:
    """A foreign key between two tables of the same merchant."""
    return sa.ForeignKeyConstraint(
        ["merchant_id", column], [f"{target}.merchant_id", f"{target}.{target_column or column}"]
    )
