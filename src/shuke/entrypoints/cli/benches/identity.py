"""`shuke bench identity`: people recognised in events, events a second, with visitors who turn out to be somebody.

Ours is everything the worker does after an event was kept: read it, open what is sealed of it, apply the policy, write
identifiers, visitors, sightings and timelines, in transactions of a thousand events. The yardstick is one statement for
each table that copies the rows which that left behind, into tables of the same columns and indexes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Annotated

import psycopg
import typer

from shuke.entrypoints.cli.benches.ground import Ground, prepared
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.entrypoints.following import recognise
from shuke.entrypoints.setup import open_shop
from shuke.entrypoints.wiring import Installation
from shuke.events import service as events
from shuke.events.model import PER_SECOND_MAX, Source, SourceKind
from shuke.kernel.ids import new_id
from shuke.members import bulk_store
from shuke.members.model import Member, MemberStatus
from shuke.tenancy.model import Merchant

_TABLES = ("identifiers", "visitors", "identity_sightings", "person_events")
_BATCH = 1_000
_BROWSERS_A_ROUND = 5
"""One browser to so many events."""
_BECOME = 100
"""One event of so many says whose browser it is: a visitor becomes a member, or one more browser is hers."""


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
    members: Annotated[int, typer.Option(min=100, help="Members, each with a phone and a card.")] = 200_000,
    events_a_round: Annotated[int, typer.Option("--events", min=1_000, help="Events a round.")] = 50_000,
    url: Annotated[str, typer.Option(help="A server's URL, of a role that may create databases.")] = "",
) -> None:
    """Events of browsers and servers, one in a hundred of which says whose browser it was."""
    with prepared(url, pool_size=2) as ground:
        scene = _scene(ground.installation, members)
        ours, yardstick = [], []
        for number in range(rounds):
            _send(scene, number, events_a_round)
            ground.settle_down()
            before, became = _count(ground, "person_events"), _count(ground, "visitors WHERE became_id IS NOT NULL")
            started = perf_counter()
            recognise(scene.installation.database, scene.merchant.merchant_id)
            ours.append(events_a_round / (perf_counter() - started))
            if _count(ground, "person_events") - before != events_a_round:
                raise RuntimeError("not every event found its person")
            became = _count(ground, "visitors WHERE became_id IS NOT NULL") - became
            yardstick.append(events_a_round / _copied(ground, events_a_round / _count(ground, "person_events")))
            console.print(
                f"round {number + 1}: {ours[-1]:,.0f} events/s, {became:,} visitors became members; "
                f"the rows alone {yardstick[-1]:,.0f} events/s"
            )
        verdict("identity", "events/s", ours, yardstick)


def _scene(installation: Installation, members: int) -> Scene:
    merchant = Merchant(new_id(), "Bench", "CNY", "Asia/Shanghai", "en")
    open_shop(installation.database, merchant, login="bench", owner_name="Bench", password="bench bench bench")  # noqa: S106
    with installation.database.merchant(merchant.merchant_id) as unit:
        source = events.create(unit, "bench", SourceKind.SERVER, PER_SECOND_MAX, 30)[0]
        now = unit.now()
    for start in range(0, members, 10_000):
        with installation.database.merchant(merchant.merchant_id) as unit:
            numbers = bulk_store.fresh_numbers(unit, min(10_000, members - start))
            added = [_member(number, start + place, now) for place, number in enumerate(numbers)]
            bulk_store.add_members(unit, added, [None] * len(added))
    return Scene(installation, merchant, source, members, now - timedelta(days=1))


def _member(number: str, place: int, now: datetime) -> Member:
    return Member(
        member_id=new_id(now),
        number=number,
        status=MemberStatus.ACTIVE,
        name=None,
        phone=f"+86{_phone(place)}",
        email=None,
        card=f"C{place:08d}",
        gender=None,
        birthday=None,
        attributes={},
        generated=True,
        external_ref=None,
        joined_at=now - timedelta(days=30),
        join_store_id=None,
        join_channel="import",
    )


def _phone(place: int) -> str:
    return f"139{place:08d}"


def _send(scene: Scene, turn: int, count: int) -> None:
    """Events of a round, as a server sends them: most of a browser that was seen before."""
    browsers = count // _BROWSERS_A_ROUND
    for start in range(0, count, _BATCH):
        messages = [_message(scene, turn, place, browsers) for place in range(start, min(count, start + _BATCH))]
        with scene.installation.database.merchant(scene.merchant.merchant_id) as unit:
            events.ingest(unit, scene.source, messages, events.arrival(unit.now(), scene.source.late_days))


def _message(scene: Scene, turn: int, place: int, browsers: int) -> dict[str, object]:
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
        hers = browser * 104_729 % scene.members
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
