"""What each member bought, day by day: the one pass over orders that everything else starts from.

Written into the file of traits; facts are those of facts.py. What came back counts against the day it was bought on.
Whoever is nobody's (no member) is left out.
"""

from datetime import date

import duckdb

from shuke.audience.rules.lifecycle import RHYTHM_SQL, VISITS_DAYS
from shuke.audience.traits.terms import Terms

_DAYS = """
CREATE TEMP TABLE buying_days AS
WITH came_back AS (
  SELECT order_id, sum(net_minor)::BIGINT AS net_minor FROM facts_refunds WHERE day <= $today GROUP BY order_id
), bought AS (
  SELECT member_no, o.day, count(*) AS orders, sum(o.net_minor - coalesce(b.net_minor, 0))::BIGINT AS net_minor,
    coalesce(sum(o.discount_minor), 0)::BIGINT AS discount_minor
  FROM facts_orders o LEFT JOIN came_back b USING (order_id)
  WHERE member_no IS NOT NULL AND o.day <= $today GROUP BY member_no, o.day
)
SELECT *, day - lag(day) OVER (PARTITION BY member_no ORDER BY day) AS gap, {as_of} AS as_of FROM bought
"""
_NIGHT = "$as_of"
_HER_OWN = "greatest($as_of, max(day) OVER (PARTITION BY member_no))"

_BUYING = f"""
CREATE TEMP TABLE buying AS
SELECT member_no, count(*) AS days, sum(orders)::BIGINT AS orders, min(day) AS first_day, max(day) AS last_day,
  sum(net_minor)::BIGINT AS net_minor,
  any_value(as_of) AS as_of, count(*) FILTER (day > as_of - $year) AS year_days,
  coalesce(sum(net_minor) FILTER (day > as_of - $year), 0)::BIGINT AS year_net_minor,
  coalesce(sum(discount_minor) FILTER (day > as_of - $year), 0)::BIGINT AS year_discount_minor,
  coalesce(sum(net_minor) FILTER (gap IS NOT NULL), 0)::BIGINT AS again_net_minor,
  count(*) FILTER (day > as_of - {VISITS_DAYS}) AS visits,
  count(gap) AS gaps, coalesce(sum(gap), 0)::BIGINT AS span,
  coalesce(sum(gap * gap), 0)::BIGINT AS span_squares
FROM buying_days GROUP BY member_no
"""  # noqa: S608 - built from constants

_USUAL = """
CREATE TABLE usual AS
WITH bought AS (
  SELECT category_id, span // gaps AS gap FROM buying LEFT JOIN liked_category USING (member_no) WHERE gaps > 0
)
SELECT category_id, quantile_disc(gap, 0.5) AS days FROM bought WHERE category_id IS NOT NULL GROUP BY category_id
UNION ALL SELECT NULL, quantile_disc(gap, 0.5) FROM bought
"""

_RHYTHMS = f"""
CREATE TEMP TABLE rhythms AS
WITH weighed AS (
  SELECT member_no, gaps, span, coalesce(c.days, a.days, $usual) AS usual
  FROM buying LEFT JOIN liked_category USING (member_no) LEFT JOIN usual c USING (category_id)
  CROSS JOIN (SELECT days FROM usual WHERE category_id IS NULL) a
)
SELECT member_no, usual, {RHYTHM_SQL.format(prior="$prior")}::BIGINT AS rhythm FROM weighed
"""  # noqa: S608 - built from constants

_RETURNS = """
CREATE TEMP TABLE returns AS
SELECT member_no, max(day) AS back_day FROM buying_days JOIN rhythms USING (member_no) WHERE gap > 3 * rhythm
GROUP BY member_no
"""


def gather(traits: duckdb.DuckDBPyConnection, terms: Terms, today: date) -> None:
    """`buying_days` by member and day, and `buying` by member, of all up to `today`. Everybody is seen as of the night,
    who bought since as of the day she did: a day that is not over is nobody's silence."""
    as_of = _NIGHT if today == terms.as_of else _HER_OWN
    traits.execute(_DAYS.format(as_of=as_of), {"as_of": terms.as_of, "today": today})
    traits.execute(_BUYING, {"year": terms.year})


def learn(traits: duckdb.DuckDBPyConnection) -> None:
    """`usual`: the days from one purchase to the next that are usual for a category, and for all (no category). Needs
    `liked_category`."""
    traits.execute(_USUAL)


def find_rhythms(traits: duckdb.DuckDBPyConnection, terms: Terms) -> None:
    """`rhythms` by member with what is `usual`, and `returns` of who came back after having been lost. Needs
    `liked_category` and `usual`."""
    traits.execute(_RHYTHMS, {"usual": terms.usual, "prior": terms.prior})
    traits.execute(_RETURNS)
