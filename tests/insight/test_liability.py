"""What is owed at a month's end: against brute force over the books, and against what was seen at that moment."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.infra.database import Unit
from shuke.insight.liability.model import ISSUING, LotState, month_of
from shuke.insight.liability.report import liability
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, ClawBack, Entry, GiveBack, Kind, Move, Transfer
from shuke.ledger.tables import ledger_lot_uses, ledger_lots, ledger_postings
from shuke.offers.model import Funder, ItemPercent
from shuke.stored_value import batches, card_store, cards
from shuke.stored_value.card_store import CardFilter
from shuke.stored_value.model import Money, MoneyKind
from tests.support.clearing import open_chain
from tests.support.clearing_books import Cut
from tests.support.offers import Desk
from tests.support.world import Shop, World

SETTINGS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
KINDS = (Asset.POINTS, Asset.STORED_PRINCIPAL, Asset.STORED_BONUS, Asset.RED_PACKET)


@dataclass(frozen=True)
class Grant:
    member: int
    asset: Asset
    amount: int
    expires: int | None
    waits: int | None


@dataclass(frozen=True)
class Spend:
    """`share` percent of what can be spent."""

    member: int
    asset: Asset
    share: int


@dataclass(frozen=True)
class Return:
    spend: int
    grace: bool


@dataclass(frozen=True)
class TakeBack:
    grant: int


@dataclass(frozen=True)
class Give:
    """All points, to the other member."""

    member: int


@dataclass(frozen=True)
class Wait:
    days: int
    expire: bool


MEMBERS, ASSET = st.integers(0, 1), st.sampled_from(KINDS)
DAYS = st.none() | st.integers(1, 90)
STEPS = st.lists(
    st.one_of(
        st.builds(Grant, MEMBERS, ASSET, st.integers(1, 9_999), DAYS, DAYS),
        st.builds(Grant, MEMBERS, st.just(Asset.POINTS), st.integers(1, 9_999), DAYS, st.none()),
        st.builds(Spend, MEMBERS, ASSET, st.integers(1, 100)),
        st.builds(Return, st.integers(0, 5), st.booleans()),
        st.builds(TakeBack, st.integers(0, 5)),
        st.builds(Give, MEMBERS),
        st.builds(Wait, st.integers(1, 40), st.booleans()),
    ),
    max_size=18,
)


class Player:
    """Plays steps on the books of a shop; what cannot happen does not."""

    def __init__(self, world: World) -> None:
        self.world, self.shop = world, world.merchant()
        self.members = [self.shop.member().member_id for _ in range(2)]
        self.grants: list[tuple[UUID, UUID, int]] = []
        self.spends: list[tuple[UUID, UUID, Asset, int]] = []

    def play(self, step: object) -> None:
        if isinstance(step, Wait):
            self.world.clock.advance(timedelta(days=step.days))
        with self.shop.unit() as unit:
            self._play(unit, step)

    def _play(self, unit: Unit, step: object) -> None:
        now = unit.now()
        match step:
            case Grant():
                self._grant(unit, step)
            case Spend():
                wallet = self.members[step.member]
                amount = getattr(ledger.balances(unit, wallet), step.asset) * step.share // 100
                if amount:
                    order_id = new_id()
                    move = Move(wallet, step.asset, -amount, Account.SPENT)
                    ledger.post(unit, Entry(Kind.ORDER_SPENT, order_id, now, (move,)))
                    self.spends.append((order_id, wallet, step.asset, amount))
            case Return() if step.spend < len(self.spends):
                order_id, wallet, asset, amount = self.spends.pop(step.spend)
                grace = timedelta(days=20) if step.grace else None
                back = (Kind.ORDER_RETURNED, new_id(), now, wallet, asset, amount, Kind.ORDER_SPENT, order_id, grace)
                ledger.give_back(unit, GiveBack(*back))
            case TakeBack() if step.grant < len(self.grants):
                order_id, wallet, amount = self.grants.pop(step.grant)
                claw = (Kind.ORDER_REFUNDED, new_id(), now, wallet, Asset.POINTS, amount, Kind.ORDER_EARNED, order_id)
                ledger.claw_back(unit, ClawBack(*claw))
            case Give():
                from_, to = self.members[step.member], self.members[1 - step.member]
                if ledger.balances(unit, from_).points:
                    ledger.transfer(unit, Transfer(Kind.TRANSFERRED, new_id(), now, from_, to, {Asset.POINTS: None}))
            case Wait(expire=True):
                ledger.expire_due(unit, now)

    def _grant(self, unit: Unit, step: Grant) -> None:
        now, order_id, wallet = unit.now(), new_id(), self.members[step.member]
        account = {Asset.POINTS: Account.EARNED, Asset.STORED_PRINCIPAL: Account.PAID_IN}.get(
            step.asset, Account.GRANTED
        )
        kind = Kind.ORDER_EARNED if step.asset is Asset.POINTS else Kind.TOPPED_UP
        waits = None if step.waits is None or step.asset is not Asset.POINTS else now + timedelta(days=step.waits)
        lasts = None if step.expires is None else now + timedelta(days=step.expires + (step.waits or 0))
        move = Move(wallet, step.asset, step.amount, account, lasts, available_at=waits)
        ledger.post(unit, Entry(kind, order_id, now, (move,)))
        if step.asset is Asset.POINTS:
            self.grants.append((order_id, wallet, step.amount))


def brute_force(unit: Unit, day: date, now: datetime, timezone: str) -> dict[str, Any]:
    """The same figures with loops over every row of the books."""
    month = month_of(day, now, timezone)
    postings = unit.connection.execute(ledger_postings.select()).all()
    uses = unit.connection.execute(ledger_lot_uses.select()).all()
    at = {row.posting_id: row.at for row in postings}
    account = {row.posting_id: row.counter_account for row in postings}
    found: dict[str, Any] = {"closing": {}, "opening": {}, "left": {}, "issued": {}, "expired": {}}
    for row in postings:
        for name, moment in (("opening", month.start - timedelta(microseconds=1)), ("closing", month.at)):
            if row.at <= moment and row.asset != Asset.GROWTH:
                found[name][row.asset] = found[name].get(row.asset, 0) + row.amount
    for lot in unit.connection.execute(ledger_lots.select()).all():
        if at[lot.lot_id] > month.at:
            continue
        mine = [use for use in uses if use.lot_id == lot.lot_id and at[use.posting_id] <= month.at]
        cohort = (lot.asset, business_day(lot.earned_at, timezone).replace(day=1))
        _add(found["left"], (lot.asset, _state(lot, month.at)), lot.granted - sum(use.amount for use in mine))
        if account[lot.lot_id] in ISSUING:
            _add(found["issued"], cohort, lot.granted)
        gone = sum(use.amount for use in mine if account[use.posting_id] == Account.EXPIRED)
        _add(found["expired"], cohort, gone)
    return found


def _state(lot: Any, moment: datetime) -> LotState:
    if lot.expires_at is not None and lot.expires_at <= moment:
        return LotState.OVERDUE
    return LotState.PENDING if lot.available_at and lot.available_at > moment else LotState.SPENDABLE


def _add(sums: dict[Any, int], key: object, amount: int) -> None:
    if amount:
        sums[key] = sums.get(key, 0) + amount


def _check(unit: Unit, day: date, shop: Shop) -> None:
    found, said = liability(unit, day), brute_force(unit, day, unit.now(), shop.merchant.timezone)
    assert {move.asset: move.opening for move in found.movements if move.opening} == _some(said["opening"])
    assert {move.asset: move.closing for move in found.movements if move.closing} == _some(said["closing"])
    left = {(each.asset, state): getattr(each, state) for each in found.outstanding for state in LotState}
    assert _some(left) == _some(said["left"])
    closing = {move.asset: move.closing for move in found.movements}
    for each in found.outstanding:
        assert each.total == closing[each.asset] == sum(each.wallets.values())
        assert sum(amount for _, amount in each.expiring) == each.total - each.overdue
    cohorts = {(cohort.asset, cohort.month): cohort for cohort in found.cohorts}
    assert _some({key: cohort.issued for key, cohort in cohorts.items()}) == said["issued"]
    assert _some({key: cohort.expired for key, cohort in cohorts.items()}) == _some(said["expired"])
    for asset in KINDS:
        mine = [cohort for cohort in found.cohorts if cohort.asset is asset]
        assert sum(cohort.outstanding for cohort in mine) == closing[asset]


def _some(sums: dict[Any, int]) -> dict[Any, int]:
    return {key: amount for key, amount in sums.items() if amount}


@SETTINGS
@given(steps=STEPS)
def test_every_month_is_what_brute_force_says_and_was_seen_then(world: World, steps: Sequence[object]) -> None:
    world.clock.moment = datetime(2026, 1, 20, 4, tzinfo=UTC)
    player = Player(world)
    shop, timezone = player.shop, player.shop.merchant.timezone
    seen: dict[date, Any] = {}
    for step in steps:
        before = business_day(world.clock.now(), timezone)
        player.play(step)
        if (after := business_day(world.clock.now(), timezone)).month != before.month:
            seen[after] = None
    with shop.unit() as unit:
        for months in range(4):
            day = date(2026, 1 + months, 1)
            if day <= business_day(unit.now(), timezone):
                _check(unit, day, shop)
        movements = [liability(unit, date(2026, 1 + number, 1)).movements for number in range(2)] if seen else []
        for earlier, later in pairwise(movements):
            assert [move.closing for move in earlier] == [move.opening for move in later]


@SETTINGS
@given(steps=STEPS, after=STEPS)
def test_a_month_that_is_over_stays_as_it_was_seen(
    world: World, steps: Sequence[object], after: Sequence[object]
) -> None:
    world.clock.moment = datetime(2026, 1, 20, 4, tzinfo=UTC)
    player = Player(world)
    for step in steps:
        player.play(step)
    with player.shop.unit() as unit:
        ledger.expire_due(unit, unit.now())
        month = liability(unit, None).month
        world.clock.moment = month_of(month.first, month.at + timedelta(days=60), "Asia/Shanghai").at
        ledger.expire_due(unit, unit.now())
        seen = liability(unit, None)
    world.clock.advance(timedelta(hours=1))
    for step in after:
        player.play(step)
    with player.shop.unit() as unit:
        again = liability(unit, month.first)
    assert again.month.over
    for name in ("movements", "outstanding", "cohorts"):
        assert getattr(again, name) == getattr(seen, name)


def test_cards_coupons_and_discounts_are_in_it(world: World) -> None:
    chain = open_chain(world)
    shop = chain.shop
    with shop.unit() as unit:
        batch = batches.print_cards(unit, "礼品卡", 3, 5_000, None)
        printed, _ = card_store.list_cards(unit, CardFilter(batch_id=batch.batch_id), None, 3)
        cards.sell(unit, chain.stores[0].store_id, [printed[0].number], [Money(MoneyKind.CASH, 5_000)])
    desk, member = Desk(shop), shop.member()
    off_5, percent = desk.template(), desk.template(ItemPercent(1_000))
    for template in (off_5, off_5, percent):
        coupon = desk.coupon(template, member)
    desk.coupon(off_5, member)
    desk.redeem(member, coupon.coupon_id)
    sold = chain.sell(0, [[Cut(Funder.PLATFORM, 300), Cut(Funder.PARTNER, 90, "乳业")]], money=100)
    chain.refund(sold, half=True)
    client = world.client(shop.login)
    report = client.get("/v1/reports/liability").json()
    assert report["cards"] == {"unactivated": 2, "unactivated_minor": 10_000, "active": 1, "active_minor": 5_000}
    costs = {(cost["funder"], cost["party"]): cost["amount_minor"] for cost in report["subsidies"]}
    assert costs == {("platform", ""): 150, ("partner", "乳业"): 45}
    assert [(each["coupons"], each["face_minor"], each["worth_minor"]) for each in report["coupons"]] == [
        (3, 500, 1_500)
    ]
    assert report["owed_minor"] == 5_000
    assert (report["month"], report["from"], report["over"]) == ("2026-03", "2026-03-01", False)
    answer = client.get("/v1/reports/liability/export")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    found = {(row["section"], row["asset"], row["item"], row["detail"]): row["amount"] for row in rows}
    assert found["movements", "stored_principal", "closing", ""] == "5000"
    assert found["cards", "", "active_minor", ""] == "5000"
    assert found["subsidies", "", "partner:乳业", "order_offer"] == "45"


def test_a_month_to_come_has_no_report(world: World) -> None:
    client = world.client(world.merchant().login)
    assert client.get("/v1/reports/liability", params={"month": "2026-04"}).status_code == 422
    assert client.get("/v1/reports/liability", params={"month": "2026-13"}).status_code == 422
