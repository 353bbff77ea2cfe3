"""The year itself: hour after hour somebody does something, every night the night's work is done, and in the end, and
now and then before, the books must be right.

What is done is chosen by the seed alone, never by what the books hold, so the same seed plays the same year.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random

from shuke.entrypoints.year import office, people, rights, tills, wallets
from shuke.entrypoints.year.life import Life, NothingToDo
from shuke.entrypoints.year.proof import broken
from shuke.entrypoints.year.shop import furnish
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.errors import ShukeError

START = datetime(2026, 1, 1, 0, 0, tzinfo=UTC)
"""Eight in the morning in the shop."""
OPEN_HOURS = 12
FIRST_MEMBERS = 10

Act = Callable[[Life], str]

ACTS: dict[Act, int] = {
    tills.ask: 6,
    tills.buy: 30,
    tills.place: 10,
    tills.finish: 7,
    tills.cancel: 2,
    tills.let_go: 4,
    tills.refund: 9,
    people.join: 4,
    people.block: 1,
    people.found_family: 1,
    people.take_in: 2,
    people.share: 2,
    people.leave_family: 1,
    people.subscribe: 3,
    people.change_plan: 2,
    people.adjust: 2,
    people.decide: 1,
    wallets.top_up: 6,
    wallets.refund_top_up: 3,
    wallets.sell_cards: 2,
    wallets.bind_card: 1,
    wallets.mind_card: 1,
    wallets.mistype: 1,
    rights.issue: 4,
    rights.claim: 4,
    rights.bind_code: 2,
    rights.give_away: 2,
    rights.take: 2,
    rights.open_packet: 1,
    rights.take_part: 3,
    office.republish: 1,
    office.decide_on_orders: 1,
    office.decide_on_stored_value: 1,
    office.pause: 1,
}
"""What can happen, and how often it does."""


class YearBroken(Exception):
    """A law did not hold, or something failed that nobody should ever see."""

    def __init__(self, seed: int, number: int, day: date, act: str, problems: list[str]) -> None:
        super().__init__(f"seed {seed}, act {number} on {day} ({act}): {'; '.join(problems)}")


@dataclass(frozen=True)
class Wanted:
    """How long a year is, and how much happens: `acts_a_day` on average. The night's work is done every `night_every`
    days, and the books are proved every `prove_every` days; both also at the end."""

    seed: int
    days: int = 365
    acts_a_day: int = 5
    acts: int | None = None
    prove_every: int = 90
    night_every: int = 1


@dataclass
class Lived:
    """What became of a year: `done` and `refused` acts, by name and by the refusal's code. `digest` is the same for the
    same seed."""

    days: int
    acts: int
    done: Counter[str]
    refused: Counter[str]
    orders: int
    refunds: int
    members: int
    sold_minor: int
    digest: str


def live(
    database: Database,
    clock: SimulatedClock,
    wanted: Wanted,
    tell: Callable[[int, int], None] = lambda _day, _act: None,
) -> Lived:
    """Play a year in an empty database whose clock is `clock`. `tell` hears of each day that is over, and of how many
    acts there have been. Raises YearBroken."""
    return Year(begin(database, clock, wanted.seed), wanted).play(tell)


def begin(database: Database, clock: SimulatedClock, seed: int) -> Life:
    """The first morning, in an empty database."""
    clock.moment = START
    return Life(database, clock, Random(seed), furnish(database))  # noqa: S311 - no secret


class Year:
    """A life being lived."""

    def __init__(self, life: Life, wanted: Wanted) -> None:
        self._life, self._wanted = life, wanted
        self._done: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._digest = sha256()
        self._count, self._last = 0, "opening"

    def play(self, tell: Callable[[int, int], None]) -> Lived:
        life, wanted, day = self._life, self._wanted, 0
        while day < wanted.days and not self._over():
            self._day(START + timedelta(days=day))
            day += 1
            last = day == wanted.days or self._over()
            proves = last or day % wanted.prove_every == 0
            if proves or day % wanted.night_every == 0:
                self._safely("night", office.night)
            if proves:
                self._prove()
            tell(day, self._count)
        books = life.books
        return Lived(
            day,
            self._count,
            self._done,
            self._refused,
            books.orders,
            books.refunds,
            life.joined,
            books.sold_minor,
            self._digest.hexdigest()[:16],
        )

    def _over(self) -> bool:
        return self._wanted.acts is not None and self._count >= self._wanted.acts

    def _day(self, opens: datetime) -> None:
        life = self._life
        life.clock.moment = opens
        today = life.random.randint(1, 2 * self._wanted.acts_a_day - 1)
        for _ in range(today):
            if self._over():
                break
            life.pass_time(timedelta(hours=OPEN_HOURS) / today)
            self._act()
            if life.chance(10):
                self._safely("minute", office.minute)
        life.clock.moment = opens + timedelta(hours=19)
        self._safely("evening", tills.let_go)

    def _act(self) -> None:
        life = self._life
        [act] = life.random.choices(list(ACTS), list(ACTS.values())) if life.joined >= FIRST_MEMBERS else [people.join]
        self._count += 1
        name = f"{act.__module__.rpartition('.')[2]}.{act.__name__}"
        said = self._safely(name, act)
        self._digest.update(f"{name} {said}\n".encode())

    def _safely(self, name: str, act: Callable[[Life], str | None]) -> str:
        """Let it happen. A refusal is part of life: then nothing was written, and nobody was told anything."""
        self._last = name
        try:
            said = act(self._life) or ""
        except NothingToDo:
            return "nothing to do"
        except ShukeError as refusal:
            self._refused[refusal.code] += 1
            return refusal.code
        except Exception as error:
            raise self._broken([f"{type(error).__name__}: {error}"]) from error
        self._done[name] += 1
        return said

    def _prove(self) -> None:
        """All laws of the books, and what the people were told."""
        if problems := broken(self._life):
            raise self._broken(problems)

    def _broken(self, problems: list[str]) -> YearBroken:
        return YearBroken(self._wanted.seed, self._count, self._life.today, self._last, problems)
