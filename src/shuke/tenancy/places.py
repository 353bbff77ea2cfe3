"""The SQL of regions and stores."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.tenancy.model import Region, Store, StoreStatus
from shuke.tenancy.tables import regions
from shuke.tenancy.tables import stores as store_table

_S = store_table.c
_SORTS: Mapping[str, sa.ColumnElement[Any]] = {
    "code": _S.code,
    "name": _S.name,
    "opened_on": sa.func.coalesce(_S.opened_on, sa.literal(date(1, 1, 1))),
}


@dataclass(frozen=True, slots=True)
class StoreFilter:
    """Which stores to list. `q` is the start of a code or any part of a name; `store_ids` None means all."""

    q: str | None = None
    region_id: UUID | None = None
    status: StoreStatus | None = None
    store_ids: Collection[UUID] | None = None


def stores(unit: Unit, store_ids: Collection[UUID] | None) -> list[Store]:
    """Stores by code; None means all."""
    query = _query(unit, StoreFilter(store_ids=store_ids)).order_by(_S.code)
    return [_store(row) for row in unit.connection.execute(query)]


def list_stores(
    unit: Unit, wanted: StoreFilter, today: date, sort: str, cursor: str | None, limit: int
) -> tuple[list[Store], str | None]:
    query = _query(unit, wanted).where(_has_status(wanted.status, today))
    order = Sort(_SORTS[sort.removeprefix("-")], _S.store_id, descending=sort.startswith("-"))
    rows, following = page(unit, query, order, cursor, limit)
    return [_store(row) for row in rows], following


def _query(unit: Unit, wanted: StoreFilter) -> sa.Select[Any]:
    beside = sa.and_(regions.c.merchant_id == _S.merchant_id, regions.c.region_id == _S.region_id)
    query = (
        sa.select(store_table, regions.c.name.label("region_name"))
        .outerjoin(regions, beside)
        .where(_S.merchant_id == unit.merchant_id)
    )
    if wanted.store_ids is not None:
        query = query.where(_S.store_id.in_(list(wanted.store_ids)))
    if wanted.region_id is not None:
        query = query.where(_S.region_id == wanted.region_id)
    if wanted.q:
        query = query.where(
            _S.code.istartswith(wanted.q, autoescape=True) | _S.name.icontains(wanted.q, autoescape=True)
        )
    return query


def _has_status(status: StoreStatus | None, today: date) -> sa.ColumnElement[bool]:
    """The rule `store_status`, as a condition."""
    closed = sa.func.coalesce(_S.closed_on <= today, sa.false())
    planned = sa.func.coalesce(_S.opened_on > today, sa.false()) & ~closed
    match status:
        case StoreStatus.CLOSED:
            return closed
        case StoreStatus.PLANNED:
            return planned
        case StoreStatus.OPEN:
            return ~closed & ~planned
    return sa.true()


def _store(row: sa.Row[Any]) -> Store:
    return Store(
        store_id=row.store_id,
        code=row.code,
        name=row.name,
        region=Region(row.region_id, row.region_name) if row.region_id else None,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
    )


def add_store(unit: Unit, store_id: UUID, values: Mapping[str, object]) -> bool:
    """False when the code is taken."""
    added = insert(store_table).values(merchant_id=unit.merchant_id, store_id=store_id, **values)
    done = added.on_conflict_do_nothing(index_elements=["merchant_id", "code"]).returning(_S.store_id)
    return unit.connection.execute(done).first() is not None


def set_store(unit: Unit, store_id: UUID, values: Mapping[str, object]) -> None:
    mine = sa.and_(_S.merchant_id == unit.merchant_id, _S.store_id == store_id)
    unit.connection.execute(store_table.update().where(mine).values(**values))


def store_with_code(unit: Unit, code: str) -> UUID | None:
    found: UUID | None = unit.connection.scalar(
        sa.select(_S.store_id).where(_S.merchant_id == unit.merchant_id, _S.code == code)
    )
    return found


def list_regions(unit: Unit) -> list[tuple[Region, int]]:
    """Regions by name, with how many stores lie in each."""
    beside = sa.and_(_S.merchant_id == regions.c.merchant_id, _S.region_id == regions.c.region_id)
    rows = unit.connection.execute(
        sa.select(regions.c.region_id, regions.c.name, sa.func.count(_S.store_id))
        .outerjoin(store_table, beside)
        .where(regions.c.merchant_id == unit.merchant_id)
        .group_by(regions.c.region_id, regions.c.name)
        .order_by(regions.c.name)
    )
    return [(Region(row[0], row[1]), row[2]) for row in rows]


def region(unit: Unit, region_id: UUID) -> Region | None:
    row = unit.connection.execute(
        sa.select(regions.c.region_id, regions.c.name).where(
            regions.c.merchant_id == unit.merchant_id, regions.c.region_id == region_id
        )
    ).first()
    return Region(*row) if row else None


def add_region(unit: Unit, added: Region) -> bool:
    """False when the name is taken."""
    statement = insert(regions).values(merchant_id=unit.merchant_id, region_id=added.region_id, name=added.name)
    done = statement.on_conflict_do_nothing(index_elements=["merchant_id", "name"]).returning(regions.c.region_id)
    return unit.connection.execute(done).first() is not None


def rename_region(unit: Unit, region_id: UUID, name: str) -> None:
    mine = sa.and_(regions.c.merchant_id == unit.merchant_id, regions.c.region_id == region_id)
    unit.connection.execute(regions.update().where(mine).values(name=name))
