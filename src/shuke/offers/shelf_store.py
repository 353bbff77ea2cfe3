"""The SQL of what a merchant wrote, whichever shelf it is on."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.text import Text
from shuke.offers.model import DraftT, OfferStatus, Written
from shuke.offers.shelves import Shelf


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """Which to list: by status, by part of code or name, by stacking group. None does not restrict."""

    status: OfferStatus | None = None
    q: str = ""
    group: str | None = None


def add(unit: Unit, shelf: Shelf[DraftT], new_id: UUID, draft: DraftT) -> bool:
    """Put a draft on the shelf; False when its code is taken."""
    row = {
        "merchant_id": unit.merchant_id,
        shelf.key.name: new_id,
        "status": OfferStatus.DRAFT.value,
        "created_at": unit.now(),
        "updated_at": unit.now(),
        **shelf.row(draft),
    }
    added = unit.connection.execute(
        insert(shelf.table).values(row).on_conflict_do_nothing().returning(shelf.table.c.merchant_id)
    )
    return added.first() is not None


def get(unit: Unit, shelf: Shelf[DraftT], offer_id: UUID, *, lock: bool = False) -> Written[DraftT]:
    """One of the shelf's, held until the transaction ends if asked; raises the shelf's NotFound."""
    query = sa.select(shelf.table).where(shelf.table.c.merchant_id == unit.merchant_id, shelf.key == offer_id)
    row = unit.connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise shelf.missing
    return shelf.read(row)


def update(unit: Unit, shelf: Shelf[DraftT], offer_id: UUID, **values: Any) -> None:
    """Raises IntegrityError when a new code is taken."""
    table = shelf.table
    unit.connection.execute(
        table.update()
        .where(table.c.merchant_id == unit.merchant_id, shelf.key == offer_id)
        .values(version=table.c.version + 1, updated_at=unit.now(), **values)
    )


def delete(unit: Unit, shelf: Shelf[DraftT], offer_id: UUID) -> None:
    table = shelf.table
    unit.connection.execute(table.delete().where(table.c.merchant_id == unit.merchant_id, shelf.key == offer_id))


def listed(
    unit: Unit, shelf: Shelf[DraftT], wanted: OfferFilter, cursor: str | None, limit: int
) -> tuple[list[Written[DraftT]], str | None]:
    """Newest first. Raises BadCursor."""
    sort = Sort(shelf.table.c.created_at, shelf.key, descending=True)
    rows, following = page(unit, _query(unit, shelf, wanted), sort, cursor, limit)
    return [shelf.read(row) for row in rows], following


def every(unit: Unit, shelf: Shelf[DraftT], wanted: OfferFilter) -> Iterator[Written[DraftT]]:
    """Newest first, read as they are used."""
    query = _query(unit, shelf, wanted).order_by(shelf.table.c.created_at.desc(), shelf.key.desc())
    with unit.connection.execute(query.execution_options(yield_per=500)) as rows:
        for row in rows:
            yield shelf.read(row)


def names(unit: Unit, shelf: Shelf[DraftT], offer_ids: Collection[UUID]) -> dict[UUID, tuple[str, Text]]:
    """Code and name of some of the shelf's, for showing beside what came of them."""
    if not offer_ids:
        return {}
    table = shelf.table.c
    rows = unit.connection.execute(
        sa.select(shelf.key, table.code, table.name).where(
            table.merchant_id == unit.merchant_id, shelf.key.in_(list(offer_ids))
        )
    )
    return {row[0]: (row.code, Text(**row.name)) for row in rows}


def _query(unit: Unit, shelf: Shelf[DraftT], wanted: OfferFilter) -> sa.Select[Any]:
    table = shelf.table.c
    query = sa.select(shelf.table).where(table.merchant_id == unit.merchant_id)
    if wanted.status is not None:
        query = query.where(table.status == wanted.status.value)
    if wanted.group is not None:
        query = query.where(table.group_code == wanted.group)
    if q := wanted.q.strip():
        texts = (table.code, table.name["zh"].astext, table.name["en"].astext)
        query = query.where(sa.or_(*(text.icontains(q, autoescape=True) for text in texts)))
    return query
