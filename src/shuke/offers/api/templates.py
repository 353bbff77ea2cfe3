"""Coupon templates: written, checked, published, paused, ended."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, Field

from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, SearchText, View, allow
from shuke.infra.http_ids import CouponTemplateId
from shuke.offers import coupon_store, documents, lifecycle, previewing, shelf_store
from shuke.offers.api.effects import Part, Whole
from shuke.offers.api.previews import OfferPreview
from shuke.offers.api.terms import Changed, OfferBody, OfferProblem, shown, values_of
from shuke.offers.checking import problems_of
from shuke.offers.model import CouponRules, OfferKind, OfferStatus, TemplateDraft, Written
from shuke.offers.rules.effects import kind_of
from shuke.offers.shelf_store import OfferFilter
from shuke.offers.shelves import TEMPLATES
from shuke.tenancy.model import Permission

router = APIRouter(tags=["coupons"])

Reads = Annotated[Call, allow(Permission.OFFERS_READ)]
Writes = Annotated[Call, allow(Permission.OFFERS_WRITE)]


class Validity(Part):
    """A fixed window (`ends_at`), or `days` after issue, counted on the merchant's calendar after `delay_days`."""

    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    days: Whole | None = None
    delay_days: Whole = 0


class Returns(Part):
    """Whether a used coupon comes back, and how long it lives on if its time is over."""

    on_cancel: bool = True
    on_full_refund: bool = True
    on_partial_refund: bool = False
    grace_days: Whole = 0


class TemplateBody(OfferBody):
    """Null `stock` and `per_member`: no limit. `claimable`: members may fetch one themselves; `transferable`: they may
    give it away."""

    validity: Validity = Field(default_factory=Validity)
    stock: Whole | None = None
    per_member: Whole | None = None
    claimable: bool = False
    transferable: bool = False
    returns: Returns = Field(default_factory=Returns)

    def draft(self) -> TemplateDraft:
        rules = documents.build(CouponRules, values_of(self))
        return TemplateDraft(self.code, self.name.text(), self.group, self.terms(), rules)


class TemplateChange(TemplateBody, Changed):
    """The whole template as it is to be."""


class TemplateView(TemplateBody):
    """A template. `issued` counts coupons, and printed codes that may still become one."""

    id: CouponTemplateId
    status: OfferStatus
    kind: OfferKind | None
    version: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    issued: int

    @classmethod
    def of(cls, found: Written[TemplateDraft], issued: int) -> "TemplateView":
        draft = found.draft
        return cls.model_validate(
            {
                **shown(draft.terms),
                **shown(draft.rules),
                "code": draft.code,
                "name": {"zh": draft.name.zh, "en": draft.name.en},
                "group": draft.group,
                "kind": draft.terms.effect and kind_of(draft.terms.effect, of_coupon=True),
                "issued": issued,
                **{name: getattr(found, name) for name in cls.model_fields if hasattr(found, name)},
            }
        )


class TemplateDetail(TemplateView):
    """`problems` stand in the way of publishing it now."""

    problems: list[OfferProblem]


class TemplateList(View):
    items: list[TemplateView]
    next_cursor: str | None


@router.get("/coupon-templates")
def list_templates(
    call: Reads,
    q: SearchText = "",
    status: OfferStatus | None = None,
    group: SearchText = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> TemplateList:
    """Templates, newest first. `q` finds part of a code or name."""
    with call.unit() as unit:
        found, following = shelf_store.listed(unit, TEMPLATES, OfferFilter(status, q, group or None), cursor, limit)
        return TemplateList(items=_views(unit, found), next_cursor=following)


@router.get("/coupon-templates/export", response_class=StreamingResponse)
def export_templates(
    call: Reads, q: SearchText = "", status: OfferStatus | None = None, group: SearchText = ""
) -> StreamingResponse:
    """The list as CSV."""

    def rows() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            for found in shelf_store.every(unit, TEMPLATES, OfferFilter(status, q, group or None)):
                draft = found.draft
                kind = kind_of(draft.terms.effect, of_coupon=True) if draft.terms.effect else None
                yield (
                    *(draft.code, draft.name.zh, draft.name.en, kind, found.status, draft.group),
                    *(draft.rules.stock, draft.rules.per_member, found.created_at, found.published_at),
                )

    header = ("code", "name_zh", "name_en", "kind", "status", "group")
    more = ("stock", "per_member", "created_at", "published_at")
    return csv_response("coupon-templates", (*header, *more), rows())


@router.post("/coupon-templates", status_code=201)
def create_template(body: TemplateBody, call: Writes, request: Request) -> TemplateDetail:
    """A draft, however incomplete; `problems` says what is missing."""
    return call.once(
        TemplateDetail, body, lambda unit: _detail(unit, request, lifecycle.create(unit, TEMPLATES, body.draft()))
    )


@router.get("/coupon-templates/{template_id}")
def read_template(template_id: CouponTemplateId, call: Reads, request: Request) -> TemplateDetail:
    with call.unit() as unit:
        return _detail(unit, request, shelf_store.get(unit, TEMPLATES, template_id))


@router.put("/coupon-templates/{template_id}")
def change_template(
    template_id: CouponTemplateId, body: TemplateChange, call: Writes, request: Request
) -> TemplateDetail:
    """Replace it. Once it was published, what its coupons do and which limits it has are settled."""
    hooks = request.app.state.offer_hooks
    return call.once(
        TemplateDetail,
        body,
        lambda unit: _detail(
            unit,
            request,
            lifecycle.change(unit, TEMPLATES, template_id, body.draft(), hooks, version=body.version),
        ),
    )


@router.delete("/coupon-templates/{template_id}", status_code=204)
def remove_template(template_id: CouponTemplateId, call: Writes) -> Response:
    """Throw a draft away that was never published."""
    with call.unit() as unit:
        lifecycle.remove(unit, TEMPLATES, template_id)
    return Response(status_code=204)


@router.get("/coupon-templates/{template_id}/preview")
def preview_template(template_id: CouponTemplateId, call: Reads, request: Request) -> OfferPreview:
    """What its coupons would touch."""
    with call.unit() as unit:
        draft = shelf_store.get(unit, TEMPLATES, template_id).draft
        return OfferPreview.of(previewing.preview(unit, draft, request.app.state.offer_hooks))


@router.post("/coupon-templates/{template_id}/publish")
def publish_template(template_id: CouponTemplateId, call: Writes, request: Request) -> TemplateDetail:
    """Let it issue, for the first time or after a pause."""
    hooks = request.app.state.offer_hooks
    return call.once(
        TemplateDetail,
        None,
        lambda unit: _detail(unit, request, lifecycle.publish(unit, TEMPLATES, template_id, hooks)),
    )


@router.post("/coupon-templates/{template_id}/pause")
def pause_template(template_id: CouponTemplateId, call: Writes, request: Request) -> TemplateDetail:
    """Issue nothing, and let its coupons do nothing, until it is published again."""
    return call.once(
        TemplateDetail, None, lambda unit: _detail(unit, request, lifecycle.pause(unit, TEMPLATES, template_id))
    )


@router.post("/coupon-templates/{template_id}/end")
def end_template(template_id: CouponTemplateId, call: Writes, request: Request) -> TemplateDetail:
    """Issue nothing more; coupons out there keep their right."""
    return call.once(
        TemplateDetail, None, lambda unit: _detail(unit, request, lifecycle.end(unit, TEMPLATES, template_id))
    )


def _views(unit: Unit, found: list[Written[TemplateDraft]]) -> list[TemplateView]:
    issued = coupon_store.issued(unit, [template.id for template in found])
    return [TemplateView.of(template, issued.get(template.id, 0)) for template in found]


def _detail(unit: Unit, request: Request, found: Written[TemplateDraft]) -> TemplateDetail:
    (view,) = _views(unit, [found])
    problems = problems_of(unit, found.draft, request.app.state.offer_hooks)
    return TemplateDetail(
        **{name: getattr(view, name) for name in TemplateView.model_fields},
        problems=[OfferProblem.of(problem) for problem in problems],
    )
