"""A top-up's unspent principal goes back to the member; its bonus follows the merchant's rule."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.kernel.money import format_minor
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Lot, Move, Take
from shuke.stored_value import programme, top_up_store
from shuke.stored_value.errors import NothingToRefund, RefundChanged
from shuke.stored_value.model import MoneyKind, RefundPlan, TopUp, TopUpRefund, TopUpState
from shuke.stored_value.rules.refunds import plan_refund
from shuke.stored_value.tables import top_up_refunds
from shuke.stored_value.topping import acting_staff
from shuke.tenancy import service as tenancy

_SPENDING = (Kind.ORDER_SPENT, Kind.ORDER_RETURNED, Kind.ORDER_CANCELLED)


def preview(unit: Unit, top_up_id: UUID) -> RefundPlan:
    """What a refund would come to now. Raises TopUpNotFound."""
    return _plan(unit, top_up_store.get(unit, top_up_id))[0]


def refund(
    unit: Unit,
    top_up_id: UUID,
    store_id: UUID,
    kind: MoneyKind,
    *,
    expected_minor: int | None = None,
    reason: str | None = None,
) -> TopUpRefund:
    """Take all of the top-up's unspent principal out of the wallet, with the bonus that goes with it.

    Raises TopUpNotFound, NotFound (store), NothingToRefund, RefundChanged when it is not what she was told.
    """
    of = top_up_store.get(unit, top_up_id)
    tenancy.store(unit, store_id)
    ledger.hold(unit, [of.member_id])
    plan, lots = _plan(unit, of)
    merchant = tenancy.premises(unit).merchant
    if not plan.principal_minor:
        raise NothingToRefund
    if expected_minor is not None and expected_minor != plan.refunded_minor:
        hers, is_now = (format_minor(part, merchant.currency) for part in (expected_minor, plan.refunded_minor))
        raise RefundChanged(refund=is_now, expected=hers)
    at = unit.now()
    done = TopUpRefund(new_id(at), top_up_id, store_id, plan, kind, at, reason)
    unit.connection.execute(
        top_up_refunds.insert().values(
            merchant_id=unit.merchant_id,
            refund_id=done.refund_id,
            top_up_id=top_up_id,
            store_id=store_id,
            refunded_minor=plan.refunded_minor,
            deducted_minor=plan.deducted_minor,
            forfeited_minor=plan.forfeited_minor,
            kind=kind,
            reason=reason,
            at=at,
            business_day=business_day(at, merchant.timezone),
            staff_id=acting_staff(unit),
        )
    )
    ledger.post(unit, Entry(Kind.TOP_UP_REFUNDED, done.refund_id, at, _moves(of, plan, lots), note=reason))
    told = {
        "refund_id": done.refund_id,
        "store_id": store_id,
        "refunded_minor": plan.refunded_minor,
        "deducted_minor": plan.deducted_minor,
        "forfeited_minor": plan.forfeited_minor,
    }
    tenancy.record_change(
        unit, "top_up.refunded", "top_up", top_up_id, None, told, member_id=of.member_id, payload=told
    )
    return done


_Lots = dict[Asset, Sequence[Lot]]


def _plan(unit: Unit, of: TopUp) -> tuple[RefundPlan, _Lots]:
    lots: _Lots = {
        asset: [lot for lot in ledger.lots(unit, of.member_id, asset) if lot.source_id == of.top_up_id]
        for asset in (Asset.STORED_PRINCIPAL, Asset.STORED_BONUS)
    }
    left = {asset: sum(lot.remaining for lot in mine) for asset, mine in lots.items()}
    spent = _spent(unit, of.top_up_id)
    state = TopUpState(
        principal_minor=of.principal_minor,
        bonus_minor=of.bonus_minor,
        principal_spent=spent.get(Asset.STORED_PRINCIPAL, 0),
        bonus_spent=spent.get(Asset.STORED_BONUS, 0),
        principal_left=left[Asset.STORED_PRINCIPAL],
        bonus_left=left[Asset.STORED_BONUS],
        deducted=sum(each.plan.deducted_minor for each in top_up_store.refunds(unit, of.top_up_id)),
    )
    return plan_refund(state, programme.policy(unit).bonus_rule), lots


def _spent(unit: Unit, top_up_id: UUID) -> dict[Asset, int]:
    """What orders took of the top-up's lots, wherever they went, net of what they gave back."""
    use = ledger.uses_relation().c
    rows = unit.connection.execute(
        sa.select(use.asset, sa.cast(sa.func.sum(use.amount), sa.BigInteger).label("spent"))
        .where(
            use.merchant_id == unit.merchant_id,
            use.source_id == top_up_id,
            use.kind.in_(_SPENDING),
        )
        .group_by(use.asset)
    )
    return {Asset(row.asset): row.spent for row in rows}


def _moves(of: TopUp, plan: RefundPlan, lots: _Lots) -> tuple[Move, ...]:
    principal = list(lots[Asset.STORED_PRINCIPAL])
    paid_out = _move(of, Asset.STORED_PRINCIPAL, plan.refunded_minor, Account.PAID_OUT, principal)
    deducted = _move(of, Asset.STORED_PRINCIPAL, plan.deducted_minor, Account.FORFEITED, principal)
    forfeited = _move(of, Asset.STORED_BONUS, plan.forfeited_minor, Account.FORFEITED, list(lots[Asset.STORED_BONUS]))
    return (*paid_out, *deducted, *forfeited)


def _move(of: TopUp, asset: Asset, amount: int, account: Account, lots: list[Lot]) -> tuple[Move, ...]:
    """A taking of `amount` from `lots`, of which it leaves what remains then."""
    takes = []
    left = amount
    for number, lot in enumerate(lots):
        if part := min(left, lot.remaining):
            takes.append(Take(lot.lot_id, part))
            lots[number] = replace(lot, remaining=lot.remaining - part)
            left -= part
    return (Move(of.member_id, asset, -amount, account, lots=tuple(takes)),) if amount else ()
