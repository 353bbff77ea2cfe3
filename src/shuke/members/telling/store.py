"""The SQL of since when fields hold what they hold."""

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members.merging.model import Pair
from shuke.members.telling.model import Field, Since
from shuke.members.telling.tables import member_fields

_F = member_fields.c

_KEEP = sa.text(
    """
INSERT INTO member_fields
  (merchant_id, member_id, field, entered, believed, said_at, message_key, source_name, cleared_at)
SELECT :merchant, member_id, field, entered, believed, said_at, message_key, source_name, cleared_at
FROM json_to_recordset(CAST(:rows AS json)) AS told(member_id uuid, field text, entered boolean, believed boolean,
  said_at timestamptz, message_key uuid, source_name text, cleared_at timestamptz)
ORDER BY member_id, field
ON CONFLICT (merchant_id, member_id, field) DO UPDATE SET entered = excluded.entered, believed = excluded.believed,
  said_at = excluded.said_at, message_key = excluded.message_key, source_name = excluded.source_name,
  cleared_at = excluded.cleared_at
"""
)
# What was told may lie ahead of our clock: who enters something now comes after it all the same.
_ENTERED = sa.text(
    """
INSERT INTO member_fields AS f (merchant_id, member_id, field, entered, believed, said_at, cleared_at)
SELECT :merchant, :member, field, filled, false, :now, CASE WHEN NOT filled THEN CAST(:now AS timestamptz) END
FROM json_to_recordset(CAST(:rows AS json)) AS changed(field text, filled boolean)
ON CONFLICT (merchant_id, member_id, field) DO UPDATE SET entered = excluded.entered, believed = false,
  said_at = greatest(excluded.said_at, f.said_at), message_key = NULL, source_name = NULL,
  cleared_at = CASE WHEN NOT excluded.entered THEN greatest(excluded.said_at, f.said_at) END
"""
)


def _has(who: str, row: str) -> str:
    """Whether the member has a value in the field that the row is of."""
    return (
        f"CASE {row}.field WHEN 'name' THEN {who}.name_cipher IS NOT NULL WHEN 'gender' THEN {who}.gender IS NOT NULL "
        f"WHEN 'birthday' THEN {who}.birthday IS NOT NULL "
        f"ELSE jsonb_exists({who}.attributes, substr({row}.field, length('attributes.') + 1)) END"
    )


_OF_BOTH = """
f.merchant_id = :merchant AND s.merchant_id = :merchant AND s.member_id = :survivor
AND a.merchant_id = :merchant AND a.member_id = :absorbed
"""
_TAKES_OVER = f"NOT ({_has('s', 'f')}) AND ({_has('a', 'f')})"
_FORGET = sa.text(
    "DELETE FROM member_fields AS f USING members AS s, members AS a "  # noqa: S608 - our own names
    f"WHERE f.member_id = :survivor AND {_OF_BOTH} AND {_TAKES_OVER}"
)
_TAKE_OVER = sa.text(
    "UPDATE member_fields AS f SET member_id = :survivor FROM members AS s, members AS a "  # noqa: S608
    f"WHERE f.member_id = :absorbed AND {_OF_BOTH} AND {_TAKES_OVER}"
)


def since(unit: Unit, member_ids: Collection[UUID]) -> dict[tuple[UUID, Field], Since]:
    rows = unit.connection.execute(
        sa.select(member_fields).where(_F.merchant_id == unit.merchant_id, _F.member_id.in_(list(member_ids)))
    )
    return {(row.member_id, row.field): _since(row) for row in rows}


def keep(unit: Unit, changed: Mapping[tuple[UUID, Field], Since]) -> None:
    rows = [
        {
            "member_id": str(member_id),
            "field": field,
            "entered": each.entered,
            "believed": each.believed,
            "said_at": each.said_at.isoformat(),
            "message_key": None if each.message_key is None else str(each.message_key),
            "source_name": each.source_name,
            "cleared_at": None if each.cleared_at is None else each.cleared_at.isoformat(),
        }
        for (member_id, field), each in changed.items()
    ]
    if rows:
        unit.connection.execute(_KEEP, {"merchant": unit.merchant_id, "rows": json.dumps(rows)})


def entered(unit: Unit, member_id: UUID, filled: Mapping[Field, bool]) -> None:
    """Somebody entered these fields now, or emptied them."""
    rows = [{"field": field, "filled": full} for field, full in sorted(filled.items())]
    if rows:
        values = {"merchant": unit.merchant_id, "member": member_id, "now": unit.now(), "rows": json.dumps(rows)}
        unit.connection.execute(_ENTERED, values)


def unite(unit: Unit, pair: Pair) -> None:
    """Of a field that the survivor lacks she takes over also since when the other one has it. To be done while the
    fields of both are still as they were."""
    values = {"merchant": unit.merchant_id, "survivor": pair.survivor, "absorbed": pair.absorbed}
    unit.connection.execute(_FORGET, values)
    unit.connection.execute(_TAKE_OVER, values)


def _since(row: Any) -> Since:
    return Since(row.entered, row.believed, row.said_at, row.message_key, row.source_name, row.cleared_at)
