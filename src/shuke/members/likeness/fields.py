"""What is compared of two members, and how much each level of likeness says before anything is learned.

For each level there are two probabilities: `m`, that two records of one person are on it, and `u`, that two records of
two people are. The logarithm of m/u to the base of two is its weight in bits; the weights of all fields and of the
prior add up to the weight of the pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shuke.members.likeness.model import Field, Level, Model


@dataclass(frozen=True, slots=True)
class Grade:
    """A level with its condition in SQL, of the left (`_l`) and the right (`_r`) record. `rare`: the rarer the value in
    the base, the more its being the same says. `set_down`: not learned, because a base cannot tell it."""

    level: Level
    condition: str
    m: float
    u: float
    rare: bool = False
    set_down: bool = False


_TURNED = (
    "substr(birthday_l, 1, 4) = substr(birthday_r, 1, 4) AND substr(birthday_l, 6, 2) = substr(birthday_r, 9, 2) "
    "AND substr(birthday_l, 9, 2) = substr(birthday_r, 6, 2)"
)
"""Day and month changed places."""

FIELDS: Mapping[Field, tuple[Grade, ...]] = {
    Field.NAME: (
        Grade(Level.SAME, "name_l = name_r", 0.85, 0.002, rare=True),
        Grade(
            Level.SIMILAR,
            "length(name_l) > 4 AND length(name_r) > 4 AND jaro_winkler_similarity(name_l, name_r) >= 0.92",
            0.07,
            0.0005,
        ),
        Grade(Level.PARTLY, "given_l = given_r", 0.03, 0.004),
        # Brothers, sisters and twins share nearly all but the name, and so do few who changed theirs: from the rest
        # of the base nobody could learn that.
        Grade(Level.DIFFERENT, "ELSE", 0.0003, 0.99, set_down=True),
    ),
    Field.BIRTHDAY: (
        Grade(Level.SAME, "birthday_l = birthday_r", 0.85, 0.00006, rare=True),
        Grade(Level.SIMILAR, f"hamming(birthday_l, birthday_r) = 1 OR {_TURNED}", 0.06, 0.002),
        Grade(Level.DIFFERENT, "ELSE", 0.09, 0.998),
    ),
    Field.PHONE_TAIL: (
        Grade(Level.SAME, "phone_tail_l = phone_tail_r", 0.35, 0.0001, rare=True),
        Grade(Level.SIMILAR, "hamming(phone_tail_l, phone_tail_r) = 1", 0.05, 0.004),
        Grade(Level.DIFFERENT, "ELSE", 0.6, 0.996),
    ),
    Field.EMAIL: (
        Grade(Level.SAME, "email_l = email_r", 0.5, 0.00002, rare=True),
        Grade(Level.SIMILAR, "jaro_winkler_similarity(email_l, email_r) >= 0.92", 0.1, 0.0005),
        Grade(Level.DIFFERENT, "ELSE", 0.4, 0.9995),
    ),
    Field.GENDER: (
        Grade(Level.SAME, "gender_l = gender_r", 0.98, 0.5),
        Grade(Level.DIFFERENT, "ELSE", 0.02, 0.5),
    ),
    Field.STORE: (
        Grade(Level.SAME, "store_l = store_r", 0.5, 0.05, rare=True),
        Grade(Level.DIFFERENT, "ELSE", 0.5, 0.95),
    ),
}
"""The finest level first, as SQL's CASE tries them; Splink counts them from the last, which is 0, up; unknown is -1."""

BLOCKS: Mapping[str, tuple[str, ...]] = {
    "by_name": ("name",),
    "by_name_birthday": ("name", "birthday"),
    "by_given_birthday": ("given", "birthday"),
    "by_name_tail": ("name", "phone_tail"),
    "by_birthday_tail": ("birthday", "phone_tail"),
    "by_email": ("email",),
    "by_birthday_store": ("birthday", "store"),
    "by_tail_store": ("phone_tail", "store"),
}
"""Only pairs that share one of these are compared at all."""

WIDEST = {"by_name": 10}
WIDEST_ELSE = 50
"""What more members than this share tells nobody from anybody: it blocks nothing."""

LESSONS = (("name", "birthday"), ("birthday", "phone_tail"), ("name", "phone_tail"))
"""From pairs that share these the other fields are learned: most of them are one person."""


def level_of(field: Field, gamma: int) -> Level:
    """The level that Splink means by a number."""
    return Level.UNKNOWN if gamma < 0 else FIELDS[field][len(FIELDS[field]) - 1 - gamma].level


def settings(model: Model) -> dict[str, Any]:
    """Splink's settings of a model."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "probability_two_random_records_match": model["prior"],
        "comparisons": [_comparison(field, model["fields"][field]) for field in FIELDS],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": f"l.{rule} = r.{rule}"} for rule in BLOCKS],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def beginning(records: int) -> Model:
    """The model before anything is learned: one in two hundred is somebody's second record."""
    return {
        "prior": 0.01 / max(records - 1, 1),
        "fields": {
            field.value: {grade.level.value: (grade.m, grade.u) for grade in grades} for field, grades in FIELDS.items()
        },
    }


def _comparison(field: Field, said: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": f"{field}_l IS NULL OR {field}_r IS NULL",
            "is_null_level": True,
            "label_for_charts": "unknown",
        }
    ]
    for grade in FIELDS[field]:
        m, u = said[grade.level.value]
        level = {
            "sql_condition": grade.condition,
            "label_for_charts": grade.level.value,
            "m_probability": m,
            "u_probability": u,
            "fix_m_probability": grade.set_down,
        }
        if grade.rare:
            level["tf_adjustment_column"] = field.value
        levels.append(level)
    return {"output_column_name": field.value, "comparison_levels": levels}
