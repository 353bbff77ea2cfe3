"""A night's run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Parameters = Mapping[str, Mapping[str, float]]
"""Of the models, as far as they could be fitted: `bg_nbd` and `gamma_gamma`."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """Who is `above` it in a measure of RFM has at least this score."""

    measure: str
    score: int
    above: int


@dataclass(frozen=True, slots=True)
class Renewal:
    """When traits were last reckoned, at night or of some since: by everything up to the transaction `upto` that
    happened up to the business day `day`. `members`: how many were reckoned anew then, if
    it was not at night."""

    upto: int
    day: date
    at: datetime
    members: int


@dataclass(frozen=True, slots=True)
class Run:
    """`as_of` is the last business day that counts; it knows everything up to the transaction `upto`. `changed`:
    members whose stage or grade is another than before. `terms` are the settings (traits/terms.py)."""

    number: int
    as_of: date
    upto: int
    at: datetime
    members: int
    changed: int
    took_ms: int
    terms: Mapping[str, str | int]
    parameters: Parameters
    thresholds: Sequence[Threshold]

    def term(self, name: str) -> int:
        return int(self.terms[name])
