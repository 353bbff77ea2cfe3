"""Promotions: written, checked, published, paused, ended."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, SearchText, View, allow
from shuke.infra.http_ids import PromotionId
from shuke.offers import counting, lifecycle, previewing, shelf_store
from shuke.offers.api.previews import OfferPreview
from shuke.offers.api.terms import Changed, OfferBody, OfferProblem, shown
from shuke.offers.checking import problems_of
from shuke.offers.counting import Counted
from shuke.offers.model import OfferKind, OfferStatus, PromotionDraft, Written
from shuke.offers.rules.effects import kind_of
from shuke.offers.shelf_store import OfferFilter
from shuke.offers.shelves import PROMOTIONS
from shuke.tenancy.model import Permission

router = APIRouter(tags=["promotions"])

Reads = Annotated[Call, allow(Permission.OFFERS_READ)]
Writes = Annotated[Call, allow(Permission.OFFERS_WRITE)]


class PromotionChange(OfferBody, Changed):
    """The whole promotion as it is to be."""


class PromotionView(OfferBody):
    """A promotion. `uses` and `spent_minor` count where it has a limit for everybody."""

    id: PromotionId
    status: OfferStatus
    kind: OfferKind | None
    version: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    uses: int | None
    spent_minor: int | None

    @classmethod
    def of(cls, found: Written[PromotionDraft], counted: Counted) -> "PromotionView":
        draft = found.draft
        return cls.model_validate(
            {
                **shown(draft.terms),
                "code": draft.code,
                "name": {"zh": draft.name.zh, "en": draft.name.en},
                "group": draft.group,
                "kind": draft.terms.effect and kind_of(draft.terms.effect, of_coupon=False),
                "uses": counted.uses,
                "spent_minor": counted.spent_minor,
                **{name: getattr(found, name) for name in cls.model_fields if hasattr(found, name)},
            }
        )


class PromotionDetail(PromotionView):
    """`problems` stand in the way of publishing it now."""

    problems: list[OfferProblem]


class PromotionList(View):
    items: list[PromotionView]
    next_cursor: str | None


@router.get("/promotions")
def list_promotions(
    call: Reads,
    q: SearchText = "",
    status: OfferStatus | None = None,
    group: SearchText = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PromotionList:
    """Promotions, newest first. `q` finds part of a code or name."""
    with call.unit() as unit:
        wanted = OfferFilter(status, q, group or None)
        found, following = shelf_store.listed(unit, PROMOTIONS, wanted, cursor, limit)
        counted = counting.counted(unit, [promotion.id for promotion in found])
        items = [PromotionView.of(promotion, counted[promotion.id]) for promotion in found]
    return PromotionList(items=items, next_cursor=following)


@router.get("/promotions/export", response_class=StreamingResponse)
def export_promotions(
    call: Reads, q: SearchText = "", status: OfferStatus | None = None, group: SearchText = ""
) -> StreamingResponse:
    """The list as CSV."""

    def rows() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            for found in shelf_store.every(unit, PROMOTIONS, OfferFilter(status, q, group or None)):
                terms, window = found.draft.terms, found.draft.terms.conditions.window
                kind = kind_of(terms.effect, of_coupon=False) if terms.effect else None
                name = found.draft.name
                yield (
                    *(found.draft.code, name.zh, name.en, kind, found.status, found.draft.group),
                    *(window.starts_at, window.ends_at, found.created_at, found.published_at),
                )

    header = (
        "code",
        "name_zh",
        "name_en",
        "kind",
        "status",
        "group",
        "starts_at",
        "ends_at",
        "created_at",
        "published_at",
    )
    return csv_response("promotions", header, rows())


@router.post("/promotions", status_code=201)
def create_promotion(body: OfferBody, call: Writes, request: Request) -> PromotionDetail:
    """A draft, however incomplete; `problems` says what is missing."""
    return call.once(
        PromotionDetail, body, lambda unit: _detail(unit, request, lifecycle.create(unit, PROMOTIONS, _draft(body)))
    )


@router.get("/promotions/{promotion_id}")
def read_promotion(promotion_id: PromotionId, call: Reads, request: Request) -> PromotionDetail:
    with call.unit() as unit:
        return _detail(unit, request, shelf_store.get(unit, PROMOTIONS, promotion_id))


@router.put("/promotions/{promotion_id}")
def change_promotion(
    promotion_id: PromotionId, body: PromotionChange, call: Writes, request: Request
) -> PromotionDetail:
    """Replace it. What was published stays fit to be; which limits it has is settled by then."""
    hooks = request.app.state.offer_hooks
    return call.once(
        PromotionDetail,
        body,
        lambda unit: _detail(
            unit,
            request,
            lifecycle.change(unit, PROMOTIONS, promotion_id, _draft(body), hooks, version=body.version),
        ),
    )


@router.delete("/promotions/{promotion_id}", status_code=204)
def remove_promotion(promotion_id: PromotionId, call: Writes) -> Response:
    """Throw a draft away that was never published."""
    with call.unit() as unit:
        lifecycle.remove(unit, PROMOTIONS, promotion_id)
    return Response(status_code=204)


@router.get("/promotions/{promotion_id}/preview")
def preview_promotion(promotion_id: PromotionId, call: Reads, request: Request) -> OfferPreview:
    """What publishing it would touch."""
    with call.unit() as unit:
        draft = shelf_store.get(unit, PROMOTIONS, promotion_id).draft
        return OfferPreview.of(previewing.preview(unit, draft, request.app.state.offer_hooks))


@router.post("/promotions/{promotion_id}/publish")
def publish_promotion(promotion_id: PromotionId, call: Writes, request: Request) -> PromotionDetail:
    """Let it work, for the first time or after a pause."""
    hooks = request.app.state.offer_hooks
    return call.once(
        PromotionDetail,
        None,
        lambda unit: _detail(unit, request, lifecycle.publish(unit, PROMOTIONS, promotion_id, hooks)),
    )


@router.post("/promotions/{promotion_id}/pause")
def pause_promotion(promotion_id: PromotionId, call: Writes, request: Request) -> PromotionDetail:
    return call.once(
        PromotionDetail, None, lambda unit: _detail(unit, request, lifecycle.pause(unit, PROMOTIONS, promotion_id))
    )


@router.post("/promotions/{promotion_id}/end")
def end_promotion(promotion_id: PromotionId, call: Writes, request: Request) -> PromotionDetail:
    """End it for good."""
    return call.once(
        PromotionDetail, None, lambda unit: _detail(unit, request, lifecycle.end(unit, PROMOTIONS, promotion_id))
    )


def _draft(body: OfferBody) -> PromotionDraft:
    return PromotionDraft(body.code, body.name.text(), body.group, body.terms())


def _detail(unit: Unit, request: Request, found: Written[PromotionDraft]) -> PromotionDetail:
    view = PromotionView.of(found, counting.counted(unit, [found.id])[found.id])
    problems = problems_of(unit, found.draft, request.app.state.offer_hooks)
    return PromotionDetail(
        **{name: getattr(view, name) for name in PromotionView.model_fields},
        problems=[OfferProblem.of(problem) for problem in problems],
    )
