"""What of messages is personal, sealed for one merchant."""

from shuke.infra.database import Unit

PERSONAL = "event_personal"
QUARANTINE = "event_quarantine"
"""Names under which it is sealed: what is sealed under one does not open under the other."""


def sealed(unit: Unit, field: str, plain: bytes) -> bytes:
    return unit.cipher.seal_block(unit.merchant_id, field, plain)


def unsealed(unit: Unit, field: str, block: bytes) -> bytes:
    return unit.cipher.open_block(unit.merchant_id, field, block)
