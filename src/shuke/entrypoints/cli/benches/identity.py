"""`shuke bench identity`: people recognised in events, events a second, with visitors who turn out to be somebody and
members who turn out to be one, each with orders and points.

Ours is everything the worker does after an event was kept: read it, open what is sealed of it, apply the policy, merge,
write identifiers, visitors, sightings and timelines, in transactions of a thousand events. The yardstick is one
statement for each table that copies the rows which that left behind, into tables of the same columns and indexes.

A second line is about members who are alike: `alike.py`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from time import perf_counter, process_time
from typing import Annotated

import psycopg
import typer

from shuke.catalog import service as catalog
from shuke.catalog.model import NewProduct
from shuke.checkout import service as checkout
from shuke.checkout.model import Tender, TenderKind
from shuke.checkout.rules import Cart, CartLine
from shuke.checkout.settlement.model import Choices
from shuke.checkout.settling import Payment
from shuke.entrypoints.cli.benches import alike
from shuke.entrypoints.cli.benches.ground import Ground, prepared
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.entrypoints.following import recognise
from shuke.entrypoints.setup import open_shop
from shuke.entrypoints.wiring import Installation
from shuke.events import service as events
from shuke.events.model import PER_SECOND_MAX, Source, SourceKind
from shuke.kernel.ids import new_id
from shuke.members import bulk_store
from shuke.members.identity import policies
from shuke.members.identity.model import TwoMembers
from shuke.members.identity.rules.defaults import SPACES
from shuke.members.model import Member, MemberStatus
from shuke.tenancy import outlets
from shuke.tenancy.model import Merchant

_TABLES = ("identifiers", "visitors", "identity_sightings", "person_events")
_BATCH = 1_000
_BROWSERS_A_ROUND = 5
"""One browser to so many events."""
_BECOME = 100
"""One event of so many merges people: by turns it says whose browser it is (a visitor becomes a member, or one more
browser is hers), and that two members are one."""
_ORDERS = 2
"""Of each member who turns out to be another."""


@dataclass(frozen=True)
class Scene:
    installation: Installation
    merchant: Merchant
    source: Source
    members: int
    at: datetime


def register(benches: typer.Typer) -> None:
    benches.command("identity")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 3,
    members: Annotated[int, typer.Option(min=1_000, help="Members, with a phone or a card by turns.")] = 200_000,
    events_a_round: Annotated[int, typer.Option("--events", min=1_000, help="Events a round.")] = 50_000,
    records: Annotated[int, typer.Option(min=0, help="Members to search for who is alike; 0: not measured.")] = 20_000,
    url: Annotated[str, typer.Option(help="A server's URL, of a role that may create databases.")] = "",
) -> None:
    """Events of browsers and servers; one in two hundred says whose browser it was, one that two members are one."""
    if rounds * events_a_round // (2 * _BECOME) > members // 4:
        raise typer.BadParameter("too few members for so many merges", param_hint="--members")
    with prepared(url, pool_size=2) as ground:
        scene = _scene(ground.installation, members)
        _buy(scene, rounds * events_a_round // (2 * _BECOME))
        ours, yardstick = [], []
        for number in range(rounds):
            _send(scene, number, events_a_round)
            ground.settle_down()
            before, became = _count(ground, "person_events"), _count(ground, "visitors WHERE became_id IS NOT NULL")
            merged = _count(ground, "merges")
            started, spent = perf_counter(), process_time()
            recognise(scene.installation.database, scene.merchant.merchant_id)
            ours.append(events_a_round / (perf_counter() - started))
            spent = process_time() - spent
            if _count(ground, "person_events") - before != events_a_round:
                raise RuntimeError("not every event found its person")
            became = _count(ground, "visitors WHERE became_id IS NOT NULL") - became
            merged = _count(ground, "merges") - merged
            yardstick.append(events_a_round / _copied(ground, events_a_round / _count(ground, "person_events")))
            console.print(
                f"round {number + 1}: {ours[-1]:,.0f} events/s ({spent / events_a_round * 1e6:,.0f} us of our own "
                f"processor time each), {became:,} visitors and {merged:,} members became members; "
                f"the rows alone {yardstick[-1]:,.0f} events/s"
            )
        verdict("identity", "events/s", ours, yardstick)
    if records:
        alike.measure(records, rounds, url)


def _scene(installation: Installation, members: int) -> Scene:
    merchant = Merchant(new_id(), "Bench", "CNY", "Asia/Shanghai", "en")
    open_shop(installation.database, merchant, login="bench", owner_name="Bench", password="bench bench bench")  # noqa: S106
    with installation.database.merchant(merchant.merchant_id) as unit:
        source = events.create(unit, "bench", SourceKind.SERVER, PER_SECOND_MAX, 30)[0]
        policies.change(unit, policies.checked(unit, SPACES, (), TwoMembers.MERGE))
        now = unit.now()
    for start in range(0, members, 10_000):
        with installation.database.merchant(merchant.merchant_id) as unit:
            numbers = bulk_store.fresh_numbers(unit, min(10_000, members - start))
            added = [_member(number, start + place, now) for place, number in enumerate(numbers)]
            bulk_store.add_members(unit, added, [None] * len(added))
    return Scene(installation, merchant, source, members, now - timedelta(days=1))


def _buy(scene: Scene, pairs: int) -> None:
    """The members who will turn out to be one have orders, and points by them."""
    with scene.installation.database.merchant(scene.merchant.merchant_id) as unit:
        store_id = outlets.open_store(unit, {"code": "S1", "name": "Bench"}).store_id
        catalog.create(unit, NewProduct(sku="A", name="Bench", list_price_minor=1_000))
        people = bulk_store.owners(unit, [_ref(place) for place in range(2 * pairs)], ())
    cash = Payment((Tender(TenderKind.CASH, 10_000),))
    for member_id in people.values():
        with scene.installation.database.merchant(scene.merchant.merchant_id) as unit:
            for _ in range(_ORDERS):
                cart = Cart(store_id, member_id, (CartLine("A", Decimal(3)),), Choices())
                checkout.settle(unit, cart, cash, channel="pos", external_ref=None)


def _member(number: str, place: int, now: datetime) -> Member:
    """Every other one has a phone, and the one after her a card."""
    return Member(
        member_id=new_id(now),
        number=number,
        status=MemberStatus.ACTIVE,
        name=None,
        phone=None if place % 2 else f"+86{_phone(place)}",
        email=None,
        card=_card(place) if place % 2 else None,
        gender=None,
        birthday=None,
        attributes={},
        generated=True,
        external_ref=_ref(place),
        joined_at=now - timedelta(days=30, seconds=-place),
        join_store_id=None,
        join_channel="import",
    )


def _phone(place: int) -> str:
    return f"139{place:08d}"


def _card(place: int) -> str:
    return f"C{place:08d}"


def _ref(place: int) -> str:
    return f"R{place}"


def _send(scene: Scene, turn: int, count: int) -> None:
    """Events of a round, as a server sends them: most of a browser that was seen before."""
    for start in range(0, count, _BATCH):
        messages = [_message(scene, turn, place, count) for place in range(start, min(count, start + _BATCH))]
        with scene.installation.database.merchant(scene.merchant.merchant_id) as unit:
            events.ingest(unit, scene.source, messages, events.arrival(unit.now(), scene.source.late_days))


def _message(scene: Scene, turn: int, place: int, count: int) -> dict[str, object]:
    browsers = count // _BROWSERS_A_ROUND
    browser = turn * browsers // 2 + place * 7_919 % browsers
    said: dict[str, object] = {
        "type": "track",
        "messageId": f"{turn}-{place}",
        "event": "Product Viewed",
        "anonymousId": f"browser-{browser:08d}",
        "timestamp": (scene.at + timedelta(hours=turn, milliseconds=20 * place)).isoformat(),
        "properties": {"product_id": f"P{place % 997:06d}", "price": 1290},
    }
    if place % _BECOME == place // _BECOME % _BECOME:
        pair = turn * (count // (2 * _BECOME)) + place // (2 * _BECOME)
        if place // _BECOME % 2:
            traits = {"phone": _phone(2 * pair), "card": _card(2 * pair + 1)}
            return said | {"type": "identify", "traits": traits, "anonymousId": f"till-{pair}"}
        hers = scene.members // 4 * 2 + browser * 104_729 % (scene.members // 4) * 2
        return said | {"type": "identify", "userId": f"customer-{hers}", "traits": {"phone": _phone(hers)}}
    return said


def _count(ground: Ground, what: str) -> int:
    with psycopg.connect(ground.server_url) as connection:
        row = connection.execute(f"SELECT count(*) FROM {what}").fetchone()  # noqa: S608 - our own names
        assert row is not None
        return int(row[0])


def _copied(ground: Ground, share: float) -> float:
    """Seconds that it takes to write the rows again, all but those of members, a round's `share` of them."""
    took = 0.0
    with psycopg.connect(ground.server_url, autocommit=True) as connection:
        for table in _TABLES:
            seen = " WHERE source = 'event'" if table == "identifiers" else ""
            connection.execute(f"CREATE TABLE bare (LIKE {table} INCLUDING INDEXES)")
            connection.execute("CHECKPOINT")
            started = perf_counter()
            connection.execute(f"INSERT INTO bare SELECT * FROM {table}{seen}")  # noqa: S608 - our own names
            took += perf_counter() - started
            connection.execute("DROP TABLE bare")
    return took * share
