"""Visitors turn out to be somebody: what they were recognised by is that person's from then on."""

import json
from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit

_PAIRS = "json_to_recordset(CAST(:pairs AS json)) AS pair(visitor uuid, person uuid)"
_IDENTIFIERS = sa.text(
    f"UPDATE identifiers SET person_id = pair.person, origin_id = pair.person FROM {_PAIRS} "  # noqa: S608 - our own names
    "WHERE merchant_id = :merchant AND person_id = pair.visitor"
)
# Also those who had become the visitor before: where a visitor ended is one step away.
_VISITORS = sa.text(
    f"UPDATE visitors SET became_id = pair.person FROM {_PAIRS} "  # noqa: S608 - our own names
    "WHERE merchant_id = :merchant AND (visitors.person_id = pair.visitor OR became_id = pair.visitor)"
)


def become(unit: Unit, who: Mapping[UUID, UUID]) -> None:
    """Each visitor is the person named; none of those named is a visitor among the keys."""
    if not who:
        return
    pairs = json.dumps([{"visitor": str(visitor), "person": str(who[visitor])} for visitor in sorted(who)])
    values = {"merchant": unit.merchant_id, "pairs": pairs}
    unit.connection.execute(_IDENTIFIERS, values)
    unit.connection.execute(_VISITORS, values)
