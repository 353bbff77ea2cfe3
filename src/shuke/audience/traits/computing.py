"""All standing traits of a night, from one native copy into one file: by member, and what they amount to.

    traits        a row for every member
    thresholds, rfm_grid, pareto, paths, moments, clusters, definitions

Members have their ids there: their numbers are those of the copy, which the file outlives.
"""

import json
from dataclasses import asdict
from pathlib import Path

import duckdb

from shuke.audience.rules.lifecycle import GRADE_SQL, STAGE_SQL
from shuke.audience.rules.loyalty import LEVEL_SQL
from shuke.audience.traits import buying, foreseeing, grouping, keeping, liking, scoring
from shuke.audience.traits.terms import Terms
from shuke.infra.lake.folder import written

_STANDS = """
CREATE TEMP TABLE stands AS
SELECT buying.*, $as_of - last_day AS since, rhythm, $as_of - back_day AS back,
  CASE WHEN year_net_minor + year_discount_minor > 0
    THEN 10000 * year_discount_minor // (year_net_minor + year_discount_minor) ELSE 0 END AS discount_bps,
  CASE WHEN gaps > 1 THEN round(sqrt(greatest(0, span_squares - span * span / gaps) / (gaps - 1)))::BIGINT END AS spread
FROM buying JOIN rhythms USING (member_no) LEFT JOIN returns USING (member_no)
"""
"""Where the spread of her own gaps cannot be told (fewer than two), it is not."""

_TRAITS = """
CREATE TABLE traits AS
SELECT member_id, coalesce(days, 0) AS days, coalesce(orders, 0) AS orders, first_day, last_day, since,
  coalesce(net_minor, 0) AS net_minor,
  coalesce(year_days, 0) AS year_days, coalesce(year_net_minor, 0) AS year_net_minor, discount_bps,
  coalesce(visits, 0) AS visits_30_days, recency, frequency, monetary,
  rhythm, last_day + rhythm::INT AS next_day,
  CASE WHEN spread IS NOT NULL THEN last_day + greatest(1, rhythm - spread)::INT END AS next_from,
  CASE WHEN spread IS NOT NULL THEN last_day + (rhythm + spread)::INT END AS next_upto,
  {stage} AS lifecycle, {grade} AS grade, loyalty_bps, {loyalty} AS loyalty,
  alive_bps, expected_milli, worth_minor, clv_minor, cluster, {liked}
FROM native.members LEFT JOIN stands USING (member_no) LEFT JOIN scores USING (member_no)
LEFT JOIN predictions USING (member_no) LEFT JOIN habits USING (member_no) LEFT JOIN clustered USING (member_no) {joins}
ORDER BY member_id
"""


Settings = dict[str, str | bool | int | float | list[str]]


def compute(native: Path, into: Path, terms: Terms, *, memory: str = "1GB", threads: int | None = None) -> None:
    """Reckon all traits of the members in `native` and write them to the file `into`.

    Every member has a row in `traits`; what cannot be known of her is null. Again on the same copy gives the same.
    """
    with written(into) as new, duckdb.connect(str(new), config=_settings(into, memory, threads)) as traits:
        traits.execute("SET enable_progress_bar = false")
        traits.execute(f"ATTACH '{_quoted(native)}' AS native (READ_ONLY)")
        buying.gather(traits, terms)
        liking.find_preferences(traits, terms)
        buying.find_rhythms(traits, terms)
        traits.execute(_STANDS, {"as_of": terms.as_of})
        scoring.score(traits)
        parameters = foreseeing.foresee(traits, terms)
        keeping.find_habits(traits)
        grouping.group(traits)
        traits.execute(_traits_sql())
        keeping.follow_paths(traits, terms)
        _define(traits, terms, parameters)
        traits.execute("DETACH native")


def _settings(into: Path, memory: str, threads: int | None) -> Settings:
    settings: Settings = {
        "memory_limit": memory,
        "temp_directory": str(into.with_suffix(".spill")),
        "autoinstall_known_extensions": False,
    }
    if threads:
        settings["threads"] = threads
    return settings


def _traits_sql() -> str:
    liked = ", ".join(f"{column}, {name}_share_bps" for name, column in liking.COLUMNS.items())
    joins = " ".join(f"LEFT JOIN liked_{name} USING (member_no)" for name in liking.COLUMNS)
    return _TRAITS.format(stage=STAGE_SQL, grade=GRADE_SQL, loyalty=LEVEL_SQL, liked=liked, joins=joins)


def _define(traits: duckdb.DuckDBPyConnection, terms: Terms, parameters: foreseeing.Parameters) -> None:
    """What was meant and found that night, one row of JSON."""
    traits.execute("CREATE TABLE definitions (terms JSON, parameters JSON)")
    traits.execute("INSERT INTO definitions VALUES (?, ?)", [json.dumps(meant(terms)), json.dumps(parameters)])


def meant(terms: Terms) -> dict[str, str | int]:
    """The settings of a night, as JSON holds them."""
    numbers = {name: value for name, value in asdict(terms).items() if isinstance(value, int)}
    return {**numbers, "as_of": terms.as_of.isoformat(), "zone": str(terms.zone)}


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
