"""UUIDv7 made by the database, for whole sets of rows at once.

PostgreSQL has `uuidv7()` only from 18 on. Version 7 differs from the random version 4 in its first six bytes,
which are the Unix time in milliseconds, and in two bits of the version.
"""

from uuid import UUID

import sqlalchemy as sa


def fresh_id_sql(at: str) -> str:
    """SQL text of a new UUIDv7 for the moment that the SQL expression `at` (a timestamptz) names.

    `at` must come from our own code: it becomes part of the statement.
    """
    milliseconds = f"substring(int8send((extract(epoch FROM {at}) * 1000)::bigint) FROM 3)"
    timed = f"overlay(uuid_send(gen_random_uuid()) PLACING {milliseconds} FROM 1 FOR 6)"
    return f"encode(set_bit(set_bit({timed}, 52, 1), 53, 1), 'hex')::uuid"


def fresh_id(at: str) -> sa.ColumnElement[UUID]:
    """`fresh_id_sql` as a column."""
    return sa.literal_column(fresh_id_sql(at), sa.Uuid())


def numbered_id_sql(of: str, number: str) -> str:
    """SQL text of the id `of` with its last byte replaced by `number` (0 to 255), both SQL expressions of ours.

    Random bytes are what makes a fresh id dear: rows that belong to one parent can share those of its id.
    """
    return f"encode(set_byte(uuid_send({of}), 15, {number}), 'hex')::uuid"


def following_ids_sql(of: str) -> tuple[str, str]:
    """SQL texts of what `following_id_sql` needs of the fresh id `of`, an SQL expression of ours: its first three
    quarters as text, and where its followers count from. Worked out once, they are not worked out for each row."""
    return f"left(({of})::text, 24)", f"(('x' || right(({of})::text, 12))::bit(48)::bigint / 4 + (1::bigint << 46))"


def following_id_sql(head: str, start: str, number: str) -> str:
    """SQL text of the id that lies `number` behind the one whose `head` and `start` are named: for thousands of rows
    of one moment. They come without random bytes each, and one behind the other into their index."""
    return f"({head} || to_hex({start} + {number}))::uuid"


def numbered_id(of: str, number: str) -> sa.ColumnElement[UUID]:
    """`numbered_id_sql` as a column."""
    return sa.literal_column(numbered_id_sql(of, number), sa.Uuid())
