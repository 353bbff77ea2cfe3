"""What a search found, proposed to people: all but what was proposed, decided or said to be two before."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.members.likeness.fields import FIELDS, level_of
from shuke.members.likeness.model import BANDS, PAIRS_MAX, Band
from shuke.members.likeness.records import Records

AT_ONCE = 5_000

# Who was merged since is who she became: what was said of the one holds of the other.
_KNOWN = sa.text(
    """
SELECT coalesce(a.merged_into, a.member_id) AS a, coalesce(b.merged_into, b.member_id) AS b
FROM (
  SELECT a_id, b_id FROM kept_apart WHERE merchant_id = :merchant
  UNION SELECT a_id, b_id FROM proposals WHERE merchant_id = :merchant
) AS known
JOIN members AS a ON a.merchant_id = :merchant AND a.member_id = known.a_id
JOIN members AS b ON b.merchant_id = :merchant AND b.member_id = known.b_id
"""
)
_ADD = sa.text(
    """
INSERT INTO proposals (merchant_id, proposal_id, a_id, b_id, cause, namespaces, status, proposed_at,
  probability_bps, weight_millis, evidence, run_id)
SELECT :merchant, p.id, p.a, p.b, 'likeness', '[]', 'open', :now, p.bps, p.millis, p.evidence, :run
FROM json_to_recordset(CAST(:rows AS json)) AS p(id uuid, a uuid, b uuid, bps int, millis int, evidence json)
JOIN members AS one ON one.merchant_id = :merchant AND one.member_id = p.a AND one.status = 'active'
JOIN members AS other ON other.merchant_id = :merchant AND other.member_id = p.b AND other.status = 'active'
WHERE NOT EXISTS (
  SELECT FROM kept_apart AS k WHERE k.merchant_id = :merchant AND k.a_id = p.a AND k.b_id = p.b)
ON CONFLICT DO NOTHING
"""
)


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of `records` nobody has heard of: a `table` as of `linking.pairs_of`, for there may be millions."""

    records: Records
    table: Any

    @property
    def pairs(self) -> list[tuple[UUID, UUID]]:
        """By their members, the smaller id first."""
        a, b = (self.records.member_ids(self.table[name]) for name in "ab")
        return list(zip(a, b, strict=True))

    @property
    def bands(self) -> list[Band]:
        return [Band(at_least, pc.sum(self._at_least(at_least)).as_py() or 0) for at_least in BANDS]

    def likely(self, threshold_bps: int) -> "Found":
        """Those at least so probable, as many as a search may propose."""
        return Found(self.records, self.table.filter(self._at_least(threshold_bps)).slice(0, PAIRS_MAX))

    def parts(self) -> Iterator["Found"]:
        """Some at once."""
        for start in range(0, self.table.num_rows, AT_ONCE):
            yield Found(self.records, self.table.slice(start, AT_ONCE))

    def _at_least(self, bps: int) -> Any:
        return pc.greater_equal(self.table["bps"], bps)


def unheard_of(unit: Unit, records: Records, found: Any) -> Found:
    """Of the pairs of `linking.pairs_of`, those that are new."""
    known = {tuple(sorted((row.a, row.b))) for row in unit.connection.execute(_KNOWN, {"merchant": unit.merchant_id})}
    new = [pair not in known for part in Found(records, found).parts() for pair in part.pairs]
    return Found(records, found.filter(pa.array(new, pa.bool_())))


def propose(unit: Unit, run_id: UUID, found: Found) -> int:
    """How many were proposed: what somebody else proposed or decided meanwhile is not, nor who was merged or erased."""
    now, added = unit.now(), 0
    for part in found.parts():
        rows = [
            {
                "id": str(new_id(now)),
                "a": str(a),
                "b": str(b),
                "bps": each["bps"],
                "millis": each["millis"],
                "evidence": _evidence(each),
            }
            for (a, b), each in zip(part.pairs, part.table.to_pylist(), strict=True)
        ]
        said = {"merchant": unit.merchant_id, "now": now, "run": run_id, "rows": json.dumps(rows)}
        added += unit.connection.execute(_ADD, said).rowcount
    return added


def _evidence(likeness: dict[str, Any]) -> list[dict[str, object]]:
    """Levels and weights, never values."""
    return [
        {
            "column": field.value,
            "level": level_of(field, likeness[f"{field}_gamma"]).value,
            "weight_millis": likeness[f"{field}_millis"],
        }
        for field in FIELDS
    ]
