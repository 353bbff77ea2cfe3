"""Clearing, whatever happens on whichever days: it says what a plain list says, adds up, and does not care how it is
run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.checkout.clearing import service as clearing
from shuke.offers.model import Funder
from tests.support.clearing import Chain, Use, open_chain
from tests.support.clearing_books import Cut
from tests.support.world import World

SETTINGS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
SHOPS = st.integers(0, 2)
MINOR = st.one_of(st.integers(0, 3), st.integers(0, 50_000))


@dataclass(frozen=True)
class TopUp:
    store: int
    principal: int
    bonus: int


@dataclass(frozen=True)
class Sale:
    """`spends` is the share of what the last top-up has left, in percent; `days_ago` it was made offline."""

    store: int
    lines: Sequence[Sequence[tuple[Funder, int, str, bool]]]
    money: int
    spends: int
    days_ago: int


@dataclass(frozen=True)
class Refund:
    sale: int
    store: int | None
    half: bool
    over_counter: bool


@dataclass(frozen=True)
class TopUpRefund:
    top_up: int
    store: int


@dataclass(frozen=True)
class NextDay:
    """`close`: the days so far are closed at once."""

    close: bool


CUTS = st.tuples(st.sampled_from(Funder), MINOR, st.sampled_from(["", "", "A", "B", "乳业"]), st.booleans())
STEPS = st.lists(
    st.one_of(
        st.builds(TopUp, SHOPS, st.integers(100, 90_000), st.integers(0, 9_000)),
        st.builds(
            Sale,
            SHOPS,
            st.lists(st.lists(CUTS, max_size=4), min_size=1, max_size=2),
            MINOR,
            st.integers(0, 100),
            st.sampled_from([0, 0, 0, 1, 2]),
        ),
        st.builds(Refund, st.integers(0, 9), st.none() | SHOPS, st.booleans(), st.booleans()),
        st.builds(TopUpRefund, st.integers(0, 9), SHOPS),
        st.builds(NextDay, st.booleans()),
    ),
    max_size=14,
)
Steps = list[TopUp | Sale | Refund | TopUpRefund | NextDay]


class Player:
    """Plays steps on a chain; what cannot happen (yet) does not."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.left: list[tuple[int, int]] = []

    def play(self, steps: Steps, *, closing: bool = True) -> None:
        self.chain.next_day(3)
        for step in steps:
            match step:
                case TopUp():
                    self.left.append((step.principal, step.bonus))
                    self.chain.top_up(step.store, step.principal, step.bonus)
                case Sale():
                    self._sell(step)
                case Refund() if step.sale < len(self.chain.sales):
                    self.chain.refund(step.sale, step.store, half=step.half, over_counter=step.over_counter)
                case TopUpRefund() if step.top_up < len(self.left) and self.left[step.top_up][0]:
                    self.chain.refund_top_up(step.top_up, step.store)
                    self.left[step.top_up] = (0, 0)
                case NextDay():
                    self.chain.next_day()
                    if closing and step.close:
                        self.chain.close(self.chain.today() - timedelta(days=1))

    def _sell(self, step: Sale) -> None:
        uses = []
        if self.left:
            number = len(self.left) - 1
            principal, bonus = (part * step.spends // 100 for part in self.left[number])
            uses = [Use(number, principal, bonus)]
            self.left[number] = (self.left[number][0] - principal, self.left[number][1] - bonus)
        codes = {store.code[0]: store.code for store in self.chain.stores}
        lines = [
            [Cut(funder, amount, codes.get(party, party), packet) for funder, amount, party, packet in line if amount]
            for line in step.lines
        ]
        self.chain.sell(step.store, lines, step.money, uses, days_ago=step.days_ago)


def finish(chain: Chain) -> None:
    chain.next_day()
    chain.close(chain.today() - timedelta(days=1))


@SETTINGS
@given(steps=STEPS, purses=st.booleans(), funds=st.booleans(), bears=st.booleans())
def test_clearing_says_what_a_plain_list_says(
    world: World, steps: Steps, purses: bool, funds: bool, bears: bool
) -> None:
    chain = open_chain(world, stores_settle=purses, merchant_funds=funds, merchant_bears_bonus=bears)
    Player(chain).play(steps)
    with chain.shop.unit() as unit:
        would = clearing.preview(unit, chain.today())
    finish(chain)
    written = chain.written()
    assert written == chain.expected(chain.today())
    with chain.shop.unit() as unit:
        last = chain.today() - timedelta(days=1)
        found = clearing.statement(unit, clearing.terms(unit).since, last)
        assert sum(position.net_minor for position in found.positions) == 0
        assert found.entries == len(written)
        assert would.amount_minor == sum(
            amount for day, _, amount in written.values() if would.first is not None and day >= would.first
        )
        assert [check.name for check in clearing.audit(unit) if not check.ok] == []
        assert clearing.close(unit, last).days == 0
    assert chain.written() == written


@SETTINGS
@given(steps=STEPS)
def test_it_does_not_matter_in_how_many_steps_days_are_closed(world: World, steps: Steps) -> None:
    """Nothing is late here: the days are closed one by one in one chain, all at once in its twin."""
    steps = [step for step in steps if not isinstance(step, Sale) or not step.days_ago]
    by_day, at_once = open_chain(world), open_chain(world)
    started = world.clock.now()
    Player(by_day).play(steps)
    finish(by_day)
    world.clock.moment = started
    Player(at_once).play(steps, closing=False)
    finish(at_once)
    assert _shape(by_day) == _shape(at_once)


def _shape(chain: Chain) -> list[tuple[str, ...]]:
    """The entries without the ids that differ between twins."""
    names = {chain.party(store): "ABC"[store] for store in range(3)}
    named = {store.code: f"partner:{store.code[0]}" for store in chain.stores}
    names |= {f"partner:{code}": name for code, name in named.items()}
    return sorted(
        (str(day), str(own), names.get(debtor, debtor), names.get(creditor, creditor), reason, str(amount))
        for (_, debtor, creditor, reason), (day, own, amount) in chain.written().items()
    )
