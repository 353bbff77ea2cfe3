"""`shuke export KIND FILE`: what a merchant has, as CSV in the columns that `shuke import` reads."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.console import Console

from shuke.catalog import service as catalog
from shuke.checkout import service as checkout
from shuke.entrypoints.cli.imports import Importable
from shuke.entrypoints.cli.merchants import MerchantOption, chosen
from shuke.entrypoints.cli.settings import DataDir, settings_for
from shuke.entrypoints.wiring import install
from shuke.infra.csv_export import Cell, csv_chunks
from shuke.infra.database import Unit
from shuke.members import service as members
from shuke.tenancy import service as tenancy

_BATCH = 2000

Rows = Iterator[Sequence[Cell]]


def register(app: typer.Typer) -> None:
    app.command("export")(run)


def run(
    kind: Annotated[Importable, typer.Argument(help="What to export.")],
    file: Annotated[Path, typer.Argument(help="The CSV file to write; it may hold personal data.")],
    merchant: MerchantOption = None,
    data_dir: DataDir = None,
) -> None:
    """Export to CSV; the file appears when it is whole, readable by you alone."""
    header, rows = _EXPORTS[kind]
    installation = install(settings_for(data_dir))
    try:
        database = installation.database
        merchant_id = chosen(database, merchant)
        part = file.with_name(f"{file.name}.part")
        part.unlink(missing_ok=True)
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8", newline="") as sink, database.merchant(merchant_id) as unit:
            if kind is Importable.MEMBERS:
                tenancy.record_change(unit, "members.exported", "merchant", merchant_id, None, {"file": file.name})
            for piece in csv_chunks(header, rows(unit)):
                sink.write(piece)
        part.replace(file)
    finally:
        installation.close()
    Console(stderr=True).print(f"Wrote {file}. 已导出。", highlight=False)


def _members(unit: Unit) -> Rows:
    member = members.members_relation().c
    ids = unit.connection.scalars(
        sa.select(member.member_id).where(member.merchant_id == unit.merchant_id).order_by(member.member_id)
    ).all()
    codes = {store.store_id: store.code for store in tenancy.stores(unit)}
    for start in range(0, len(ids), _BATCH):
        found = members.get_many(unit, ids[start : start + _BATCH])
        for member_id in ids[start : start + _BATCH]:
            one = found[member_id]
            yield (
                one.external_ref,
                one.number,
                one.name,
                one.phone,
                one.email,
                one.card,
                one.gender,
                one.birthday,
                one.joined_at,
                codes.get(one.join_store_id) if one.join_store_id else None,
                one.join_channel,
                json.dumps(dict(one.attributes), ensure_ascii=False) if one.attributes else None,
            )


def _products(unit: Unit) -> Rows:
    product, category = catalog.products_relation(), catalog.categories_relation()
    parent = category.alias("parent")
    shown = product.c
    rows = unit.connection.execution_options(yield_per=_BATCH).execute(
        sa.select(
            shown.sku,
            shown.name,
            shown.barcode,
            shown.brand,
            parent.c.name,
            category.c.name,
            shown.unit,
            shown.sold_by,
            shown.list_price_minor,
            shown.member_price_minor,
            shown.status,
        )
        .select_from(
            product.outerjoin(
                category,
                sa.and_(category.c.merchant_id == shown.merchant_id, category.c.category_id == shown.category_id),
            ).outerjoin(
                parent,
                sa.and_(parent.c.merchant_id == category.c.merchant_id, parent.c.category_id == category.c.parent_id),
            )
        )
        .where(shown.merchant_id == unit.merchant_id)
        .order_by(shown.sku)
    )
    yield from (tuple(row) for row in rows)


def _stores(unit: Unit) -> Rows:
    for store in tenancy.stores(unit):
        yield store.code, store.name, store.region.name if store.region else None, store.opened_on, store.closed_on


def _orders(unit: Unit) -> Rows:
    order, line, product = checkout.orders_relation(), checkout.lines_relation(), catalog.products_relation()
    store, member = tenancy.stores_relation(), members.members_relation()
    tied = line.join(order, sa.and_(order.c.merchant_id == line.c.merchant_id, order.c.order_id == line.c.order_id))
    tied = tied.join(
        product, sa.and_(product.c.merchant_id == line.c.merchant_id, product.c.product_id == line.c.product_id)
    )
    tied = tied.join(store, sa.and_(store.c.merchant_id == order.c.merchant_id, store.c.store_id == order.c.store_id))
    tied = tied.outerjoin(
        member, sa.and_(member.c.merchant_id == order.c.merchant_id, member.c.member_id == order.c.member_id)
    )
    rows = unit.connection.execution_options(yield_per=_BATCH).execute(
        sa.select(
            sa.func.coalesce(order.c.external_ref, order.c.number),
            order.c.source,
            order.c.placed_at,
            store.c.code,
            sa.func.coalesce(member.c.external_ref, member.c.number),
            order.c.channel,
            product.c.sku,
            sa.cast(line.c.quantity, sa.Text),
            line.c.gross_minor,
            line.c.discount_minor,
            line.c.paid_minor,
            line.c.net_minor,
            line.c.adjustments,
        )
        .select_from(tied)
        .where(line.c.merchant_id == unit.merchant_id)
        .order_by(order.c.placed_at, order.c.order_id, line.c.line_no)
    )
    for row in rows:
        yield *row[:9], *_by_funder(row.adjustments), *row[10:12]


def _by_funder(adjustments: Sequence[Mapping[str, object]]) -> tuple[int, ...]:
    sums = dict.fromkeys(("merchant", "store", "platform", "partner"), 0)
    for adjustment in adjustments:
        sums[str(adjustment["funder"])] += int(str(adjustment["amount_minor"]))
    return tuple(sums.values())


_EXPORTS: Mapping[Importable, tuple[Sequence[str], Callable[[Unit], Rows]]] = {
    Importable.MEMBERS: (
        ("ref", "number", "name", "phone", "email", "card", "gender", "birthday", "joined_at", "store_code", "channel",
         "attributes"),
        _members,
    ),
    Importable.PRODUCTS: (
        ("sku", "name", "barcode", "brand", "department", "category", "unit", "sold_by", "list_price_minor",
         "member_price_minor", "status"),
        _products,
    ),
    Importable.STORES: (("code", "name", "region", "opened_on", "closed_on"), _stores),
    Importable.ORDERS: (
        ("order_ref", "source", "placed_at", "store_code", "member_ref", "channel", "sku", "quantity", "gross_minor",
         "merchant_discount_minor", "store_discount_minor", "platform_discount_minor", "partner_discount_minor",
         "paid_minor", "net_minor"),
        _orders,
    ),
}  # fmt: skip
