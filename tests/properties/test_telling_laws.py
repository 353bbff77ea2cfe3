"""What sources tell of members leaves the same whatever order, parts and repetitions it comes in."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.entrypoints.following import recognise
from shuke.events import sources
from shuke.events.model import Profiles, SourceKind
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.members.attributes import registry
from shuke.members.model import AttributeType, Join, Member
from shuke.members.telling.store import since
from tests.support.tracking import Sender, sender
from tests.support.world import World

PHONE = "13800001111"
SOURCES = ("fills", "overwrites", "page")
TOLD = st.lists(
    st.fixed_dictionaries(
        {"by": st.sampled_from(SOURCES), "days": st.integers(1, 6)},
        optional={
            "name": st.sampled_from(["Wang", "Li", ""]),
            "birthday": st.sampled_from(["1990-01-01", "2999-01-01", "1991-02-03"]),
            "city": st.sampled_from(["上海", "北京", 7]),
        },
    ),
    min_size=1,
    max_size=8,
)


def message(now: Any, number: int, said: dict[str, Any]) -> dict[str, Any]:
    """No two at the same moment."""
    traits = {name: said[name] for name in ("name", "birthday", "city") if name in said}
    who: dict[str, Any] = {"anonymousId": "browser"}
    if said["by"] != "page":
        who, traits = {"userId": "u1"}, {**traits, "phone": PHONE}
    at = (now - timedelta(days=said["days"], minutes=number)).isoformat()
    return {"type": "identify", "messageId": str(number), "timestamp": at, "traits": traits, **who}


def left(world: World, sent: list[tuple[str, dict[str, Any]]], batch: int, entered: bool) -> tuple[object, ...]:
    """What becomes of a member who joined four days ago."""
    shop = world.merchant()
    with shop.unit() as unit:
        registry.register(unit, "city", AttributeType.TEXT, Text("城市", "City"), personal=False)
        given = {"name": "Entered"} if entered else {}
        four = unit.now() - timedelta(days=4)
        member: Member = members.join(unit, Join(channel="pos", phone=PHONE, joined_at=four, **given))
    by: dict[str, Sender] = {name: sender(shop) for name in SOURCES[:2]}
    by["page"] = sender(shop, SourceKind.WEB)
    with shop.unit() as unit:
        sources.change(unit, by["overwrites"].source.source_id, profiles=Profiles.OVERWRITE)
    first = (world.clock.now() - timedelta(days=9)).isoformat()
    linked = {"type": "identify", "timestamp": first, "userId": "u1", "anonymousId": "browser"}
    by["fills"].take({**linked, "traits": {"phone": PHONE}})
    for start in range(0, len(sent), batch):
        for name, told in [*sent[start : start + batch], sent[0]]:
            by[name].take(told)
        recognise(shop.database, shop.merchant_id)
    with shop.unit() as unit:
        her = members.get(unit, member.member_id)
        told_at = {field: (each.entered, each.said_at) for (_, field), each in since(unit, [her.member_id]).items()}
    aside = sorted(field for each in by.values() for _, field, _ in each.aside())
    return her.name, her.birthday, her.attributes, told_at, aside


def test_any_order_any_parts_and_repetitions_leave_the_same(world: World) -> None:
    @settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(TOLD, st.randoms(use_true_random=False), st.integers(1, 4), st.booleans())
    def run(said: list[dict[str, Any]], chance: Any, batch: int, entered: bool) -> None:
        sent = [(each["by"], message(world.clock.now(), number, each)) for number, each in enumerate(said)]
        expected = left(world, sent, len(sent), entered)
        chance.shuffle(sent)
        assert left(world, sent, batch, entered) == expected

    run()
