"""Laws of stored value: nothing below zero, nothing refunded that was not there, nothing lost on the way."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.errors import MoreThanTaken, NotEnough
from shuke.ledger.model import STORED_ASSETS, Account, Asset, Entry, Kind, Move
from shuke.stored_value import programme, refunding, topping
from shuke.stored_value import service as stored_value
from shuke.stored_value.errors import NothingToRefund
from shuke.stored_value.model import (
    BonusRule,
    Funds,
    Ladder,
    Money,
    MoneyKind,
    Policy,
    SpendOrder,
    Step,
    TopUp,
    TopUpState,
)
from shuke.stored_value.rules.cards import make_number, make_pass, make_pin, read_number, read_pass
from shuke.stored_value.rules.ladders import best_step
from shuke.stored_value.rules.refunds import plan_refund
from shuke.stored_value.rules.spending import plan_spend
from tests.support.wallets import broken, give_back
from tests.support.world import Shop, World

MINOR = st.integers(0, 100_000)
FUNDS = st.lists(st.builds(Funds, st.uuids(), MINOR, MINOR), max_size=5, unique_by=lambda funds: funds.wallet_id)


@given(funds=FUNDS, amount=MINOR, order=st.sampled_from(SpendOrder))
def test_a_plan_takes_what_is_asked_or_all_there_is(funds: list[Funds], amount: int, order: SpendOrder) -> None:
    plan = plan_spend(funds, amount, order)
    assert sum(spend.amount_minor for spend in plan) == min(amount, sum(wallet.total_minor for wallet in funds))
    there = {
        (wallet.wallet_id, asset): minor
        for wallet in funds
        for asset, minor in zip(STORED_ASSETS, (wallet.principal_minor, wallet.bonus_minor), strict=True)
    }
    assert len({(spend.wallet_id, spend.asset) for spend in plan}) == len(plan)
    for spend in plan:
        assert 0 < spend.amount_minor <= there[spend.wallet_id, spend.asset]
    touched = [wallet for wallet in funds if any(spend.wallet_id == wallet.wallet_id for spend in plan)]
    taken = [sum(spend.amount_minor for spend in plan if spend.wallet_id == each.wallet_id) for each in touched]
    assert taken[:-1] == [each.total_minor for each in touched[:-1]], "a wallet is used up before the next is touched"


STATES = st.builds(
    lambda principal, bonus, spent, bonus_spent, left, bonus_left, deducted: TopUpState(
        principal,
        bonus,
        principal_spent=min(spent, principal),
        bonus_spent=min(bonus_spent, bonus),
        principal_left=min(left, principal - min(spent, principal)),
        bonus_left=min(bonus_left, bonus - min(bonus_spent, bonus)),
        deducted=deducted,
    ),
    st.integers(1, 100_000),
    *[MINOR] * 6,
)


@given(state=STATES, rule=st.sampled_from(BonusRule))
def test_a_refund_never_returns_more_than_is_unspent(state: TopUpState, rule: BonusRule) -> None:
    plan = plan_refund(state, rule)
    assert plan.principal_minor == state.principal_left == plan.refunded_minor + plan.deducted_minor
    assert plan.forfeited_minor + plan.kept_minor == state.bonus_left
    assert min(plan.refunded_minor, plan.deducted_minor, plan.forfeited_minor, plan.kept_minor) >= 0
    kinder = plan_refund(state, BonusRule.KEEP)
    assert plan.refunded_minor <= kinder.refunded_minor
    assert plan.kept_minor <= kinder.kept_minor


@given(
    steps=st.lists(st.tuples(st.integers(1, 50), MINOR, st.none() | st.integers(1, 3)), max_size=6),
    amount=st.integers(0, 60),
    used=st.lists(st.integers(0, 4), min_size=6, max_size=6),
)
def test_no_other_step_would_have_given_more(
    steps: list[tuple[int, int, int | None]], amount: int, used: list[int]
) -> None:
    listed = tuple(Step(new_id(), pay, bonus, per_member=limit) for pay, bonus, limit in steps)
    uses = {step.step_id: count for step, count in zip(listed, used, strict=False)}
    best = best_step([Ladder(new_id(), "x", listed)], amount, uses)
    possible = [
        step.bonus_minor
        for step in listed
        if step.pay_minor <= amount and (step.per_member is None or uses[step.step_id] < step.per_member)
    ]
    assert (best.bonus_minor if best else 0) == max(possible, default=0)


@given(seed=st.integers(0, 10_000), place=st.integers(0, 15), other=st.integers(1, 9))
def test_a_digit_misread_is_no_card_number(seed: int, place: int, other: int) -> None:
    number = make_number(Random(seed).randrange)
    assert (len(number), read_number(f"{number[:4]} {number[4:]}")) == (16, number)
    wrong = number[:place] + str((int(number[place]) + other) % 10) + number[place + 1 :]
    assert read_number(wrong) is None
    assert len(make_pin(Random(seed).randrange)) == 8


@given(card_id=st.uuids(), seconds=st.integers(0, 2000), key=st.binary(min_size=1, max_size=4), junk=st.text())
def test_a_pass_opens_its_card_for_its_time_under_its_key(card_id: UUID, seconds: int, key: bytes, junk: str) -> None:
    def keyed(with_key: bytes, text: str) -> bytes:
        return with_key + text.encode()

    now = datetime(2026, 3, 2, tzinfo=UTC)
    shown = make_pass(card_id, now, lambda text: keyed(key, text))
    later = now + timedelta(seconds=seconds)
    assert read_pass(shown, later, lambda text: keyed(key, text)) == (card_id if seconds < 900 else None)
    assert read_pass(shown, now, lambda text: keyed(key + b"!", text)) is None
    assert read_pass(junk, now, lambda text: keyed(key, text)) is None


class TopUps(RuleBasedStateMachine):
    """One member pays in, spends, returns and has top-ups refunded, by changing rules."""

    shop: Shop

    @initialize(step=st.tuples(st.integers(1, 500), st.integers(0, 400)), days=st.none() | st.integers(1, 20))
    def open(self, step: tuple[int, int], days: int | None) -> None:
        self.member_id = self.shop.member().member_id
        self.store_id = self.shop.store().store_id
        self.done: dict[UUID, TopUp] = {}
        self.paid_out: dict[UUID, int] = {}
        self.spends: dict[UUID, Asset] = {}
        with self.shop.unit() as unit:
            for ladder in programme.programme(unit).ladders:
                programme.retire_ladder(unit, ladder.ladder_id)
        with self.shop.unit() as unit:
            programme.create_ladder(unit, Ladder(new_id(), "x", (Step(new_id(), *step, bonus_days=days),)))

    @rule(amount=st.integers(1, 1000))
    def top_up(self, amount: int) -> None:
        with self.shop.unit() as unit:
            tenders = [Money(MoneyKind.CASH, amount)]
            made = topping.top_up(unit, self.member_id, self.store_id, tenders, amount_minor=amount)
        self.done[made.top_up_id] = made
        self.paid_out[made.top_up_id] = 0

    @rule(asset=st.sampled_from(STORED_ASSETS), amount=st.integers(1, 600))
    def spend(self, asset: Asset, amount: int) -> None:
        order_id = new_id()
        move = Move(self.member_id, asset, -amount, Account.SPENT)
        try:
            with self.shop.unit() as unit:
                ledger.post(unit, Entry(Kind.ORDER_SPENT, order_id, unit.now(), (move,)))
        except NotEnough:
            return
        self.spends[order_id] = asset

    @rule(which=st.integers(0, 20), amount=st.integers(1, 600))
    def give_back(self, which: int, amount: int) -> None:
        if not self.spends:
            return
        order_id = list(self.spends)[which % len(self.spends)]
        try:
            with self.shop.unit() as unit:
                give_back(unit, self.member_id, amount, order_id, asset=self.spends[order_id])
        except MoreThanTaken:
            return

    @rule(which=st.integers(0, 20), bonus_rule=st.sampled_from(BonusRule))
    def refund(self, which: int, bonus_rule: BonusRule) -> None:
        if not self.done:
            return
        top_up_id = list(self.done)[which % len(self.done)]
        with self.shop.unit() as unit:
            programme.put_policy(unit, Policy(bonus_rule=bonus_rule, min_top_up_minor=1))
        with self.shop.unit() as unit:
            before = ledger.balances(unit, self.member_id)
            plan = refunding.preview(unit, top_up_id)
        try:
            with self.shop.unit() as unit:
                made = refunding.refund(unit, top_up_id, self.store_id, MoneyKind.CASH)
        except NothingToRefund:
            assert plan.principal_minor == 0
            return
        assert (made.plan, made.plan.principal_minor > 0) == (plan, True)
        with self.shop.unit() as unit:
            after = ledger.balances(unit, self.member_id)
        assert before.stored_principal - after.stored_principal == plan.principal_minor
        assert before.stored_bonus - after.stored_bonus == plan.forfeited_minor
        self.paid_out[top_up_id] += plan.refunded_minor
        assert self.paid_out[top_up_id] <= self.done[top_up_id].principal_minor

    @rule(days=st.integers(1, 10))
    def wait(self, days: int) -> None:
        self.shop.database.clock.advance(timedelta(days=days))  # type: ignore[attr-defined]
        with self.shop.unit() as unit:
            ledger.expire_due(unit, unit.now())

    @invariant()
    def nothing_is_below_zero(self) -> None:
        if not hasattr(self, "member_id"):
            return
        with self.shop.unit() as unit:
            held = ledger.balances(unit, self.member_id)
        assert min(held.stored_principal, held.stored_bonus) >= 0

    def teardown(self) -> None:
        with self.shop.unit() as unit:
            assert broken(unit) == []
            assert [check for check in stored_value.audit(unit) if not check.ok] == []


def test_top_ups_hold_their_laws_whatever_happens(world: World) -> None:
    class Here(TopUps):
        shop = world.merchant()

    with Here.shop.unit() as unit:
        programme.put_policy(unit, Policy(min_top_up_minor=1))
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
