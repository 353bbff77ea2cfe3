"""The laws of consent, checked on a live database."""

from collections.abc import Sequence

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of


def audit(unit: Unit) -> Sequence[Check]:
    """Every law of consent for the unit's merchant; each is one statement, so it sees one state."""
    return [
        check_of(name, unit.connection.scalar(statement, {"merchant": unit.merchant_id}) or 0)
        for name, statement in _LAWS.items()
    ]


# One way only: somebody who was two people may have said yes as either and counts as having said no.
_LAWS = {
    "consent: nobody agreed to more than her history says": sa.text(
        """
SELECT count(*) FROM consent_states s
LEFT JOIN LATERAL (
  SELECT kind FROM member_consents h
  WHERE h.merchant_id = s.merchant_id AND h.member_id = s.member_id AND h.purpose = s.purpose
    AND h.channel IN (s.channel, '*') AND h.kind <> 'asked'
  ORDER BY turn DESC LIMIT 1
) AS last ON true
WHERE s.merchant_id = :merchant AND s.granted AND (last.kind IS NULL OR last.kind NOT IN ('given', 'confirmed'))
"""
    ),
    "consent: turns follow each other": sa.text(
        """
SELECT count(*) FROM (
  SELECT turn, row_number() OVER (PARTITION BY member_id ORDER BY turn) AS place
  FROM member_consents WHERE merchant_id = :merchant
) AS h WHERE turn <> place
"""
    ),
}
