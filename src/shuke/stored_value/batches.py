"""Cards are printed in batches. Numbers and PINs leave the house once, in one file, and are then known to nobody.

A PIN is stored as a keyed hash over number and PIN: the database alone gives none away, however short they are.
"""

import secrets
from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.infra.csv_export import csv_chunks
from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.stored_value import card_store
from shuke.stored_value.errors import AlreadyDownloaded, CardBatchNotFound
from shuke.stored_value.model import CardBatch, CardStatus
from shuke.stored_value.rules.cards import make_number, make_pin
from shuke.stored_value.tables import card_batches, cards
from shuke.tenancy import service as tenancy

SIZE_MAX = 20_000
_FIELD = "card_file"
_B, _C = card_batches.c, cards.c


def pin_hash(unit: Unit, number: str, pin: str) -> bytes:
    return unit.index("card_pin", f"{number}:{pin}")


def print_cards(unit: Unit, name: str, size: int, face_minor: int, valid_days: int | None) -> CardBatch:
    """So many new cards, inactive; at most SIZE_MAX."""
    batch_id = new_id()
    drawn = _draw(unit, size)
    file = "".join(csv_chunks(("number", "pin"), (list(each) for each in drawn.items())))
    unit.connection.execute(
        card_batches.insert().values(
            merchant_id=unit.merchant_id,
            batch_id=batch_id,
            name=name,
            size=size,
            face_minor=face_minor,
            valid_days=valid_days,
            file_cipher=unit.seal(_FIELD, file),
            created_at=unit.now(),
        )
    )
    unit.connection.execute(
        cards.insert(),
        [
            {
                "merchant_id": unit.merchant_id,
                "card_id": new_id(),
                "batch_id": batch_id,
                "number": number,
                "pin_hash": pin_hash(unit, number, pin),
            }
            for number, pin in drawn.items()
        ],
    )
    after = {"name": name, "size": size, "face_minor": face_minor, "valid_days": valid_days}
    tenancy.record_change(unit, "card_batch.printed", "card_batch", batch_id, None, after, payload=after)
    return card_store.batch(unit, batch_id)


def _draw(unit: Unit, size: int) -> Mapping[str, str]:
    """Numbers that no card has, each with its PIN."""
    drawn: dict[str, str] = {}
    while len(drawn) < size:
        fresh = {make_number(secrets.randbelow): make_pin(secrets.randbelow) for _ in range(size - len(drawn))}
        known = sa.any_(sa.literal(list(fresh), ARRAY(sa.Text)))
        taken = unit.connection.scalars(
            sa.select(_C.number).where(_C.merchant_id == unit.merchant_id, _C.number == known)
        )
        for number in taken:
            del fresh[number]
        drawn |= fresh
    return drawn


def download(unit: Unit, batch_id: UUID) -> str:
    """The CSV of numbers and PINs, for the first and last time. Raises CardBatchNotFound, AlreadyDownloaded."""
    here = (_B.merchant_id == unit.merchant_id, _B.batch_id == batch_id)
    row = unit.connection.execute(sa.select(_B.file_cipher).where(*here).with_for_update()).first()
    if row is None:
        raise CardBatchNotFound
    if row.file_cipher is None:
        raise AlreadyDownloaded
    now = unit.now()
    unit.connection.execute(card_batches.update().where(*here).values(file_cipher=None, downloaded_at=now))
    after = {"downloaded_at": now}
    tenancy.record_change(unit, "card_batch.downloaded", "card_batch", batch_id, {"downloaded_at": None}, after)
    return unit.open(_FIELD, row.file_cipher)


def void(unit: Unit, batch_id: UUID) -> CardBatch:
    """Cards of the batch that were not activated are worth nothing for ever. Again: the same. Raises
    CardBatchNotFound."""
    here = (_B.merchant_id == unit.merchant_id, _B.batch_id == batch_id)
    row = unit.connection.execute(sa.select(_B.voided_at).where(*here).with_for_update()).first()
    if row is None:
        raise CardBatchNotFound
    if row.voided_at is None:
        now = unit.now()
        unit.connection.execute(card_batches.update().where(*here).values(file_cipher=None, voided_at=now))
        voided = unit.connection.execute(
            cards.update()
            .where(_C.merchant_id == unit.merchant_id, _C.batch_id == batch_id, _C.status == CardStatus.INACTIVE)
            .values(status=CardStatus.VOID)
        ).rowcount
        tenancy.record_change(
            unit, "card_batch.voided", "card_batch", batch_id, {"voided_at": None}, {"voided_at": now, "cards": voided}
        )
    return card_store.batch(unit, batch_id)
