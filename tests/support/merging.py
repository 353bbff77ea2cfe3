"""Two members with pasts of their own, and everything that a merge must not lose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from hypothesis import strategies as st

from shuke.entrypoints.merging import PLAN
from shuke.infra.database import Unit
from shuke.insight import service as insight
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import Prefix, new_id, parse, show
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset
from shuke.loyalty import adjusting
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.members.merging import merging, undoing
from shuke.members.merging.model import Merge
from shuke.members.model import Member
from shuke.members.tags import service as tags
from shuke.offers import gifting, issuing
from shuke.offers.model import CouponRules, Limits, PacketKind, Validity
from shuke.stored_value import programme, topping
from shuke.stored_value.model import Ladder, Money, MoneyKind, Step
from tests.support.every_table import TENANT_TABLES
from tests.support.offers import OFF_5, Desk
from tests.support.tagging import group_of, tag
from tests.support.till import Till, open_till
from tests.support.world import World

RECORDS = {"merges", "merge_rows", "kept_apart", "audit_log", "domain_events", "idempotency_keys"}
"""Tables that tell what was done, the undoing included."""

WHO = st.integers(0, 1)
_STEP = st.one_of(
    st.tuples(st.just("buy"), WHO, st.integers(1, 9), st.sampled_from([0, 0, 3, 500])),
    st.tuples(st.just("buy with value"), WHO, st.integers(1, 9)),
    st.tuples(st.just("refund"), st.integers(0, 5)),
    st.tuples(st.just("top up"), WHO, st.sampled_from([5_000, 10_000])),
    st.tuples(st.just("coupon"), WHO, st.integers(0, 1)),
    st.tuples(st.just("gift"), WHO),
    st.tuples(st.just("tag"), WHO, st.integers(0, 3)),
    st.tuples(st.just("untag"), WHO, st.integers(0, 3)),
    st.tuples(st.just("adjust"), WHO, st.sampled_from([-40, 60, 2_000_000])),
    st.tuples(st.just("rename"), WHO),
    st.tuples(st.just("wait"), st.integers(1, 40)),
    st.tuples(st.just("expire")),
    st.tuples(st.just("count")),
)
_PAID_LATER = st.one_of(
    st.tuples(st.just("order"), WHO, st.integers(1, 9), st.sampled_from([0, 3])),
    st.tuples(st.just("pay"), st.integers(0, 5)),
)
STEPS = st.lists(_STEP, max_size=10)
ORDERING = st.lists(st.one_of(_STEP, _PAID_LATER), max_size=10)
"""The same, and orders that are paid later, or never."""


@dataclass
class Pairing:
    """A till, two members who may be one, and a third to whom nothing must happen. While they are one, the second is
    whoever comes by her name. `whose`: by order or top-up, who of them it was."""

    till: Till
    people: list[Member]
    orders: list[dict[str, Any]] = field(default_factory=list)
    whose: dict[UUID, int] = field(default_factory=dict)
    merged: bool = False
    refused: set[str] = field(default_factory=set)

    @property
    def ids(self) -> list[UUID]:
        return [member.member_id for member in self.people]

    @cached_property
    def standing(self) -> dict[str, Any]:
        """Tags (the first two of an exclusive group), coupons, a promotion with limits, bonuses, packets."""
        shop, desk = self.till.shop, Desk(self.till.shop)
        with shop.unit() as unit:
            groups = group_of(unit, exclusive=True), group_of(unit)
            made = [tag(unit, f"t{number}", group=groups[number > 1]).tag_id for number in range(4)]
            steps = (Step(new_id(), 5_000, 500, per_member=2), Step(new_id(), 10_000, 1_500, 30))
            programme.create_ladder(unit, Ladder(new_id(), "充值", steps))
        coupons = [
            desk.template(),
            desk.template(rules=CouponRules(validity=Validity(days=10), per_member=3, transferable=True)),
        ]
        desk.promotion(OFF_5, limits=Limits(uses_per_member=3))
        desk.campaign(PacketKind.AFTER_PURCHASE, 50, 90)
        return {"tags": made, "coupons": coupons}

    def play(self, steps: Sequence[tuple[Any, ...]]) -> None:
        """What cannot happen does not."""
        for step in steps:
            try:
                self._do(step)
            except ShukeError:
                continue

    def _do(self, step: tuple[Any, ...]) -> None:
        standing = self.standing
        match step:
            case ("buy", who, pieces, points):
                self._settle(who, pieces, {"points": points})
            case ("buy with value", who, pieces):
                self._settle(who, pieces, {"stored_value_minor": 10**6})
            case ("order", who, pieces, points):
                self._settle(who, pieces, {"points": points}, tenders=[], pending=True)
            case ("pay", number) if number < len(self.orders):
                cash = {"tenders": [{"kind": "cash", "amount_minor": 10**9}]}
                self._machine.post(f"/v1/orders/{self.orders[number]['id']}/payments", json=cash)
            case ("refund", number) if number < len(self.orders):
                path = f"/v1/orders/{self.orders[number]['id']}/refunds"
                answer = self._machine.post(path, json={"reason": "退货", "all": True})
                self.refused |= {answer.json()["code"]} if answer.status_code != 201 else set()
            case ("wait", days):
                clock = self.till.world.clock
                assert isinstance(clock, SimulatedClock)
                clock.advance(timedelta(days=days))
            case ("count",):
                self.count()
            case ("expire",):
                with self.till.shop.unit(self._owner) as unit:
                    ledger.expire_due(unit, unit.now())
            case ("top up", who, amount):
                with self.till.shop.unit(self._owner) as unit:
                    self._top_up(unit, who, amount)
            case (what, who, *more) if what not in ("pay", "refund"):
                with self.till.shop.unit(self._owner) as unit:
                    self._write(unit, what, self.ids[0 if self.merged else who], more, standing)

    @cached_property
    def _owner(self) -> Any:
        return self.till.shop.owner()

    def _settle(self, who: int, pieces: int, choices: dict[str, int], **named: Any) -> None:
        named |= {"identified_as": shown(self.ids[who])} if self.merged else {}
        buyer = self.people[0 if self.merged else who]
        answer = self.till.try_settle([("A", pieces)], buyer, choices=choices, client=self._machine, **named)
        if answer.status_code == 201:
            self.orders.append(answer.json())
            self.whose[parse(Prefix.ORDER, answer.json()["id"])] = who

    def _top_up(self, unit: Unit, who: int, amount: int) -> None:
        paid = topping.top_up(
            unit,
            self.ids[0 if self.merged else who],
            self.till.store.store_id,
            [Money(MoneyKind.CASH, amount)],
            amount_minor=amount,
            identified_as=self.ids[who] if self.merged else None,
        )
        self.whose[paid.top_up_id] = who

    @cached_property
    def _machine(self) -> Any:
        return self.till.as_machine()

    def _write(self, unit: Unit, what: str, member_id: UUID, more: list[Any], standing: dict[str, Any]) -> None:
        match what:
            case "coupon":
                issuing.issue(unit, standing["coupons"][more[0]], member_id, "test", f"k{more[0]}" if more[0] else None)
            case "gift":
                coupon = issuing.issue(unit, standing["coupons"][1], member_id, "test")
                _, token = gifting.give(unit, coupon.coupon_id, member_id)
                gifting.take(unit, token, next(other for other in self.ids if other != member_id))
            case "tag":
                tags.change(unit, member_id, {standing["tags"][more[0]]: None}, ())
            case "untag":
                tags.change(unit, member_id, {}, [standing["tags"][more[0]]])
            case "adjust":
                adjusting.ask(unit, loyalty.programme(unit), member_id, more[0], "test")
            case "rename":
                members.change(unit, member_id, {"name": f"李{str(unit.now().timestamp())[-1]}", "email": None})

    def count(self) -> None:
        with self.till.shop.unit(self._owner) as unit:
            while insight.refresh(unit):
                pass

    def merge(self) -> Merge:
        with self.till.shop.unit(self._owner) as unit:
            made = merging.merge(unit, PLAN, *self.ids[:2])
        self.merged = True
        return made

    def undo(self, merge: Merge) -> None:
        with self.till.shop.unit(self._owner) as unit:
            undoing.undo(unit, PLAN, merge.merge_id)
        self.merged = False

    def owners(self) -> dict[UUID, int]:
        """By order or top-up of either of the two, who of them has it."""
        sql = (
            "SELECT order_id, member_id FROM orders UNION ALL SELECT r.order_id, r.member_id FROM refunds AS r"
            " UNION ALL SELECT top_up_id, member_id FROM top_ups"
        )
        with self.till.shop.unit(self._owner) as unit:
            rows = unit.connection.execute(sa.text(sql)).all()
        return {row[0]: self.ids.index(row[1]) for row in rows if row[1] in self.ids}

    def everything(self) -> dict[str, list[str]]:
        """Every row of the merchant, but for the records of what was done, and when lots were last refilled."""
        with self.till.shop.unit(self._owner) as unit:
            return {
                table.name: sorted(
                    unit.connection.scalars(
                        sa.text(f"SELECT CAST(to_jsonb(t) - 'refilled_at' AS text) FROM {table.name} AS t")
                    )
                )
                for table in TENANT_TABLES
                if table.name not in RECORDS
            }

    def totals(self) -> dict[str, int]:
        """What a merge must keep: what all have of each asset (of points, less what is owed), and how many orders and
        coupons there are of both."""
        both = " OR ".join(f"{{column}} = '{member_id}'" for member_id in self.ids[:2])
        sums = {asset: f"SELECT coalesce(sum({asset}), 0) FROM ledger_balances" for asset in Asset}
        sums[Asset.POINTS] = "SELECT coalesce(sum(points - points_owed), 0) FROM ledger_balances"
        del sums[Asset.POINTS_OWED]
        for table, column in (("orders", "member_id"), ("coupons", "member_id"), ("top_ups", "member_id")):
            sums[table] = f"SELECT count(*) FROM {table} WHERE {both.format(column=column)}"  # type: ignore[index]
        with self.till.shop.unit(self._owner) as unit:
            return {str(name): int(unit.connection.scalar(sa.text(sql)) or 0) for name, sql in sums.items()}


def open_pairing(world: World) -> Pairing:
    till = open_till(world)
    till.shop.product("A", 1_990)
    pairing = Pairing(till, [])
    assert pairing.standing
    return pairing


def meet(pairing: Pairing) -> None:
    """Three new members."""
    shop = pairing.till.shop
    pairing.people = [
        shop.member(name="王小明", email=f"{new_id()}@example.com"),
        shop.member(name=None),
        shop.member(name="第三人"),
    ]
    pairing.orders, pairing.whose, pairing.merged = [], {}, False


def shown(member_id: UUID) -> str:
    return show(Prefix.MEMBER, member_id)
