"""Splink over the records: what is compared, what is learned, and how probably each pair is one person.

All of it happens in a DuckDB in memory that may not touch the disk, and that is gone afterwards.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker
from splink.internals.splink_dataframe import SplinkDataFrame

from shuke.members.likeness.fields import BLOCKS, FIELDS, LESSONS, WIDEST, WIDEST_ELSE, beginning, settings
from shuke.members.likeness.model import FLOOR_BPS, Field, Model

# It warns of every level that a base does not show, which is nothing to be told of.
logging.getLogger("splink").setLevel(logging.ERROR)

SEED = 1
_SAMPLED_PAIRS = 2_000_000
_LESSON_PAIRS = 1_000_000
_BELIEVED = 100
"""What we set down counts as much as so many pairs of one person, and ten times as many of two, that a base shows."""
_SHARE_IN_LESSON = 0.6
"""Of the pairs that are one person, so many share what a lesson is about."""
_SEEN = 0.5
"""The levels of a field that a lesson showed sum up to one, those of one that is unknown in all of it to nothing."""
_NO_FREQUENCY = 5
"""What no more members than this share is too rare for its frequency to be counted."""

_WORDS = """
CREATE TABLE words AS
SELECT record_id, list_filter(string_split_regex(lower(name), '[\\s·•.,]+'), lambda word: word <> '') AS parts,
  array_to_string(parts, '') AS whole, regexp_full_match(whole, '\\p{Han}+') AS han
FROM given WHERE name IS NOT NULL
"""
# Whether the family name comes first or last, and whether it is written apart, makes no other name.
_PLAIN = """
CREATE TABLE plain AS
SELECT g.record_id, nullif(CASE WHEN w.han THEN w.whole ELSE array_to_string(list_sort(w.parts), '') END, '') AS name,
  CASE WHEN w.han THEN nullif(w.whole[2:], '') WHEN len(w.parts) > 1 THEN w.parts[1] END AS given_name,
  CASE WHEN length(given_name) > 1 THEN given_name END AS given,
  g.birthday, right(g.phone, 4) AS phone_tail, nullif(split_part(split_part(g.email, '@', 1), '+', 1), '') AS email,
  g.gender, g.store
FROM given AS g LEFT JOIN words AS w USING (record_id)
"""


@dataclass(frozen=True)
class Base:
    """The records in a DuckDB of their own, and what Splink knows of them."""

    duck: duckdb.DuckDBPyConnection
    api: DuckDBAPI
    records: SplinkDataFrame
    size: int

    def linker(self, model: Model) -> Linker:
        linker = Linker(self.records, settings(model), log_level=None)
        for field in _RARE:
            known = self.api.table_to_splink_dataframe(f"tf_of_{field}", f"tf_of_{field}")
            linker.table_management.register_term_frequency_lookup(known, field)
        return linker


_RARE = tuple(field.value for field, grades in FIELDS.items() if grades[0].rare)


@contextmanager
def base_of(table: Any) -> Iterator[Base]:
    """A base of records in clear (see `records.py`)."""
    limits: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": "",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=limits) as duck:
        duck.register("given", table)
        duck.execute(_WORDS)
        duck.execute(_PLAIN)
        _block(duck)
        duck.unregister("given")
        duck.execute("DROP TABLE words")
        duck.execute("DROP TABLE plain")
        _count_values(duck)
        api = DuckDBAPI(connection=duck)
        yield Base(duck, api, api.register("records"), table.num_rows)


def learn(base: Base) -> Model:
    """How much each level says in this base. The fewer pairs there are to learn from, the more what we set down
    counts; with none at all it is that."""
    begun = beginning(base.size)
    linker = base.linker(begun)
    linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLED_PAIRS, seed=SEED, num_chunks=1)
    lessons = [lesson for rule in LESSONS if (lesson := _lesson(base, linker, rule))]
    sampled = min(_SAMPLED_PAIRS, base.size * (base.size - 1) // 2)
    two_people = _levels(linker.misc.save_model_to_json()["comparisons"], "u_probability")
    fields: dict[str, dict[str, tuple[float, float]]] = {}
    for field, grades in FIELDS.items():
        fields[field.value] = {}
        for place, grade in enumerate(grades):
            u = _blend(grade.u, 10 * _BELIEVED, [(two_people[field][place], sampled)])
            seen = [(said[field][place], count) for said, count in lessons if field in said]
            m = grade.m if grade.set_down else _blend(grade.m, _BELIEVED, seen)
            fields[field.value][grade.level.value] = (m, max(u, min(grade.u, 0.5 / sampled)))
    same = max([base.size / 500, *(count / _SHARE_IN_LESSON for _, count in lessons)])
    pairs = max(base.size * (base.size - 1) / 2, 1)
    return {"prior": min(same / pairs, 0.1), "fields": fields}


def pairs_of(base: Base, model: Model) -> tuple[int, Any]:
    """How many pairs were compared, and those that are probably one person: an Arrow table of the records `a` < `b`,
    `bps`, `millis`, and for each field its level (`<field>_gamma`) and weight (`<field>_millis`), likeliest first."""
    linker = base.linker(model)
    compared = linker.inference.compute_blocked_pairs_for_predict()
    count = base.duck.sql(f"SELECT count(*) FROM {compared.physical_name}").fetchall()[0][0]  # noqa: S608
    found = linker.inference.predict(threshold_match_probability=FLOOR_BPS / 10_000, warning_mode="never")
    said = ", ".join(
        f"gamma_{field}::INT AS {field}_gamma, round(1000 * ({_weight(field)}))::INT AS {field}_millis"
        for field in FIELDS
    )
    relation = base.duck.sql(
        f"SELECT record_id_l AS a, record_id_r AS b, least(floor(10000 * match_probability), 9999)::INT AS bps, "  # noqa: S608
        f"round(1000 * match_weight)::INT AS millis, {said} FROM {found.physical_name} ORDER BY millis DESC, a, b"
    )
    return count, relation.to_arrow_table()


def _weight(field: Field) -> str:
    return f"mw_{field} + mw_tf_adj_{field}" if field.value in _RARE else f"mw_{field}"


def _block(duck: duckdb.DuckDBPyConnection) -> None:
    """Give each record what it must share with another to be compared with it, where another has it, and few do."""
    hashes, joins = [], []
    for rule, columns in BLOCKS.items():
        known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
        hashes.append(f"CASE WHEN {known} THEN hash({', '.join(columns)}) END AS {rule}")
        widest = WIDEST.get(rule, WIDEST_ELSE)
        shared = f"SELECT {rule} AS shared FROM hashed GROUP BY {rule} HAVING count(*) BETWEEN 2 AND {widest}"  # noqa: S608
        joins.append(f"LEFT JOIN ({shared}) AS t_{rule} ON t_{rule}.shared = hashed.{rule}")
    kept = ", ".join(f"t_{rule}.shared AS {rule}" for rule in BLOCKS)
    duck.execute(
        f"CREATE TABLE records AS WITH hashed AS MATERIALIZED (SELECT *, {', '.join(hashes)} FROM plain) "  # noqa: S608
        f"SELECT hashed.* REPLACE ({kept}) FROM hashed {' '.join(joins)} ORDER BY record_id"
    )


def _count_values(duck: duckdb.DuckDBPyConnection) -> None:
    """How frequent each value is. One that few have is taken to be as rare as values of its kind commonly are: of two
    records of one person both have it."""
    for field in _RARE:
        usual = FIELDS[Field(field)][0].u
        duck.execute(
            f"CREATE TABLE tf_of_{field} AS WITH counted AS (SELECT {field}, count(*) AS times FROM records "  # noqa: S608
            f"WHERE {field} IS NOT NULL GROUP BY {field}), known AS (SELECT sum(times) AS records FROM counted) "
            f"SELECT {field}, CASE WHEN times > {_NO_FREQUENCY} THEN times / records "
            f"ELSE greatest(times - 1, 1) / (records + {1 / usual}) END AS tf_{field} FROM counted, known"
        )


def _lesson(base: Base, linker: Linker, columns: tuple[str, ...]) -> tuple[dict[str, list[float]], float] | None:
    """What pairs that share `columns` say of one person's records, and how many such pairs there are; None when no two
    records share them."""
    rule = next(name for name, blocked in BLOCKS.items() if blocked == columns)
    counted = f"SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM records WHERE {rule} > 0 GROUP BY {rule})"  # noqa: S608
    pairs = base.duck.sql(counted).fetchall()[0][0]
    if not pairs:
        return None
    shared = " AND ".join(f"l.{column} = r.{column}" for column in (*columns, rule))
    session = linker.training.estimate_parameters_using_expectation_maximisation(
        shared, estimate_without_term_frequencies=True, max_pairs=_LESSON_PAIRS
    )
    learned = session.core_model_settings
    said = {}
    for each in learned.comparisons:
        levels = [level.m_probability or 0.0 for level in each.comparison_levels if not level.is_null_level]
        if sum(levels) > _SEEN:
            said[each.output_column_name] = levels
    return said, float(pairs * learned.probability_two_random_records_match)


def _levels(comparisons: list[Mapping[str, Any]], which: str) -> dict[str, list[float]]:
    """The probability of each level of each field; of one that was never seen, 0."""
    found = {}
    for each in comparisons:
        levels = [level.get(which, 0.0) for level in each["comparison_levels"] if not level.get("is_null_level")]
        found[each["output_column_name"]] = [level if isinstance(level, float) else 0.0 for level in levels]
    return found


def _blend(set_down: float, believed: float, seen: list[tuple[float, float]]) -> float:
    total = believed + sum(count for _, count in seen)
    return (set_down * believed + sum(probability * count for probability, count in seen)) / total
