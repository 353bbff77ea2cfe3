"""Coupons that were redeemed in the past, with the orders they touched where the source knows them."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pyarrow as pa
import sqlalchemy as sa

from shuke.checkout.tables import orders
from shuke.infra.database import Unit
from shuke.infra.imports import bulk, parsing
from shuke.infra.imports.fields import Field
from shuke.infra.imports.kinds import Context, Outcome, Reading, Rows
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.offers import service as offers

_NO_CAMPAIGN = Text("没有这个活动", "there is no such campaign")
_NO_MEMBER = Text("没有这位会员", "there is no such member")
_NO_ORDER = Text("没有这张订单", "there is no such order")


class RedemptionImport:
    """A redemption is known by campaign, member, coupon and day."""

    name = "redemptions"
    label = Text("核销记录", "Redemptions")
    group = None
    threads = 1
    notes: Mapping[str, Text] = {
        "without_order": Text(
            "当天没有含该券商品的订单的核销", "redemptions on a day without an order that shows the coupon's products"
        ),
    }

    def fields(self, _reading: Reading) -> tuple[Field, ...]:
        return (
            Field("campaign_code", Text("活动编码", "Campaign"), parsing.text(64), True, synonyms=("campaign_id",)),
            Field("member_ref", Text("会员编号", "Member"), parsing.text(64), True, synonyms=("member_id",)),
            Field("coupon_code", Text("券码", "Coupon"), parsing.text(64), True, synonyms=("coupon_upc",)),
            Field("redeemed_on", Text("核销日期", "Redeemed on"), parsing.date, True, synonyms=("redemption_date",)),
            Field("order_ref", Text("单号", "Order reference"), parsing.text(64)),
        )

    def loader(self, context: Context) -> "RedemptionLoader":
        return RedemptionLoader(context)


class RedemptionLoader:
    def __init__(self, context: Context) -> None:
        self._source = context.source
        self._times: Counter[str] = Counter()

    def remember(self, rows: Rows) -> None:
        for key in _keys(rows):
            self._times[key] += 1

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        outcome = Outcome()
        campaigns = offers.campaign_ids(unit)
        owners = members.owners(unit, rows.columns["member_ref"].unique().to_pylist(), ())
        placed = self._orders(unit, rows.columns["order_ref"].unique().drop_null().to_pylist())
        added: dict[UUID, tuple[UUID, UUID, UUID | None, str, date]] = {}
        names = ("campaign_code", "member_ref", "coupon_code", "redeemed_on", "order_ref")
        cells = zip(_keys(rows), *(rows.values(name) for name in names), strict=True)
        for position, (key, campaign, member, coupon, day, order) in enumerate(cells):
            campaign_id, member_id = campaigns.get(str(campaign)), owners.get(f"ref:{member}")
            order_id = placed.get(str(order))
            if campaign_id is None or member_id is None:
                outcome.rejects[position] = _NO_CAMPAIGN if campaign_id is None else _NO_MEMBER
            elif order is not None and order_id is None:
                outcome.rejects[position] = _NO_ORDER
            else:
                assert isinstance(day, date)
                self._times[key] += 1
                redemption_id = _id(unit.merchant_id, self._source, key, self._times[key])
                added[redemption_id] = (campaign_id, member_id, order_id, str(coupon), day)
        self._save(unit, added, outcome)
        return outcome

    def _orders(self, unit: Unit, refs: list[str]) -> dict[str, UUID]:
        table = orders.c
        return bulk.codes_of(
            unit,
            sa.select(table.external_ref, table.order_id).where(
                table.merchant_id == unit.merchant_id,
                table.source == self._source,
                table.external_ref == sa.any_(sa.literal(refs, sa.ARRAY(sa.Text))),
            ),
        )

    def _save(
        self, unit: Unit, added: Mapping[UUID, tuple[UUID, UUID, UUID | None, str, date]], outcome: Outcome
    ) -> None:
        rows = list(added.values())
        bulk.stage(
            unit,
            "redemption_rows",
            {
                "redemption_id": ("uuid", bulk.hex_ids(added)),
                "campaign_id": ("uuid", bulk.hex_ids(row[0] for row in rows)),
                "member_id": ("uuid", bulk.hex_ids(row[1] for row in rows)),
                "order_id": ("uuid", bulk.hex_ids(row[2] for row in rows)),
                "coupon_code": ("text", pa.array([row[3] for row in rows], pa.string())),
                "redeemed_on": ("date", pa.array([row[4] for row in rows], pa.date32())),
            },
        )
        written = unit.connection.execute(_ADD, {"merchant": unit.merchant_id}).all()
        bulk.tell(unit, "redemption.imported", [row.redemption_id for row in written])
        outcome.created = len(written)
        outcome.unchanged = len(rows) - len(written)
        outcome.note("without_order", sum(row.order_id is None for row in written))


_ADD = sa.text(
    "INSERT INTO order_redemptions (merchant_id, redemption_id, campaign_id, member_id, order_id, coupon_code, "
    "redeemed_on) SELECT :merchant, redemption_id, campaign_id, member_id, order_id, coupon_code, redeemed_on "
    "FROM pg_temp.redemption_rows ON CONFLICT DO NOTHING RETURNING redemption_id, order_id"
)


def _keys(rows: Rows) -> list[str]:
    names = ("campaign_code", "member_ref", "coupon_code", "redeemed_on")
    return ["\n".join(map(str, cells)) for cells in zip(*(rows.values(name) for name in names), strict=True)]


def _id(merchant_id: UUID, source: str, key: str, times: int) -> UUID:
    """The same for the same redemption, so that none is stored twice; `times` tells repetitions in a file apart."""
    digest = hashlib.sha256(merchant_id.bytes + f"{source}\n{key}\n{times}".encode()).digest()
    return UUID(bytes=digest[:16], version=5)
