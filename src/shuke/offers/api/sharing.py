"""Red packets given and shared."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, TextView, View, allow
from shuke.infra.http_ids import MemberId, RedPacketCampaignId, SharedPacketId
from shuke.infra.http_refs import MemberRef
from shuke.kernel.ids import new_id
from shuke.members import service as members
from shuke.offers import packets, share_store, sharing, shelf_store
from shuke.offers.model import GivenPacket, SharedPacket
from shuke.offers.share_store import ListedShare, ShareFilter, ShareStatus
from shuke.offers.shelves import PACKETS
from shuke.tenancy.model import Permission

router = APIRouter(tags=["red-packets"])

Reads = Annotated[Call, allow(Permission.OFFERS_READ)]
ForMembers = Annotated[Call, allow(Permission.MEMBERS_WRITE)]


class PacketFor(Body):
    member_id: MemberId


class ClaimBody(PacketFor):
    token: Annotated[str, Field(min_length=1, max_length=100)]


class GivenView(View):
    campaign_id: RedPacketCampaignId
    member_id: MemberId
    amount_minor: int
    expires_at: datetime

    @classmethod
    def of(cls, given: GivenPacket) -> "GivenView":
        return cls(**{name: getattr(given, name) for name in cls.model_fields})


class SharedView(View):
    """`taken` of `parts` are gone, and `taken_minor` of `total_minor` with them."""

    id: SharedPacketId
    campaign_id: RedPacketCampaignId
    member_id: MemberId
    total_minor: int
    parts: int
    taken: int
    taken_minor: int
    opened_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, packet: SharedPacket) -> "SharedView":
        names = set(cls.model_fields) - {"id"}
        return cls(id=packet.packet_id, **{name: getattr(packet, name) for name in names})


class OpenedView(View):
    """`token` opens the packet to friends; it is said once."""

    packet: SharedView
    token: str


class SharedList(View):
    items: list[SharedView]


class CampaignRef(View):
    id: RedPacketCampaignId
    code: str
    name: TextView


class SharedItem(SharedView):
    """With the names of its campaign and of who opened it. `emptied`: every part is taken; `over`: its time is, and
    the rest is the campaign's again."""

    campaign: CampaignRef
    member: MemberRef
    status: ShareStatus


class SharedPage(View):
    items: list[SharedItem]
    next_cursor: str | None


class ClaimView(View):
    """A part that somebody took; parts are counted from 0."""

    part: int
    member: MemberRef
    amount_minor: int
    claimed_at: datetime


class SharedDetail(SharedItem):
    claims: list[ClaimView]


@router.post("/red-packet-campaigns/{campaign_id}/grants", status_code=201)
def grant_packet(
    campaign_id: RedPacketCampaignId, body: PacketFor, call: Annotated[Call, allow(Permission.COUPONS_ISSUE)]
) -> GivenView:
    """Give one packet to one member."""
    return call.once(
        GivenView,
        body,
        lambda unit: GivenView.of(packets.grant_red_packet(unit, campaign_id, body.member_id, new_id())),
    )


@router.post("/red-packet-campaigns/{campaign_id}/shares", status_code=201)
def open_packet(campaign_id: RedPacketCampaignId, body: PacketFor, call: ForMembers) -> OpenedView:
    """Open a packet for friends."""

    def act(unit: Unit) -> OpenedView:
        packet, token = sharing.open_shared(unit, campaign_id, body.member_id)
        return OpenedView(packet=SharedView.of(packet), token=token)

    return call.once(OpenedView, body, act)


@router.post("/shared-packets/claims", status_code=201)
def claim_packet(body: ClaimBody, call: ForMembers) -> GivenView:
    """Take a part of a packet, once."""
    return call.once(GivenView, body, lambda unit: GivenView.of(sharing.claim_shared(unit, body.token, body.member_id)))


@router.get("/shared-packets")
def list_all_shared_packets(
    call: Reads,
    status: ShareStatus | None = None,
    campaign_id: RedPacketCampaignId | None = None,
    member_id: Annotated[MemberId | None, Query(description="who opened it, or took a part")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> SharedPage:
    """Packets that members share, newest first."""
    with call.unit() as unit:
        wanted = ShareFilter(status, campaign_id, member_id)
        found, following = share_store.listed(unit, wanted, cursor, limit)
        return SharedPage(items=_present(unit, found), next_cursor=following)


@router.get("/shared-packets/{packet_id}")
def read_shared_packet(packet_id: SharedPacketId, call: Reads) -> SharedDetail:
    """One packet, and who took which part."""
    with call.unit() as unit:
        (shown,) = _present(unit, [share_store.get(unit, packet_id)])
        found = share_store.parts(unit, packet_id)
        takers = members.shown_refs(unit, {part.member_id for part in found})
        claims = [
            ClaimView(
                part=part.part,
                member=MemberRef.of(takers[part.member_id]),
                amount_minor=part.amount_minor,
                claimed_at=part.claimed_at,
            )
            for part in found
        ]
        return SharedDetail(**dict(shown), claims=claims)


@router.get("/members/{member_id}/shared-packets")
def list_shared_packets(member_id: MemberId, call: Reads) -> SharedList:
    """The packets a member opened, newest first."""
    with call.unit() as unit:
        members.get(unit, member_id)
        return SharedList(items=[SharedView.of(packet) for packet in sharing.listed_of(unit, member_id)])


def _present(unit: Unit, found: Sequence[ListedShare]) -> list[SharedItem]:
    openers = members.shown_refs(unit, {each.packet.member_id for each in found})
    names = shelf_store.names(unit, PACKETS, {each.packet.campaign_id for each in found})
    return [
        SharedItem(
            **dict(SharedView.of(each.packet)),
            campaign=CampaignRef(
                id=each.packet.campaign_id,
                code=names[each.packet.campaign_id][0],
                name=TextView.of(names[each.packet.campaign_id][1]),
            ),
            member=MemberRef.of(openers[each.packet.member_id]),
            status=each.status,
        )
        for each in found
    ]
