"""Shorthands for what members buy, as loyalty sees it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import PaidLine, Purchase, Rewards, Rights


def purchase(
    member_id: UUID, at: datetime, *paid: int | PaidLine, order_id: UUID | None = None, **more: Any
) -> Purchase:
    """An order of lines of so much each."""
    lines = tuple(PaidLine(line) if isinstance(line, int) else line for line in paid)
    return Purchase(order_id=order_id or new_id(), member_id=member_id, at=at, lines=lines, **more)


def buy(unit: Unit, member_id: UUID, *paid: int | PaidLine, at: datetime | None = None, **more: Any) -> Rewards:
    """Settle an order with the rights she has."""
    programme = loyalty.programme(unit)
    at = at or unit.now()
    rights: Rights = more.pop("rights", None) or loyalty.rights(unit, member_id, programme, at)
    along = more.pop("along", ())
    wallet_id = more.pop("wallet_id", None)
    bought = purchase(member_id, at, *paid, **more)
    return loyalty.on_order(unit, bought, rights, programme, wallet_id=wallet_id, along=along)
