"""An import desk for tests: write a file, import it, look at the totals."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from shuke.entrypoints.imports.registry import KINDS, context_for
from shuke.infra.database import Database
from shuke.infra.imports import journal, runner
from shuke.infra.imports.fields import guess_mapping
from shuke.infra.imports.journal import ImportRecord, Reject
from shuke.infra.imports.reading import open_path
from shuke.infra.schema import metadata
from shuke.kernel.principal import Principal
from tests.support.world import Shop

ORDER_COLUMNS = (
    "order_ref",
    "placed_at",
    "store_code",
    "member_ref",
    "sku",
    "quantity",
    "gross",
    "merchant_discount",
    "partner_discount",
)
COUNTED = ("members", "products", "stores", "orders", "order_lines", "domain_events", "identifiers", "consumers")


@dataclass
class Desk:
    """Imports for one shop, from files in `folder`."""

    shop: Shop
    folder: Path

    @property
    def database(self) -> Database:
        return self.shop.database

    @property
    def principal(self) -> Principal:
        return self.shop.owner()

    def write(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)
        return path

    def load(
        self,
        kind: str,
        path: Path,
        *,
        mapping: Mapping[str, str] | None = None,
        dry_run: bool = False,
        chunk_rows: int = 7,
    ) -> ImportRecord:
        context = context_for(self.database, self.principal)
        source = open_path(path)
        known = dict(mapping or guess_mapping(source.columns, KINDS[kind].fields(context.reading)))
        return runner.run(runner.Job(KINDS[kind], context, source, known, dry_run, chunk_rows))

    def rejects(self, record: ImportRecord) -> dict[int, Reject]:
        with self.shop.unit() as unit:
            return {reject.row_no: reject for reject in journal.rejects(unit, record.import_id)}

    def counts(self) -> dict[str, int]:
        """Rows of every table that imports write into."""
        with self.shop.unit() as unit:
            return {
                name: unit.connection.scalar(sa.select(sa.func.count()).select_from(metadata.tables[name])) or 0
                for name in COUNTED
            }

    def totals(self) -> dict[str, Any]:
        """What the orders add up to, and what their lines do."""
        orders, lines = metadata.tables["orders"], metadata.tables["order_lines"]
        names = ("gross_minor", "discount_minor", "net_minor", "paid_minor")
        with self.shop.unit() as unit:
            found: dict[str, Any] = {}
            for table in (orders, lines):
                sums = [sa.func.coalesce(sa.func.sum(table.c[name]), 0) for name in names]
                row = unit.connection.execute(sa.select(sa.func.count(), *sums)).one()
                found[table.name] = tuple(int(value) for value in row)
            return found
