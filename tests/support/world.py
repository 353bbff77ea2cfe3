"""Builders: merchants with stores, staff, members and products, made through the product's own services."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient

from shuke.catalog import service as catalog
from shuke.catalog.model import Category, NewProduct, Product
from shuke.entrypoints.http.app import attach, build_app
from shuke.entrypoints.setup import open_shop
from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database, Unit
from shuke.kernel.clock import SimulatedClock, SystemClock
from shuke.kernel.ids import new_id
from shuke.kernel.principal import Principal
from shuke.members import service as members
from shuke.members.model import Join, Member
from shuke.tenancy import authentication, keys, staffing, store
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import MERCHANT_PERMISSIONS, ROLES, Merchant, Permission, Role, Store, StoreScope
from shuke.tenancy.onboarding import add_account
from shuke.tenancy.staffing import Hire
from shuke.tenancy.tables import stores

PASSWORD = "correct horse battery"
_SERIAL = count(1)


@dataclass
class Shop:
    """A merchant with its owner, and units of work in the owner's name."""

    database: Database
    merchant: Merchant
    login: str

    @property
    def merchant_id(self) -> UUID:
        return self.merchant.merchant_id

    def owner(self) -> Principal:
        with self.database.platform() as unit:
            account = store.account_by_login(unit, self.login)
        assert account is not None
        with self.database.merchant(self.merchant_id) as unit:
            person = store.staff_of_account(unit, account.account_id)
        assert person is not None
        return authentication.principal_of(person, self.merchant_id)

    def staff(self, role: Role, stores: Collection[Store] = ()) -> str:
        """A person in `role` at `stores` (none given: one or all, as the role asks); returns the login."""
        if not stores and ROLES[role].stores is not StoreScope.ALL:
            stores = [self.store()]
        wanted = Hire(f"{role}-{uuid4().hex[:8]}", role, role, [item.store_id for item in stores], PASSWORD)
        with self.unit() as unit:
            staffing.hire(unit, wanted)
        return wanted.login

    def key(self, *scopes: Permission) -> str:
        """The secret of an API key for `scopes`; none given: for all."""
        with self.unit() as unit:
            return keys.issue(unit, "POS", scopes or MERCHANT_PERMISSIONS, None)[1]

    def store(self, code: str | None = None, name: str = "人民路店") -> Store:
        """A store that is open."""
        store_id, code = new_id(), code or f"S{next(_SERIAL)}"
        with self.database.merchant(self.merchant_id) as unit:
            row = {"merchant_id": self.merchant_id, "store_id": store_id, "code": code, "name": name}
            unit.connection.execute(stores.insert().values(row))
            return tenancy.store(unit, store_id)

    def member(self, **given: Any) -> Member:
        """A member; without `phone`, one that nobody has."""
        if "phone" not in given:
            given["phone"] = f"139{next(_SERIAL):08d}"
        with self.database.merchant(self.merchant_id) as unit:
            return members.join(unit, Join(**{"channel": "pos", "name": "王小明", **given}))

    def product(self, sku: str | None = None, price: int | None = 1000, **given: Any) -> Product:
        """A product on the shelf at `price` minor units."""
        new = NewProduct(**{"sku": sku or f"P{next(_SERIAL)}", "name": "全脂牛奶", "list_price_minor": price, **given})
        with self.database.merchant(self.merchant_id) as unit:
            return catalog.create(unit, new)

    def category(self, name: str = "乳品", code: str | None = None, parent_id: UUID | None = None) -> Category:
        with self.database.merchant(self.merchant_id) as unit:
            return catalog.create_category(unit, code or f"C{next(_SERIAL)}", name, parent_id)

    @contextmanager
    def unit(self, principal: Principal | None = None) -> Iterator[Unit]:
        with self.database.unit(principal or self.owner()) as unit:
            yield unit


@cache
def _described() -> FastAPI:
    nowhere = Database("postgresql://nowhere", cipher=Cipher(new_master_key()), clock=SystemClock())
    return build_app(nowhere, Settings(database_url="unused"))


@dataclass
class World:
    database: Database
    clock: SimulatedClock
    settings: Settings

    def merchant(self, name: str = "大树商店", *, currency: str = "CNY", timezone: str = "Asia/Shanghai") -> Shop:
        merchant = Merchant(new_id(), name, currency, timezone, "zh-CN")
        login = f"owner-{uuid4().hex[:8]}"
        open_shop(self.database, merchant, login=login, owner_name="店主", password=PASSWORD)
        return Shop(self.database, merchant, login)

    def platform_admin(self) -> str:
        """A login of the platform's own."""
        login = f"platform-{uuid4().hex[:8]}"
        with self.database.platform() as unit:
            add_account(unit, None, login=login, name="平台", password=PASSWORD)
        return login

    @cached_property
    def app(self) -> FastAPI:
        """Built once for all tests of a worker, because describing every route takes longer than most of them."""
        app = _described()
        attach(app, self.database, self.settings)
        return app

    def client(self, login: str | None = None) -> TestClient:
        """An HTTP client of the application, signed in as `login` when given."""
        client = TestClient(self.app, raise_server_exceptions=False)
        if login is not None:
            answer = client.post("/v1/session", json={"login": login, "password": PASSWORD})
            assert answer.status_code == 201, answer.text
        return client
