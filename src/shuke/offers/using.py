"""What orders do with offers: reserve, redeem, let go, give back. Each is one statement in the order's transaction.

Locks are taken in one order everywhere, so that orders at many tills wait for each other and never deadlock: counters
of offers by id, counters of members, coupons by id. A limit is guarded by the statement that counts: whoever would
exceed it changes no row, and is told so.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit, at_once
from shuke.infra.questions import Query, Question
from shuke.offers import refusing
from shuke.offers.model import OfferUse, Remaining, Reversal
from shuke.offers.use_sql import GIVE_BACK, REMAINING, SETTLE, USE, USE_COUPONS, USE_OFFERS

_REMAINING, _USE, _USE_OFFERS, _USE_COUPONS = (Query(sql) for sql in (REMAINING, USE, USE_OFFERS, USE_COUPONS))

_WHEN_RETURNED: Mapping[Reversal, tuple[str, bool]] = {
    Reversal.CANCEL: ("on_cancel", True),
    Reversal.FULL: ("on_full_refund", True),
    Reversal.PARTIAL: ("on_partial_refund", False),
}
"""Which of a template's rules decides, and what it says unless it was changed (model.Returns)."""


def remaining(unit: Unit, offer_ids: Collection[UUID], member_id: UUID | None, at: datetime) -> dict[UUID, Remaining]:
    """What the limits of these offers leave at `at`; offers without limits are not in the answer."""
    if not offer_ids:
        return {}
    return asking_remaining(unit, offer_ids, member_id, at).answer(unit)


def asking_remaining(
    unit: Unit, offer_ids: Collection[UUID], member_id: UUID | None, at: datetime
) -> Question[dict[UUID, Remaining]]:
    """`remaining`, for whoever has other things to ask at once."""
    ask = _REMAINING.ask(merchant=unit.merchant_id, offers=list(offer_ids), member=member_id, at=at)
    return Question(ask, lambda rows: {row.offer_id: Remaining(*row[1:]) for row in rows})


def reserve(unit: Unit, order_id: UUID, use: OfferUse, member_id: UUID | None, until: datetime, at: datetime) -> None:
    """Hold for a pending order what it uses; offers without limits may be left out of `use`.

    Raises OfferUsedUp, OverYourLimit, CouponNotFound, CouponNotYours, CouponUsed, CouponReserved, CouponRevoked,
    CouponNotYetValid, CouponExpired; the unit of work can then only be left.
    """
    _use(unit, order_id, use, member_id, at, until)


def redeem(
    unit: Unit, order_id: UUID, use: OfferUse | None = None, member_id: UUID | None = None, *, at: datetime
) -> None:
    """Use what a paid order uses: `use`, raising what `reserve` raises; or (None) all that was reserved for it."""
    if use is not None:
        _use(unit, order_id, use, member_id, at, None)
    else:
        unit.connection.execute(SETTLE, {"merchant": unit.merchant_id, "order": order_id, "at": at})


def release(unit: Unit, order_id: UUID, at: datetime) -> None:
    """Let go of all that a pending order held, because it was cancelled or its time is over. Again: nothing happens."""
    _give_back(unit, order_id, at, pending=True, whole=True, rule="", otherwise=True, refund_id=None)


def restore(unit: Unit, order_id: UUID, refund_id: UUID, how: Reversal, at: datetime) -> None:
    """Give back what a redeemed order used, as the templates' return rules say.

    A cancellation or full refund frees limits and budgets whether or not the coupons come back; a partial one frees no
    more than the uses of coupons that do. The caller holds the order.
    """
    rule, otherwise = _WHEN_RETURNED[how]
    whole = how is not Reversal.PARTIAL
    _give_back(unit, order_id, at, pending=False, whole=whole, rule=rule, otherwise=otherwise, refund_id=refund_id)


def _use(
    unit: Unit, order_id: UUID, use: OfferUse, member_id: UUID | None, at: datetime, until: datetime | None
) -> None:
    if not use.offers and not use.coupons:
        return
    offers = sorted(use.offers.items())
    values = {
        "merchant": unit.merchant_id,
        "order": order_id,
        "member": member_id,
        "at": at,
        "until": until,
        "offers": [offer_id for offer_id, _ in offers],
        "uses": [used.uses for _, used in offers],
        "pieces": [used.pieces for _, used in offers],
        "minor": [used.minor for _, used in offers],
        "coupons": sorted(set(use.coupons)),
    }
    statement = (_USE if use.coupons else _USE_OFFERS) if use.offers else _USE_COUPONS
    row = at_once(unit.connection, statement.ask(**values))[0][0]._asdict()
    if over := set(row.get("limited", ())) - set(row.get("counted", ())):
        raise refusing.used_up(unit, over)
    if over := set(row.get("limited_own", ())) - set(row.get("counted_own", ())):
        raise refusing.over_limit(unit, over)
    if refused := set(use.coupons) - set(row.get("taken", ())):
        raise refusing.not_usable(unit, min(refused), member_id, at)


def _give_back(unit: Unit, order_id: UUID, at: datetime, **how: object) -> None:
    graced = unit.connection.scalars(
        GIVE_BACK, {"merchant": unit.merchant_id, "order": order_id, "at": at, **how}
    ).all()
    if graced:
        # Their template may have ended and be out of every copy of what is live: tell that it counts again.
        unit.connection.execute(_TOUCH, {"merchant": unit.merchant_id, "templates": sorted(set(graced))})


_TOUCH = sa.text(
    "UPDATE coupon_templates SET updated_at = updated_at "
    "WHERE merchant_id = :merchant AND template_id = ANY(CAST(:templates AS uuid[]))"
)
