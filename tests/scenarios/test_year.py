"""A year in the life of a merchant, chosen by a seed. `shuke bench year` plays others, and for longer."""

from shuke.entrypoints.year.living import Wanted, Year, begin, live
from shuke.entrypoints.year.proof import broken
from shuke.infra.crypto import Cipher
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock
from shuke.ledger.model import Asset
from tests.conftest import NOON
from tests.support.postgres import Server

OFTEN = {"tills.buy", "tills.place", "tills.finish", "tills.refund", "people.join", "wallets.top_up", "rights.issue"}
"""What no year is without."""


def test_after_a_year_the_books_say_what_people_were_told(database: Database, clock: SimulatedClock) -> None:
    lived = live(database, clock, Wanted(seed=8, days=365, acts_a_day=2, night_every=3, prove_every=120))
    assert lived.days == 365
    assert set(lived.done) >= OFTEN
    assert min(lived.orders, lived.refunds, lived.sold_minor) > 0


def test_a_seed_plays_the_same_year_again(server: Server, cipher: Cipher) -> None:
    digests = set()
    for _ in range(2):
        with server.database() as name:
            clock = SimulatedClock(NOON)
            database = Database(server.app_url(name), cipher=cipher, clock=clock, pool_size=4)
            digests.add(live(database, clock, Wanted(seed=3, days=12, acts_a_day=5, night_every=6)).digest)
            database.close()
    assert len(digests) == 1


def test_a_penny_that_nobody_was_told_of_is_noticed(database: Database, clock: SimulatedClock) -> None:
    life = begin(database, clock, 5)
    Year(life, Wanted(seed=5, days=6, acts_a_day=8)).play(lambda _day, _acts: None)
    assert broken(life) == []
    for asset in Asset:
        life.books.wallets(asset, 1)
    life.books.money["cash"] += 1
    life.books.subsidies += 1
    life.books.sold_minor += 1
    told = " ".join(broken(life))
    for word in ("points", "growth", "stored_principal", "stored_bonus", "red_packet", "cash", "outsiders", "sold"):
        assert word in told
