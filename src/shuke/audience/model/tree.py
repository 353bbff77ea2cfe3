"""The rule tree: whom a segment holds. One tagged union with several readers that must agree (see reading/).

Logic has two values: a test of something missing fails, and `Not` is everybody else among the members there are. So
`Not(Attribute("gender", Is(["female"])))` holds who never told, and `Attribute("gender", IsNot(["female"]))` does not.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from shuke.audience.model.comparing import Strict, Test
from shuke.audience.model.windows import EVER, Window

MAX_CHILDREN = 50


class Fact(StrEnum):
    ORDER = "order"
    LINE = "line"
    REFUND = "refund"


class Aggregate(StrEnum):
    SUM = "sum"
    AVERAGE = "average"
    DISTINCT = "distinct"
    DISTINCT_DAYS = "distinct_days"
    FIRST = "first"
    """Days since the first time; today is 0."""
    LAST = "last"
    """Days since the last time."""


@dataclass(frozen=True, slots=True)
class Filter(Strict):
    """Facts of which a property passes a test."""

    property: str
    test: Test


@dataclass(frozen=True, slots=True)
class Behaviour(Strict):
    """Facts of a kind in a window."""

    fact: Fact
    where: Annotated[tuple[Filter, ...], Field(max_length=10)] = ()
    window: Window = EVER


@dataclass(frozen=True, slots=True)
class Attribute(Strict):
    """Of the member herself."""

    name: str
    test: Test
    rule: Literal["attribute"] = "attribute"


@dataclass(frozen=True, slots=True)
class Did(Strict):
    """How often she did something; "never" is at most 0 times."""

    what: Behaviour
    times: Test
    rule: Literal["did"] = "did"


@dataclass(frozen=True, slots=True)
class Measure(Strict):
    """A number made of what she did. The sum of nothing is 0; an average, a first or a last of nothing is missing."""

    what: Behaviour
    aggregate: Aggregate
    test: Test
    property: str | None = None
    rule: Literal["measure"] = "measure"


@dataclass(frozen=True, slots=True)
class All(Strict):
    """Members whom every one holds; all members when there is none."""

    of: Annotated[tuple["Node", ...], Field(max_length=MAX_CHILDREN)]
    rule: Literal["all"] = "all"


@dataclass(frozen=True, slots=True)
class AnyOf(Strict):
    """Members whom at least one holds; nobody when there is none."""

    of: Annotated[tuple["Node", ...], Field(max_length=MAX_CHILDREN)]
    rule: Literal["any"] = "any"


@dataclass(frozen=True, slots=True)
class Not(Strict):
    of: "Node"
    rule: Literal["not"] = "not"


Node = Annotated[All | AnyOf | Not | Attribute | Did | Measure, Field(discriminator="rule")]
