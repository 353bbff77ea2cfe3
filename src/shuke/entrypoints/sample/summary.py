"""What the loaded sample amounts to, read back from the database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.catalog import service as catalog
from shuke.checkout import service as checkout
from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, Kind
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.tenancy import service as tenancy


@dataclass(frozen=True, slots=True)
class Summary:
    """`gross_minor` is shelf value, `discount_minor` what all funders gave, `net_minor` what the merchant receives
    with the partners' share, `paid_minor` what members paid. `tiers` counts members by tier, `audit` says "ok" or
    what is wrong for each check, `seconds` how long each phase took in this run."""

    merchant_id: UUID
    currency: str
    members: int
    stores: int
    products: int
    orders: int
    lines: int
    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    points_issued: int
    points_outstanding: int
    tiers: Mapping[str, int]
    audit: Mapping[str, str]
    seconds: Mapping[str, float]

    def as_json(self) -> dict[str, object]:
        values = asdict(self)
        values["merchant_id"] = str(self.merchant_id)
        return values


def summarise(unit: Unit, audit: Mapping[str, str], seconds: Mapping[str, float]) -> Summary:
    orders, balances = checkout.orders_relation(), ledger.balances_relation()
    order = orders.c
    amounts = [sa.func.coalesce(sa.func.sum(order[name]), 0) for name in _AMOUNTS]
    count, lines, gross, discount, net, paid = unit.connection.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(order.line_count), 0), *amounts).where(
            order.merchant_id == unit.merchant_id
        )
    ).one()
    return Summary(
        merchant_id=unit.merchant_id,
        currency=tenancy.merchant(unit).currency,
        members=_count(unit, members.members_relation()),
        stores=_count(unit, tenancy.stores_relation()),
        products=_count(unit, catalog.products_relation()),
        orders=count,
        lines=int(lines),
        gross_minor=int(gross),
        discount_minor=int(discount),
        net_minor=int(net),
        paid_minor=int(paid),
        points_issued=_issued(unit),
        points_outstanding=int(
            unit.connection.scalar(
                sa.select(sa.func.coalesce(sa.func.sum(balances.c.points), 0)).where(
                    balances.c.merchant_id == unit.merchant_id
                )
            )
            or 0
        ),
        tiers=_tiers(unit),
        audit=dict(audit),
        seconds={phase: round(took, 2) for phase, took in seconds.items()},
    )


_AMOUNTS = ("gross_minor", "discount_minor", "net_minor", "paid_minor")


def _count(unit: Unit, relation: Any) -> int:
    found = unit.connection.scalar(
        sa.select(sa.func.count()).select_from(relation).where(relation.c.merchant_id == unit.merchant_id)
    )
    return int(found or 0)


def _issued(unit: Unit) -> int:
    postings = ledger.postings_relation()
    found = unit.connection.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(postings.c.amount), 0)).where(
            postings.c.merchant_id == unit.merchant_id,
            postings.c.asset == str(Asset.POINTS),
            postings.c.kind == str(Kind.ORDER_EARNED),
        )
    )
    return int(found or 0)


def _tiers(unit: Unit) -> dict[str, int]:
    programme = loyalty.programme(unit)
    counts = loyalty.members_by_tier(unit, programme)
    return {tier.name.en: counts.get(tier.tier_id, 0) for tier in programme.tiers}
