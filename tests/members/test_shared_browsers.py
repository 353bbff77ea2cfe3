"""Who knows the id of somebody's browser gets nothing that is hers, whatever is shown there."""

from dataclasses import replace

import pytest

from shuke.entrypoints.following import recognise
from shuke.events.model import SourceKind
from shuke.members import service as members
from shuke.members.identity import policies
from shuke.members.identity.model import Space, TwoMembers
from tests.support.people import held
from tests.support.tracking import Sender, sender
from tests.support.world import Shop, World

HERS = "13800001111"


@pytest.fixture(params=list(TwoMembers))
def shop(world: World, request: pytest.FixtureRequest) -> Shop:
    shop = world.merchant()
    with shop.unit() as unit:
        rules = policies.rules(unit)
        policies.change(unit, replace(rules, two_members=request.param))
    return shop


def told(source: Sender, **message: object) -> None:
    source.take({"type": "identify", **message})
    recognise(source.shop.database, source.shop.merchant_id)


def spaces_of(shop: Shop, member_id: object) -> set[str]:
    with shop.unit() as unit:
        return {space for person, keys in held(unit).items() if person == member_id for space, _ in keys}


@pytest.mark.parametrize("hers", [{"traits": {"phone": HERS}}, {"userId": "u-1"}, {"traits": {"unionid": "x"}}])
def test_a_code_shown_in_her_browser_does_not_give_what_is_hers(shop: Shop, hers: dict[str, object]) -> None:
    thief = shop.member(phone=None, email="thief@example.com")
    web, server = sender(shop, SourceKind.WEB), sender(shop)
    told(server, anonymousId="b-hers", **hers)
    with shop.unit() as unit:
        code = members.issue_code(unit, thief).code
    told(web, anonymousId="b-hers", userId=code)
    assert spaces_of(shop, thief.member_id) == {"email"}
    told(server, anonymousId="b-hers", traits={"phone": HERS})
    assert spaces_of(shop, thief.member_id) == {"email"}
    she = shop.member(phone=HERS)
    assert Space.ANONYMOUS_ID in spaces_of(shop, she.member_id), "what was seen of her is hers"


def test_a_browser_of_which_nothing_else_is_known_is_the_member_s(shop: Shop) -> None:
    member, web = shop.member(), sender(shop, SourceKind.WEB)
    told(web, anonymousId="b-1")
    with shop.unit() as unit:
        code = members.issue_code(unit, member).code
    told(web, anonymousId="b-1", userId=code)
    assert "anonymous_id" in spaces_of(shop, member.member_id)


def test_what_is_shown_of_her_own_makes_her_the_member(shop: Shop) -> None:
    member, server = shop.member(phone=HERS), sender(shop)
    told(server, anonymousId="b-1", userId="u-1")
    told(server, userId="u-1", traits={"phone": HERS})
    assert spaces_of(shop, member.member_id) == {"phone", "user_id", "anonymous_id"}
