"""All standing traits, from one native copy into one file: by member, and what they amount to.

    traits                                          a row for every member
    became                                          who is somebody else, and who
    pareto, paths, moments, clusters                what they amount to
    thresholds, usual, goods, centres, definitions  what was learned of everybody, and what was meant

A night learns from everybody. Until the next, members of whom anything new is known are reckoned anew with what the
night learned, by the same statements (renewing.py). Members have their ids here: their numbers are those of the copy,
which the file outlives.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

import duckdb

from shuke.audience.rules.lifecycle import GRADE_SQL, STAGE_SQL
from shuke.audience.rules.loyalty import LEVEL_SQL
from shuke.audience.traits import buying, facts, foreseeing, grouping, keeping, liking, scoring
from shuke.audience.traits.terms import Terms, meant
from shuke.infra.lake.folder import written

_STANDS = """
CREATE TEMP TABLE stands AS
SELECT buying.*, as_of - last_day AS since, rhythm, as_of - back_day AS back,
  CASE WHEN year_net_minor + year_discount_minor > 0
    THEN 10000 * year_discount_minor // (year_net_minor + year_discount_minor) ELSE 0 END AS discount_bps,
  CASE WHEN gaps > 1 THEN round(sqrt(greatest(0, span_squares - span * span / gaps) / (gaps - 1)))::BIGINT END AS spread
FROM buying JOIN rhythms USING (member_no) LEFT JOIN returns USING (member_no)
"""
"""Where the spread of her own gaps cannot be told (fewer than two), it is not."""

_TRAITS = """
SELECT member_id, coalesce(as_of, $as_of) AS as_of, coalesce(days, 0) AS days, coalesce(orders, 0) AS orders,
  first_day, last_day, since, coalesce(net_minor, 0) AS net_minor,
  coalesce(year_days, 0) AS year_days, coalesce(year_net_minor, 0) AS year_net_minor, discount_bps,
  coalesce(visits, 0) AS visits_30_days, recency, frequency, monetary,
  rhythm, last_day + rhythm::INT AS next_day,
  CASE WHEN spread IS NOT NULL THEN last_day + greatest(1, rhythm - spread)::INT END AS next_from,
  CASE WHEN spread IS NOT NULL THEN last_day + (rhythm + spread)::INT END AS next_upto,
  {stage} AS lifecycle, {grade} AS grade, loyalty_bps, {loyalty} AS loyalty,
  alive_bps, expected_milli, worth_minor, clv_minor, cluster, {liked}
FROM facts_members LEFT JOIN stands USING (member_no) LEFT JOIN scores USING (member_no)
LEFT JOIN predictions USING (member_no) LEFT JOIN habits USING (member_no) LEFT JOIN clustered USING (member_no) {joins}
ORDER BY member_id
"""

_BECAME = """
SELECT people.member_id, members.member_id AS now_id
FROM native.main.people JOIN native.main.members USING (member_no) WHERE people.member_id <> members.member_id
"""

Settings = dict[str, str | bool | int | float | list[str]]
MEMORY = "1GB"


def compute(native: Path, into: Path, terms: Terms, *, memory: str = MEMORY, threads: int | None = None) -> None:
    """Reckon all traits of the members in `native` and write them to the file `into`.

    Every member has a row in `traits`; what cannot be known of her is null. Again on the same copy gives the same.
    """
    with written(into) as new, reckoning(new, native, memory, threads) as traits:
        facts.of_everybody(traits)
        _reckon(traits, terms, terms.as_of, learning=True)
        traits.execute(f"CREATE TABLE traits AS {_traits_sql()}", {"as_of": terms.as_of})
        traits.execute(f"CREATE TABLE became AS {_BECAME} ORDER BY 1")
        keeping.follow_paths(traits, terms)


def reckon_again(traits: duckdb.DuckDBPyConnection, terms: Terms, today: date) -> None:
    """Replace the traits of some, by the facts that are there of them up to `today` and by what was learned that
    night; `anew` says of whom. Whoever is no member any more has none."""
    _reckon(traits, terms, today, learning=False)
    traits.execute("CREATE OR REPLACE TABLE anew AS SELECT member_id FROM facts_members ORDER BY member_id")
    traits.execute("DELETE FROM traits WHERE member_id IN (FROM ids UNION FROM anew)")
    traits.execute(f"INSERT INTO traits BY NAME {_traits_sql()}", {"as_of": terms.as_of})
    traits.execute("DELETE FROM became WHERE member_id IN (FROM ids)")
    traits.execute(f"INSERT INTO became {_BECAME} AND people.member_id IN (FROM ids)")


@contextmanager
def reckoning(
    file: Path, native: Path, memory: str = MEMORY, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A file of traits to be written to, beside a native copy."""
    with duckdb.connect(str(file), config=_settings(file, memory, threads)) as traits:
        traits.execute("SET enable_progress_bar = false")
        traits.execute(f"ATTACH '{_quoted(native)}' AS native (READ_ONLY)")
        yield traits
        traits.execute("DETACH native")


def _reckon(traits: duckdb.DuckDBPyConnection, terms: Terms, today: date, *, learning: bool) -> None:
    """What is known of each member whose facts are there; first, where it is the night, what is to be learned."""
    buying.gather(traits, terms, today)
    if learning:
        liking.learn(traits, terms)
    liking.find_preferences(traits, terms, today)
    if learning:
        buying.learn(traits)
    buying.find_rhythms(traits, terms)
    traits.execute(_STANDS)
    if learning:
        scoring.learn(traits)
        _define(traits, terms, foreseeing.learn(traits))
    scoring.score(traits)
    foreseeing.foresee(traits, terms)
    keeping.find_habits(traits)
    if learning:
        grouping.learn(traits)
    grouping.group(traits)


def _settings(file: Path, memory: str, threads: int | None) -> Settings:
    settings: Settings = {
        "memory_limit": memory,
        "temp_directory": str(file.with_suffix(".spill")),
        "autoinstall_known_extensions": False,
    }
    if threads:
        settings["threads"] = threads
    return settings


def _traits_sql() -> str:
    liked = ", ".join(f"{column}, {name}_share_bps" for name, column in liking.COLUMNS.items())
    joins = " ".join(f"LEFT JOIN liked_{name} USING (member_no)" for name in liking.COLUMNS)
    return _TRAITS.format(stage=STAGE_SQL, grade=GRADE_SQL, loyalty=LEVEL_SQL, liked=liked, joins=joins)


def _define(traits: duckdb.DuckDBPyConnection, terms: Terms, learned: foreseeing.Learned) -> None:
    """What was meant and learned that night, one row of JSON."""
    traits.execute("CREATE TABLE definitions (terms JSON, learned JSON)")
    traits.execute("INSERT INTO definitions VALUES (?, ?)", [json.dumps(meant(terms)), json.dumps(asdict(learned))])


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
