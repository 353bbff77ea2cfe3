"""Red packets: given for a reason once, within the budget; shared ones never give more than they hold."""

from datetime import timedelta
from uuid import uuid4

import pytest

from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.ledger import service as ledger
from shuke.offers import lifecycle, packets, service, sharing
from shuke.offers.errors import (
    PacketBudgetSpent,
    PacketLimitReached,
    PacketNotGiving,
    PacketNotValid,
    PacketOver,
    PacketTaken,
    RedPacketCampaignNotFound,
)
from shuke.offers.hooks import OfferHooks
from shuke.offers.model import PacketAmount, PacketDraft, PacketKind, PacketTerms, Remaining, Split
from shuke.offers.shelves import PACKETS
from tests.support.offers import Desk
from tests.support.wallets import broken
from tests.support.world import World


def test_a_packet_lies_in_the_wallet_until_its_day(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    campaign = desk.campaign(low=300, high=300, days=7)
    with desk.shop.unit() as unit:
        given = packets.grant_red_packet(unit, campaign, member.member_id, new_id())
        held = service.red_packet_right(unit, member.member_id, unit.now())
        assert ledger.balances(unit, member.member_id).red_packet == 300
    assert given.expires_at.isoformat() == "2026-03-08T16:00:00+00:00"
    assert [(packet.campaign_id, packet.amount_minor, packet.expires_at) for packet in held] == [
        (campaign, 300, given.expires_at)
    ]
    with desk.shop.unit() as unit:
        assert service.live(unit).packets[campaign].rule.startswith("red_packet:")
        assert service.red_packet_right(unit, member.member_id, given.expires_at) == ()


def test_budget_and_limit_hold(world: World) -> None:
    desk = Desk(world.merchant())
    a, b = desk.shop.member(), desk.shop.member()
    campaign = desk.campaign(low=300, high=300, budget_minor=800, per_member=1)
    with desk.shop.unit() as unit:
        packets.grant_red_packet(unit, campaign, a.member_id, new_id())
    with pytest.raises(PacketLimitReached), desk.shop.unit() as unit:
        packets.grant_red_packet(unit, campaign, a.member_id, new_id())
    with desk.shop.unit() as unit:
        packets.grant_red_packet(unit, campaign, b.member_id, new_id())
    with pytest.raises(PacketBudgetSpent), desk.shop.unit() as unit:
        packets.grant_red_packet(unit, campaign, desk.shop.member().member_id, new_id())
    with pytest.raises(RedPacketCampaignNotFound), desk.shop.unit() as unit:
        packets.grant_red_packet(unit, uuid4(), a.member_id, new_id())
    with desk.shop.unit() as unit:
        lifecycle.pause(unit, PACKETS, campaign)
    with pytest.raises(PacketNotGiving), desk.shop.unit() as unit:
        packets.grant_red_packet(unit, campaign, a.member_id, new_id())
    assert desk.broken() == []


def test_joining_and_buying_give_once_and_never_fail(world: World) -> None:
    desk = Desk(world.merchant())
    member, order = desk.shop.member(), new_id()
    welcome = desk.campaign(low=100, high=100)
    share = PacketTerms(PacketKind.AFTER_PURCHASE, PacketAmount(50, 400, 1000), min_paid_minor=2000)
    spent = PacketTerms(PacketKind.AFTER_PURCHASE, PacketAmount(50, 50), budget_minor=50)
    with desk.shop.unit() as unit:
        for terms in (share, spent):
            made = lifecycle.create(unit, PACKETS, PacketDraft(f"C{terms.budget_minor}", Text("红包", "Packet"), terms))
            lifecycle.publish(unit, PACKETS, made.id, OfferHooks())
    with desk.shop.unit() as unit:
        assert [given.campaign_id for given in service.on_activation(unit, member.member_id)] == [welcome]
        assert service.on_activation(unit, member.member_id) == []
        given = service.after_purchase(unit, member.member_id, order, 2990)
        assert sorted(packet.amount_minor for packet in given) == [50, 299]
        assert service.after_purchase(unit, member.member_id, order, 2990) == []
        assert service.after_purchase(unit, member.member_id, new_id(), 1999) == []
        assert [item.amount_minor for item in service.after_purchase(unit, member.member_id, new_id(), 9990)] == [400]
        assert ledger.balances(unit, member.member_id).red_packet == 849
        assert broken(unit) == []
    assert desk.broken() == []


@pytest.mark.parametrize("split", list(Split))
def test_friends_share_all_of_it_and_no_more(world: World, split: Split) -> None:
    desk = Desk(world.merchant())
    opener, *friends = (desk.shop.member() for _ in range(6))
    campaign = desk.campaign(PacketKind.SHARED, 1000, 1000, parts=4, split=split, budget_minor=1500)
    with desk.shop.unit() as unit:
        packet, token = sharing.open_shared(unit, campaign, opener.member_id)
    with pytest.raises(PacketBudgetSpent), desk.shop.unit() as unit:
        sharing.open_shared(unit, campaign, opener.member_id)
    amounts = []
    for friend in friends[:4]:
        with desk.shop.unit() as unit:
            amounts.append(sharing.claim_shared(unit, token, friend.member_id).amount_minor)
        with pytest.raises(PacketTaken), desk.shop.unit() as unit:
            sharing.claim_shared(unit, token, friend.member_id)
    assert sum(amounts) == packet.total_minor == 1000
    assert min(amounts) >= 1
    assert split is Split.LUCKY or amounts == [250] * 4
    with pytest.raises(PacketOver), desk.shop.unit() as unit:
        sharing.claim_shared(unit, token, friends[4].member_id)
    with pytest.raises(PacketNotValid), desk.shop.unit() as unit:
        sharing.claim_shared(unit, "nothing", friends[4].member_id)
    with desk.shop.unit() as unit:
        (listed,) = sharing.listed_of(unit, opener.member_id)
        assert (listed.taken, listed.taken_minor) == (4, 1000)
        assert broken(unit) == []
    assert desk.broken() == []


def test_what_nobody_took_goes_back_to_the_budget(world: World) -> None:
    desk = Desk(world.merchant())
    opener, friend = desk.shop.member(), desk.shop.member()
    campaign = desk.campaign(PacketKind.SHARED, 900, 900, parts=3, split=Split.EQUAL, hours=2, budget_minor=2000)
    with desk.shop.unit() as unit:
        tokens = [sharing.open_shared(unit, campaign, opener.member_id)[1] for _ in range(2)]
        sharing.claim_shared(unit, tokens[0], friend.member_id)
        assert sharing.close_expired(unit) == 0
    world.clock.advance(timedelta(hours=2))
    with pytest.raises(PacketOver), desk.shop.unit() as unit:
        sharing.claim_shared(unit, tokens[1], friend.member_id)
    with desk.shop.unit() as unit:
        assert sharing.close_expired(unit) == 2
        assert sharing.close_expired(unit) == 0
        left = service.remaining(unit, [campaign], None, unit.now())
    assert left == {campaign: Remaining(None, 1700, None, None)}
    assert desk.broken() == []
