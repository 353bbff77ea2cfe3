"""People in events: whom each source may name, and whose timeline an event is in."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from shuke.entrypoints.following import follow, recognise
from shuke.events.model import SourceKind
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, show
from shuke.members import service
from shuke.members.identity.tables import person_events
from tests.support.people import became, held
from tests.support.tracking import Sender, sender
from tests.support.world import Shop, World

PHONE = "13800001111"


def timeline(shop: Shop) -> list[tuple[UUID, str]]:
    """Whose each event is, and by what, in the order of time."""
    query = sa.select(person_events.c.person_id, person_events.c.namespace)
    with shop.unit() as unit:
        mine = query.where(person_events.c.merchant_id == shop.merchant_id)
        rows = unit.connection.execute(mine.order_by(person_events.c.occurred_at, person_events.c.message_key))
        return [(row.person_id, row.namespace) for row in rows]


def followed(source: Sender, *messages: object) -> list[tuple[UUID, str]]:
    source.take(*messages)
    recognise(source.shop.database, source.shop.merchant_id)
    return timeline(source.shop)


def said(minutes: int, clock: SimulatedClock, **more: object) -> dict[str, object]:
    at = clock.now() - timedelta(minutes=minutes)
    return {"type": "identify", "timestamp": at.isoformat(), **more}


def test_a_browser_becomes_a_member_when_a_server_says_who_she_is(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member = shop.member(phone=PHONE)
    web, server = sender(shop, SourceKind.WEB), sender(shop, SourceKind.SERVER)
    ((visitor, by),) = followed(web, said(9, clock, anonymousId="browser"))
    assert by == "anonymous_id"
    whose = followed(server, said(8, clock, userId="u1", anonymousId="browser", traits={"phone": "138-0000-1111"}))
    assert whose == [(visitor, "anonymous_id"), (member.member_id, "phone")]
    assert followed(web, said(7, clock, anonymousId="browser"))[2] == (member.member_id, "anonymous_id")
    assert followed(server, said(6, clock, userId="u1"))[3] == (member.member_id, "user_id")
    assert followed(server, said(5, clock, type="alias", userId="u1", previousId="phone app"))[4][0] == member.member_id
    assert followed(web, said(4, clock, anonymousId="phone app"))[5][0] == member.member_id
    listed = world.client(shop.login).get("/v1/events", params={"member_id": show(Prefix.MEMBER, member.member_id)})
    assert [each["type"] for each in listed.json()["items"]].count("identify") == 5
    assert len(listed.json()["items"]) == 6
    assert followed(web) == timeline(shop)


@pytest.mark.parametrize("kind", [SourceKind.WEB, SourceKind.APP])
def test_what_anybody_can_imitate_proves_nothing(world: World, clock: SimulatedClock, kind: SourceKind) -> None:
    shop = world.merchant()
    member = shop.member(phone=PHONE, email="a@example.com", card="A001")
    claims = {"phone": PHONE, "email": "a@example.com", "card": "A001", "unionid": "x"}
    name = show(Prefix.MEMBER, member.member_id)
    whose = followed(
        sender(shop, kind),
        said(9, clock, anonymousId="thief", userId=name, traits=claims, context={"traits": claims}),
        said(8, clock, type="alias", userId=name, previousId="thief", traits=claims),
        said(7, clock, type="track", event="Paid", anonymousId="thief", properties=claims),
    )
    assert {by for _, by in whose} == {"anonymous_id"}
    (thief,) = {person for person, _ in whose}
    with shop.unit() as unit:
        assert thief != member.member_id
        assert {space for space, _ in held(unit)[thief]} == {"anonymous_id"}
        assert {space for space, _ in held(unit)[member.member_id]} == {"phone", "email", "card"}


def test_a_members_code_proves_her_as_long_as_it_lives(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member = shop.member()
    web = sender(shop, SourceKind.WEB)
    with shop.unit() as unit:
        code = service.issue_code(unit, member).code
    shown = said(0, clock, anonymousId="hers", userId=code)
    assert followed(web, shown) == [(member.member_id, "member")]
    clock.advance(timedelta(minutes=2))
    late = followed(web, said(0, clock, anonymousId="another", userId=code))
    assert late[1][0] != member.member_id


def test_a_till_names_a_member_by_her_id_here(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member = shop.member()
    till = sender(shop, SourceKind.POS)
    name = show(Prefix.MEMBER, member.member_id)
    assert followed(till, said(1, clock, userId=name, anonymousId="till 1")) == [(member.member_id, "member")]
    assert followed(till, said(0, clock, userId=show(Prefix.MEMBER, UUID(int=7)))) == timeline(shop)
    assert len(timeline(shop)) == 1


def test_events_are_followed_in_any_number_each_once(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    web = sender(shop, SourceKind.WEB)
    web.take(*(said(each, clock, anonymousId=f"b{each % 3}") for each in range(7)))
    with shop.unit() as unit:
        assert follow(unit, 3)
    with shop.unit() as unit, shop.unit() as other:
        assert follow(unit, 3)
        assert not follow(other, 3)
    with shop.unit() as unit:
        assert not follow(unit, 3)
    assert len(timeline(shop)) == 7
    assert len({person for person, _ in timeline(shop)}) == 3
    with shop.unit() as unit:
        assert [became(unit, person) for person, _ in set(timeline(shop))] == [None] * 3
