"""The datasets that leave PostgreSQL, column by column. No personal data: ids, days, amounts, codes.

Times are UTC without a zone, so that every engine reads them alike; days are the merchant's business days; amounts are
minor units. Facts are as they happened (`orders`, `lines`, `refunds`, `events`), of the member who was named then,
whoever she turned out to be since; states are as they were when exported, and the last one counts (`members`,
`products`, and `moves`: whose an order is with all that came back of it, where facts named whom she had become for a
while).
"""

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

from shuke.audience.model import COLUMNS, Kind

_TIME = pa.timestamp("us")
_ID, _TEXT, _DAY, _MINOR = pa.string(), pa.string(), pa.date32(), pa.int64()

ORDERS = pa.schema(
    {
        "order_id": _ID,
        "member_id": _ID,
        "store_id": _ID,
        "channel": _TEXT,
        "placed_at": _TIME,
        "day": _DAY,
        "net_minor": _MINOR,
        "paid_minor": _MINOR,
        "discount_minor": _MINOR,
        "units": pa.int64(),
    }
)
LINES = pa.schema(
    {
        "order_id": _ID,
        "line_no": pa.int32(),
        "member_id": _ID,
        "store_id": _ID,
        "channel": _TEXT,
        "product_id": _ID,
        "placed_at": _TIME,
        "day": _DAY,
        "quantity_milli": pa.int64(),
        "net_minor": _MINOR,
        "discount_minor": _MINOR,
    }
)
REFUNDS = pa.schema(
    {
        "refund_id": _ID,
        "order_id": _ID,
        "member_id": _ID,
        "store_id": _ID,
        "refunded_at": _TIME,
        "day": _DAY,
        "net_minor": _MINOR,
        "paid_minor": _MINOR,
    }
)
EVENTS = pa.schema(
    {
        "event_id": _ID,
        "member_id": _ID,
        "type": _TEXT,
        "name": _TEXT,
        "occurred_at": _TIME,
        "day": _DAY,
        "received_day": _DAY,
        "texts": pa.map_(pa.string(), pa.string()),
        "numbers": pa.map_(pa.string(), pa.int64()),
    }
)
"""`texts` and `numbers` (thousandths): the properties, each in one of them. They are kept as long since the day they
came (in UTC) as the events themselves, and since they happened as it is kept whose they are."""
MEMBERS = pa.schema(
    {
        "member_id": _ID,
        "merged_into": _ID,
        "status": _TEXT,
        "joined_at": _TIME,
        "joined_day": _DAY,
        "join_store_id": _ID,
        "join_channel": _TEXT,
        "gender": _TEXT,
        "birth_year": pa.int64(),
        "birth_month": pa.int64(),
        "birthday": pa.int64(),
        "tier_rank": pa.int64(),
        "growth": pa.int64(),
        "points": pa.int64(),
        "stored_minor": _MINOR,
        "red_packet_minor": _MINOR,
        **{name: pa.int64() if kind is Kind.NUMBER else _TEXT for name, kind in COLUMNS.items()},
    }
)
MOVES = pa.schema({"order_id": _ID, "member_id": _ID})
PRODUCTS = pa.schema({"product_id": _ID, "category_id": _ID, "brand": _TEXT, "sold_by": _TEXT})

DATASETS: Mapping[str, pa.Schema] = MappingProxyType(
    {
        "orders": ORDERS,
        "lines": LINES,
        "refunds": REFUNDS,
        "events": EVENTS,
        "moves": MOVES,
        "members": MEMBERS,
        "products": PRODUCTS,
    }
)
STATES: Mapping[str, str] = MappingProxyType({"members": "member_id", "products": "product_id", "moves": "order_id"})
"""Datasets of which the last row counts, and what they are rows of."""
