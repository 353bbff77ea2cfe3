"""Members as records to compare: read and opened in memory, never written anywhere."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pyarrow as pa

from shuke.infra.database import Unit

_AT_ONCE = 20_000
_READ = """
SELECT uuid_send(m.member_id), m.name_cipher, m.birthday::text, p.value_cipher, e.value_cipher, m.gender,
  m.join_store_id::text
FROM members AS m
LEFT JOIN identifiers AS p ON p.merchant_id = m.merchant_id AND p.person_id = m.member_id AND p.namespace = 'phone'
  AND p.main
LEFT JOIN identifiers AS e ON e.merchant_id = m.merchant_id AND e.person_id = m.member_id AND e.namespace = 'email'
  AND e.main
WHERE m.merchant_id = %s AND m.status = 'active'
ORDER BY m.member_id
"""
_SEALED = {"name": 1, "phone": 3, "email": 4}
_PLAIN = {"birthday": 2, "gender": 5, "store": 6}


@dataclass(frozen=True, slots=True)
class Records:
    """`table` has what is compared in clear, numbered from 0 in the order of the ids: `record_id` and text columns."""

    ids: Any
    table: Any

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def member_ids(self, record_ids: Any) -> list[UUID]:
        return [UUID(bytes=each) for each in self.ids.take(record_ids).to_pylist()]


def read(unit: Unit) -> Records:
    """Every active member who is nobody else's other name."""
    driver = unit.connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    ids: list[Any] = []
    found: dict[str, list[Any]] = {name: [] for name in (*_SEALED, *_PLAIN)}
    with driver.cursor(name="likeness") as cursor, ThreadPoolExecutor(1) as ahead:
        cursor.execute(_READ, [unit.merchant_id], binary=True)
        coming = ahead.submit(cursor.fetchmany, _AT_ONCE)
        # The server finds the next ones while these are opened.
        while rows := coming.result():
            coming = ahead.submit(cursor.fetchmany, _AT_ONCE)
            columns = list(zip(*rows, strict=True))
            ids.append(pa.array(columns[0], pa.binary(16)))
            for name, place in _SEALED.items():
                found[name].append(pa.array(unit.open_all(name, columns[place]), pa.string()))
            for name, place in _PLAIN.items():
                found[name].append(pa.array(columns[place], pa.string()))
    whole = {name: pa.chunked_array(parts, pa.string()) for name, parts in found.items()}
    every = pa.chunked_array(ids, pa.binary(16)).combine_chunks()
    return Records(every, pa.table({"record_id": pa.array(range(len(every)), pa.int32()), **whole}))
