"""The SQL of regions and stores."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.tenancy.model import Region, Store
from shuke.tenancy.tables import regions
from shuke.tenancy.tables import stores as store_table


def stores(unit: Unit, store_ids: Collection[UUID] | None) -> list[Store]:
    """Stores by code; None means all."""
    condition = sa.true() if store_ids is None else store_table.c.store_id.in_(list(store_ids))
    rows = unit.connection.execute(
        sa.select(store_table, regions.c.name.label("region_name"))
        .outerjoin(
            regions,
            sa.and_(
                regions.c.merchant_id == store_table.c.merchant_id,
                regions.c.region_id == store_table.c.region_id,
            ),
        )
        .where(store_table.c.merchant_id == unit.merchant_id, condition)
        .order_by(store_table.c.code)
    )
    return [
        Store(
            store_id=row.store_id,
            code=row.code,
            name=row.name,
            region=Region(row.region_id, row.region_name) if row.region_id else None,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
        )
        for row in rows
    ]
