"""Stores out of a file."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.imports import bulk, parsing
from shuke.infra.imports.fields import Field
from shuke.infra.imports.kinds import Context, Outcome, Reading, Rows
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.tenancy import places
from shuke.tenancy.model import Store
from shuke.tenancy.tables import regions
from shuke.tenancy.tables import stores as store_table

_CLOSED_BEFORE_OPENED = Text("闭店日期早于开业日期", "closed_on lies before opened_on")


_REGION_IDS = sa.select(regions.c.name, regions.c.region_id)


class StoreImport:
    """A store is known by its code; empty cells leave what is stored. Regions are made as they are named."""

    name = "stores"
    label = Text("门店", "Stores")
    group = None
    threads = 1
    notes: Mapping[str, Text] = {}

    def fields(self, _reading: Reading) -> tuple[Field, ...]:
        return (
            Field(
                "code",
                Text("门店编码", "Store code"),
                parsing.text(64),
                required=True,
                synonyms=("store_code", "store", "store_id", "门店", "门店号", "编码"),
            ),
            Field("name", Text("门店名称", "Store name"), parsing.text(), synonyms=("名称",)),
            Field("region", Text("区域", "Region"), parsing.text(), synonyms=("area", "大区")),
            Field("opened_on", Text("开业日期", "Opened on"), parsing.date, synonyms=("open_date",)),
            Field("closed_on", Text("闭店日期", "Closed on"), parsing.date, synonyms=("close_date",)),
        )

    def loader(self, _context: Context) -> "StoreLoader":
        return StoreLoader()


class StoreLoader:
    def __init__(self) -> None:
        self._seen = bulk.Seen()

    def remember(self, rows: Rows) -> None:
        for row_no, code in zip(rows.row_no, rows.values("code"), strict=True):
            self._seen.duplicate_of(str(code), row_no)

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        outcome = Outcome()
        known = {store.code: store for store in places.stores(unit, None)}
        region_ids = bulk.codes_of(unit, _REGION_IDS.where(regions.c.merchant_id == unit.merchant_id))
        added: list[UUID] = []
        changed: list[UUID] = []
        fields = ("code", "name", "region", "opened_on", "closed_on")
        for position, cells in enumerate(zip(*(rows.values(field) for field in fields), strict=True)):
            row = dict(zip(fields, cells, strict=True))
            first = self._seen.duplicate_of(str(row["code"]), rows.row_no[position])
            wanted = _merged(row, known.get(str(row["code"])))
            if first is not None:
                outcome.rejects[position] = bulk.duplicate(first)
            elif _upside_down(wanted):
                outcome.rejects[position] = _CLOSED_BEFORE_OPENED
            else:
                self._save(unit, wanted, known, region_ids, added, changed, outcome)
        bulk.tell(unit, "store.imported", added + changed)
        return outcome

    def _save(
        self,
        unit: Unit,
        wanted: dict[str, object],
        known: Mapping[str, Store],
        region_ids: dict[str, UUID],
        added: list[UUID],
        changed: list[UUID],
        outcome: Outcome,
    ) -> None:
        """Chains have hundreds of stores, not millions: one statement each is enough."""
        store = known.get(str(wanted["code"]))
        if store is not None and _row_of(store) == wanted:
            outcome.unchanged += 1
            return
        region = wanted.pop("region")
        values = wanted | {"region_id": None if region is None else _region(unit, str(region), region_ids)}
        if store is None:
            added.append(new_id(unit.now()))
            unit.connection.execute(
                store_table.insert().values(merchant_id=unit.merchant_id, store_id=added[-1], **values)
            )
            outcome.created += 1
        else:
            changed.append(store.store_id)
            table = store_table.c
            unit.connection.execute(
                store_table.update()
                .where(table.merchant_id == unit.merchant_id, table.store_id == store.store_id)
                .values(**values)
            )
            outcome.updated += 1


def _row_of(store: Store) -> dict[str, object]:
    return {
        "code": store.code,
        "name": store.name,
        "region": store.region.name if store.region else None,
        "opened_on": store.opened_on,
        "closed_on": store.closed_on,
    }


def _merged(row: Mapping[str, object], store: Store | None) -> dict[str, object]:
    """The row over what is stored; a new store without a name is called by its code."""
    before: dict[str, object] = _row_of(store) if store else {"name": row["code"]}
    return {field: before.get(field) if value is None else value for field, value in row.items()}


def _upside_down(row: Mapping[str, object]) -> bool:
    opened, closed = row["opened_on"], row["closed_on"]
    return isinstance(opened, date) and isinstance(closed, date) and closed < opened


def _region(unit: Unit, name: str, region_ids: dict[str, UUID]) -> UUID:
    if name not in region_ids:
        region_ids[name] = new_id(unit.now())
        unit.connection.execute(
            regions.insert().values(merchant_id=unit.merchant_id, region_id=region_ids[name], name=name)
        )
    return region_ids[name]
