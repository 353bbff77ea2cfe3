"""Rows of a query as an Arrow table, by the database's own bulk output."""

import io

import psycopg
import pyarrow as pa
import pyarrow.csv as pacsv
import sqlalchemy as sa

from shuke.infra.database import DIALECT, Unit


def fetch(unit: Unit, query: sa.Select[object], schema: pa.Schema) -> pa.Table:
    """The rows of `query` as `schema` types them; its columns are the schema's, by name."""
    names = [column.name for column in query.selected_columns]
    if names != schema.names:
        raise ValueError(f"the query selects {names}, the schema has {schema.names}")
    # Each % is doubled for a driver that puts values in; here are none, and it takes the text as it is.
    spelled = str(query.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True})).replace("%%", "%")
    driver = unit.connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    rows = io.BytesIO()
    with driver.cursor() as cursor, cursor.copy(f"COPY ({spelled}) TO STDOUT (FORMAT csv)".encode()) as copy:
        for part in copy:
            rows.write(part)
    if not rows.tell():
        return schema.empty_table()
    rows.seek(0)
    return pacsv.read_csv(
        rows,
        pacsv.ReadOptions(column_names=names),
        pacsv.ParseOptions(newlines_in_values=True),
        pacsv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )
