"""Members who may be one person are proposed to people, who decide."""

import json
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.members.identity.model import Sighting
from shuke.members.identity.rules.resolve import Resolved

_ADD = sa.text(
    "INSERT INTO proposals (merchant_id, proposal_id, a_id, b_id, cause, namespaces, status, proposed_at) "
    "SELECT :merchant, id, a, b, 'event', spaces, 'open', :now "
    "FROM json_to_recordset(CAST(:rows AS json)) AS p(id uuid, a uuid, b uuid, spaces json) WHERE NOT EXISTS "
    "(SELECT FROM kept_apart k WHERE k.merchant_id = :merchant AND k.a_id = p.a AND k.b_id = p.b) "
    "ON CONFLICT DO NOTHING"
)


def propose(unit: Unit, seen: Iterable[tuple[Sighting, Resolved]]) -> None:
    """Whoever was seen with identifiers of several members: each of the others with the one it was taken for. What was
    proposed before, be it refused, is not proposed again, and neither is who was said to be two."""
    pairs: dict[tuple[UUID, UUID], list[str]] = {}
    for sighting, found in seen:
        if found.person is None or not found.claimed:
            continue
        for other in found.claimed - {found.person.person_id}:
            a, b = sorted((found.person.person_id, other))
            pairs.setdefault((a, b), sorted({space for space, _ in sighting.keys}))
    if not pairs:
        return
    rows = [
        {"id": str(new_id(unit.now())), "a": str(a), "b": str(b), "spaces": spaces}
        for (a, b), spaces in sorted(pairs.items())
    ]
    unit.connection.execute(_ADD, {"merchant": unit.merchant_id, "now": unit.now(), "rows": json.dumps(rows)})
