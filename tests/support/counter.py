"""A counter that sells stored value over HTTP."""

import csv
import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from shuke.kernel.audit import Check
from shuke.kernel.ids import Prefix, new_id, show
from shuke.ledger import service as ledger
from shuke.ledger.model import STORED_ASSETS, Account, Asset, Entry, Kind, Move
from shuke.stored_value import service as stored_value
from shuke.tenancy.model import Store
from tests.support.wallets import give_back
from tests.support.world import Shop, World


@dataclass
class Counter:
    shop: Shop
    store: Store
    member_id: UUID
    client: TestClient

    @property
    def store_id(self) -> str:
        return show(Prefix.STORE, self.store.store_id)

    @property
    def member(self) -> str:
        return show(Prefix.MEMBER, self.member_id)

    def post(self, path: str, body: Any = None, status: int = 201) -> Any:
        answer = self.client.post(f"/v1{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/v1{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ladder(self, *steps: tuple[int, int], **more: Any) -> Any:
        """Steps of pay and bonus; `more` counts for every step."""
        listed = [{"pay_minor": pay, "bonus_minor": bonus, **more} for pay, bonus in steps]
        return self.post("/top-up-ladders", {"name": "充值有礼", "steps": listed})

    def policy(self, **wanted: Any) -> None:
        body = {
            "spend_order": "bonus_first",
            "bonus_rule": "forfeit_all",
            "min_top_up_minor": 100,
            "max_top_up_minor": 1_000_000,
            **wanted,
        }
        answer = self.client.put("/v1/stored-value/policy", json=body)
        assert answer.status_code == 200, answer.text

    def top_up(self, amount: int, status: int = 201, **more: Any) -> Any:
        tenders = [{"kind": "cash", "amount_minor": amount}]
        body = {"store_id": self.store_id, "amount_minor": amount, "tenders": tenders, **more}
        return self.post(f"/members/{self.member}/top-ups", body, status)

    def refund(self, top_up: Any, status: int = 201, **more: Any) -> Any:
        body = {"store_id": self.store_id, "kind": "cash", **more}
        return self.post(f"/top-ups/{top_up['id']}/refunds", body, status)

    def cards(self, size: int, face: int = 5_000, **more: Any) -> list[tuple[str, str]]:
        """Numbers and PINs of a fresh batch."""
        batch = self.post("/card-batches", {"name": "中秋礼品卡", "size": size, "face_minor": face, **more})
        answer = self.client.post(f"/v1/card-batches/{batch['id']}/download")
        assert answer.status_code == 200, answer.text
        return [(row["number"], row["pin"]) for row in csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))]

    def sell(self, *numbers: str, face: int = 5_000, status: int = 201) -> Any:
        tenders = [{"kind": "wechat", "amount_minor": face * len(numbers)}]
        return self.post(
            "/card-sales", {"store_id": self.store_id, "numbers": list(numbers), "tenders": tenders}, status
        )

    def check(self, number: str, pin: str, status: int = 200) -> Any:
        return self.post("/cards/check", {"number": number, "pin": pin}, status)

    def spend(self, asset: Asset, amount: int, wallet_id: UUID | None = None) -> UUID:
        order_id = new_id()
        move = Move(wallet_id or self.member_id, asset, -amount, Account.SPENT)
        with self.shop.unit() as unit:
            ledger.post(unit, Entry(Kind.ORDER_SPENT, order_id, unit.now(), (move,)))
        return order_id

    def give_back(self, asset: Asset, amount: int, order_id: UUID) -> None:
        with self.shop.unit() as unit:
            give_back(unit, self.member_id, amount, order_id, asset=asset)

    def held(self, wallet_id: UUID | None = None) -> tuple[int, int]:
        """Principal and bonus."""
        with self.shop.unit() as unit:
            balances = ledger.balances(unit, wallet_id or self.member_id)
        principal, bonus = (getattr(balances, asset.value) for asset in STORED_ASSETS)
        return principal, bonus

    def broken_laws(self) -> list[Check]:
        with self.shop.unit() as unit:
            checks = [*ledger.audit(unit), *stored_value.audit(unit)]
        return [check for check in checks if not check.ok]


def open_counter(world: World) -> Counter:
    shop = world.merchant()
    client = world.client()
    client.headers["Authorization"] = f"Bearer {shop.key()}"
    return Counter(shop, shop.store(), shop.member().member_id, client)
