"""How steadily members buy, and which stages they went through.

Where a member stood on a day before is reckoned as on any night, from what she had bought by then; only what is usual
for her category is tonight's.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import duckdb

from shuke.audience.rules.lifecycle import RHYTHM_SQL, STAGE_SQL
from shuke.audience.rules.loyalty import LEAST_PERIODS, PERIOD_DAYS, PERIODS
from shuke.audience.traits.terms import Terms

BACK = (0, 7, 30, 60, 90, 180, 365)
"""Days before the night at which everybody's stage is looked at."""

ABSENT = "absent"
"""The stage of who was no member yet."""

_HABITS = f"""
CREATE TEMP TABLE habits AS
SELECT member_no, 10000 * count(DISTINCT (last_day - day) // {PERIOD_DAYS})
  // greatest({LEAST_PERIODS}, least({PERIODS}, any_value(last_day - first_day) // {PERIOD_DAYS} + 1)) AS loyalty_bps
FROM buying_days JOIN buying USING (member_no) WHERE last_day - day < {PERIODS * PERIOD_DAYS} GROUP BY member_no
"""  # noqa: S608 - built from constants

_STOOD = f"""
CREATE TEMP TABLE stood_{{back}} AS
WITH bought AS (
  SELECT member_no, count(*) AS days, max(day) AS last_day, count(gap) AS gaps, coalesce(sum(gap), 0)::BIGINT AS span
  FROM buying_days WHERE day <= $day GROUP BY member_no
), paced AS (
  SELECT member_no, days, $day - last_day AS since, {RHYTHM_SQL.format(prior="$prior")}::BIGINT AS rhythm
  FROM bought JOIN rhythms USING (member_no)
), returned AS (
  SELECT member_no, $day - max(day) AS back FROM buying_days JOIN paced USING (member_no)
  WHERE day <= $day AND gap > 3 * rhythm GROUP BY member_no
)
SELECT member_no, {STAGE_SQL} AS stage_{{back}} FROM paced LEFT JOIN returned USING (member_no)
"""  # noqa: S608 - built from constants


def find_habits(traits: duckdb.DuckDBPyConnection) -> None:
    """`habits` by member. Needs `buying`."""
    traits.execute(_HABITS)


def follow_paths(traits: duckdb.DuckDBPyConnection, terms: Terms) -> None:
    """`moments`, the days looked at, and `paths`: how many members stood where on them. Needs `rhythms`."""
    days = moments(terms.as_of)
    for back, day in days.items():
        traits.execute(_STOOD.format(back=back), {"day": day, "prior": terms.prior})
    stages = ", ".join(
        f"CASE WHEN stage_{back} IS NOT NULL THEN stage_{back} WHEN joined_day > DATE '{day}' THEN '{ABSENT}'"
        f" ELSE 'prospect' END AS stage_{back}"
        for back, day in days.items()
    )
    joins = " ".join(f"LEFT JOIN stood_{back} USING (member_no)" for back in days)
    traits.execute(
        f"CREATE TABLE paths AS SELECT {stages}, count(*) AS members FROM facts_members {joins}"  # noqa: S608
        " GROUP BY ALL ORDER BY ALL"
    )
    traits.execute("CREATE TABLE moments (back INTEGER, day DATE)")
    traits.executemany("INSERT INTO moments VALUES (?, ?)", [list(each) for each in days.items()])


def moments(as_of: date) -> Mapping[int, date]:
    return {back: as_of - timedelta(days=back) for back in BACK}
