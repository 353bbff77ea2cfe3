"""Coupons come to members: one, a crowd at once, or by their own claim.

Whoever issues first locks the template's stock row, so that stock, limits and keys are decided one after another and
the set-based statement that follows sees what all before it did.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id
from shuke.infra.outbox import domain_events
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.offers import coupon_store, shelf_store
from shuke.offers.coupon_tables import coupon_holders, coupon_stocks, coupons
from shuke.offers.errors import HolderBlocked, NotClaimable, NotIssuing, OutOfStock, OverMemberStock
from shuke.offers.model import Coupon, CouponStatus, Issued, OfferStatus, TemplateDraft, Written
from shuke.offers.rules.coupons import valid_from_until
from shuke.offers.shelves import TEMPLATES
from shuke.tenancy import service as tenancy

Template = Written[TemplateDraft]

_FRESH = fresh_id("statement_timestamp()")
_CLAIM = "claim"


def issue_to(unit: Unit, template_id: UUID, crowd: sa.Select[tuple[UUID]], source: str, key: str | None) -> Issued:
    """One coupon to each member in `crowd` (a select of member ids), at most one for each `key`.

    Those who may have no more are left out, and the last ones when stock runs out. `source` says why, for people.
    Raises TemplateNotFound and NotIssuing.
    """
    template, room = open_stock(unit, template_id)
    issued, _ = _issue(unit, template, room, crowd, source, key)
    after = {"source": source, "key": key, "asked": issued.asked, "issued": issued.issued}
    tenancy.record_change(unit, "coupon_template.issued", "coupon_template", template_id, None, after)
    return issued


def issue(unit: Unit, template_id: UUID, member_id: UUID, source: str, key: str | None = None) -> Coupon:
    """One coupon to one member; the one issued before by the same key, if there is. Raises what `issue_to` does, and
    MemberNotFound, HolderBlocked, OverMemberStock, OutOfStock."""
    if members.present(unit, member_id).status is not MemberStatus.ACTIVE:
        raise HolderBlocked
    template, room = open_stock(unit, template_id)
    issued, coupon_id = _issue(unit, template, room, sa.select(sa.literal(member_id, sa.Uuid)), source, key)
    if issued.already:
        return coupon_store.by_key(unit, template_id, key or "", member_id)
    if issued.over_limit:
        raise OverMemberStock(limit=template.draft.rules.per_member)
    if coupon_id is None:
        raise OutOfStock(name=template.draft.name)
    return coupon_store.get(unit, coupon_id)


def claim(unit: Unit, template_id: UUID, member_id: UUID) -> Coupon:
    """A member fetches a coupon herself. Raises what `issue` does, and NotClaimable."""
    if not shelf_store.get(unit, TEMPLATES, template_id).draft.rules.claimable:
        raise NotClaimable
    return issue(unit, template_id, member_id, _CLAIM)


def issue_printed(unit: Unit, template_id: UUID, member_id: UUID | None) -> UUID:
    """The coupon that a printed code becomes; stock was counted when it was printed. Raises what `issue` does."""
    template, _ = open_stock(unit, template_id, printed=True)
    who = sa.select(sa.literal(member_id, sa.Uuid).label("member_id"))
    if member_id is not None:
        if members.present(unit, member_id).status is not MemberStatus.ACTIVE:
            raise HolderBlocked
        if unit.connection.execute(_asked(unit, template, who, None)).one().over:
            raise OverMemberStock(limit=template.draft.rules.per_member)
    made = _made(unit, template, who, "code", None).cte("made")
    writes = (_held(unit, template, made).cte("held"), _told(unit, template, made).cte("told"))
    coupon_id: UUID = unit.connection.execute(sa.select(made.c.coupon_id).add_cte(*writes)).scalar_one()
    return coupon_id


def open_stock(unit: Unit, template_id: UUID, *, printed: bool = False) -> tuple[Template, int | None]:
    """Hold the template's stock until the transaction ends: the template, and how many may still be issued (None: any
    number). What was `printed` is a promise that outlasts the template's end. Raises TemplateNotFound, NotIssuing."""
    stock = coupon_stocks.c
    row = unit.connection.execute(
        sa.select(stock.stock, stock.issued)
        .where(stock.merchant_id == unit.merchant_id, stock.template_id == template_id)
        .with_for_update()
    ).first()
    template = shelf_store.get(unit, TEMPLATES, template_id)
    issuing = {OfferStatus.PUBLISHED, OfferStatus.ENDED} if printed else {OfferStatus.PUBLISHED}
    ends_at = template.draft.rules.validity.ends_at
    if row is None or template.status not in issuing or (ends_at is not None and ends_at <= unit.now()):
        raise NotIssuing
    return template, None if row.stock is None else max(0, row.stock - row.issued)


def _issue(
    unit: Unit, template: Template, room: int | None, crowd: sa.Select[tuple[UUID]], source: str, key: str | None
) -> tuple[Issued, UUID | None]:
    asked = _asked(unit, template, crowd, key).cte("asked")
    lucky = sa.select(asked.c.member_id).where(~asked.c.already, ~asked.c.over).order_by(asked.c.member_id)
    chosen = (lucky if room is None else lucky.limit(room)).cte("chosen")
    made = _made(unit, template, sa.select(chosen.c.member_id), source, key).cte("made")
    counted = (
        coupon_stocks.update()
        .where(coupon_stocks.c.merchant_id == unit.merchant_id, coupon_stocks.c.template_id == template.id)
        .values(issued=coupon_stocks.c.issued + sa.select(sa.func.count()).select_from(made).scalar_subquery())
    )
    counts = sa.select(
        sa.func.count().label("asked"),
        sa.select(sa.func.count()).select_from(made).scalar_subquery().label("issued"),
        sa.func.count().filter(asked.c.already).label("already"),
        sa.func.count().filter(asked.c.over & ~asked.c.already).label("over"),
        sa.select(made.c.coupon_id).limit(1).scalar_subquery().label("coupon_id"),
    ).select_from(asked)
    writes = (_held(unit, template, made).cte("held"), _told(unit, template, made).cte("told"), counted.cte("counted"))
    row = unit.connection.execute(counts.add_cte(*writes)).one()
    return Issued(row.asked, row.issued, row.already, row.over), row.coupon_id


def _asked(unit: Unit, template: Template, crowd: sa.Select[tuple[UUID]], key: str | None) -> sa.Select[Any]:
    """Each active member of the crowd once: has she got it already, may she have no more?"""
    people, member, holder = crowd.subquery("crowd"), members.members_relation().c, coupon_holders.c
    limit = template.draft.rules.per_member
    known = sa.exists().where(
        coupons.c.merchant_id == unit.merchant_id,
        coupons.c.template_id == template.id,
        coupons.c.issue_key == key,
        coupons.c.issued_to == member.member_id,
    )
    full = sa.exists().where(
        holder.merchant_id == unit.merchant_id,
        holder.template_id == template.id,
        holder.member_id == member.member_id,
        holder.issued >= (limit or 0),
    )
    return sa.select(
        member.member_id,
        (sa.false() if key is None else known).label("already"),
        (sa.false() if limit is None else full).label("over"),
    ).where(
        member.merchant_id == unit.merchant_id,
        member.status == MemberStatus.ACTIVE.value,
        member.member_id.in_(sa.select(next(iter(people.c)))),
    )


def _made(unit: Unit, template: Template, who: sa.Select[Any], source: str, key: str | None) -> ReturningInsert[Any]:
    valid_from, valid_until = valid_from_until(
        template.draft.rules.validity, unit.now(), tenancy.merchant(unit).timezone
    )
    chosen = who.subquery("who")
    values: dict[str, sa.ColumnElement[Any]] = {
        "merchant_id": sa.literal(unit.merchant_id, sa.Uuid),
        "coupon_id": _FRESH,
        "template_id": sa.literal(template.id, sa.Uuid),
        "member_id": chosen.c.member_id,
        "issued_to": chosen.c.member_id,
        "status": sa.literal(CouponStatus.AVAILABLE.value),
        "valid_from": sa.literal(valid_from, coupons.c.valid_from.type),
        "valid_until": sa.literal(valid_until, coupons.c.valid_until.type),
        "source": sa.literal(source),
        "issue_key": sa.literal(key, sa.Text),
        "issued_at": sa.literal(unit.now(), coupons.c.issued_at.type),
    }
    return (
        insert(coupons)
        .from_select(list(values), sa.select(*values.values()).select_from(chosen))
        .returning(coupons.c.coupon_id, coupons.c.member_id)
    )


def _held(unit: Unit, template: Template, made: sa.CTE) -> ReturningInsert[Any]:
    """Count what each member was given; anonymous ones are nobody's."""
    values = sa.select(
        sa.literal(unit.merchant_id, sa.Uuid), sa.literal(template.id, sa.Uuid), made.c.member_id, sa.literal(1)
    ).where(made.c.member_id.is_not(None))
    row = insert(coupon_holders).from_select(["merchant_id", "template_id", "member_id", "issued"], values)
    return row.on_conflict_do_update(
        index_elements=["merchant_id", "template_id", "member_id"], set_={"issued": coupon_holders.c.issued + 1}
    ).returning(coupon_holders.c.member_id)


def _told(unit: Unit, template: Template, made: sa.CTE) -> ReturningInsert[Any]:
    values = sa.select(
        sa.literal(unit.merchant_id, sa.Uuid),
        _FRESH,
        sa.literal("coupon.issued"),
        made.c.coupon_id,
        made.c.member_id,
        sa.literal(unit.now(), domain_events.c.occurred_at.type),
        sa.func.jsonb_build_object("template_id", sa.literal(template.id, sa.Uuid)),
    )
    names = ["merchant_id", "event_id", "type", "subject_id", "member_id", "occurred_at", "payload"]
    return insert(domain_events).from_select(names, values).returning(domain_events.c.event_id)
