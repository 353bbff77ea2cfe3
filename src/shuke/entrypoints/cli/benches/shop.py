"""A shop for benches: products, members with some history, and an API key."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from shuke.catalog import service as catalog
from shuke.catalog.model import NewProduct
from shuke.entrypoints.setup import open_shop
from shuke.entrypoints.wiring import Installation
from shuke.infra.database import Unit
from shuke.infra.passwords import generate_password
from shuke.kernel.ids import Prefix, new_id, show
from shuke.kernel.principal import Principal
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import PaidLine, Purchase, Rights
from shuke.members import service as members
from shuke.members.model import Join
from shuke.tenancy import authentication, keys, outlets, store
from shuke.tenancy.model import Merchant, Permission

PRODUCTS = 500
MEMBERS = 200


@dataclass(frozen=True)
class Shop:
    """Ids as the API shows them."""

    store_id: str
    skus: tuple[str, ...]
    member_ids: tuple[str, ...]
    secret: str


def stock(installation: Installation) -> Shop:
    database = installation.database
    merchant = Merchant(new_id(), "Bench", "CNY", "Asia/Shanghai", "zh-CN")
    open_shop(database, merchant, login="bench", owner_name="Bench", password=generate_password())
    with database.merchant(merchant.merchant_id) as unit:
        owner = _owner(unit)
    with database.unit(owner) as unit:
        shop = outlets.open_store(unit, {"code": "S1", "name": "Bench"})
        _, secret = keys.issue(unit, "bench", {Permission.ORDERS_WRITE, Permission.ORDERS_READ}, None)
        skus = _products(unit)
        people = _members(unit)
    return Shop(
        show(Prefix.STORE, shop.store_id), skus, tuple(show(Prefix.MEMBER, person) for person in people), secret
    )


def _owner(unit: Unit) -> Principal:
    person = store.staff_where(unit)[0]
    return authentication.principal_of(person, unit.merchant_id)


def _products(unit: Unit) -> tuple[str, ...]:
    random = Random(1)  # noqa: S311 - no secret
    skus = []
    for number in range(PRODUCTS):
        price = random.randint(100, 9_900)
        member_price = price * 9 // 10 if number % 3 == 0 else None
        new = NewProduct(
            sku=f"B{number:05d}", name=f"Product {number}", list_price_minor=price, member_price_minor=member_price
        )
        skus.append(catalog.create(unit, new).sku)
    return tuple(skus)


def _members(unit: Unit) -> list[UUID]:
    """Members who bought before: they have points, growth, and some of them a tier."""
    people = []
    programme = loyalty.programme(unit)
    before = unit.now() - timedelta(days=30)
    for number in range(MEMBERS):
        member = members.join(unit, Join(channel="import", name="王小明", phone=f"139{number:08d}"))
        paid = PaidLine((number % 20) * 10_000 + 5_000)
        bought = Purchase(order_id=new_id(), member_id=member.member_id, at=before, lines=(paid,))
        loyalty.on_order(unit, bought, Rights(tier=programme.base_tier), programme)
        people.append(member.member_id)
    return people
