"""Products out of a file, with the categories they name."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from shuke.catalog.categories_import import CategoryBook
from shuke.catalog.model import ProductStatus, SoldBy
from shuke.catalog.rules import CODE_MAX, NAME_MAX
from shuke.catalog.tables import products
from shuke.infra.database import Unit
from shuke.infra.imports import bulk, parsing
from shuke.infra.imports.fields import Column, Field
from shuke.infra.imports.kinds import Context, Outcome, Reading, Rows
from shuke.kernel.text import Text

_TEXT, _AMOUNT = "text", "bigint"
_COLUMNS: Mapping[str, str] = {
    "barcode": _TEXT,
    "name": _TEXT,
    "brand": _TEXT,
    "category_id": "uuid",
    "unit": _TEXT,
    "sold_by": _TEXT,
    "list_price_minor": _AMOUNT,
    "member_price_minor": _AMOUNT,
    "status": _TEXT,
    "attributes": "jsonb",
}

PLACEHOLDER = "placeholder"
"""The note of products that the source sold but its catalogue does not describe."""


class ProductImport:
    """A product is known by its SKU; empty cells leave what is stored. Categories are made as they are named."""

    name = "products"
    label = Text("商品", "Products")
    group = None
    threads = 1
    notes: Mapping[str, Text] = {
        PLACEHOLDER: Text(
            "来源目录中缺失、已建占位的商品", "products missing from the source's catalogue, added as placeholders"
        ),
    }

    def fields(self, reading: Reading) -> tuple[Field, ...]:
        by = {"piece": ("件", "按件", "个"), "measure": ("称重", "散称", "weight", "volume")}
        status = {"on_shelf": ("在售", "上架", "on"), "off_shelf": ("下架", "停售", "off")}
        money = parsing.money(reading.currency)
        minor = Text("以分为单位", "in minor units")
        return (
            Field(
                "sku", Text("商品编码", "SKU"), parsing.text(CODE_MAX), True, synonyms=("product_id", "货号", "编码")
            ),
            Field("name", Text("商品名称", "Name"), parsing.text(NAME_MAX), synonyms=("product_name", "品名", "名称")),
            Field("barcode", Text("条码", "Barcode"), parsing.text(CODE_MAX), synonyms=("ean", "upc", "条形码")),
            Field("brand", Text("品牌", "Brand"), parsing.text(100)),
            Field("department", Text("大类", "Department"), parsing.text(100), synonyms=("部门",)),
            Field("category", Text("品类", "Category"), parsing.text(100), synonyms=("product_category", "分类")),
            Field("unit", Text("规格", "Unit"), parsing.text(40), synonyms=("package_size", "size", "单位")),
            Field("sold_by", Text("计量方式", "Sold by"), parsing.choice(by)),
            Field("list_price", Text("标价", "List price"), money, synonyms=("price", "售价", "零售价")),
            Field("member_price", Text("会员价", "Member price"), money),
            Field("list_price_minor", Text("标价（分）", "List price, minor"), parsing.minor(), help=minor),
            Field("member_price_minor", Text("会员价（分）", "Member price, minor"), parsing.minor(), help=minor),
            Field("status", Text("状态", "Status"), parsing.choice(status)),
            Field(
                "note", Text("备注", "Note"), parsing.text(40), help=Text("保存在商品属性中", "kept as an attribute")
            ),
        )

    def loader(self, _context: Context) -> "ProductLoader":
        return ProductLoader()


class ProductLoader:
    def __init__(self) -> None:
        self._seen = bulk.Seen()

    def remember(self, rows: Rows) -> None:
        for row_no, sku in zip(rows.row_no, rows.values("sku"), strict=True):
            self._seen.duplicate_of(str(sku), row_no)

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        outcome = Outcome()
        columns = dict(rows.columns)
        for price in ("list_price", "member_price"):
            columns[f"{price}_minor"] = pc.coalesce(columns.pop(price), columns[f"{price}_minor"])
        self._refuse(unit, rows, columns, outcome)
        good = np.setdiff1d(np.arange(len(rows)), list(outcome.rejects))
        kept = {name: column.take(pa.array(good)) for name, column in columns.items()}
        notes = kept.pop("note")
        outcome.note(PLACEHOLDER, int(pc.sum(pc.equal(notes, PLACEHOLDER)).as_py() or 0))
        kept["attributes"] = pa.array(
            [None if note is None else json.dumps({"note": note}) for note in notes.to_pylist()], pa.string()
        )
        kept["category_id"] = CategoryBook(unit).ids(kept.pop("department"), kept.pop("category"))
        self._save(unit, kept, outcome)
        return outcome

    def _refuse(self, unit: Unit, rows: Rows, columns: Mapping[str, Column], outcome: Outcome) -> None:
        skus, barcodes = columns["sku"].to_pylist(), columns["barcode"].to_pylist()
        owners = _owners(unit, [barcode for barcode in barcodes if barcode])
        stored = _stored_prices(unit, skus) if _has_prices(columns) else {}
        prices = zip(columns["list_price_minor"].to_pylist(), columns["member_price_minor"].to_pylist(), strict=True)
        for position, (sku, barcode, given) in enumerate(zip(skus, barcodes, prices, strict=True)):
            if first := self._seen.duplicate_of(sku, rows.row_no[position]):
                outcome.rejects[position] = bulk.duplicate(first)
            elif barcode and owners.setdefault(barcode, sku) != sku:
                owner = owners[barcode]
                outcome.rejects[position] = Text(f"条码已属于商品 {owner}", f"the barcode belongs to product {owner}")
            elif reason := _bad_price(given, stored.get(sku, (None, None))):
                outcome.rejects[position] = reason

    def _save(self, unit: Unit, kept: dict[str, Any], outcome: Outcome) -> None:
        count = len(kept["sku"])
        now = np.full(count, int(unit.now().timestamp() * 1000))
        ids = {name: ("uuid", bulk.new_ids(now)) for name in ("product_id", "event_id")}
        staged = {**ids, "sku": (_TEXT, kept["sku"])}
        bulk.stage(unit, "product_rows", staged | {name: (kind, kept[name]) for name, kind in _COLUMNS.items()})
        values = {"merchant": unit.merchant_id, "now": unit.now(), "status": str(ProductStatus.ON_SHELF)}
        outcome.updated = unit.connection.scalar(_UPDATE, values) or 0
        outcome.created = unit.connection.scalar(_INSERT, values | {"sold_by": str(SoldBy.PIECE)}) or 0
        outcome.unchanged = count - outcome.created - outcome.updated


_DIFFERS = " OR ".join(f"p.{name} IS DISTINCT FROM COALESCE(r.{name}, p.{name})" for name in _COLUMNS)
_MERGED = ", ".join(f"{name} = COALESCE(r.{name}, p.{name})" for name in _COLUMNS)
_TOLD = (
    ", told AS (INSERT INTO domain_events (merchant_id, event_id, type, subject_id, occurred_at) "
    "SELECT :merchant, r.event_id, 'product.imported', saved.product_id, :now FROM saved "
    "JOIN pg_temp.product_rows r USING (sku)) SELECT count(*) FROM saved"
)
_UPDATE = sa.text(
    f"WITH saved AS (UPDATE products p SET {_MERGED}, updated_at = :now FROM pg_temp.product_rows r "  # noqa: S608
    f"WHERE p.merchant_id = :merchant AND p.sku = r.sku AND ({_DIFFERS}) RETURNING p.product_id, p.sku){_TOLD}"
)
_DEFAULTS = {"name": "r.sku", "sold_by": ":sold_by", "status": ":status", "attributes": "'{}'::jsonb"}
_FILLED = ", ".join(f"COALESCE(r.{name}, {_DEFAULTS[name]})" if name in _DEFAULTS else f"r.{name}" for name in _COLUMNS)
_INSERT = sa.text(
    f"WITH saved AS (INSERT INTO products (merchant_id, product_id, sku, updated_at, {', '.join(_COLUMNS)}) "  # noqa: S608
    f"SELECT :merchant, r.product_id, r.sku, :now, {_FILLED} FROM pg_temp.product_rows r "
    "WHERE NOT EXISTS (SELECT FROM products p WHERE p.merchant_id = :merchant AND p.sku = r.sku) "
    f"RETURNING product_id, sku){_TOLD}"
)


def _owners(unit: Unit, barcodes: list[str]) -> dict[str, str]:
    if not barcodes:
        return {}
    table = products.c
    rows = unit.connection.execute(
        sa.select(table.barcode, table.sku).where(
            table.merchant_id == unit.merchant_id, table.barcode == sa.any_(sa.literal(barcodes, _TEXTS))
        )
    )
    return {row.barcode: row.sku for row in rows}


_TEXTS = sa.ARRAY(sa.Text)


def _has_prices(columns: Mapping[str, Column]) -> bool:
    return any(columns[name].null_count < len(columns[name]) for name in ("list_price_minor", "member_price_minor"))


def _stored_prices(unit: Unit, skus: list[str]) -> dict[str, tuple[int | None, int | None]]:
    table = products.c
    rows = unit.connection.execute(
        sa.select(table.sku, table.list_price_minor, table.member_price_minor).where(
            table.merchant_id == unit.merchant_id, table.sku == sa.any_(sa.literal(skus, _TEXTS))
        )
    )
    return {row.sku: (row.list_price_minor, row.member_price_minor) for row in rows}


def _bad_price(given: tuple[int | None, int | None], stored: tuple[int | None, int | None]) -> Text | None:
    listed, member = (new if new is not None else old for new, old in zip(given, stored, strict=True))
    if min(listed or 0, member or 0) < 0:
        return Text("价格不能为负", "a price is not negative")
    if member is not None and (listed is None or member > listed):
        return Text("会员价不能高于标价", "a member price cannot exceed the list price")
    return None
