"""Acts of the office: policies change, promotions pause and go on, and nights do what nights do."""

from shuke.checkout import policy as orders
from shuke.checkout.refunds.tenders import TenderPolicy
from shuke.entrypoints import worker
from shuke.entrypoints.giving import give_due
from shuke.entrypoints.hooks import LOYALTY_HOOKS, OFFER_HOOKS
from shuke.entrypoints.year.life import Life
from shuke.loyalty.publishing import editing
from shuke.loyalty.publishing import store as programmes
from shuke.loyalty.publishing.reading import describe
from shuke.offers import lifecycle
from shuke.offers.shelves import PROMOTIONS
from shuke.stored_value import programme as stored_value
from shuke.stored_value.model import BonusRule, Policy, SpendOrder

_EXPIRIES = (
    None,
    {"kind": "rolling", "months": 2},
    {"kind": "activity", "months": 1},
    {"kind": "fixed", "month": 6, "day": 30, "years": 0},
)
_WINDOWS = (
    {"kind": "rolling", "months": 3},
    {"kind": "calendar", "first_month": 4},
    {"kind": "anniversary", "since": "joining", "months": 6},
    {"kind": "anniversary", "since": "tier", "months": 4},
)


def republish(life: Life) -> str:
    """The programme changes: how points expire and wait, what becomes of missing ones, which growth decides."""
    one = life.random.choice
    points = {
        "expiry": one(_EXPIRIES),
        "pending_days": one((0, 0, 3)),
        "shortfall": one(("negative", "deduct_from_refund", "forgive")),
        "caps": {"order": one((None, 500)), "day": one((None, 800)), "month": one((None, 3_000)), "ever": None},
    }
    growth = {"window": one(_WINDOWS), "fall": one(("straight", "one_level")), "grace_days": one((0, 10))}
    with life.unit() as unit:
        live = programmes.current(unit)
        document = describe(live)
        document["points"] |= points
        document["growth"] |= growth
        editing.save(unit, document, LOYALTY_HOOKS)
        editing.publish(unit, live.version, LOYALTY_HOOKS)
    return f"programme: {points['expiry']}, {points['shortfall']}, {growth['window']}"


def decide_on_orders(life: Life) -> str:
    one = life.random.choice
    with life.unit() as unit:
        orders.change_policy(
            unit,
            grace_days=one((0, 0, 7)),
            returns_red_packets=one((True, True, False)),
            takes_packets_back=one((True, True, False)),
            money_back=one(list(TenderPolicy)),
            refund_days=one((None, 30, 90)),
        )
    return "order policy"


def decide_on_stored_value(life: Life) -> str:
    wanted = Policy(life.random.choice(list(SpendOrder)), life.random.choice(list(BonusRule)), max_balance_minor=10**6)
    with life.unit() as unit:
        stored_value.put_policy(unit, wanted)
    return f"stored value: {wanted.spend_order}, {wanted.bonus_rule}"


def pause(life: Life) -> str:
    """A promotion pauses, or one that did goes on."""
    promotion_id = life.random.choice(life.premises.promotions)
    goes_on = promotion_id in life.paused
    with life.unit() as unit:
        if goes_on:
            lifecycle.publish(unit, PROMOTIONS, promotion_id, OFFER_HOOKS)
        else:
            lifecycle.pause(unit, PROMOTIONS, promotion_id)
    if goes_on:
        life.paused.remove(promotion_id)
    else:
        life.paused.append(promotion_id)
    return "promotion goes on" if goes_on else "promotion paused"


def minute(life: Life) -> None:
    """What the worker does every minute, as far as it touches the books."""
    give_due(life.database, life.premises.merchant_id)


def night(life: Life) -> str:
    """Expiry, tier reviews, plans and gifts, clearing, sums."""
    merchant_id = life.premises.merchant_id
    worker.nightly(life.database, merchant_id)
    worker.forget(life.database, merchant_id)
    worker.close_shared_packets(life.database, merchant_id)
    give_due(life.database, merchant_id)
    worker.refresh(life.database, merchant_id)
    return f"night: {life.today}"
