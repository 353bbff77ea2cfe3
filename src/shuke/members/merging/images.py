"""Rows of two members as they are, to be put back as they were."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members.merging.model import Pair
from shuke.members.merging.moving import keys_of
from shuke.members.merging.plan import Kept

Row = Mapping[str, Any]
Image = list[dict[str, Any]]
"""Rows as JSON, in the order of their keys."""


def taken(unit: Unit, kept: Sequence[Kept], pair: Pair) -> dict[str, Image]:
    """What each place holds of both now."""
    return taken_of(unit, kept, [pair])[pair]


def taken_of(unit: Unit, kept: Sequence[Kept], pairs: Sequence[Pair]) -> dict[Pair, dict[str, Image]]:
    """The same of several pairs, of which nobody is in two."""
    parts = [
        f"SELECT '{each.place}' AS place, who.pair, jsonb_agg(to_jsonb(t) ORDER BY {_keys(each, 't')}) AS rows "  # noqa: S608
        f"FROM who JOIN {each.table.name} AS t ON t.merchant_id = :merchant AND t.{each.column} = who.member_id "
        "GROUP BY who.pair"
        for each in kept
    ]
    whose = [(member_id, number) for number, pair in enumerate(pairs) for member_id in pair.both]
    who = "SELECT * FROM unnest(CAST(:members AS uuid[]), CAST(:numbers AS integer[])) AS who(member_id, pair)"
    values = {
        "merchant": unit.merchant_id,
        "members": [member_id for member_id, _ in whose],
        "numbers": [number for _, number in whose],
    }
    found: dict[Pair, dict[str, Image]] = {pair: {each.place: [] for each in kept} for pair in pairs}
    for row in unit.connection.execute(sa.text(f"WITH who AS ({who}) " + " UNION ALL ".join(parts)), values):
        found[pairs[row.pair]][row.place] = row.rows
    return found


def put_back(unit: Unit, kept: Kept, pair: Pair, rows: Image) -> None:
    """Make `rows` all there is of both."""
    names = [column.name for column in kept.table.columns]
    keys = keys_of(kept.table)
    changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in ("merchant_id", *keys))
    same = " AND ".join(f"was.{name} = t.{name}" for name in keys)
    was = f"SELECT * FROM jsonb_populate_recordset(CAST(NULL AS {kept.table.name}), CAST(:rows AS jsonb))"  # noqa: S608
    gone = (
        f"DELETE FROM {kept.table.name} AS t WHERE t.merchant_id = :merchant AND t.{kept.column} = ANY(:both) "  # noqa: S608
        f"AND NOT EXISTS (SELECT FROM ({was}) AS was WHERE {same})"
    )
    there = (
        f"INSERT INTO {kept.table.name} ({', '.join(names)}) SELECT {', '.join(names)} FROM ({was}) AS was "  # noqa: S608
        f"ON CONFLICT (merchant_id, {', '.join(keys)}) DO "
    )
    there += f"UPDATE SET {changed}" if changed else "NOTHING"
    values = {**_values(unit, pair), "rows": json.dumps(rows)}
    unit.connection.execute(sa.text(gone), values)
    unit.connection.execute(sa.text(there), {"rows": values["rows"]})


def rewound(kept: Kept, before: Image, after: Image, now: Image) -> Image:
    """What should be there: all as it was before, but for what changed since."""
    keys = keys_of(kept.table)
    was, then, here = ({tuple(row[key] for key in keys): row for row in image} for image in (before, after, now))
    rows = []
    for key in dict.fromkeys((*was, *here)):
        if here.get(key) == then.get(key):
            rows += [was[key]] if key in was else []
        elif key in here:
            rows.append(_columns(kept, was.get(key), then.get(key), here[key]))
    return rows


def _columns(kept: Kept, was: Row | None, then: Row | None, here: Row) -> dict[str, Any]:
    if was is None or then is None:
        return dict(here)
    row = _unless_changed(was, then, here)
    return row | {name: _unless_changed(was[name], then[name], here[name]) for name in kept.by_name}


def _unless_changed(was: Row, then: Row, here: Row) -> dict[str, Any]:
    """What was there, but for what changed since, name by name."""
    same = {name for name in (*was, *here) if (name in here, here.get(name)) == (name in then, then.get(name))}
    return {name: value for name, value in was.items() if name in same} | {
        name: value for name, value in here.items() if name not in same
    }


def _keys(kept: Kept, alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in keys_of(kept.table))


def _values(unit: Unit, pair: Pair) -> dict[str, object]:
    return {"merchant": unit.merchant_id, "both": pair.both}
