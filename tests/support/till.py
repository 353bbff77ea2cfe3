"""A till: a shop with a store, goods, the default programme, and somebody signed in, driven over HTTP."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from fastapi.testclient import TestClient
from httpx2 import Response

from shuke.entrypoints.audit import run_audit
from shuke.entrypoints.tables import metadata
from shuke.infra.database import Unit
from shuke.kernel.ids import Prefix, show
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Programme
from shuke.members.model import Member
from shuke.tenancy import keys, staffing
from shuke.tenancy.model import MERCHANT_PERMISSIONS, Role, Store
from shuke.tenancy.staffing import Hire
from tests.support.world import PASSWORD, Shop, World

Line = tuple[str, str | int] | tuple[str, str | int, int]
"""SKU, quantity and, if stated at the till, unit price."""


@dataclass
class Till:
    world: World
    shop: Shop
    store: Store
    programme: Programme
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.world.client(self.shop.login)

    @property
    def store_id(self) -> str:
        return show(Prefix.STORE, self.store.store_id)

    def as_machine(self) -> TestClient:
        """A point of sale with an API key that may do everything and never expires, whatever the clock does."""
        with self.shop.unit() as unit:
            _, secret = keys.issue(unit, "POS", MERCHANT_PERMISSIONS, None)
        client = self.world.client()
        client.headers["Authorization"] = f"Bearer {secret}"
        return client

    def as_staff(self, role: Role, *stores: Store) -> TestClient:
        """Somebody with `role`, signed in, working in `stores`."""
        login = f"{role}-{len(str(stores))}-{id(object())}"
        with self.shop.unit() as unit:
            staffing.hire(unit, Hire(login, "收银员", role, [store.store_id for store in stores], PASSWORD))
        return self.world.client(login)

    def basket(self, lines: list[Line], member: Member | None = None, points: int = 0) -> dict[str, Any]:
        body: dict[str, Any] = {"store_id": self.store_id, "lines": [_line(line) for line in lines]}
        if member is not None:
            body["member_id"] = member_id(member)
        if points:
            body["choices"] = {"points": points}
        return body

    def quote(self, lines: list[Line], member: Member | None = None, points: int = 0) -> dict[str, Any]:
        answer = self.client.post("/v1/quotes", json=self.basket(lines, member, points))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def try_settle(
        self,
        lines: list[Line],
        member: Member | None = None,
        points: int = 0,
        *,
        tenders: list[dict[str, Any]] | None = None,
        key: str | None = None,
        client: TestClient | None = None,
        **more: Any,
    ) -> Response:
        """Settle; without `tenders`, with plenty of cash."""
        paid = [{"kind": "cash", "amount_minor": 10**9}] if tenders is None else tenders
        headers = {"Idempotency-Key": key} if key else {}
        body = self.basket(lines, member, points) | {"tenders": paid} | more
        return (client or self.client).post("/v1/orders", json=body, headers=headers)

    def settle(self, *args: Any, **named: Any) -> dict[str, Any]:
        answer = self.try_settle(*args, **named)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def post(self, path: str, body: dict[str, Any] | None = None, *, key: str | None = None) -> Response:
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(f"/v1/{path}", json=body, headers=headers)

    def order(self, order: dict[str, Any]) -> dict[str, Any]:
        """The order as it is now."""
        return dict(self.client.get(f"/v1/orders/{order['id']}").json())

    def try_refund(self, order: dict[str, Any], *lines: tuple[int, str | int], **more: Any) -> Response:
        """Refund so many of these lines, or all where none is named; `amounts` names lines and money instead."""
        amounts = more.pop("amounts", ())
        key = more.pop("key", None)
        body: dict[str, Any] = {"reason": "退货"} | more
        named = [{"line_no": number, "quantity": quantity} for number, quantity in lines]
        named += [{"line_no": number, "amount_minor": amount} for number, amount in amounts]
        body |= {"lines": named} if named else {"all": True}
        return self.post(f"orders/{order['id']}/refunds", body, key=key)

    def refund(self, order: dict[str, Any], *lines: tuple[int, str | int], **more: Any) -> dict[str, Any]:
        answer = self.try_refund(order, *lines, **more)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def broken_laws(self) -> list[str]:
        """What the audit finds wrong; it should never find anything."""
        return [check.name for check in run_audit(self.world.database, self.shop.merchant_id) if not check.ok]

    def wallet(self, member: Member) -> tuple[int, int, str]:
        """Points, growth and tier, as identify tells them."""
        answer = self.client.post("/v1/identify", json={"phone": member.phone})
        assert answer.status_code == 200, answer.text
        found = answer.json()
        return found["wallet"]["points"], found["wallet"]["growth"], found["member"]["tier"]["code"]

    def everything(self) -> dict[str, tuple[int, str | None]]:
        """Row count and checksum of every table of the merchant: equal before and after when nothing changed."""
        with self.shop.unit() as unit:
            return {table.name: _sum(unit, table.name) for table in metadata.sorted_tables if table.info["tenant"]}


def _sum(unit: Unit, table: str) -> tuple[int, str | None]:
    rows = sa.text(f"SELECT count(*) AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS sum FROM {table} AS t")
    row = unit.connection.execute(rows).one()
    return row.rows, row.sum


def open_till(world: World, **merchant: str) -> Till:
    shop = world.merchant(**merchant)
    store = shop.store()
    with shop.unit() as unit:
        programme = loyalty.create_default_programme(unit)
    return Till(world, shop, store, programme)


def member_id(member: Member | UUID) -> str:
    return show(Prefix.MEMBER, member if isinstance(member, UUID) else member.member_id)


def _line(line: Line) -> dict[str, Any]:
    body: dict[str, Any] = {"sku": line[0], "quantity": line[1]}
    if len(line) == 3:
        body["unit_price_minor"] = line[2]
    return body
