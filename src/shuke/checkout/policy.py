"""What a merchant decides about its orders: how long they wait, how long and how they can be refunded."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.checkout.refunds.tenders import TenderPolicy
from shuke.checkout.tables import order_policies
from shuke.infra.database import Unit
from shuke.infra.standing import Standing
from shuke.tenancy import service as tenancy


@dataclass(frozen=True, slots=True)
class OrderPolicy:
    """`hold_minutes`: a pending order holds what it spends for so long. `refund_days`: after payment (None: for ever).
    `grace_days`: how long spent points and stored value that come back live on if they have expired meanwhile (0: they
    expire again). `takes_packets_back`: red packets given for a purchase go with what is refunded of it, as far as they
    are not spent. `money_back`: where money goes unless the refund says otherwise."""

    hold_minutes: int = 15
    refund_days: int | None = 90
    grace_days: int = 0
    returns_red_packets: bool = True
    takes_packets_back: bool = True
    money_back: TenderPolicy = TenderPolicy.SAME

    @property
    def grace(self) -> timedelta | None:
        return timedelta(days=self.grace_days) or None

    @property
    def hold(self) -> timedelta:
        return timedelta(minutes=self.hold_minutes)


_NAMES = tuple(field.name for field in fields(OrderPolicy))


def _load(unit: Unit) -> OrderPolicy:
    table = order_policies.c
    columns = [table[name] for name in _NAMES]
    row = unit.connection.execute(sa.select(*columns).where(table.merchant_id == unit.merchant_id)).first()
    if row is None:
        return OrderPolicy()
    return OrderPolicy(**dict(row._mapping) | {"money_back": TenderPolicy(row.money_back)})


_KEPT = Standing(_load, "checkout")


def order_policy(unit: Unit) -> OrderPolicy:
    """The merchant's policy, from this process's copy."""
    return _KEPT.of(unit)


def change_policy(unit: Unit, **changes: object) -> OrderPolicy:
    """Decide anew about what `changes` names."""
    was = _load(unit)
    now = replace(was, **changes)  # type: ignore[arg-type]
    if now == was:
        return was
    row = {"merchant_id": unit.merchant_id, **asdict(now)}
    statement = insert(order_policies).values(row)
    unit.connection.execute(
        statement.on_conflict_do_update(index_elements=["merchant_id"], set_={name: row[name] for name in _NAMES})
    )
    before, after = asdict(was), asdict(now)
    differing = [name for name in _NAMES if before[name] != after[name]]
    tenancy.record_change(
        unit,
        "order_policy.changed",
        "merchant",
        unit.merchant_id,
        {name: before[name] for name in differing},
        {name: after[name] for name in differing},
    )
    return now
