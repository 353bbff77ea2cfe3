"""A crowd of members beside all members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Both:
    """A count or a sum of the crowd, and of everybody, of what is called `value` (None: it is not known)."""

    value: str | None
    here: int
    everybody: int


@dataclass(frozen=True, slots=True)
class Worth:
    """What members brought within the year. `days`: their days with a purchase, added up; `net_minor` is less what
    came back; `clv_minor` what they are expected to bring."""

    members: int
    buyers: int
    orders: int
    days: int
    net_minor: int
    discount_minor: int
    clv_minor: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who first bought in the month of `first`: how many bought again so many months later, that month itself first."""

    first: date
    here: Sequence[int]
    everybody: Sequence[int]


@dataclass(frozen=True, slots=True)
class Crowd:
    """`profile`: members by what they are, by the name of the attribute; `sales`: the year's sales by category, store
    and channel, as sold."""

    today: date
    members: int
    everybody: int
    profile: Mapping[str, Sequence[Both]]
    worth: Worth
    worth_of_everybody: Worth
    sales: Mapping[str, Sequence[Both]]
    cohorts: Sequence[Cohort]
