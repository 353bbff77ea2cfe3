"""What the events of the books are called."""

from collections.abc import Mapping
from types import MappingProxyType

from shuke.ledger.model import Asset, Kind

_NOUNS: Mapping[Asset, str] = MappingProxyType(
    {
        Asset.POINTS: "points",
        Asset.POINTS_OWED: "points",
        Asset.GROWTH: "points",
        Asset.STORED_PRINCIPAL: "stored_value",
        Asset.STORED_BONUS: "stored_value",
        Asset.RED_PACKET: "red_packet",
    }
)

_VERBS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ORDER_EARNED: "earned",
        Kind.ORDER_SPENT: "spent",
        Kind.ORDER_CANCELLED: "returned",
        Kind.ORDER_RETURNED: "returned",
        Kind.ORDER_REFUNDED: "clawed_back",
        Kind.RETURN_GRACED: "graced",
        Kind.DEBT_REPAID: "repaid",
        Kind.MERGE_UNDONE: "returned",
        Kind.MERGE_DIVIDED: "transferred",
        Kind.BENEFIT_GRANTED: "granted",
        Kind.CAMPAIGN_GRANTED: "granted",
        Kind.RED_PACKET_GRANTED: "granted",
        Kind.TOP_UP_REFUNDED: "refunded",
        Kind.PAID_OUT: "refunded",
        Kind.CARD_LOADED: "loaded",
        Kind.CARD_MOVED: "moved",
    }
)


def event_type(asset: Asset, kind: Kind) -> str:
    """The domain event that tells of postings of `asset`: `points.earned`, `stored_value.spent`, …"""
    return f"{_NOUNS[asset]}.{_VERBS.get(kind, kind)}"
