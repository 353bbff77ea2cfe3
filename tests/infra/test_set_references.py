"""References that are checked once for each statement hold like foreign keys."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, ProgrammingError

from shuke.entrypoints.tables import metadata
from shuke.infra.database import Database
from tests.support.world import World

ORDER = sa.text(
    "INSERT INTO orders (merchant_id, order_id, number, store_id, channel, source, status, placed_at, business_day, "
    "units, line_count, gross_minor, discount_minor, net_minor, paid_minor) "
    "VALUES (:merchant, :order, 'n', :store, 'pos', 'shuke', 'paid', now(), current_date, 1, 1, 0, 0, 0, 0)"
)
PRODUCT = sa.text(
    "INSERT INTO products (merchant_id, product_id, sku, name, sold_by, status, updated_at) "
    "VALUES (:merchant, :product, 's', 'n', 'piece', 'on', now())"
)
STORE = sa.text("INSERT INTO stores (merchant_id, store_id, code, name) VALUES (:merchant, :store, 'c', 'n')")
LINE = sa.text(
    "INSERT INTO order_lines (merchant_id, order_id, line_no, product_id, quantity, gross_minor, discount_minor, "
    "net_minor, paid_minor) VALUES (:merchant, :order, 1, :product, 1, 0, 0, 0, 0)"
)


@pytest.fixture
def rows(world: World, database: Database) -> dict[str, UUID]:
    shop = world.merchant()
    values = {"merchant": shop.merchant_id, "order": uuid4(), "product": uuid4(), "store": uuid4()}
    with database.merchant(shop.merchant_id) as unit:
        for statement in (STORE, PRODUCT, ORDER):
            unit.connection.execute(statement, values)
    return values


def test_a_line_of_known_parents_goes_in(rows: dict[str, UUID], database: Database) -> None:
    with database.merchant(rows["merchant"]) as unit:
        unit.connection.execute(LINE, rows)


@pytest.mark.parametrize("missing", ["order", "product"])
def test_a_line_without_its_parent_is_refused(rows: dict[str, UUID], database: Database, missing: str) -> None:
    with (
        pytest.raises(IntegrityError, match=f"refer_order_lines_{missing}|is not in {missing}s"),
        database.merchant(rows["merchant"]) as unit,
    ):
        unit.connection.execute(LINE, rows | {missing: uuid4()})


def test_another_merchants_product_is_no_parent(rows: dict[str, UUID], database: Database, world: World) -> None:
    other = world.merchant().merchant_id
    foreign = uuid4()
    with database.merchant(other) as unit:
        unit.connection.execute(PRODUCT, {"merchant": other, "product": foreign})
    with pytest.raises(IntegrityError), database.merchant(rows["merchant"]) as unit:
        unit.connection.execute(LINE, rows | {"product": foreign})


def test_parents_are_never_deleted() -> None:
    for table in metadata.sorted_tables:
        for column, parent in table.info["refers_in_sets"].items():
            changeable = table.info["changeable"]
            assert table.info["append_only"] or (changeable is not None and column not in changeable), table.name
            assert not metadata.tables[parent].info["deletable"], parent


@pytest.mark.parametrize("table", ["orders", "products", "order_lines"])
def test_the_serving_role_cannot_delete_them(rows: dict[str, UUID], database: Database, table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), database.merchant(rows["merchant"]) as unit:
        unit.connection.execute(sa.text(f"DELETE FROM {table}"))
