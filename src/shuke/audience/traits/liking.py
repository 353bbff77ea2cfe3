"""What a member prefers: of each kind of thing the one she bought most often, and in what share of all.

Stores, channels and hours count orders; categories, brands and price bands count lines. Of as many, the first by name.
What has no value (no brand) is not counted.
"""

import duckdb

from shuke.audience.traits.terms import Terms, hour_sql

_GOODS = """
CREATE TEMP TABLE goods AS
WITH sold AS (
  SELECT product_id, any_value(category_id) AS category_id, sum(net_minor) * 1000 // sum(quantity_milli) AS price
  FROM native.lines WHERE day <= $as_of AND quantity_milli > 0 GROUP BY product_id
), thirds AS (
  SELECT category_id, quantile_disc(price, [1 / 3, 2 / 3]) AS upto FROM sold GROUP BY category_id
)
SELECT product_id,
  CASE WHEN price <= upto[1] THEN 'low' WHEN price <= upto[2] THEN 'middle' ELSE 'high' END AS price_band
FROM sold JOIN thirds ON sold.category_id IS NOT DISTINCT FROM thirds.category_id
"""
"""A product's price band: the third of its category's products that it lies in, by what it sold for on average."""

_LIKED = """
CREATE TEMP TABLE liked_{name} AS
WITH mine AS (
  SELECT member_no, {value} AS value FROM {facts} WHERE member_no IS NOT NULL AND day <= $as_of
), named AS (
  SELECT value, row_number() OVER (ORDER BY value) AS place FROM (SELECT DISTINCT value FROM mine)
), counted AS (
  SELECT member_no, place, count(*) AS times FROM mine JOIN named USING (value) GROUP BY member_no, place
), best AS (
  SELECT member_no, max_by(place, (times << 32) - place) AS place, max(times) AS times, sum(times) AS of
  FROM counted GROUP BY member_no
)
SELECT member_no, value AS {column}, (10000 * times // of)::BIGINT AS {name}_share_bps
FROM best JOIN named USING (place)
"""

_LINES = "native.lines LEFT JOIN goods USING (product_id)"
KINDS = {
    "category": ("category_id", "category_id", "native.lines"),
    "brand": ("brand", "brand", "native.lines"),
    "price": ("price_band", "price_band", _LINES),
    "store": ("store_id", "store_id", "native.orders"),
    "channel": ("channel", "channel", "native.orders"),
}
COLUMNS = {name: column for name, (column, _, _) in KINDS.items()} | {"hour": "hour_band"}
"""The column of the preferred one; its share is `<name>_share_bps`."""


def find_preferences(traits: duckdb.DuckDBPyConnection, terms: Terms) -> None:
    """A table `liked_<name>` of each kind, with the members who bought anything that counts."""
    as_of = {"as_of": terms.as_of}
    traits.execute(_GOODS, as_of)
    span = traits.execute("SELECT min(placed_at), max(placed_at) FROM native.orders WHERE day <= $as_of", as_of)
    first, last = span.fetchall()[0]
    hours = hour_sql(terms.zone, first, last) if first else "NULL"
    kinds = KINDS | {"hour": ("hour_band", hours, "native.orders")}
    for name, (column, value, facts) in kinds.items():
        traits.execute(_LIKED.format(name=name, column=column, value=value, facts=facts), as_of)
