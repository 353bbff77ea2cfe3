"""Members who may be one person are proposed to people, who decide."""

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.members.identity.model import Reason, Sighting
from shuke.members.identity.rules.resolve import Resolved
from shuke.members.merging.model import Pair

_ADD = sa.text(
    "INSERT INTO proposals AS known "
    "(merchant_id, proposal_id, a_id, b_id, cause, namespaces, obstacle, status, proposed_at) "
    "SELECT :merchant, id, a, b, 'event', spaces, obstacle, 'open', :now "
    "FROM json_to_recordset(CAST(:rows AS json)) AS p(id uuid, a uuid, b uuid, spaces json, obstacle jsonb) "
    "WHERE NOT EXISTS "
    "(SELECT FROM kept_apart k WHERE k.merchant_id = :merchant AND k.a_id = p.a AND k.b_id = p.b) "
    "ON CONFLICT (merchant_id, a_id, b_id) DO UPDATE SET obstacle = excluded.obstacle "
    "WHERE known.status = 'open' AND known.obstacle IS DISTINCT FROM excluded.obstacle "
    "AND excluded.obstacle IS NOT NULL"
)
_SETTLE = sa.text(
    "UPDATE proposals SET status = 'accepted', decided_at = :now "
    "FROM json_to_recordset(CAST(:rows AS json)) AS p(a uuid, b uuid) "
    "WHERE merchant_id = :merchant AND a_id = p.a AND b_id = p.b AND status = 'open'"
)

TOO_MUCH = Text(
    "合并后一个人的标识或会员数将超过识别规则的上限，请人工确认。",
    "As one they would have more identifiers, or be more members, than the rules let one person: decide yourself.",
)


def propose(
    unit: Unit, seen: Iterable[tuple[Sighting, Resolved]], refused: Mapping[Pair, ShukeError] = MappingProxyType({})
) -> None:
    """Whoever was proven to be several members, and stayed so: each of the others with the one it was taken for, and
    what stood in the way. What was proposed before, be it refused, is not proposed again, and neither is who was said
    to be two."""
    in_the_way = {tuple(pair.both): _spelled(error.code, error.message) for pair, error in refused.items()}
    pairs: dict[tuple[UUID, UUID], dict[str, object]] = {}
    for sighting, found in seen:
        for other, reason in found.claimed.items():
            if found.person is None or other == found.person.person_id:
                continue
            a, b = sorted((found.person.person_id, other))
            if reason is Reason.APART and (a, b) not in in_the_way:
                continue
            limit = _spelled(str(reason), TOO_MUCH) if reason is Reason.LIMIT else None
            spaces = sorted({space for space, _ in sighting.keys})
            pairs.setdefault((a, b), {"spaces": spaces, "obstacle": in_the_way.get((a, b), limit)})
    if pairs:
        rows = [
            {"id": str(new_id(unit.now())), "a": str(a), "b": str(b), **said} for (a, b), said in sorted(pairs.items())
        ]
        _run(unit, _ADD, rows)


def settle(unit: Unit, pairs: Iterable[Pair]) -> None:
    """Who became one need not be proposed any more."""
    rows = [dict(zip("ab", map(str, pair.both), strict=True)) for pair in pairs]
    if rows:
        _run(unit, _SETTLE, rows)


def _run(unit: Unit, statement: sa.TextClause, rows: Sequence[Mapping[str, object]]) -> None:
    unit.connection.execute(statement, {"merchant": unit.merchant_id, "now": unit.now(), "rows": json.dumps(rows)})


def _spelled(code: str, message: Text) -> dict[str, str]:
    return {"code": code, "zh": message.zh, "en": message.en}
