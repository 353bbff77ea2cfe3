"""The second line of `shuke bench identity`: members who are alike, found among so many, members a second.

Ours is all that a search does: read everybody, open what is sealed, bring it into a form to compare, learn, compare,
leave out what is known, and keep the proposals. The yardstick is Splink alone: it learns and compares by the same
settings what lies in memory in clear. Who is first changes with the round.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import blake2b
from time import perf_counter
from uuid import UUID

import psycopg

from shuke.entrypoints.cli.benches.ground import Ground, prepared
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.entrypoints.proposing import find
from shuke.entrypoints.setup import open_shop
from shuke.infra.database import Database
from shuke.kernel.ids import new_id
from shuke.members import bulk_store
from shuke.members.likeness import linking, records, runs
from shuke.members.likeness.model import RunStatus
from shuke.members.model import Gender, Member, MemberStatus
from shuke.tenancy.model import Merchant

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英玉梅华建国文辉力永健世广志义兴良海山仁波宁贵福生龙元全胜学祥"
_THRESHOLD_BPS = 9_500
_FIRST = date(1945, 1, 1)
_TWICE = 100
"""One in so many has a second record."""


def measure(members: int, rounds: int, url: str) -> None:
    with prepared(url, pool_size=2) as ground:
        database = ground.installation.database
        merchant = Merchant(new_id(), "Bench", "CNY", "Asia/Shanghai", "en")
        open_shop(database, merchant, login="bench", owner_name="Bench", password="bench bench bench")  # noqa: S106
        with console.status(f"{members:,} members join"):
            _join(database, merchant.merchant_id, members)
        ground.settle_down()
        ours: list[float] = []
        yardstick: list[float] = []
        for number in range(rounds):
            sides = [(ours, _ours), (yardstick, _bare)]
            for figures, side in sides[:: -1 if number % 2 else 1]:
                figures.append(members / side(ground, merchant.merchant_id))
            console.print(
                f"round {number + 1}: {members / ours[-1]:,.1f} s for {members:,} members; "
                f"Splink alone {members / yardstick[-1]:,.1f} s"
            )
        verdict("identity proposals", "members/s", ours, yardstick)


def _ours(ground: Ground, merchant_id: UUID) -> float:
    """Seconds of a search, of which nobody has heard before."""
    database = ground.installation.database
    with psycopg.connect(ground.server_url) as connection:
        connection.execute("DELETE FROM proposals")
    with database.merchant(merchant_id) as unit:
        run_id = runs.ask(unit, _THRESHOLD_BPS, learn=True, dry_run=False).run_id
    started = perf_counter()
    find(database, merchant_id, run_id)
    took = perf_counter() - started
    with database.merchant(merchant_id) as unit:
        run = runs.get(unit, run_id)
    if run.status is not RunStatus.DONE or not run.proposed:
        raise RuntimeError("the search found nobody")
    console.print(f"{run.pairs or 0:,} pairs compared, {run.proposed:,} proposed")
    return took


def _bare(ground: Ground, merchant_id: UUID) -> float:
    """Seconds that learning and comparing take."""
    with ground.installation.database.merchant(merchant_id) as unit:
        people = records.read(unit)
    started = perf_counter()
    with linking.base_of(people.table) as base:
        linking.pairs_of(base, linking.learn(base))
    return perf_counter() - started


def _join(database: Database, merchant_id: UUID, members: int) -> None:
    for start in range(0, members, 10_000):
        places = range(start, min(members, start + 10_000))
        with database.merchant(merchant_id) as unit:
            numbers = bulk_store.fresh_numbers(unit, len(places))
            added = [_member(number, place, unit.now()) for number, place in zip(numbers, places, strict=True)]
            bulk_store.add_members(unit, added, [None] * len(added))


def _member(number: str, place: int, joined_at: datetime) -> Member:
    """Nothing is random: the same place is the same person. A second record has another phone, or none."""
    person = place - 1 if place % _TWICE == 1 else place
    drawn = _draw(person)
    name = _SURNAMES[drawn[0] * drawn[1] % 251 % len(_SURNAMES)] + "".join(
        _GIVEN[each % len(_GIVEN)] for each in drawn[2 : 3 + (drawn[4] > 80)]
    )
    said = int.from_bytes(drawn[5:9], "big")
    again = person != place
    return Member(
        member_id=new_id(),
        number=number,
        status=MemberStatus.ACTIVE,
        name=name,
        phone=None if again and drawn[9] % 2 else f"+86{'13' if again else '15'}{place:09d}",
        email=f"u{person}@example.{'org' if again else 'com'}" if drawn[10] % 5 < 2 else None,
        card=None,
        gender=Gender.FEMALE if drawn[11] % 2 else Gender.MALE,
        birthday=_FIRST + timedelta(days=said % 20_000),
        attributes={},
        generated=True,
        external_ref=None,
        joined_at=joined_at,
        join_store_id=None,
        join_channel="import",
    )


def _draw(place: int) -> Sequence[int]:
    return blake2b(place.to_bytes(8, "big"), digest_size=16).digest()
