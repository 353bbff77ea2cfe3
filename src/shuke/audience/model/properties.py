"""What can be asked of members and of what they did: names, kinds and where they lie in the lake."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from shuke.kernel.ids import Prefix


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
    }
)
"""Of what members did."""

MOMENTS: Mapping[str, str] = MappingProxyType({"order": "placed_at", "line": "placed_at", "refund": "refunded_at"})
"""When exactly something was done, of each kind of fact; never missing."""
