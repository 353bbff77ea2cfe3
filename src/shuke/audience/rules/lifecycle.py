"""Where a member stands, by her own rhythm. Whole days only.

Each rule is here twice: of one member in plain Python, and of all of them in SQL over columns of the same names, null
for None (tests/audience/test_lifecycle.py: both say the same).
"""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    PROSPECT = "prospect"
    NEW = "new"
    GROWING = "growing"
    MATURE = "mature"
    AT_RISK = "at_risk"
    LOST = "lost"
    WON_BACK = "won_back"


class Grade(StrEnum):
    EXCITED = "excited"
    ACTIVE = "active"
    IDLE = "idle"
    DORMANT = "dormant"


@dataclass(frozen=True, slots=True)
class Bought:
    """On which days a member bought, ignoring how often on one.

    `days` on how many; `since` days ago the last of them (None if never); `visits` of them within the last 30 days;
    `back` days ago she last came back after having been lost (None if never).
    """

    days: int
    since: int | None
    visits: int
    back: int | None


def rhythm(gaps: int, span: int, usual: int, prior: int) -> int:
    """Days from one purchase to the next, at least one: her own `gaps`, `span` days in all, weighed with `prior` gaps
    that are `usual` for what she buys; half up."""
    return max(1, (2 * (span + prior * usual) + gaps + prior) // (2 * (gaps + prior)))


RHYTHM_SQL = "greatest(1, (2 * (span + {prior} * usual) + gaps + {prior}) // (2 * (gaps + {prior})))"


def stage(bought: Bought, rhythm: int) -> Stage:
    """Of silence first: more than three times her rhythm is lost, more than one and a half at risk. Then whether she
    came back within two rhythms; then how often she has bought."""
    if bought.since is None:
        return Stage.PROSPECT
    if bought.since > 3 * rhythm:
        return Stage.LOST
    if 2 * bought.since > 3 * rhythm:
        return Stage.AT_RISK
    if bought.back is not None and bought.back <= 2 * rhythm:
        return Stage.WON_BACK
    if bought.days == 1:
        return Stage.NEW
    return Stage.GROWING if bought.days <= GROWING_DAYS else Stage.MATURE


GROWING_DAYS = 3

STAGE_SQL = f"""CASE
  WHEN since IS NULL THEN '{Stage.PROSPECT}'
  WHEN since > 3 * rhythm THEN '{Stage.LOST}'
  WHEN 2 * since > 3 * rhythm THEN '{Stage.AT_RISK}'
  WHEN back <= 2 * rhythm THEN '{Stage.WON_BACK}'
  WHEN days = 1 THEN '{Stage.NEW}'
  WHEN days <= {GROWING_DAYS} THEN '{Stage.GROWING}'
  ELSE '{Stage.MATURE}' END"""


def grade(bought: Bought, rhythm: int) -> Grade:
    """Excited: at least two visits within 30 days, and at least twice what her rhythm lets expect. Active: within her
    rhythm. Idle: not yet lost. Else dormant."""
    if bought.since is None or bought.since > 3 * rhythm:
        return Grade.DORMANT
    if bought.visits >= 2 and bought.visits * rhythm >= 2 * VISITS_DAYS:
        return Grade.EXCITED
    return Grade.ACTIVE if bought.since <= rhythm else Grade.IDLE


VISITS_DAYS = 30

GRADE_SQL = f"""CASE
  WHEN since IS NULL OR since > 3 * rhythm THEN '{Grade.DORMANT}'
  WHEN visits >= 2 AND visits * rhythm >= {2 * VISITS_DAYS} THEN '{Grade.EXCITED}'
  WHEN since <= rhythm THEN '{Grade.ACTIVE}'
  ELSE '{Grade.IDLE}' END"""
