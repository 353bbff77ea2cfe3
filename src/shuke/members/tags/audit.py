"""The laws of tags, checked on a live database."""

from collections.abc import Sequence

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of


def audit(unit: Unit) -> Sequence[Check]:
    """Every law of tags for the unit's merchant; each is one statement, so it sees one state."""
    return [
        check_of(name, unit.connection.scalar(statement, {"merchant": unit.merchant_id}) or 0)
        for name, statement in _LAWS.items()
    ]


# A break is a line that takes off: what is had now began with the first line after the last break.
_REPLAYED = """
WITH turns AS (
  SELECT member_id, tag_id, turn, put, at, until,
    max(turn) OVER pair AS last, coalesce(max(turn) FILTER (WHERE NOT put) OVER pair, 0) AS last_break
  FROM tag_history WHERE merchant_id = :merchant
  WINDOW pair AS (PARTITION BY member_id, tag_id)
), replayed AS (
  SELECT member_id, tag_id, min(at) FILTER (WHERE turn = last_break + 1) AS since,
    max(until) FILTER (WHERE turn = last) AS until
  FROM turns WHERE last_break < last GROUP BY member_id, tag_id
)
"""

_LAWS = {
    "tags: what members have is what their history says": sa.text(
        f"""{_REPLAYED}
SELECT count(*) FROM replayed FULL JOIN (SELECT * FROM member_tags WHERE merchant_id = :merchant) AS m
  USING (member_id, tag_id)
WHERE replayed.since IS DISTINCT FROM m.since OR replayed.until IS DISTINCT FROM m.until
"""  # noqa: S608 - from our own texts
    ),
    "tags: turns follow each other, and nothing goes that was not there": sa.text(
        """
SELECT count(*) FROM (
  SELECT turn, put, row_number() OVER pair AS place, lag(put, 1, false) OVER pair AS before
  FROM tag_history WHERE merchant_id = :merchant
  WINDOW pair AS (PARTITION BY member_id, tag_id ORDER BY turn)
) AS h WHERE turn <> place OR NOT (put OR before)
"""
    ),
    "tags: of an exclusive group nobody has two": sa.text(
        """
SELECT count(*) FROM (
  SELECT m.member_id FROM member_tags m
  JOIN tags t ON t.merchant_id = m.merchant_id AND t.tag_id = m.tag_id
  JOIN tag_groups g ON g.merchant_id = t.merchant_id AND g.group_id = t.group_id
  WHERE m.merchant_id = :merchant AND g.exclusive
  GROUP BY m.member_id, g.group_id HAVING count(*) > 1
) AS several
"""
    ),
}
