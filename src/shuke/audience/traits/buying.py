"""What each member bought, day by day: the one pass over orders that everything else starts from.

Written into the file of traits; facts come from the attached native copy (`native`). What came back counts against the
day it was bought on. Whoever is nobody's (no member) is left out.
"""

import duckdb

from shuke.audience.rules.lifecycle import RHYTHM_SQL, VISITS_DAYS
from shuke.audience.traits.terms import Terms

_DAYS = """
CREATE TEMP TABLE buying_days AS
WITH came_back AS (
  SELECT order_id, sum(net_minor)::BIGINT AS net_minor FROM native.refunds WHERE day <= $as_of GROUP BY order_id
), bought AS (
  SELECT member_no, o.day, count(*) AS orders, sum(o.net_minor - coalesce(b.net_minor, 0))::BIGINT AS net_minor,
    coalesce(sum(o.discount_minor), 0)::BIGINT AS discount_minor
  FROM native.orders o LEFT JOIN came_back b USING (order_id)
  WHERE member_no IS NOT NULL AND o.day <= $as_of GROUP BY member_no, o.day
)
SELECT *, day - lag(day) OVER (PARTITION BY member_no ORDER BY day) AS gap FROM bought
"""

_BUYING = f"""
CREATE TEMP TABLE buying AS
SELECT member_no, count(*) AS days, sum(orders)::BIGINT AS orders, min(day) AS first_day, max(day) AS last_day,
  sum(net_minor)::BIGINT AS net_minor,
  count(*) FILTER (day > $as_of - $year) AS year_days,
  coalesce(sum(net_minor) FILTER (day > $as_of - $year), 0)::BIGINT AS year_net_minor,
  coalesce(sum(discount_minor) FILTER (day > $as_of - $year), 0)::BIGINT AS year_discount_minor,
  coalesce(sum(net_minor) FILTER (gap IS NOT NULL), 0)::BIGINT AS again_net_minor,
  count(*) FILTER (day > $as_of - {VISITS_DAYS}) AS visits,
  count(gap) AS gaps, coalesce(sum(gap), 0)::BIGINT AS span,
  coalesce(sum(gap * gap), 0)::BIGINT AS span_squares
FROM buying_days GROUP BY member_no
"""  # noqa: S608 - built from constants

_RHYTHMS = f"""
CREATE TEMP TABLE rhythms AS
WITH bought AS (
  SELECT *, category_id FROM buying LEFT JOIN liked_category USING (member_no)
), by_category AS (
  SELECT category_id, quantile_disc(span // gaps, 0.5) AS usual FROM bought WHERE gaps > 0 GROUP BY category_id
), over_all AS (
  SELECT quantile_disc(span // gaps, 0.5) AS usual FROM buying WHERE gaps > 0
), weighed AS (
  SELECT member_no, gaps, span, coalesce(c.usual, a.usual, $usual) AS usual
  FROM bought LEFT JOIN by_category c USING (category_id) CROSS JOIN over_all a
)
SELECT member_no, usual, {RHYTHM_SQL.format(prior="$prior")}::BIGINT AS rhythm FROM weighed
"""  # noqa: S608 - built from constants

_RETURNS = """
CREATE TEMP TABLE returns AS
SELECT member_no, max(day) AS back_day FROM buying_days JOIN rhythms USING (member_no) WHERE gap > 3 * rhythm
GROUP BY member_no
"""


def gather(traits: duckdb.DuckDBPyConnection, terms: Terms) -> None:
    """`buying_days` by member and day, and `buying` by member."""
    traits.execute(_DAYS, {"as_of": terms.as_of})
    traits.execute(_BUYING, {"as_of": terms.as_of, "year": terms.year})


def find_rhythms(traits: duckdb.DuckDBPyConnection, terms: Terms) -> None:
    """`rhythms` by member with what is `usual`, and `returns` of who came back after having been lost. Needs
    `liked_category`."""
    traits.execute(_RHYTHMS, {"usual": terms.usual, "prior": terms.prior})
    traits.execute(_RETURNS)
