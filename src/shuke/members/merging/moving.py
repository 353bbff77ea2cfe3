"""The SQL of moving rows from one member to another, and back.

All tables are moved by one statement, so each condition sees what was there before anything moved. A table of which two
columns name a member has its second one in a second statement.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import DIALECT, Unit
from shuke.members.merging.model import Pair
from shuke.members.merging.plan import Plain


def move(unit: Unit, plains: Sequence[Plain], pairs: Sequence[Pair]) -> dict[Pair, dict[str, list[Any]]]:
    """Make the absorbed members' rows their survivors', of pairs of which nobody is in two; the primary keys of what
    moved, by place."""
    moved: dict[UUID, dict[str, list[Any]]] = {pair.absorbed: {} for pair in pairs}
    values = {
        "merchant": unit.merchant_id,
        "survivors": [pair.survivor for pair in pairs],
        "absorbed": [pair.absorbed for pair in pairs],
    }
    for together in _stages(plains):
        parts = [f"moved_{number} AS ({_there(plain)})" for number, plain in enumerate(together)]
        found = [
            f"SELECT '{plain.place}' AS place, whose, jsonb_agg(key) AS keys FROM moved_{number} GROUP BY whose"  # noqa: S608
            for number, plain in enumerate(together)
        ]
        sql = f"WITH {', '.join(parts)} {' UNION ALL '.join(found)}"
        for row in unit.connection.execute(sa.text(sql), values):
            moved[row.whose][row.place] = row.keys
    return {pair: moved[pair.absorbed] for pair in pairs}


def count(unit: Unit, plains: Sequence[Plain], pair: Pair) -> dict[str, int]:
    """How many rows of each table `move` would move."""
    parts = [
        f"SELECT '{plain.table.name}' AS name, count(*) AS rows FROM {plain.table.name} AS t WHERE {_hers(plain)}"  # noqa: S608
        for plain in plains
    ]
    rows = unit.connection.execute(sa.text(" UNION ALL ".join(parts)), _values(unit, pair))
    found: dict[str, int] = {}
    for row in rows:
        if row.rows:
            found[row.name] = max(found.get(row.name, 0), row.rows)
    return found


def move_back(unit: Unit, plains: Sequence[Plain], pair: Pair, merge_id: UUID) -> None:
    """What a merge moved and is still the survivor's is hers again who was absorbed."""
    for together in _stages(plain for plain in plains if not plain.divided):
        _all(unit, [_back(plain) for plain in together], {**_values(unit, pair), "merge": merge_id})


def move_later(unit: Unit, plains: Sequence[Plain], pair: Pair, names: Sequence[UUID]) -> dict[str, int]:
    """What came since in one of her names who was absorbed is hers, and whatever belongs to what is hers by now; how
    many rows of a table came in her names."""
    values, found = _values(unit, pair), dict[str, int]()
    for plain in plains:
        if plain.identified:
            sql = (
                f"UPDATE {plain.table.name} SET {plain.column} = :absorbed WHERE merchant_id = :merchant "  # noqa: S608
                f"AND {plain.column} = :survivor AND {plain.identified} = ANY(:names)"
            )
            rows = unit.connection.execute(sa.text(sql), {**values, "names": list(names)}).rowcount
            found |= {plain.table.name: rows} if rows else {}
    places = {plain.place: plain for plain in plains}
    for together in _stages(plain for plain in plains if plain.along):
        _all(unit, [_with(plain, *plain.along, places) for plain in together if plain.along], values)
    return found


def keys_of(table: sa.Table) -> list[str]:
    """The primary key but for the merchant."""
    return [column.name for column in table.primary_key.columns if column.name != "merchant_id"]


def _all(unit: Unit, updates: Iterable[str], values: Mapping[str, object]) -> None:
    parts = [f"back_{number} AS ({update})" for number, update in enumerate(updates)]
    unit.connection.execute(sa.text(f"WITH {', '.join(parts)} SELECT"), values)


def _there(plain: Plain) -> str:
    keys = ", ".join(f"t.{name}" for name in keys_of(plain.table))
    hers = _hers(plain).replace(":survivor", "pair.survivor").replace(":absorbed", "pair.absorbed")
    return (
        f"UPDATE {plain.table.name} AS t SET {plain.column} = pair.survivor "  # noqa: S608
        "FROM unnest(CAST(:survivors AS uuid[]), CAST(:absorbed AS uuid[])) AS pair(survivor, absorbed) "
        f"WHERE {hers} RETURNING pair.absorbed AS whose, jsonb_build_array({keys}) AS key"
    )


def _hers(plain: Plain) -> str:
    """The condition under which a row `t` of the :absorbed member moves to the :survivor."""
    conditions = [f"t.merchant_id = :merchant AND t.{plain.column} = :absorbed"]
    if plain.unless:
        same = " AND ".join(f"o.{name} = t.{name}" for name in plain.unless)
        conditions.append(
            f"NOT EXISTS (SELECT FROM {plain.table.name} AS o "
            f"WHERE o.merchant_id = t.merchant_id AND o.{plain.column} = :survivor AND {same})"
        )
    if plain.stays:
        conditions.append(f"NOT ({plain.stays})")
    return " AND ".join(conditions)


def _back(plain: Plain) -> str:
    """Rows whose keys are in the journal."""
    columns, keys = plain.table.columns, keys_of(plain.table)
    same = " AND ".join(
        f"t.{name} = CAST(k.key ->> {number} AS {columns[name].type.compile(dialect=DIALECT)})"
        for number, name in enumerate(keys)
    )
    return (
        f"UPDATE {plain.table.name} AS t SET {plain.column} = :absorbed FROM (SELECT jsonb_array_elements(keys) AS key "  # noqa: S608
        f"FROM merge_rows WHERE merchant_id = :merchant AND merge_id = :merge AND place = '{plain.place}') AS k "
        f"WHERE t.merchant_id = :merchant AND t.{plain.column} = :survivor AND {same}"
    )


def _with(plain: Plain, key: str, place: str, places: Mapping[str, Plain]) -> str:
    """Rows whose parent is hers."""
    parent = places[place]
    (own,) = keys_of(parent.table)
    return (
        f"UPDATE {plain.table.name} AS t SET {plain.column} = :absorbed FROM {parent.table.name} AS p "  # noqa: S608
        f"WHERE t.merchant_id = :merchant AND t.{plain.column} = :survivor AND p.merchant_id = :merchant "
        f"AND p.{parent.column} = :absorbed AND p.{own} = t.{key}"
    )


def _stages(plains: Iterable[Plain]) -> Iterator[list[Plain]]:
    """The moves in as many groups as needed for none to hold a table twice."""
    left = list(plains)
    while left:
        first = {plain.table.name: plain for plain in reversed(left)}
        yield [plain for plain in left if first[plain.table.name] is plain]
        left = [plain for plain in left if first[plain.table.name] is not plain]


def _values(unit: Unit, pair: Pair) -> dict[str, object]:
    return {"merchant": unit.merchant_id, "survivor": pair.survivor, "absorbed": pair.absorbed}
