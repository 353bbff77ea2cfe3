"""Products of the sample: readable names, categories, and prices as they were last paid."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shuke.catalog.imports import PLACEHOLDER
from shuke.entrypoints.sample.chain import Chain

RECENT_DAYS = 91
_GALLON = 1000
"""Fuel is recorded in thousandths of a gallon."""

_DEPARTMENTS = {
    "DRUG GM": "Drug & General Merchandise",
    "MEAT-PCKGD": "Packaged Meat",
    "SEAFOOD-PCKGD": "Packaged Seafood",
    "CNTRL/STORE SUP": "Store Supplies",
    "CHARITABLE CONT": "Charity",
    "PROD-WHS SALES": "Produce Wholesale",
    "ELECT &PLUMBING": "Electrical & Plumbing",
    "GM MERCH EXP": "General Merchandise",
}
_SHORT = {
    "FRZN": "Frozen",
    "REFRGRATD": "Refrigerated",
    "REFRGRTD": "Refrigerated",
    "PCKGD": "Packaged",
    "PKG": "Packaged",
    "BTL": "Bottle",
    "CHKN": "Chicken",
    "VEG": "Vegetables",
    "SPECILATY": "Specialty",
    "BEERALEMALT": "Beer, Ale & Malt",
    "PROD": "Produce",
    "W": "with",
    "W/": "with",
}


def is_fuel(products: Any) -> Any:
    """Which rows of the catalogue are sold by volume."""
    return pc.fill_null(pc.match_substring_regex(products["product_type"], "^GASOLINE"), False)


def products(chain: Chain) -> Any:
    """The whole catalogue, and a placeholder for each product that was sold without being in it."""
    known = chain.products
    lines = chain.lines
    sold = np.unique(lines["product_id"].to_numpy())
    unknown = np.setdiff1d(sold, known["product_id"].to_numpy())
    skus = np.concatenate([known["product_id"].to_numpy(), unknown])
    prices = _Prices(lines, set(known.filter(is_fuel(known))["product_id"].to_pylist()))
    listed, member = prices.of(skus)
    blank = [None] * len(unknown)
    types, sizes = known["product_type"].to_pylist(), known["package_size"].to_pylist()
    categories, departments = known["product_category"].to_pylist(), known["department"].to_pylist()
    shown = _category_names(categories, departments)
    fuel = is_fuel(known).to_pylist()
    names = [_name(*row) for row in zip(types, categories, departments, sizes, skus.tolist(), strict=False)]
    return pa.table(
        {
            "sku": pa.array(skus),
            "name": [*names, *(f"Product {sku}" for sku in unknown)],
            "brand": [*(f"{brand} brand" for brand in known["brand"].to_pylist()), *blank],
            "department": [*(_DEPARTMENTS.get(one, _title(one)) for one in departments), *blank],
            "category": [*shown, *blank],
            "unit": pa.array(
                ["gal" if by_volume else size for by_volume, size in zip(fuel, sizes, strict=True)] + blank
            ),
            "sold_by": [*("measure" if volume else "piece" for volume in fuel), *["piece"] * len(unknown)],
            "list_price_minor": listed,
            "member_price_minor": member,
            "note": pa.array([None] * len(known) + [PLACEHOLDER] * len(unknown), pa.string()),
        }
    )


def _category_names(categories: Sequence[str | None], departments: Sequence[str]) -> list[str | None]:
    """Readable categories; one that several departments have says which it is of."""
    homes: dict[str, set[str]] = {}
    for category, department in zip(categories, departments, strict=True):
        if category is not None:
            homes.setdefault(category, set()).add(department)
    return [
        None
        if category is None
        else _title(category)
        if len(homes[category]) == 1
        else f"{_title(category)} ({_DEPARTMENTS.get(department, _title(department))})"
        for category, department in zip(categories, departments, strict=True)
    ]


def _name(product_type: str | None, category: str | None, department: str, size: str | None, sku: int) -> str:
    what = product_type or category or department
    return f"{_title(what)} {size.lower()}" if size else _title(what) if product_type else f"{_title(what)} {sku}"


@cache
def _title(words: str) -> str:
    """`ICE - CRUSHED/CUBED` → `Ice - Crushed / Cubed`."""
    spaced = re.sub(r"\s+", " ", re.sub(r"([/:,&])", r" \1 ", words)).replace(" ,", ",").replace(" :", ":").strip()
    spaced = spaced.replace("(INCLUDING", "").strip()
    return " ".join(_SHORT.get(word, word.capitalize()) for word in spaced.split(" "))


class _Prices:
    """Median unit prices of the last months; a member price where the shelf price was usually reduced."""

    def __init__(self, lines: Any, fuel: set[int]) -> None:
        local = lines["local"].cast(pa.int64()).to_numpy()
        quantity = lines["quantity"].to_numpy()
        measured = np.isin(lines["product_id"].to_numpy(), list(fuel))
        recent = (local >= local.max(initial=0) - RECENT_DAYS * 86_400) & (quantity > 0)
        self._sku = lines["product_id"].to_numpy()[recent]
        amount = quantity[recent]
        scale = np.where(measured[recent], _GALLON, 1)
        reduction = lines["retail_disc"].to_numpy()[recent]
        gross = (lines["sales_value"].to_numpy() + lines["coupon_match_disc"].to_numpy())[recent] + reduction
        self._shelf = _half_up(gross * scale, amount)
        self._reduced = _half_up((gross - reduction) * scale, amount)
        self._cut = reduction > 0

    def of(self, skus: Any) -> tuple[Any, Any]:
        """List and member prices, null where nothing was sold lately or the price was nothing."""
        shelf, lines_of = _medians(self._sku, self._shelf)
        reduced, cuts_of = _medians(self._sku[self._cut], self._reduced[self._cut])
        listed: list[int | None] = []
        member: list[int | None] = []
        for sku in skus.tolist():
            price = shelf.get(sku) or None
            usual = price is not None and 2 * cuts_of.get(sku, 0) > lines_of[sku]
            lower = reduced[sku] if usual else None
            listed.append(price)
            member.append(lower if price is not None and lower is not None and 0 < lower < price else None)
        return pa.array(listed, pa.int64()), pa.array(member, pa.int64())


def _half_up(total: Any, by: Any) -> Any:
    return (2 * total + by) // (2 * by)


def _medians(skus: Any, prices: Any) -> tuple[dict[int, int], dict[int, int]]:
    """The (lower) median price of each product, and how many lines it is the median of."""
    order = np.lexsort((prices, skus))
    ids, starts, counts = np.unique(skus[order], return_index=True, return_counts=True)
    middle = prices[order][starts + (counts - 1) // 2]
    return dict(zip(ids.tolist(), middle.tolist(), strict=True)), dict(zip(ids.tolist(), counts.tolist(), strict=True))
