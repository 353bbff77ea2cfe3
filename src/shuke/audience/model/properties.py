"""What can be asked of members and of what they did: names, kinds and where they lie in the lake."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shuke.kernel.ids import Prefix
from shuke.members.model import NUMBER_COLUMNS, TEXT_COLUMNS


class Kind(StrEnum):
    NUMBER = "number"
    TEXT = "text"


_N, _T = Kind.NUMBER, Kind.TEXT

ATTRIBUTES: Mapping[str, Kind] = MappingProxyType(
    {
        "status": _T,
        "gender": _T,
        "join_channel": _T,
        "join_store_id": _T,
        "birth_year": _N,
        "birth_month": _N,
        "tier_rank": _N,
        "growth": _N,
        "points": _N,
        "stored_minor": _N,
        "red_packet_minor": _N,
    }
)
"""Of a member. Amounts are minor units."""

COLUMNS: Mapping[str, Kind] = MappingProxyType(
    {
        **{f"text_{place}": _T for place in range(1, TEXT_COLUMNS + 1)},
        **{f"number_{place}": _N for place in range(1, NUMBER_COLUMNS + 1)},
    }
)
"""Where the values of registered attributes lie. The same for every merchant, so that what is registered later changes
no file, no table and no engine."""


@dataclass(frozen=True, slots=True)
class RegisteredAs:
    """What can be asked of a registered attribute: `day`: it is one, as a number such as 20260331;
    `values` where there is a list of them; `since` is the transaction
    by which it lies in its column."""

    kind: Kind
    column: str
    since: int
    day: bool = False
    values: frozenset[str] | None = None


TRAITS: Mapping[str, Kind] = MappingProxyType(
    {
        "lifecycle": _T,
        "grade": _T,
        "loyalty": _T,
        "recency": _N,
        "frequency": _N,
        "monetary": _N,
        "since": _N,
        "rhythm": _N,
        "days": _N,
        "year_days": _N,
        "year_net_minor": _N,
        "visits_30_days": _N,
        "loyalty_bps": _N,
        "discount_bps": _N,
        "alive_bps": _N,
        "expected_milli": _N,
        "clv_minor": _N,
        "cluster": _N,
        "category_id": _T,
        "brand": _T,
        "price_band": _T,
        "store_id": _T,
        "channel": _T,
        "hour_band": _T,
    }
)
"""What a night finds out about a member (traits/computing.py); the last six are what she prefers."""

IDS: Mapping[str, Prefix] = MappingProxyType(
    {
        "store_id": Prefix.STORE,
        "join_store_id": Prefix.STORE,
        "product_id": Prefix.PRODUCT,
        "category_id": Prefix.CATEGORY,
        "segment_id": Prefix.SEGMENT,
        "tag_id": Prefix.TAG,
    }
)
"""Texts that are ids: a tree names them as the API does (`sto_…`), the lake as they are."""

_ANY = {"store_id": _T, "net_minor": _N, "paid_minor": _N}
FACTS: Mapping[str, Mapping[str, Kind]] = MappingProxyType(
    {
        "order": {**_ANY, "channel": _T, "discount_minor": _N, "units": _N},
        "line": {
            "store_id": _T,
            "channel": _T,
            "product_id": _T,
            "category_id": _T,
            "brand": _T,
            "quantity_milli": _N,
            "net_minor": _N,
            "discount_minor": _N,
        },
        "refund": _ANY,
        "event": {},
    }
)
"""Of what members did. Events have properties of their own."""

PROPERTY = "properties."
"""What the names of events' own properties begin with; whatever a sender made up follows."""

MOMENTS: Mapping[str, str] = MappingProxyType(
    {"order": "placed_at", "line": "placed_at", "refund": "refunded_at", "event": "occurred_at"}
)
"""When exactly something was done, of each kind of fact; never missing."""
