"""RFM and the 80/20 curve, of the members who bought within the year.

A score is 1 to 5 by thresholds: one more for each of the four that she is above. The thresholds are that night's
quintiles, and stand in `thresholds`: whoever has the same value has the same score, whatever others have.
"""

import duckdb

_MEASURES = {"recency": "-since", "frequency": "year_days", "monetary": "year_net_minor"}

_CURVE = """
CREATE TABLE pareto AS
WITH ranked AS (
  SELECT row_number() OVER best AS place, sum(year_net_minor) OVER best AS upto, sum(year_net_minor) OVER () AS total
  FROM stands WHERE year_days > 0
  WINDOW best AS (ORDER BY year_net_minor DESC, member_no ROWS UNBOUNDED PRECEDING)
), points AS (
  SELECT 100 * point AS members_bps, greatest(1, point * (SELECT count(*) FROM ranked) // 100) AS place
  FROM range(1, 101) points(point)
)
SELECT members_bps, place AS members, upto::BIGINT AS net_minor,
  CASE WHEN total > 0 THEN 10000 * upto // total END::BIGINT AS sales_bps
FROM points JOIN ranked USING (place) ORDER BY members_bps
"""
"""`sales_bps` of the sales come from the best `members_bps` of the members."""


def learn(traits: duckdb.DuckDBPyConnection) -> None:
    """`thresholds` and `pareto`. Needs `stands`."""
    queries = [
        f"SELECT '{name}' AS measure, unnest([2, 3, 4, 5]) AS score,"  # noqa: S608 - constants
        f" unnest(quantile_disc({value}, [0.2, 0.4, 0.6, 0.8]))::BIGINT AS above FROM stands WHERE year_days > 0"
        for name, value in _MEASURES.items()
    ]
    traits.execute(f"CREATE TABLE thresholds AS {' UNION ALL '.join(queries)}")
    traits.execute(_CURVE)


def score(traits: duckdb.DuckDBPyConnection) -> None:
    """`scores` by member. Needs `stands` and `thresholds`."""
    lists = ", ".join(
        f"(SELECT list(above ORDER BY above) FROM thresholds WHERE measure = '{name}') AS {name}_above"  # noqa: S608
        for name in _MEASURES
    )
    scores = ", ".join(
        " + ".join(["1", *(f"({value} > {name}_above[{place}])::BIGINT" for place in (1, 2, 3, 4))]) + f" AS {name}"
        for name, value in _MEASURES.items()
    )
    traits.execute(
        f"CREATE TEMP TABLE scores AS WITH bounds AS (SELECT {lists})"  # noqa: S608
        f" SELECT member_no, {scores} FROM stands CROSS JOIN bounds WHERE year_days > 0"
    )
