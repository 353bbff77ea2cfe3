"""What must always be true of segments."""

from collections.abc import Sequence

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of

_REPLAYED = """
WITH last AS (
  SELECT DISTINCT ON (segment_id, member_id) segment_id, member_id, entered FROM segment_moves
  WHERE merchant_id = :merchant ORDER BY segment_id, member_id, number DESC),
replayed AS (SELECT segment_id, member_id FROM last WHERE entered),
held AS (SELECT segment_id, member_id FROM segment_members WHERE merchant_id = :merchant)
SELECT count(*) FROM ((TABLE replayed EXCEPT TABLE held) UNION ALL (TABLE held EXCEPT TABLE replayed)) odd
"""
_COUNTED = """
WITH last AS (
  SELECT DISTINCT ON (segment_id) segment_id, size FROM segment_snapshots
  WHERE merchant_id = :merchant ORDER BY segment_id, number DESC),
held AS (SELECT segment_id, count(*) AS size FROM segment_members WHERE merchant_id = :merchant GROUP BY segment_id)
SELECT count(*) FROM last FULL JOIN held USING (segment_id) WHERE coalesce(last.size, 0) <> coalesce(held.size, 0)
"""
_NOBODY = """
SELECT count(*) FROM segment_members held WHERE held.merchant_id = :merchant AND NOT EXISTS (
  SELECT FROM members WHERE members.merchant_id = :merchant AND members.member_id = held.member_id)
"""
_FOLLOWED = """
SELECT count(*) FROM segment_tags f
JOIN member_tags m ON m.merchant_id = f.merchant_id AND m.tag_id = f.tag_id AND m.source = 'rule'
WHERE f.merchant_id = :merchant AND NOT f.ended
AND f.number = (SELECT max(number) FROM segment_snapshots s
  WHERE s.merchant_id = :merchant AND s.segment_id = f.segment_id)
AND NOT EXISTS (SELECT FROM segment_members held
  WHERE held.merchant_id = :merchant AND held.segment_id = f.segment_id AND held.member_id = m.member_id)
AND NOT EXISTS (SELECT FROM merges g
  WHERE g.merchant_id = :merchant AND m.member_id IN (g.survivor_id, g.absorbed_id))
"""


def audit(unit: Unit) -> Sequence[Check]:
    return [
        check_of("segments: members are those who came and did not go", _count(unit, _REPLAYED)),
        check_of("segments: the last snapshot counts its members", _count(unit, _COUNTED)),
        # What a merge or its undoing moved follows with the next look.
        check_of("segments: whoever has a tag because of one is in it", _count(unit, _FOLLOWED)),
        check_of("segments: nobody is in one who is no member", _count(unit, _NOBODY)),
    ]


def _count(unit: Unit, law: str) -> int:
    return unit.connection.scalar(sa.text(law), {"merchant": unit.merchant_id}) or 0
