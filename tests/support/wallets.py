"""Shorthands for posting to the books in tests."""

from datetime import datetime, timedelta
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.audit import Check
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, GiveBack, Kind, Move


def earn(
    unit: Unit,
    member_id: UUID,
    points: int,
    *,
    at: datetime | None = None,
    expires: datetime | None = None,
    order_id: UUID | None = None,
) -> UUID:
    """Points for an order; returns the order's id."""
    order_id = order_id or new_id()
    move = Move(member_id, Asset.POINTS, points, Account.EARNED, expires)
    ledger.post(unit, Entry(Kind.ORDER_EARNED, order_id, at or unit.now(), (move,)))
    return order_id


def spend(unit: Unit, member_id: UUID, points: int, *, order_id: UUID | None = None) -> UUID:
    order_id = order_id or new_id()
    move = Move(member_id, Asset.POINTS, -points, Account.SPENT)
    ledger.post(unit, Entry(Kind.ORDER_SPENT, order_id, unit.now(), (move,)))
    return order_id


def give_back(
    unit: Unit,
    member_id: UUID,
    points: int,
    order_id: UUID,
    *,
    asset: Asset = Asset.POINTS,
    grace: timedelta | None = None,
) -> None:
    back = GiveBack(
        kind=Kind.ORDER_RETURNED,
        reference_id=new_id(),
        at=unit.now(),
        wallet_id=member_id,
        asset=asset,
        amount=points,
        of_kind=Kind.ORDER_SPENT,
        of_reference=order_id,
        grace=grace,
    )
    ledger.give_back(unit, back)


def broken(unit: Unit) -> list[Check]:
    """The laws of the books that do not hold; none should ever."""
    return [check for check in ledger.audit(unit) if not check.ok]
