"""A shop for benches: products, offers, members with full wallets, and an API key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import cycle
from random import Random
from uuid import UUID

import pyarrow as pa
import sqlalchemy as sa

from shuke.catalog import service as catalog
from shuke.catalog.model import NewProduct, Product
from shuke.entrypoints.cli.benches.shop_offers import Range, put_on_offer
from shuke.entrypoints.imports.registry import KINDS, context_for
from shuke.entrypoints.setup import open_shop
from shuke.entrypoints.wiring import Installation
from shuke.infra.database import Database, Unit
from shuke.infra.imports import runner
from shuke.infra.imports.reading import TableSource
from shuke.infra.passwords import generate_password
from shuke.kernel.clock import business_day
from shuke.kernel.ids import Prefix, new_id, show
from shuke.kernel.principal import Principal
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Kind
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.offers import issuing
from shuke.tenancy import authentication, keys, outlets, store
from shuke.tenancy.model import Merchant, Permission

PRODUCTS = 3_000
CATEGORIES = 100
STORES = 10
MEMBERS = 4_500
SPARE = 500
POINTS = 5_000
PRINCIPAL = 50_000
BONUS = 5_000


@dataclass(frozen=True)
class Shop:
    """Ids as the API shows them. `members` goes round: each call of `next` is another one; `spare` are none of them."""

    merchant_id: UUID
    store_id: str
    skus: tuple[str, ...]
    members: Iterator[str]
    spare: Sequence[UUID]
    secret: str


def stock(installation: Installation) -> Shop:
    """A shop with offers, and members each with a tier to reach, points, stored value and five coupons."""
    database = installation.database
    merchant = Merchant(new_id(), "Bench", "CNY", "Asia/Shanghai", "zh-CN")
    open_shop(database, merchant, login="bench", owner_name="Bench", password=generate_password())
    with database.merchant(merchant.merchant_id) as unit:
        owner = _owner(unit)
    _import_members(database, owner)
    with database.unit(owner) as unit:
        stores = [
            outlets.open_store(unit, {"code": f"S{number}", "name": f"Bench {number}"}).store_id
            for number in range(STORES)
        ]
        _, secret = keys.issue(unit, "bench", {Permission.ORDERS_WRITE, Permission.ORDERS_READ}, None)
        categories = [
            catalog.create_category(unit, f"K{number}", f"Category {number}").category_id
            for number in range(CATEGORIES)
        ]
        products = _products(unit, categories)
        templates = put_on_offer(unit, Range(products, categories, stores))
        people = [row.member_id for row in unit.connection.execute(_everybody(unit))]
        _fill_wallets(unit)
        loyalty.review_all(unit, business_day(unit.now(), merchant.timezone))
        for template_id in templates:
            issuing.issue_to(unit, template_id, _everybody(unit), "bench", None)
    return Shop(
        merchant.merchant_id,
        show(Prefix.STORE, stores[0]),
        tuple(product.sku for product in products),
        cycle([show(Prefix.MEMBER, person) for person in people[SPARE:]]),
        people[:SPARE],
        secret,
    )


def _owner(unit: Unit) -> Principal:
    person = store.staff_where(unit)[0]
    return authentication.principal_of(person, unit.merchant_id)


def _products(unit: Unit, categories: Sequence[UUID]) -> list[Product]:
    random = Random(1)  # noqa: S311 - no secret
    products = []
    for number in range(PRODUCTS):
        price = random.randint(100, 9_900)
        new = NewProduct(
            sku=f"B{number:05d}",
            name=f"Product {number}",
            list_price_minor=price,
            member_price_minor=price * 9 // 10 if number % 3 == 0 else None,
            category_id=categories[number % CATEGORIES],
        )
        products.append(catalog.create(unit, new))
    return products


def _import_members(database: Database, owner: Principal) -> None:
    """As a shop brings its members: one by one they would take most of the time of the stocking."""
    phones = [f"139{number:08d}" for number in range(MEMBERS)]
    table = pa.table({"name": ["王小明"] * MEMBERS, "phone": phones})
    source = TableSource("bench", sha256(b"bench").digest(), table)
    named = {column: column for column in table.column_names}
    runner.run(runner.Job(KINDS["members"], context_for(database, owner), source, named))


def _everybody(unit: Unit) -> sa.Select[tuple[UUID]]:
    person = members.members_relation().c
    return sa.select(person.member_id).where(person.merchant_id == unit.merchant_id)


def _fill_wallets(unit: Unit) -> None:
    """Everybody bought before, topped up, and holds points."""
    given = (
        (Kind.IMPORTED, Account.EARNED, Asset.GROWTH, 40_000),
        (Kind.ADJUSTED, Account.ADJUSTED, Asset.POINTS, POINTS),
        (Kind.TOPPED_UP, Account.PAID_IN, Asset.STORED_PRINCIPAL, PRINCIPAL),
        (Kind.BENEFIT_GRANTED, Account.GRANTED, Asset.STORED_BONUS, BONUS),
    )
    for kind, account, asset, amount in given:
        everybody = _everybody(unit).subquery().c.member_id
        rows = sa.select(
            everybody.label("reference_id"),
            everybody.label("wallet_id"),
            sa.literal(asset.value, sa.Text).label("asset"),
            sa.literal(amount).label("amount"),
            sa.literal(unit.now()).label("at"),
            *(sa.cast(None, sa.DateTime(timezone=True)).label(name) for name in ("expires_at", "available_at")),
            sa.cast(None, sa.Uuid).label("source_id"),
        )
        ledger.post_many(unit, kind, account, rows)
