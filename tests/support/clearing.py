"""A chain whose days are played and cleared; beside the books a plain list says who owes whom for each fact."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout.clearing import service as clearing
from shuke.checkout.clearing.tables import clearing_entries
from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.offers.model import Funder
from shuke.stored_value import refunding, topping
from shuke.stored_value.model import Money, MoneyKind
from shuke.stored_value.tables import top_up_ladders, top_up_steps
from shuke.tenancy.model import Store
from tests.support.clearing_books import Cut, Moved, Written, write_order, write_refund
from tests.support.world import Shop, World

Key = tuple[UUID, str, str, str]
"""Reference, debtor, creditor, reason."""

Entered = dict[Key, tuple[date, date, int]]
"""Key → the day it is cleared on, its own day, the amount."""


@dataclass(frozen=True)
class Use:
    """Stored value out of a top-up, by its number."""

    top_up: int
    principal: int = 0
    bonus: int = 0


@dataclass
class ToppedUp:
    top_up_id: UUID
    wallet_id: UUID
    store: int


@dataclass
class Sold:
    """A sale, and what is left of it to come back."""

    order_id: UUID
    store: int
    lines: list[list[Cut]]
    money: int
    uses: list[Use]


@dataclass
class Chain:
    """Stores A, B and C, and how they clear."""

    world: World
    shop: Shop
    stores: Sequence[Store]
    stores_settle: bool
    merchant_funds: bool
    merchant_bears_bonus: bool
    top_ups: list[ToppedUp] = field(default_factory=list)
    sales: list[Sold] = field(default_factory=list)
    entered: Entered = field(default_factory=dict)

    @cached_property
    def product_id(self) -> UUID:
        return self.shop.product().product_id

    def today(self) -> date:
        return business_day(self.world.clock.now(), self.shop.merchant.timezone)

    def next_day(self, days: int = 1) -> None:
        self.world.clock.advance(timedelta(days=days))

    def party(self, store: int) -> str:
        return f"store:{self.stores[store].store_id}" if self.stores_settle else "merchant"

    def top_up(self, store: int, principal: int, bonus: int = 0) -> int:
        """Somebody new pays in; the number of the top-up."""
        member_id = self.shop.member().member_id
        with self.shop.unit() as unit:
            _offer(unit, principal, bonus)
            tender = Money(MoneyKind.CASH, principal)
            paid = topping.top_up(unit, member_id, self.stores[store].store_id, [tender], amount_minor=principal)
        assert paid.bonus_minor == bonus
        self.top_ups.append(ToppedUp(paid.top_up_id, member_id, store))
        return len(self.top_ups) - 1

    def sell(
        self,
        store: int,
        lines: Sequence[Sequence[Cut]],
        money: int = 0,
        uses: Sequence[Use] = (),
        *,
        days_ago: int = 0,
        unit: Unit | None = None,
    ) -> int:
        """An order, paid with money and stored value; its number. Some days ago: at a till that was offline since."""
        at = self.world.clock.now() - timedelta(days=days_ago)
        order_id, of = new_id(at), self._written(store, at, lines, money, uses)
        product_id = self.product_id
        with nullcontext(unit) if unit else self.shop.unit() as writing:
            write_order(writing, order_id, product_id, of)
        self.sales.append(Sold(order_id, store, [list(line) for line in lines], money, list(uses)))
        self._note(order_id, of.day, [*self._of_cuts(store, lines, 1), *self._of_uses(store, uses, 1)])
        return len(self.sales) - 1

    def refund(self, sale: int, store: int | None = None, *, half: bool = False, over_counter: bool = True) -> None:
        """What is left of a sale comes back, or half of it, at `store` (None: where it was sold)."""
        sold, share = self.sales[sale], 2 if half else 1
        lines = [[replace(cut, amount=cut.amount // share) for cut in line] for line in sold.lines]
        uses = [replace(use, principal=use.principal // share, bonus=use.bonus // share) for use in sold.uses]
        money, refund_id = sold.money // share, new_id(self.world.clock.now())
        of = self._written(sold.store if store is None else store, self.world.clock.now(), lines, money, uses)
        with self.shop.unit() as unit:
            write_refund(unit, refund_id, sold.order_id, of, over_counter=over_counter)
        debts = [*self._of_cuts(sold.store, lines, -1), *self._of_uses(sold.store, uses, -1)]
        if over_counter and store is not None:
            debts.append((self.party(sold.store), self.party(store), "refund_money", money))
        self._note(refund_id, of.day, debts)
        for line, back in zip(sold.lines, lines, strict=True):
            line[:] = [replace(cut, amount=cut.amount - gone.amount) for cut, gone in zip(line, back, strict=True)]
        sold.money -= money
        sold.uses = [
            Use(use.top_up, use.principal - gone.principal, use.bonus - gone.bonus)
            for use, gone in zip(sold.uses, uses, strict=True)
        ]

    def refund_top_up(self, number: int, store: int) -> None:
        """What is left of a top-up is paid out at `store`."""
        of = self.top_ups[number]
        with self.shop.unit() as unit:
            done = refunding.refund(unit, of.top_up_id, self.stores[store].store_id, MoneyKind.CASH)
        issuer = self.party(of.store)
        paid = (issuer, self.party(store), "top_up_refund", done.plan.refunded_minor)
        bearer = "merchant" if self.merchant_bears_bonus else issuer
        self._note(done.refund_id, self.today(), [paid, (issuer, bearer, "bonus_recovered", done.plan.deducted_minor)])

    def close(self, day: date) -> None:
        with self.shop.unit() as unit:
            clearing.close(unit, day)

    def written(self) -> Entered:
        """What clearing wrote down."""
        entry = clearing_entries.c
        with self.shop.unit() as unit:
            found = sa.select(clearing_entries).where(entry.merchant_id == unit.merchant_id)
            return {
                (row.reference_id, row.debtor, row.creditor, row.reason): (
                    row.business_day,
                    row.own_day,
                    row.amount_minor,
                )
                for row in unit.connection.execute(found)
            }

    def expected(self, last: date) -> Entered:
        """What it should have written down once `last` is closed."""
        return {key: value for key, value in self.entered.items() if value[0] <= last and value[2]}

    def _written(
        self, store: int, at: datetime, lines: Sequence[Sequence[Cut]], money: int, uses: Sequence[Use]
    ) -> Written:
        moved = [Moved(self.top_ups[use.top_up].wallet_id, use.principal, use.bonus) for use in uses]
        day = business_day(at, self.shop.merchant.timezone)
        return Written(self.stores[store].store_id, at, day, lines, money, moved)

    def _note(self, reference_id: UUID, own_day: date, debts: Iterable[tuple[str, str, str, int]]) -> None:
        with self.shop.unit() as unit:
            day = max(own_day, clearing.standing(unit).first)
        for debtor, creditor, reason, amount in debts:
            if debtor != creditor:
                key = (reference_id, debtor, creditor, reason)
                so_far = self.entered.get(key, (day, own_day, 0))[2]
                self.entered[key] = (day, own_day, so_far + amount)

    def _of_cuts(self, store: int, lines: Sequence[Sequence[Cut]], sign: int) -> Iterable[tuple[str, str, str, int]]:
        """Who owes the selling store for its discounts, told once more in plain words."""
        seller = self.party(store)
        for cut in (cut for line in lines for cut in line):
            reason = "red_packet" if cut.packet else "group_benefit" if cut.funder is Funder.MERCHANT else "subsidy"
            named = [number for number, each in enumerate(self.stores) if each.code == cut.party]
            debtor = {
                Funder.PLATFORM: "platform",
                Funder.PARTNER: f"partner:{cut.party}",
                Funder.STORE: self.party(named[0]) if named else seller,
                Funder.MERCHANT: "merchant" if self.merchant_funds else seller,
            }[cut.funder]
            yield debtor, seller, reason, sign * cut.amount

    def _of_uses(self, store: int, uses: Sequence[Use], sign: int) -> Iterable[tuple[str, str, str, int]]:
        for use in uses:
            issuer = self.party(self.top_ups[use.top_up].store)
            yield issuer, self.party(store), "stored_principal", sign * use.principal
            bearer = "merchant" if self.merchant_bears_bonus else issuer
            yield bearer, self.party(store), "stored_bonus", sign * use.bonus


def open_chain(
    world: World, *, stores_settle: bool = True, merchant_funds: bool = True, merchant_bears_bonus: bool = False
) -> Chain:
    """Three stores that clear from today on."""
    shop = world.merchant()
    stores = [shop.store(f"{name}-{shop.merchant_id.hex[-4:]}", f"{name}店") for name in "ABC"]
    bearer = "merchant" if merchant_bears_bonus else "issuing_store"
    changes = {"stores_settle": stores_settle, "merchant_funds": merchant_funds, "bonus_bearer": bearer}
    with shop.unit() as unit:
        clearing.change_terms(unit, changes)
    return Chain(world, shop, stores, stores_settle, merchant_funds, merchant_bears_bonus or not stores_settle)


def _offer(unit: Unit, principal: int, bonus: int) -> None:
    """Whoever pays in this much gets that bonus, from now on."""
    ladder = top_up_ladders.c
    live = sa.and_(ladder.merchant_id == unit.merchant_id, ladder.retired_at.is_(None))
    unit.connection.execute(top_up_ladders.update().where(live).values(retired_at=unit.now()))
    mine = {"merchant_id": unit.merchant_id, "ladder_id": new_id()}
    unit.connection.execute(top_up_ladders.insert().values(**mine, name="充值", created_at=unit.now()))
    step = {"step_id": new_id(), "pay_minor": principal, "bonus_minor": bonus}
    unit.connection.execute(top_up_steps.insert().values(**mine, **step))
