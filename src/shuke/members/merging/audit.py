"""The laws of merges, checked on a live database."""

from collections.abc import Sequence

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of
from shuke.members.merging.plan import Plan

_STATUS = sa.text(
    """
SELECT count(*) FROM members AS m
FULL JOIN (SELECT * FROM merges WHERE merchant_id = :merchant AND undone_at IS NULL) AS g
  ON g.merchant_id = m.merchant_id AND g.absorbed_id = m.member_id
WHERE coalesce(m.merchant_id, g.merchant_id) = :merchant
  AND (((m.status = 'merged') <> (m.merged_into IS NOT NULL)) OR ((m.status = 'merged') <> (g.merge_id IS NOT NULL)))
"""
)
_CHAINS = sa.text(
    """
SELECT count(*) FROM members AS m
JOIN members AS s ON s.merchant_id = m.merchant_id AND s.member_id = m.merged_into
WHERE m.merchant_id = :merchant AND s.status = 'merged'
"""
)


def audit(unit: Unit, plan: Plan) -> Sequence[Check]:
    """Every law of merges for the unit's merchant."""
    values = {"merchant": unit.merchant_id}
    late = " UNION ALL ".join(
        f"SELECT count(*) AS n FROM {plain.table.name} AS t JOIN members AS m "  # noqa: S608 - our own tables
        f"ON m.merchant_id = t.merchant_id AND m.member_id = t.{plain.column} AND m.status = 'merged' "
        "WHERE t.merchant_id = :merchant"
        for plain in plan.plains
        if not plain.unless and not plain.stays
    )
    return [
        check_of("merges: whoever is merged is so by one merge", unit.connection.scalar(_STATUS, values) or 0),
        check_of("merges: whom somebody became is nobody else", unit.connection.scalar(_CHAINS, values) or 0),
        check_of(
            "merges: what can move has moved",
            unit.connection.scalar(sa.text(f"SELECT sum(n) FROM ({late}) AS each"), values) or 0,  # noqa: S608
        ),
    ]
