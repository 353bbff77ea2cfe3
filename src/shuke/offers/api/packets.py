"""Red packet campaigns: written, checked, published, paused, ended."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, Field

from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, SearchText, View, allow
from shuke.infra.http_ids import RedPacketCampaignId
from shuke.kernel.rounding import BPS
from shuke.offers import counting, documents, lifecycle, previewing, shelf_store
from shuke.offers.api.effects import Bps, Minor, Part, Whole
from shuke.offers.api.previews import OfferPreview
from shuke.offers.api.terms import Changed, Code, FundingShare, Name, OfferProblem, shown, values_of
from shuke.offers.checking import problems_of
from shuke.offers.counting import Counted
from shuke.offers.model import OfferStatus, PacketDraft, PacketKind, PacketTerms, Split, Written
from shuke.offers.shelf_store import OfferFilter
from shuke.offers.shelves import PACKETS
from shuke.tenancy.model import Permission

router = APIRouter(tags=["red-packets"])

Reads = Annotated[Call, allow(Permission.OFFERS_READ)]
Writes = Annotated[Call, allow(Permission.OFFERS_WRITE)]


class PacketAmount(Part):
    """Drawn evenly from low to high; after a purchase, with `share_bps`, that share of what was paid, within them."""

    low_minor: Minor = 0
    high_minor: Minor = 0
    share_bps: Bps | None = None


class PacketCaps(Part):
    """How much of one order its packets may pay."""

    order_minor: Minor | None = None
    share_bps: Bps = BPS
    from_minor: Minor = 0


class CampaignBody(Body):
    """`days`: how long a packet can be spent; `parts`, `split` and `hours` are for shared ones."""

    code: Code
    name: Name
    kind: PacketKind = PacketKind.ACTIVATION
    amount: PacketAmount = Field(default_factory=PacketAmount)
    days: Whole = 30
    funding: Annotated[list[FundingShare], Field(max_length=10)] = Field(default_factory=lambda: [FundingShare()])
    caps: PacketCaps = Field(default_factory=PacketCaps)
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    budget_minor: Minor | None = None
    per_member: Whole | None = None
    min_paid_minor: Minor = 0
    parts: Whole = 1
    split: Split = Split.LUCKY
    hours: Whole = 24

    def draft(self) -> PacketDraft:
        return PacketDraft(self.code, self.name.text(), documents.build(PacketTerms, values_of(self)))


class CampaignChange(CampaignBody, Changed):
    """The whole campaign as it is to be."""


class CampaignView(CampaignBody):
    """A campaign. With a budget, `given` and `spent_minor` count the packets it gave."""

    id: RedPacketCampaignId
    status: OfferStatus
    version: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    given: int | None
    spent_minor: int | None

    @classmethod
    def of(cls, found: Written[PacketDraft], counted: Counted) -> "CampaignView":
        draft = found.draft
        return cls.model_validate(
            {
                **shown(draft.terms),
                "code": draft.code,
                "name": {"zh": draft.name.zh, "en": draft.name.en},
                "given": counted.uses,
                "spent_minor": counted.spent_minor,
                **{name: getattr(found, name) for name in cls.model_fields if hasattr(found, name)},
            }
        )


class CampaignDetail(CampaignView):
    """`problems` stand in the way of publishing it now."""

    problems: list[OfferProblem]


class CampaignList(View):
    items: list[CampaignView]
    next_cursor: str | None


@router.get("/red-packet-campaigns")
def list_campaigns(
    call: Reads, q: SearchText = "", status: OfferStatus | None = None, limit: Limit = 50, cursor: Cursor = None
) -> CampaignList:
    """Campaigns, newest first. `q` finds part of a code or name."""
    with call.unit() as unit:
        found, following = shelf_store.listed(unit, PACKETS, OfferFilter(status, q), cursor, limit)
        counted = counting.counted(unit, [campaign.id for campaign in found])
        items = [CampaignView.of(campaign, counted[campaign.id]) for campaign in found]
    return CampaignList(items=items, next_cursor=following)


@router.get("/red-packet-campaigns/export", response_class=StreamingResponse)
def export_campaigns(call: Reads, q: SearchText = "", status: OfferStatus | None = None) -> StreamingResponse:
    """The list as CSV."""

    def rows() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            for found in shelf_store.every(unit, PACKETS, OfferFilter(status, q)):
                draft, terms = found.draft, found.draft.terms
                yield (
                    *(draft.code, draft.name.zh, draft.name.en, terms.kind, found.status),
                    *(terms.starts_at, terms.ends_at, terms.budget_minor, found.created_at, found.published_at),
                )

    header = ("code", "name_zh", "name_en", "kind", "status")
    more = ("starts_at", "ends_at", "budget_minor", "created_at", "published_at")
    return csv_response("red-packet-campaigns", (*header, *more), rows())


@router.post("/red-packet-campaigns", status_code=201)
def create_campaign(body: CampaignBody, call: Writes, request: Request) -> CampaignDetail:
    """A draft, however incomplete; `problems` says what is missing."""
    return call.once(
        CampaignDetail, body, lambda unit: _detail(unit, request, lifecycle.create(unit, PACKETS, body.draft()))
    )


@router.get("/red-packet-campaigns/{campaign_id}")
def read_campaign(campaign_id: RedPacketCampaignId, call: Reads, request: Request) -> CampaignDetail:
    with call.unit() as unit:
        return _detail(unit, request, shelf_store.get(unit, PACKETS, campaign_id))


@router.put("/red-packet-campaigns/{campaign_id}")
def change_campaign(
    campaign_id: RedPacketCampaignId, body: CampaignChange, call: Writes, request: Request
) -> CampaignDetail:
    """Replace it. Once it was published, when it gives and whether it has a budget and limit are settled."""
    hooks = request.app.state.offer_hooks
    return call.once(
        CampaignDetail,
        body,
        lambda unit: _detail(
            unit, request, lifecycle.change(unit, PACKETS, campaign_id, body.draft(), hooks, version=body.version)
        ),
    )


@router.delete("/red-packet-campaigns/{campaign_id}", status_code=204)
def remove_campaign(campaign_id: RedPacketCampaignId, call: Writes) -> Response:
    """Throw a draft away that was never published."""
    with call.unit() as unit:
        lifecycle.remove(unit, PACKETS, campaign_id)
    return Response(status_code=204)


@router.get("/red-packet-campaigns/{campaign_id}/preview")
def preview_campaign(campaign_id: RedPacketCampaignId, call: Reads, request: Request) -> OfferPreview:
    """Whom it could give to."""
    with call.unit() as unit:
        draft = shelf_store.get(unit, PACKETS, campaign_id).draft
        return OfferPreview.of(previewing.preview(unit, draft, request.app.state.offer_hooks))


@router.post("/red-packet-campaigns/{campaign_id}/publish")
def publish_campaign(campaign_id: RedPacketCampaignId, call: Writes, request: Request) -> CampaignDetail:
    """Let it give, for the first time or after a pause."""
    hooks = request.app.state.offer_hooks
    return call.once(
        CampaignDetail,
        None,
        lambda unit: _detail(unit, request, lifecycle.publish(unit, PACKETS, campaign_id, hooks)),
    )


@router.post("/red-packet-campaigns/{campaign_id}/pause")
def pause_campaign(campaign_id: RedPacketCampaignId, call: Writes, request: Request) -> CampaignDetail:
    """Give nothing, and let its packets pay for nothing, until it is published again."""
    return call.once(
        CampaignDetail, None, lambda unit: _detail(unit, request, lifecycle.pause(unit, PACKETS, campaign_id))
    )


@router.post("/red-packet-campaigns/{campaign_id}/end")
def end_campaign(campaign_id: RedPacketCampaignId, call: Writes, request: Request) -> CampaignDetail:
    """Give nothing more; packets in wallets can be spent until their day."""
    return call.once(
        CampaignDetail, None, lambda unit: _detail(unit, request, lifecycle.end(unit, PACKETS, campaign_id))
    )


def _detail(unit: Unit, request: Request, found: Written[PacketDraft]) -> CampaignDetail:
    view = CampaignView.of(found, counting.counted(unit, [found.id])[found.id])
    problems = problems_of(unit, found.draft, request.app.state.offer_hooks)
    return CampaignDetail(
        **{name: getattr(view, name) for name in CampaignView.model_fields},
        problems=[OfferProblem.of(problem) for problem in problems],
    )
