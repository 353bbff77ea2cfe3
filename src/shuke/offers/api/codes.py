"""Batches of printed coupon codes, and typing one in."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import AwareDatetime, Field

from shuke.infra.http import Body, Call, Cursor, Limit, View, allow
from shuke.infra.http_ids import CouponBatchId, CouponTemplateId, MemberId
from shuke.offers import codes
from shuke.offers.api.coupons import CouponView, one
from shuke.offers.model import Batch
from shuke.tenancy.model import Permission

router = APIRouter(tags=["coupons"])

Issues = Annotated[Call, allow(Permission.COUPONS_ISSUE)]


class BatchBody(Body):
    """So many codes; each becomes one coupon of the template, until `bind_until` where that is given."""

    template_id: CouponTemplateId
    name: Annotated[str, Field(min_length=1, max_length=100)]
    size: Annotated[int, Field(ge=1, le=codes.SIZE_MAX)]
    bind_until: AwareDatetime | None = None


class BatchView(View):
    """`bound` codes have become coupons. The codes themselves can be downloaded once."""

    id: CouponBatchId
    template_id: CouponTemplateId
    name: str
    size: int
    bound: int
    bind_until: datetime | None
    created_at: datetime
    voided_at: datetime | None
    downloaded_at: datetime | None

    @classmethod
    def of(cls, batch: Batch) -> "BatchView":
        names = set(cls.model_fields) - {"id"}
        return cls(id=batch.batch_id, **{name: getattr(batch, name) for name in names})


class BatchList(View):
    items: list[BatchView]
    next_cursor: str | None


class CodeBody(Body):
    """A code as typed or scanned, and for whom; null: for whoever holds the paper."""

    code: Annotated[str, Field(min_length=1, max_length=64)]
    member_id: MemberId | None = None


@router.get("/coupon-batches")
def list_batches(
    call: Annotated[Call, allow(Permission.OFFERS_READ)],
    template_id: CouponTemplateId | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> BatchList:
    """Batches, newest first."""
    with call.unit() as unit:
        found, following = codes.listed(unit, template_id, cursor, limit)
    return BatchList(items=[BatchView.of(batch) for batch in found], next_cursor=following)


@router.get("/coupon-batches/{batch_id}")
def read_batch(batch_id: CouponBatchId, call: Annotated[Call, allow(Permission.OFFERS_READ)]) -> BatchView:
    with call.unit() as unit:
        return BatchView.of(codes.get(unit, batch_id))


@router.post("/coupon-batches", status_code=201)
def print_batch(body: BatchBody, call: Issues) -> BatchView:
    """Make codes. They count as issued at once."""
    return call.once(
        BatchView,
        body,
        lambda unit: BatchView.of(codes.print_batch(unit, body.template_id, body.name, body.size, body.bind_until)),
    )


@router.post("/coupon-batches/{batch_id}/download", response_class=Response)
def download_batch(batch_id: CouponBatchId, call: Issues) -> Response:
    """The codes as CSV, for the first and last time: nobody can read them again afterwards."""
    with call.unit() as unit:
        text = codes.download(unit, batch_id)
    headers = {"Content-Disposition": 'attachment; filename="coupon-codes.csv"', "Cache-Control": "no-store"}
    return Response(text.encode(), media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/coupon-batches/{batch_id}/void")
def void_batch(batch_id: CouponBatchId, call: Issues) -> BatchView:
    """Codes that nobody typed in are worth nothing any more."""
    return call.once(BatchView, None, lambda unit: BatchView.of(codes.void(unit, batch_id)))


@router.post("/coupon-codes/redeem", status_code=201)
def redeem_code(body: CodeBody, call: Annotated[Call, allow(Permission.ORDERS_WRITE)]) -> CouponView:
    """Turn a code into a coupon, once."""
    return call.once(CouponView, body, lambda unit: one(unit, codes.bind(unit, body.code, body.member_id)))
