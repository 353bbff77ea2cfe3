"""Orders, campaigns and redemptions of the sample, in the importer's columns."""

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shuke.entrypoints.sample.chain import CURRENCY, Chain
from shuke.entrypoints.sample.goods import is_fuel


def orders(chain: Chain) -> Any:
    """One row a line. Fuel, recorded in thousandths of a gallon, is sold in gallons."""
    lines = chain.lines
    fuel = pc.is_in(lines["product_id"], value_set=chain.products.filter(is_fuel(chain.products))["product_id"])
    pieces = lines["quantity"].to_numpy()
    thousandths = np.where(fuel.to_numpy(), pieces, pieces * 1000)
    net = lines["sales_value"].to_numpy()
    cut, match, coupon = (lines[name].to_numpy() for name in ("retail_disc", "coupon_match_disc", "coupon_disc"))
    return pa.table(
        {
            "order_ref": lines["basket_id"],
            "placed_at": lines["local"],
            "store_code": lines["store_id"],
            "member_ref": lines["household_id"],
            "sku": lines["product_id"],
            "quantity": _thousandths(thousandths),
            "currency": pa.array([CURRENCY]).take(pa.array(np.zeros(len(net), dtype=np.int8))),
            "gross_minor": net + cut + match,
            "merchant_discount_minor": cut,
            "merchant_coupon_minor": match,
            "partner_discount_minor": coupon,
            "paid_minor": net - coupon,
            "net_minor": net,
        }
    )


def _thousandths(amounts: Any) -> Any:
    return pc.multiply(pa.array(amounts).cast(pa.decimal128(19, 0)), pa.scalar(Decimal("0.001"), pa.decimal128(4, 3)))


def campaigns(chain: Chain) -> Any:
    return chain.campaigns.select(["campaign_id", "campaign_type", "start_date", "end_date"]).rename_columns(
        ["code", "kind", "starts_on", "ends_on"]
    )


def campaign_members(chain: Chain) -> Any:
    return chain.campaign_members.select(["campaign_id", "household_id"]).rename_columns(
        ["campaign_code", "member_ref"]
    )


def redemptions(chain: Chain) -> Any:
    """Each with the order it touched: same household and day, with a product that the coupon is for; null if none.

    Where several orders of the day fit, the one on which a coupon took something off counts, then the earliest.
    """
    found = chain.redemptions.append_column("redemption", pa.array(np.arange(len(chain.redemptions))))
    lines = chain.lines
    bought = pa.table(
        {
            "household_id": lines["household_id"],
            "redemption_date": lines["local"].cast(pa.date32(), safe=False),
            "product_id": lines["product_id"],
            "basket_id": lines["basket_id"],
            "used": pc.greater(pc.add(lines["coupon_disc"], lines["coupon_match_disc"]), 0),
        }
    )
    that_day = found.join(bought, ["household_id", "redemption_date"], join_type="inner")
    fitting = that_day.join(chain.coupons, ["coupon_upc", "campaign_id", "product_id"], join_type="left semi")
    best = fitting.sort_by([("redemption", "ascending"), ("used", "descending"), ("basket_id", "ascending")])
    which, first = np.unique(best["redemption"].to_numpy(), return_index=True)
    touched = dict(zip(which.tolist(), best["basket_id"].take(first).to_pylist(), strict=True))
    return pa.table(
        {
            "campaign_code": found["campaign_id"],
            "member_ref": found["household_id"],
            "coupon_code": found["coupon_upc"],
            "redeemed_on": found["redemption_date"],
            "order_ref": pa.array([touched.get(one) for one in range(len(found))], pa.int64()),
        }
    )
