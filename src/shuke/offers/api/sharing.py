"""Red packets given and shared."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, View, allow
from shuke.infra.http_ids import MemberId, RedPacketCampaignId, SharedPacketId
from shuke.kernel.ids import new_id
from shuke.members import service as members
from shuke.offers import packets, sharing
from shuke.offers.model import GivenPacket, SharedPacket
from shuke.tenancy.model import Permission

router = APIRouter(tags=["red-packets"])

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


@router.get("/members/{member_id}/shared-packets")
def list_shared_packets(member_id: MemberId, call: Annotated[Call, allow(Permission.OFFERS_READ)]) -> SharedList:
    """The packets a member opened, newest first."""
    with call.unit() as unit:
        members.get(unit, member_id)
        return SharedList(items=[SharedView.of(packet) for packet in sharing.listed_of(unit, member_id)])
