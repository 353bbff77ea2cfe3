"""Coupon codes: printed in batches, read once, and turned into coupons by whoever types one in.

A code is stored as a keyed index and its last four characters. The file with the codes themselves is sealed, given
out exactly once, and forgotten.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.infra.csv_export import csv_chunks
from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.errors import invalid_field
from shuke.kernel.ids import new_id
from shuke.offers import coupon_store, shelf_store
from shuke.offers.coupon_tables import coupon_batches, coupon_codes, coupon_stocks
from shuke.offers.errors import (
    AlreadyDownloaded,
    BatchNotFound,
    CodeExpired,
    CodeForMembers,
    CodeNotValid,
    CodeUsed,
    NotIssuing,
    OutOfStock,
)
from shuke.offers.issuing import issue_printed, open_stock
from shuke.offers.model import Batch, Coupon, CouponStatus
from shuke.offers.refusing import not_usable
from shuke.offers.rules.codes import make_code, read_code, shown_code
from shuke.offers.shelves import TEMPLATES
from shuke.tenancy import service as tenancy

SIZE_MAX = 100_000
_FIELD = "coupon_codes"
_INDEX = "coupon_code"

_B, _CODE = coupon_batches.c, coupon_codes.c


def print_batch(unit: Unit, template_id: UUID, name: str, size: int, bind_until: datetime | None) -> Batch:
    """So many new codes of a template, which count as issued.

    Raises TemplateNotFound, NotIssuing, OutOfStock, Invalid.
    """
    if bind_until is not None and bind_until <= unit.now():
        raise invalid_field("bind_until", "截止时间已过，请改为将来。", "This moment is over. Put it into the future.")
    template, room = open_stock(unit, template_id)
    if room is not None and size > room:
        raise OutOfStock(name=template.draft.name)
    batch_id = new_id()
    drawn: dict[bytes, str] = {}
    while len(drawn) < size:
        code = make_code(secrets.randbelow)
        drawn[unit.index(_INDEX, code)] = code
    unit.connection.execute(
        coupon_batches.insert().values(
            merchant_id=unit.merchant_id,
            batch_id=batch_id,
            template_id=template_id,
            name=name,
            size=size,
            bind_until=bind_until,
            created_at=unit.now(),
            sealed_codes=unit.seal(_FIELD, _file(drawn.values())),
        )
    )
    _add_codes(unit, batch_id, drawn)
    _count(unit, template_id, size)
    after = {"template_id": template_id, "name": name, "size": size}
    tenancy.record_change(unit, "coupon_batch.printed", "coupon_batch", batch_id, None, after)
    return get(unit, batch_id)


def _file(codes: Iterable[str]) -> str:
    return "".join(csv_chunks(("code",), ([shown_code(code)] for code in codes)))


def _add_codes(unit: Unit, batch_id: UUID, drawn: dict[bytes, str]) -> None:
    indexes = sa.literal(list(drawn), ARRAY(sa.LargeBinary))
    endings = sa.literal([code[-4:] for code in drawn.values()], ARRAY(sa.Text))
    rows = sa.func.unnest(indexes, endings).table_valued("code_index", "last_four").render_derived()
    chosen = sa.select(
        sa.literal(unit.merchant_id, sa.Uuid), rows.c.code_index, sa.literal(batch_id, sa.Uuid), rows.c.last_four
    )
    unit.connection.execute(
        coupon_codes.insert().from_select(["merchant_id", "code_index", "batch_id", "last_four"], chosen)
    )


def _count(unit: Unit, template_id: UUID, more: int) -> None:
    stock = coupon_stocks.c
    unit.connection.execute(
        coupon_stocks.update()
        .where(stock.merchant_id == unit.merchant_id, stock.template_id == template_id)
        .values(issued=stock.issued + more)
    )


def download(unit: Unit, batch_id: UUID) -> str:
    """The file with the codes, for the first and last time. Raises BatchNotFound, AlreadyDownloaded."""
    row = unit.connection.execute(
        sa.select(_B.sealed_codes).where(_B.merchant_id == unit.merchant_id, _B.batch_id == batch_id).with_for_update()
    ).first()
    if row is None:
        raise BatchNotFound
    if row.sealed_codes is None:
        raise AlreadyDownloaded
    _update(unit, batch_id, sealed_codes=None, downloaded_at=unit.now())
    tenancy.record_change(unit, "coupon_batch.downloaded", "coupon_batch", batch_id, None, None)
    return unit.open(_FIELD, row.sealed_codes)


def void(unit: Unit, batch_id: UUID) -> Batch:
    """Codes of the batch that nobody typed in are worth nothing any more, and count as not issued. Again: the same."""
    template_id = get(unit, batch_id).template_id
    _lock_stock(unit, template_id)
    batch = get(unit, batch_id)
    if batch.voided_at is not None:
        return batch
    _update(unit, batch_id, sealed_codes=None, voided_at=unit.now())
    _count(unit, template_id, -(batch.size - batch.bound))
    after = {"unused": batch.size - batch.bound}
    tenancy.record_change(unit, "coupon_batch.voided", "coupon_batch", batch_id, None, after)
    return get(unit, batch_id)


def bind(unit: Unit, typed: str, member_id: UUID | None) -> Coupon:
    """Turn a code into a coupon of this member, or (None) of whoever holds the paper. Shown again, a coupon of whoever
    holds the paper is the same one, until it is used; and again when it came back.

    Raises CodeNotValid, CodeUsed, CodeExpired, CodeForMembers, MemberNotFound, HolderBlocked, OverMemberStock.
    """
    code = read_code(typed)
    index = unit.index(_INDEX, code or "")
    template_id = unit.connection.scalar(
        sa.select(_B.template_id)
        .join(coupon_codes, sa.and_(_CODE.merchant_id == _B.merchant_id, _CODE.batch_id == _B.batch_id))
        .where(_CODE.merchant_id == unit.merchant_id, _CODE.code_index == index)
    )
    if template_id is None:
        raise CodeNotValid
    _lock_stock(unit, template_id)
    row = unit.connection.execute(
        sa.select(_CODE.coupon_id, _CODE.last_four, _B.voided_at, _B.bind_until)
        .join(coupon_batches, sa.and_(_CODE.merchant_id == _B.merchant_id, _CODE.batch_id == _B.batch_id))
        .where(_CODE.merchant_id == unit.merchant_id, _CODE.code_index == index)
    ).one()
    if row.coupon_id is not None:
        return _shown_again(unit, row.coupon_id, row.last_four)
    if row.voided_at is not None or (row.bind_until is not None and row.bind_until <= unit.now()):
        raise CodeExpired
    if member_id is None and shelf_store.get(unit, TEMPLATES, template_id).draft.terms.conditions.audience.members_only:
        raise CodeForMembers
    try:
        coupon_id = issue_printed(unit, template_id, member_id)
    except NotIssuing as error:
        raise CodeExpired from error
    unit.connection.execute(
        coupon_codes.update()
        .where(_CODE.merchant_id == unit.merchant_id, _CODE.code_index == index)
        .values(coupon_id=coupon_id, bound_at=unit.now())
    )
    return coupon_store.get(unit, coupon_id)


def _shown_again(unit: Unit, coupon_id: UUID, last_four: str) -> Coupon:
    """A coupon that belongs to somebody is in her wallet, and its paper is worth nothing any more."""
    coupon = coupon_store.get(unit, coupon_id)
    if coupon.member_id is not None:
        raise CodeUsed(last_four=last_four)
    now = unit.now()
    if coupon.status is not CouponStatus.AVAILABLE or now >= coupon.valid_until:
        raise not_usable(unit, coupon_id, None, now)
    return coupon


def _lock_stock(unit: Unit, template_id: UUID) -> None:
    """What is done with codes of a template is done one after another, in the order in which issuing locks."""
    stock = coupon_stocks.c
    unit.connection.execute(
        sa.select(stock.issued)
        .where(stock.merchant_id == unit.merchant_id, stock.template_id == template_id)
        .with_for_update()
    )


def get(unit: Unit, batch_id: UUID) -> Batch:
    """Raises BatchNotFound."""
    row = unit.connection.execute(_query(unit).where(_B.batch_id == batch_id)).first()
    if row is None:
        raise BatchNotFound
    return _batch(row)


def listed(unit: Unit, template_id: UUID | None, cursor: str | None, limit: int) -> tuple[list[Batch], str | None]:
    """Newest first. Raises BadCursor."""
    query = _query(unit) if template_id is None else _query(unit).where(_B.template_id == template_id)
    rows, following = page(unit, query, Sort(_B.created_at, _B.batch_id, descending=True), cursor, limit)
    return [_batch(row) for row in rows], following


def _query(unit: Unit) -> sa.Select[Any]:
    bound = (
        sa.select(sa.func.count())
        .where(_CODE.merchant_id == _B.merchant_id, _CODE.batch_id == _B.batch_id, _CODE.coupon_id.is_not(None))
        .correlate(coupon_batches)
        .scalar_subquery()
    )
    names = [name for name in Batch.__dataclass_fields__ if name != "bound"]
    return sa.select(*(_B[name] for name in names), bound.label("bound")).where(_B.merchant_id == unit.merchant_id)


def _batch(row: sa.Row[Any]) -> Batch:
    return Batch(**{name: getattr(row, name) for name in Batch.__dataclass_fields__})


def _update(unit: Unit, batch_id: UUID, **values: object) -> None:
    unit.connection.execute(
        coupon_batches.update().where(_B.merchant_id == unit.merchant_id, _B.batch_id == batch_id).values(values)
    )
