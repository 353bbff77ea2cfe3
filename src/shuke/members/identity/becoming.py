"""Visitors turn out to be somebody: what they were recognised by is that person's from then on.

Of each who turned out to be a member an event tells, once: what she did before came to be a member's then.
"""

import json
from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.outbox import emit_all

BECAME = "visitor.recognised"
"""Of the visitor, and the member who she is."""

_PAIRS = "json_to_recordset(CAST(:pairs AS json)) AS pair(visitor uuid, person uuid)"
_IDENTIFIERS = sa.text(
    f"UPDATE identifiers SET person_id = pair.person, origin_id = pair.person FROM {_PAIRS} "  # noqa: S608 - our own names
    "WHERE merchant_id = :merchant AND person_id = pair.visitor"
)
# Also those who had become the visitor before: where a visitor ended is one step away.
_VISITORS = sa.text(
    "UPDATE visitors SET became_id = pair.person, unheard = EXISTS ("  # noqa: S608 - our own names
    "SELECT FROM members AS m WHERE m.merchant_id = :merchant AND m.member_id = pair.person) "
    f"FROM {_PAIRS} "
    "WHERE merchant_id = :merchant AND (visitors.person_id = pair.visitor OR became_id = pair.visitor) "
    "RETURNING visitors.person_id, became_id, unheard AS a_member"
)

# Members are held before their visitors, as a merge holds them; of whom somebody else holds, it is told the next time.
_HEARD = sa.text(
    """
WITH due AS (
  SELECT v.person_id FROM visitors AS v
  JOIN members AS m ON m.merchant_id = v.merchant_id AND m.member_id = v.became_id
  WHERE v.merchant_id = :merchant AND v.unheard
  ORDER BY v.person_id LIMIT :limit FOR NO KEY UPDATE OF m SKIP LOCKED FOR UPDATE OF v SKIP LOCKED
)
UPDATE visitors AS v SET unheard = false FROM due
WHERE v.merchant_id = :merchant AND v.person_id = due.person_id RETURNING v.became_id
"""
)


def heard(unit: Unit, limit: int) -> list[UUID]:
    """Members whom visitors turned out to be since the last time, held until the transaction ends."""
    values = {"merchant": unit.merchant_id, "limit": limit}
    return sorted(set(unit.connection.scalars(_HEARD, values)))


def become(unit: Unit, who: Mapping[UUID, UUID]) -> None:
    """Each visitor is the person named; none of those named is a visitor among the keys."""
    if not who:
        return
    pairs = json.dumps([{"visitor": str(visitor), "person": str(who[visitor])} for visitor in sorted(who)])
    values = {"merchant": unit.merchant_id, "pairs": pairs}
    unit.connection.execute(_IDENTIFIERS, values)
    became = unit.connection.execute(_VISITORS, values).all()
    emit_all(unit, BECAME, [(row.person_id, row.became_id) for row in became if row.a_member])
