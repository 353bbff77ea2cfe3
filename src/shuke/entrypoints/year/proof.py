"""What the books say, held against what the people were told."""

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa

from shuke.checkout.clearing.rules import positions
from shuke.checkout.clearing.statements import debts
from shuke.checkout.clearing.terms import standing
from shuke.checkout.model import SETTLED
from shuke.checkout.tables import orders, refunds
from shuke.entrypoints.audit import run_audit
from shuke.entrypoints.year.life import START_DAY, Life
from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset
from shuke.loyalty.tables import plan_payments
from shuke.offers.coupon_tables import coupons
from shuke.offers.model import CouponStatus
from shuke.stored_value.tables import top_up_refunds

_TENDERED = """
SELECT item->>'kind' AS kind, sum((item->>'amount_minor')::bigint) AS amount
FROM {table}, jsonb_array_elements({table}.tenders::jsonb) AS item
WHERE {table}.merchant_id = :merchant{more} GROUP BY 1
"""
_SOLD = ", ".join(f"'{status}'" for status in (*SETTLED, "pending"))


def broken(life: Life) -> list[str]:
    """What does not agree; nothing ever should."""
    checks = run_audit(life.database, life.premises.merchant_id)
    found = [f"{check.name} ({check.detail})" for check in checks if not check.ok]
    with life.unit() as unit:
        found += _assets(life, unit)
        found += _money(life, unit)
        found += _coupons(life, unit)
        found += _sold(life, unit)
        found += _cleared(life, unit)
    return found


def _assets(life: Life, unit: Unit) -> Iterator[str]:
    """Liabilities are what was issued, less what was used, less what expired, or went unspent with its purchase."""
    wallet = ledger.wallets_relation().c
    sums = [sa.func.coalesce(sa.func.sum(wallet[str(asset)]), 0).label(str(asset)) for asset in Asset]
    held = unit.connection.execute(sa.select(*sums).where(wallet.merchant_id == unit.merchant_id)).one()._asdict()
    held["points"] -= held.pop("points_owed")
    movement = ledger.movements_relation().c
    undone = sa.and_(movement.account == Account.CLAWED_BACK, movement.asset == Asset.RED_PACKET)
    gone = dict(
        unit.connection.execute(
            sa.select(movement.asset, -sa.func.sum(movement.amount))
            .where(movement.merchant_id == unit.merchant_id, sa.or_(movement.account == Account.EXPIRED, undone))
            .group_by(movement.asset)
        ).all()
    )
    for asset, amount in held.items():
        told = life.books.assets[asset] - int(gone.get(asset, 0))
        if amount != told:
            yield f"{asset}: wallets hold {amount}, and {told} was issued and neither used nor expired"


def _money(life: Life, unit: Unit) -> Iterator[str]:
    """What came into the tills less what went out, by kind, is what orders, top-ups, cards and plans say."""
    said: Counter[str] = Counter()
    for table, sign, more in (
        ("orders", 1, f" AND status IN ({_SOLD})"),
        ("refunds", -1, ""),
        ("top_ups", 1, ""),
        ("card_sales", 1, ""),
    ):
        rows = unit.connection.execute(
            sa.text(_TENDERED.format(table=table, more=more)), {"merchant": unit.merchant_id}
        )
        for row in rows:
            said[row.kind] += sign * int(row.amount)
    said["cash"] -= _change(unit)
    for kind, amount in unit.connection.execute(
        sa.select(top_up_refunds.c.kind, sa.func.sum(top_up_refunds.c.refunded_minor)).group_by(top_up_refunds.c.kind)
    ):
        said[kind] -= int(amount)
    for kind, amount in unit.connection.execute(
        sa.select(plan_payments.c.kind, sa.func.sum(plan_payments.c.amount_minor)).group_by(plan_payments.c.kind)
    ):
        said[kind] += int(amount)
    for kind in sorted(said.keys() | life.books.money.keys()):
        if said[kind] != life.books.money[kind]:
            yield f"{kind}: the till has {life.books.money[kind]}, and the books say {said[kind]}"


def _change(unit: Unit) -> int:
    """What was given back in cash: what was tendered on settled orders beyond what they came to in money."""
    tendered = sa.text(
        "SELECT coalesce(sum((SELECT sum((item->>'amount_minor')::bigint) FROM "
        "jsonb_array_elements(tenders::jsonb) AS item) - (paid_minor - stored_minor)), 0) FROM orders "
        "WHERE merchant_id = :merchant AND status = ANY(:settled)"
    )
    values = {"merchant": unit.merchant_id, "settled": [str(status) for status in SETTLED]}
    return int(unit.connection.scalar(tendered, values) or 0)


def _coupons(life: Life, unit: Unit) -> Iterator[str]:
    """Coupons that orders touched are in the state that their last order left them in; no others were used."""
    rows = unit.connection.execute(sa.select(coupons.c.coupon_id, coupons.c.status))
    used = {str(CouponStatus.REDEEMED), str(CouponStatus.RESERVED)}
    is_now = {row.coupon_id: row.status for row in rows}
    for coupon_id, status in life.books.coupons.items():
        if is_now[coupon_id] != str(status):
            yield f"coupon {coupon_id} is {is_now[coupon_id]} and should be {status}"
    strange = [each for each, status in is_now.items() if status in used and each not in life.books.coupons]
    if strange:
        yield f"{len(strange)} coupons were used by nobody"


def _sold(life: Life, unit: Unit) -> Iterator[str]:
    sold = sa.select(sa.func.sum(orders.c.paid_minor - orders.c.refunded_paid_minor)).where(
        orders.c.status.in_([str(status) for status in SETTLED])
    )
    said = (
        int(unit.connection.scalar(sold) or 0),
        unit.connection.scalar(sa.select(sa.func.count()).select_from(refunds)),
    )
    if said != (life.books.sold_minor, life.books.refunds):
        yield f"sold and refunds: {said}, and people know of {(life.books.sold_minor, life.books.refunds)}"


def _cleared(life: Life, unit: Unit) -> Iterator[str]:
    """All parties' sides add up to nothing, and outsiders pay what they fund of what is cleared."""
    last = standing(unit).closed
    if last is None:
        return
    owed = debts(unit, START_DAY, last)
    paid = sum(debt.amount_minor for debt in owed if debt.debtor.key.startswith(("platform", "partner")))
    if paid != life.books.subsidies:
        yield f"outsiders pay {paid}, and fund {life.books.subsidies}"
    found = positions(owed)
    if total := sum(position.net_minor for position in found):
        yield f"clearing leaves {total} with nobody"
