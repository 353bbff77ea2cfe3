"""What was given away and shared is listed: by how it stands, by what and by whom."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from shuke.kernel.ids import Prefix, show
from shuke.offers import gifting, sharing
from shuke.offers.model import CouponRules, PacketKind, Validity
from shuke.tenancy.model import Permission
from tests.support.offers import Desk
from tests.support.world import World

MAY_TRAVEL = CouponRules(validity=Validity(days=10), transferable=True)


def give(world: World, desk: Desk, coupon_id: UUID, giver: UUID) -> tuple[str, str]:
    """The gift's id and the secret in its link; a minute later."""
    world.clock.advance(timedelta(minutes=1))
    with desk.shop.unit() as unit:
        gift, token = gifting.give(unit, coupon_id, giver)
    return show(Prefix.COUPON_GIFT, gift.gift_id), token


def listed(client: TestClient, path: str, **query: str) -> list[dict[str, Any]]:
    """All of it, one a page."""
    items: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = client.get(path, params={**query, "limit": "1", **more})
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        if (cursor := answer.json()["next_cursor"]) is None:
            return items


def test_gifts_are_found_by_how_they_stand(world: World) -> None:
    desk = Desk(world.merchant())
    giver, taker = desk.shop.member(name="王小梅"), desk.shop.member(name="李小兰")
    template, other = desk.template(rules=MAY_TRAVEL), desk.template(rules=MAY_TRAVEL)
    made = {
        word: desk.coupon(template, giver).coupon_id for word in ("expired", "taken", "withdrawn", "empty", "waiting")
    }
    ids = {"expired": give(world, desk, made["expired"], giver.member_id)[0]}
    world.clock.advance(timedelta(hours=gifting.HOURS))
    client = world.client(desk.shop.login)
    tokens = {}
    for word in ("taken", "withdrawn", "empty", "waiting"):
        ids[word], tokens[word] = give(world, desk, made[word], giver.member_id)
    with desk.shop.unit() as unit:
        gifting.take(unit, tokens["taken"], taker.member_id)
    assert client.delete(f"/v1/coupon-gifts/{ids['withdrawn']}").status_code == 204
    desk.redeem(giver, made["empty"])

    everything = listed(client, "/v1/coupon-gifts")
    assert [item["status"] for item in everything] == ["waiting", "empty", "withdrawn", "taken", "expired"]
    assert {item["id"]: item["status"] for item in everything} == {gift_id: word for word, gift_id in ids.items()}
    for word, gift_id in ids.items():
        assert [item["id"] for item in listed(client, "/v1/coupon-gifts", status=word)] == [gift_id]
    (taken,) = listed(client, "/v1/coupon-gifts", member_id=show(Prefix.MEMBER, taker.member_id))
    assert (taken["giver"]["name"], taken["taker"]["name"]) == ("王小梅", "李小兰")
    assert taken["taken_at"] is not None
    assert everything[0]["taker"] is None
    of = {"template_id": show(Prefix.COUPON_TEMPLATE, template)}
    assert len(listed(client, "/v1/coupon-gifts", **of)) == 5
    assert listed(client, "/v1/coupon-gifts", template_id=show(Prefix.COUPON_TEMPLATE, other)) == []


def test_names_are_for_those_who_may_read_members(world: World) -> None:
    desk = Desk(world.merchant())
    giver = desk.shop.member(name="王小梅")
    give(world, desk, desk.coupon(desk.template(rules=MAY_TRAVEL), giver).coupon_id, giver.member_id)
    client = world.client()
    client.headers["Authorization"] = f"Bearer {desk.shop.key(Permission.OFFERS_READ)}"
    (gift,) = listed(client, "/v1/coupon-gifts")
    assert gift["giver"]["name"] is None
    assert gift["giver"]["number"]


def test_shared_packets_say_who_took_which_part(world: World) -> None:
    desk = Desk(world.merchant())
    client = world.client(desk.shop.login)
    opener, friend, late = (desk.shop.member(name=name) for name in ("王小梅", "李小兰", "赵大海"))
    campaign = desk.campaign(kind=PacketKind.SHARED, low=500, high=500, parts=2, hours=1)

    def opened() -> tuple[str, str]:
        world.clock.advance(timedelta(minutes=1))
        with desk.shop.unit() as unit:
            packet, token = sharing.open_shared(unit, campaign, opener.member_id)
        return show(Prefix.SHARED_PACKET, packet.packet_id), token

    over, _ = opened()
    world.clock.advance(timedelta(hours=1))
    (emptied, token), (waiting, _) = opened(), opened()
    for member in (friend, late):
        with desk.shop.unit() as unit:
            sharing.claim_shared(unit, token, member.member_id)

    path = "/v1/shared-packets"
    standing = {"open": waiting, "emptied": emptied, "over": over}
    assert [item["id"] for item in listed(client, path)] == [waiting, emptied, over]
    for status, packet_id in standing.items():
        assert [item["id"] for item in listed(client, path, status=status)] == [packet_id]
    assert [item["id"] for item in listed(client, path, member_id=show(Prefix.MEMBER, late.member_id))] == [emptied]
    assert len(listed(client, path, campaign_id=show(Prefix.RED_PACKET_CAMPAIGN, campaign))) == 3
    detail = client.get(f"{path}/{emptied}").json()
    assert (detail["member"]["name"], detail["taken_minor"], detail["status"]) == ("王小梅", 500, "emptied")
    assert [claim["member"]["name"] for claim in detail["claims"]] == ["李小兰", "赵大海"]
    assert sum(claim["amount_minor"] for claim in detail["claims"]) == 500
    assert client.get(f"{path}/{waiting}").json()["claims"] == []
    assert client.get(f"{path}/{show(Prefix.SHARED_PACKET, campaign)}").status_code == 404
