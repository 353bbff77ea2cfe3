"""The laws of identity, checked on a live database."""

from collections.abc import Sequence

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of


def audit(unit: Unit) -> Sequence[Check]:
    """Every law of identity for the unit's merchant; each is one statement, so it sees one state."""
    return [
        check_of(name, unit.connection.scalar(statement, {"merchant": unit.merchant_id}) or 0)
        for name, statement in _LAWS.items()
    ]


_LAWS = {
    "identity: whoever has an identifier is a member who is there, or a visitor, and nobody else by now": sa.text(
        """
SELECT count(*) FROM identifiers i
LEFT JOIN members m ON m.merchant_id = i.merchant_id AND m.member_id = i.person_id AND m.merged_into IS NULL
  AND m.erased_at IS NULL
LEFT JOIN visitors v ON v.merchant_id = i.merchant_id AND v.person_id = i.person_id AND v.became_id IS NULL
WHERE i.merchant_id = :merchant AND m.member_id IS NULL AND v.person_id IS NULL
"""
    ),
    "identity: a visitor became a member, or a visitor who is nobody else by now": sa.text(
        """
SELECT count(*) FROM visitors w
LEFT JOIN members m ON m.merchant_id = w.merchant_id AND m.member_id = w.became_id
LEFT JOIN visitors v ON v.merchant_id = w.merchant_id AND v.person_id = w.became_id AND v.became_id IS NULL
WHERE w.merchant_id = :merchant AND w.became_id IS NOT NULL AND m.member_id IS NULL AND v.person_id IS NULL
"""
    ),
    "identity: of each kind at most one identifier is the one shown": sa.text(
        """
SELECT count(*) FROM (
  SELECT FROM identifiers WHERE merchant_id = :merchant AND main GROUP BY person_id, namespace HAVING count(*) > 1
) AS several
"""
    ),
}
