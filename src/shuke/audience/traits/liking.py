"""What a member prefers: of each kind of thing the one she bought most often, and in what share of all.

Stores, channels and hours count orders; categories, brands and price bands count lines. Of as many, the first by name.
What has no value (no brand) is not counted.
"""

from datetime import date

import duckdb

from shuke.audience.traits.terms import Terms, hour_sql

_GOODS = """
CREATE TABLE goods AS
WITH sold AS (
  SELECT product_id, any_value(category_id) AS category_id, sum(net_minor) * 1000 // sum(quantity_milli) AS price
  FROM facts_lines WHERE day <= $as_of AND quantity_milli > 0 GROUP BY product_id
), thirds AS (
  SELECT category_id, quantile_disc(price, [1 / 3, 2 / 3]) AS upto FROM sold GROUP BY category_id
)
SELECT product_id,
  CASE WHEN price <= upto[1] THEN 'low' WHEN price <= upto[2] THEN 'middle' ELSE 'high' END AS price_band
FROM sold JOIN thirds ON sold.category_id IS NOT DISTINCT FROM thirds.category_id
"""
"""A product's price band: the third of its category's products that it lies in, by what it sold for on average.
What was sold for the first time since has none yet."""

_LIKED = """
CREATE TEMP TABLE liked_{name} AS
WITH mine AS (
  SELECT member_no, {value} AS value FROM {facts} WHERE member_no IS NOT NULL AND day <= $today
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

_LINES = "facts_lines LEFT JOIN goods USING (product_id)"
KINDS = {
    "category": ("category_id", "category_id", "facts_lines"),
    "brand": ("brand", "brand", "facts_lines"),
    "price": ("price_band", "price_band", _LINES),
    "store": ("store_id", "store_id", "facts_orders"),
    "channel": ("channel", "channel", "facts_orders"),
}
COLUMNS = {name: column for name, (column, _, _) in KINDS.items()} | {"hour": "hour_band"}
"""The column of the preferred one; its share is `<name>_share_bps`."""


def learn(traits: duckdb.DuckDBPyConnection, terms: Terms) -> None:
    """`goods`, with the price band of each."""
    traits.execute(_GOODS, {"as_of": terms.as_of})


def find_preferences(traits: duckdb.DuckDBPyConnection, terms: Terms, today: date) -> None:
    """A table `liked_<name>` of each kind, with the members who bought anything that counts. Needs `goods`."""
    upto = {"today": today}
    span = traits.execute("SELECT min(placed_at), max(placed_at) FROM facts_orders WHERE day <= $today", upto)
    first, last = span.fetchall()[0]
    hours = hour_sql(terms.zone, first, last) if first else "NULL::VARCHAR"
    kinds = KINDS | {"hour": ("hour_band", hours, "facts_orders")}
    for name, (column, value, facts) in kinds.items():
        traits.execute(_LIKED.format(name=name, column=column, value=value, facts=facts), upto)
