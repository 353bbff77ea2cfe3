"""What leaves for the lake: the rows of each dataset that a range of events tells of."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import distinct_on

from shuke.audience import service as audience
from shuke.audience.facts import datasets, forgetting, native
from shuke.audience.facts.extending import build
from shuke.audience.segments.model import Refresh
from shuke.audience.traits.forgetting import forget as forget_traits
from shuke.catalog import service as catalog
from shuke.checkout import service as checkout
from shuke.entrypoints.lake_events import EVENTS
from shuke.entrypoints.traits import renew
from shuke.infra.database import Database, Unit
from shuke.infra.lake import compacting
from shuke.infra.lake.exporting import Source, export_next, exported, position, tells_of, write
from shuke.infra.lake.folder import LakeFolder, Range, upto_of
from shuke.kernel.errors import Conflict, Invalid
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.tenancy import service as tenancy

_log = structlog.get_logger("shuke.lake")


def export(database: Database, root: Path, merchant_id: UUID) -> int:
    """Export what has happened since the last time, into a folder that is held. Returns the last transaction that was
    exported."""
    folder, more = LakeFolder.of(root, merchant_id), True
    while more:
        with database.merchant(merchant_id) as unit:
            span = export_next(unit, folder, SOURCES)
            more = span is not None
            if span is not None and tells_of(unit, span, members.ATTRIBUTE_RETRACTED):
                _rewrite_members(unit, folder)
    with database.merchant(merchant_id) as unit:
        return position(unit)


def _rewrite_members(unit: Unit, folder: LakeFolder) -> None:
    """As they are now, all in one file, which is read instead of the others: a year of them is half a million. What is
    personal from now on is in no file, nor in the next native copy."""
    source, spans = next(source for source in SOURCES if source.dataset == "members"), exported(unit)
    whole = Range(spans[0].after, spans[-1].upto)
    write(unit, folder, source, whole)
    folder.keep(source.dataset, [whole])
    folder.make_anew()


def bring_up_to_date(database: Database, root: Path, merchant_id: UUID) -> int:
    """Export what has happened since the last time, and make the next native copy if this one lacks anything. Returns
    the last transaction that is in it."""
    folder = LakeFolder.of(root, merchant_id)
    with folder.held():
        upto = export(database, root, merchant_id)
        if native.stale(folder):
            build(folder, upto)
    return upto


def follow(database: Database, root: Path, merchant_id: UUID) -> None:
    """Export what has happened. If there is anything new, make the next native copy, not all the time; reckon the
    traits anew of those whom it tells of, and look again at the segments that follow at once."""
    folder = LakeFolder.of(root, merchant_id)
    with folder.held():
        before = folder.current()
        _forget_erased(database, root, merchant_id)
        upto, present = export(database, root, merchant_id), folder.current()
        if native.stale(folder) and (present is None or native.rested(present)):
            build(folder, upto)
        something_new = folder.current() != before
    if renew(database, root, merchant_id) or something_new:
        look_at(database, root, merchant_id, Refresh.CONTINUOUS)


def compact(root: Path, merchant_id: UUID) -> int:
    """Put the many small files of what the present native copy has together. Returns how many are read no more."""
    folder = LakeFolder.of(root, merchant_id)
    with folder.held():
        current = folder.current()
        return compacting.compact(folder, datasets.STATES, upto_of(current)) if current else 0


def forget_erased(database: Database, root: Path, merchant_id: UUID) -> int:
    """Whoever was erased leaves the lake, with all files that knew her; how many ids did. Nothing is rewritten before
    the lake has heard of it, or it would learn of her again."""
    with LakeFolder.of(root, merchant_id).held():
        return _forget_erased(database, root, merchant_id)


def _forget_erased(database: Database, root: Path, merchant_id: UUID) -> int:
    with database.merchant(merchant_id) as unit:
        waiting = members.still_in_lake(unit)
    folder = LakeFolder.of(root, merchant_id)
    if not waiting:
        return 0
    upto = export(database, root, merchant_id)
    heard = forgetting.told(folder, [str(erased) for erased, _ in waiting])
    gone = [(erased, name) for erased, name in waiting if str(erased) in heard]
    if gone:
        if native.stale(folder):
            build(folder, upto, anew=True)
        names = [str(name) for _, name in gone]
        forgetting.forget(folder, names)
        forget_traits(folder, names)
        with database.merchant(merchant_id) as unit:
            members.left_lake(unit, {erased for erased, _ in gone})
    return len(gone)


def look_at(database: Database, root: Path, merchant_id: UUID, refresh: Refresh) -> None:
    """Look again at the segments that are to be looked at like this, each in a transaction of its own."""
    with database.merchant(merchant_id) as unit:
        segment_ids = audience.to_refresh(unit, refresh)
    for segment_id in segment_ids:
        try:
            with database.merchant(merchant_id) as unit:
                audience.refresh(unit, root, segment_id)
        except (Conflict, Invalid) as error:
            _log.warning("segment.not_refreshed", merchant=str(merchant_id), segment=str(segment_id), why=error.code)


_DECISIONS = (members.ATTRIBUTE_REGISTERED, members.ATTRIBUTE_CHANGED, members.ATTRIBUTE_RETRACTED)


def _utc(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.timezone("UTC", column)


def _orders(unit: Unit, told: sa.Subquery) -> sa.Select[Any]:
    order, named = checkout.sold_relation().c, _named(told, *checkout.SOLD)
    return (
        sa.select(
            order.order_id,
            named.c.member_id,
            order.store_id,
            order.channel,
            _utc(order.placed_at).label("placed_at"),
            order.business_day.label("day"),
            order.net_minor,
            order.paid_minor,
            order.discount_minor,
            order.units,
        )
        .where(order.merchant_id == unit.merchant_id, order.order_id == named.c.subject_id)
        .order_by(order.order_id)
    )


def _lines(unit: Unit, told: sa.Subquery) -> sa.Select[Any]:
    order, line, named = checkout.sold_relation().c, checkout.lines_relation().c, _named(told, *checkout.SOLD)
    same = sa.and_(line.merchant_id == order.merchant_id, line.order_id == order.order_id)
    return (
        sa.select(
            order.order_id,
            line.line_no,
            named.c.member_id,
            order.store_id,
            order.channel,
            line.product_id,
            _utc(order.placed_at).label("placed_at"),
            order.business_day.label("day"),
            sa.cast(line.quantity * 1000, sa.BigInteger).label("quantity_milli"),
            line.net_minor,
            line.discount_minor,
        )
        .where(same, order.merchant_id == unit.merchant_id, order.order_id == named.c.subject_id)
        .order_by(order.order_id, line.line_no)
    )


def _refunds(unit: Unit, told: sa.Subquery) -> sa.Select[Any]:
    refund, named = checkout.refunds_relation().c, _named(told, checkout.REFUNDED)
    return (
        sa.select(
            refund.refund_id,
            refund.order_id,
            named.c.member_id,
            refund.store_id,
            _utc(refund.at).label("refunded_at"),
            refund.business_day.label("day"),
            refund.net_minor,
            refund.paid_minor,
        )
        .where(refund.merchant_id == unit.merchant_id, refund.refund_id == named.c.subject_id)
        .order_by(refund.refund_id)
    )


def _moves(_unit: Unit, told: sa.Subquery) -> sa.Select[Any]:
    """Whose an order is after all, the last that was told of it."""
    last = (told.c.subject_id, told.c.transaction_id.desc(), told.c.event_id.desc())
    moved = told.c.type == checkout.MOVED
    return (
        sa.select(told.c.subject_id.label("order_id"), told.c.member_id)
        .where(moved)
        .ext(distinct_on(told.c.subject_id))
        .order_by(*last)
    )


def _members(unit: Unit, told: sa.Subquery) -> sa.Select[Any]:
    member = members.members_relation().c
    held, tier, balance = (
        relation.c
        for relation in (loyalty.member_tiers_relation(), loyalty.tiers_relation(), ledger.balances_relation())
    )
    base = loyalty.programme(unit).base_tier.rank
    none = sa.literal(0)
    # What was reckoned of her by the lake is nothing new to it: she would be reckoned anew again and again.
    hers = sa.select(told.c.member_id).where(told.c.member_id.is_not(None), told.c.type.not_in(audience.MOVED))
    decided = sa.exists().where(told.c.type.in_(_DECISIONS))
    return (
        sa.select(
            member.member_id,
            member.merged_into,
            member.status,
            _utc(member.joined_at).label("joined_at"),
            sa.cast(sa.func.timezone(tenancy.merchant(unit).timezone, member.joined_at), sa.Date).label("joined_day"),
            member.join_store_id,
            member.join_channel,
            member.gender,
            sa.cast(sa.extract("year", member.birthday), sa.BigInteger).label("birth_year"),
            sa.cast(sa.extract("month", member.birthday), sa.BigInteger).label("birth_month"),
            sa.cast(
                sa.extract("month", member.birthday) * 100 + sa.extract("day", member.birthday), sa.BigInteger
            ).label("birthday"),
            sa.func.coalesce(tier.rank, base).label("tier_rank"),
            sa.func.coalesce(balance.growth, none).label("growth"),
            sa.func.coalesce(balance.points, none).label("points"),
            (sa.func.coalesce(balance.stored_principal, none) + sa.func.coalesce(balance.stored_bonus, none)).label(
                "stored_minor"
            ),
            sa.func.coalesce(balance.red_packet, none).label("red_packet_minor"),
            *members.registered_values(unit, member.attributes),
        )
        .select_from(
            members.members_relation()
            .outerjoin(loyalty.member_tiers_relation(), _same(member, held, "member_id"))
            .outerjoin(loyalty.tiers_relation(), _same(held, tier, "tier_id"))
            .outerjoin(ledger.balances_relation(), _same(member, balance, "member_id"))
        )
        .where(
            member.merchant_id == unit.merchant_id,
            # With a member come those who became her: whom they became changes when she becomes somebody herself.
            # With a decision about an attribute come all: what is known of them is something else now.
            sa.or_(member.member_id.in_(hers), member.merged_into.in_(hers), decided),
        )
        .order_by(member.member_id)
    )


def _products(unit: Unit, told: sa.Subquery) -> sa.Select[Any]:
    product = catalog.products_relation().c
    return (
        sa.select(product.product_id, product.category_id, product.brand, product.sold_by)
        .where(
            product.merchant_id == unit.merchant_id,
            product.product_id.in_(sa.select(told.c.subject_id).where(told.c.type.like("product.%"))),
        )
        .order_by(product.product_id)
    )


def _named(told: sa.Subquery, *types: str) -> sa.Subquery:
    """What events of some types are of, and the member whom they named: she may be somebody else by now."""
    return sa.select(told.c.subject_id, told.c.member_id).where(told.c.type.in_(types)).distinct().subquery("named")


def _same(one: Any, other: Any, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(one.merchant_id == other.merchant_id, one[key] == other[key])


SOURCES: Sequence[Source] = (
    Source("orders", datasets.ORDERS, _orders),
    Source("lines", datasets.LINES, _lines),
    Source("refunds", datasets.REFUNDS, _refunds),
    EVENTS,
    Source("moves", datasets.MOVES, _moves),
    Source("members", datasets.MEMBERS, _members),
    Source("products", datasets.PRODUCTS, _products),
)
