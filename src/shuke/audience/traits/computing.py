"""All standing traits of a night, from one native copy into a file beside it.

    <upto>.duckdb      the native copy
    <upto>.traits      traits by member_no, thresholds, rfm_grid, pareto, definitions

Member numbers are those of the copy, so the file goes with it.
"""

import json
from dataclasses import asdict
from pathlib import Path

import duckdb

from shuke.audience.rules.lifecycle import GRADE_SQL, STAGE_SQL
from shuke.audience.traits import buying, foreseeing, liking, scoring
from shuke.audience.traits.terms import Terms
from shuke.infra.lake.folder import written

_STANDS = """
CREATE TEMP TABLE stands AS
SELECT buying.*, $as_of - last_day AS since, rhythm, $as_of - back_day AS back,
  CASE WHEN gaps > 1 THEN round(sqrt(greatest(0, span_squares - span * span / gaps) / (gaps - 1)))::BIGINT END AS spread
FROM buying JOIN rhythms USING (member_no) LEFT JOIN returns USING (member_no)
"""
"""Where the spread of her own gaps cannot be told (fewer than two), it is not."""

_TRAITS = """
CREATE TABLE traits AS
SELECT member_no, coalesce(days, 0) AS days, coalesce(orders, 0) AS orders, first_day, last_day, since,
  coalesce(net_minor, 0) AS net_minor,
  coalesce(year_days, 0) AS year_days, coalesce(year_net_minor, 0) AS year_net_minor,
  coalesce(visits, 0) AS visits_30_days, recency, frequency, monetary,
  rhythm, last_day + rhythm::INT AS next_day,
  CASE WHEN spread IS NOT NULL THEN last_day + greatest(1, rhythm - spread)::INT END AS next_from,
  last_day + (rhythm + spread)::INT AS next_upto,
  {stage} AS lifecycle, {grade} AS grade, alive_bps, expected_milli, clv_minor, {liked}
FROM native.members LEFT JOIN stands USING (member_no) LEFT JOIN scores USING (member_no)
LEFT JOIN predictions USING (member_no) {joins}
ORDER BY member_no
"""


Settings = dict[str, str | bool | int | float | list[str]]


def beside(native: Path) -> Path:
    """Where the traits of a native copy lie."""
    return native.with_suffix(".traits")


def compute(native: Path, terms: Terms, *, memory: str = "1GB", threads: int | None = None) -> Path:
    """Reckon all traits of the members in `native` and write them beside it. Returns the file.

    Every member has a row in `traits`; what cannot be known of her is null. Again on the same copy gives the same.
    """
    path = beside(native)
    with written(path) as new, duckdb.connect(str(new), config=_settings(native, memory, threads)) as traits:
        traits.execute("SET enable_progress_bar = false")
        traits.execute(f"ATTACH '{_quoted(native)}' AS native (READ_ONLY)")
        buying.gather(traits, terms)
        liking.find_preferences(traits, terms)
        buying.find_rhythms(traits, terms)
        traits.execute(_STANDS, {"as_of": terms.as_of})
        scoring.score(traits)
        parameters = foreseeing.foresee(traits, terms)
        traits.execute(_traits_sql())
        _define(traits, terms, parameters)
        traits.execute("DETACH native")
    return path


def _settings(native: Path, memory: str, threads: int | None) -> Settings:
    settings: Settings = {
        "memory_limit": memory,
        "temp_directory": str(native.with_suffix(".spill")),
        "autoinstall_known_extensions": False,
    }
    if threads:
        settings["threads"] = threads
    return settings


def _traits_sql() -> str:
    liked = ", ".join(f"{column}, {name}_share_bps" for name, column in liking.COLUMNS.items())
    joins = " ".join(f"LEFT JOIN liked_{name} USING (member_no)" for name in liking.COLUMNS)
    return _TRAITS.format(stage=STAGE_SQL, grade=GRADE_SQL, liked=liked, joins=joins)


def _define(traits: duckdb.DuckDBPyConnection, terms: Terms, parameters: foreseeing.Parameters) -> None:
    """What was meant and found that night, one row of JSON."""
    meant = {**asdict(terms), "as_of": terms.as_of.isoformat(), "zone": str(terms.zone)}
    traits.execute("CREATE TABLE definitions (terms JSON, parameters JSON)")
    traits.execute("INSERT INTO definitions VALUES (?, ?)", [json.dumps(meant), json.dumps(parameters)])


def opened(native: Path) -> duckdb.DuckDBPyConnection:
    """A connection that reads the native copy and its traits as one set of tables, for all its cursors."""
    reading = duckdb.connect(config={"autoinstall_known_extensions": False})
    for name, path in (("native", native), ("standing", beside(native))):
        reading.execute(f"ATTACH '{_quoted(path)}' AS {name} (READ_ONLY)")
        for (table,) in reading.execute(f"SHOW TABLES FROM {name}").fetchall():
            reading.execute(f"CREATE VIEW {table} AS FROM {name}.{table}")
    return reading


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
