"""The rule tree: whom a segment holds. One tagged union with several readers that must agree (see reading/).

Logic has two values: a test of something missing fails, and `Not` is everybody else among the members there are. So
`Not(Attribute("gender", Is(["female"])))` holds who never told, and `Attribute("gender", IsNot(["female"]))` does not.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from shuke.audience.model.comparing import Strict, Test
from shuke.audience.model.windows import EVER, Near, Window
from shuke.members.model import Channel, Purpose

MAX_CHILDREN = 50


class Fact(StrEnum):
    ORDER = "order"
    LINE = "line"
    REFUND = "refund"
    EVENT = "event"
    """Tracked by a site, an app or another system."""


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


class Tracked(StrEnum):
    """What an event is: something done, a page or a screen looked at."""

    TRACK = "track"
    PAGE = "page"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Event(Strict):
    """A tracked event by its name; by any if there is none."""

    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    type: Tracked = Tracked.TRACK


@dataclass(frozen=True, slots=True)
class Behaviour(Strict):
    """Facts of a kind in a window; `event` says which, where the kind is that. Properties of events are called
    `properties.<name>`, their numbers are thousandths, `yes` and `no` are texts."""

    fact: Fact
    where: Annotated[tuple[Filter, ...], Field(max_length=10)] = ()
    window: Window = EVER
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Attribute(Strict):
    """Of the member herself."""

    name: str
    test: Test
    rule: Literal["attribute"] = "attribute"


@dataclass(frozen=True, slots=True)
class Registered(Strict):
    """Of the member herself, as the merchant registered it. `yes` and `no` are texts, days numbers such as 20260331."""

    name: str
    test: Test
    rule: Literal["registered"] = "registered"


class DayOf(StrEnum):
    BIRTHDAY = "birthday"
    JOINED = "joined"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Dated(Strict):
    """A day of hers, by where it lies seen from today: her birthday, the day she joined, or a day that the merchant
    registered as the attribute `name`. `yearly`: its anniversaries, of which the day itself is none; 29 February is
    kept on the 28th where there is none. Of birthdays month and day alone count, which is `yearly` too."""

    day: DayOf
    days: Near
    yearly: bool = False
    name: str | None = None
    rule: Literal["dated"] = "dated"


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
class Joined(Strict):
    """When she became a member."""

    window: Window
    rule: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True)
class In(Strict):
    """Who is in another segment by the last look at it."""

    segment_id: str
    rule: Literal["in"] = "in"


@dataclass(frozen=True, slots=True)
class Tagged(Strict):
    """Who has a tag now."""

    tag_id: str
    rule: Literal["tagged"] = "tagged"


@dataclass(frozen=True, slots=True)
class Trait(Strict):
    """What was reckoned of her last night, or what she prefers: `lifecycle`, `recency`, `clv_minor` and so on. All are
    missing of who has joined since."""

    name: str
    test: Test
    rule: Literal["trait"] = "trait"


@dataclass(frozen=True, slots=True)
class Consented(Strict):
    """Who may be addressed for a purpose through a channel."""

    purpose: Purpose
    channel: Channel
    rule: Literal["consented"] = "consented"


Listed = In | Tagged | Consented
"""What is known by a list that is given along with a question."""


@dataclass(frozen=True, slots=True)
class Gap(Strict):
    """Business days from one step to the next; 0 is the same day, later in it."""

    at_least: Annotated[int, Field(ge=0, le=3_660)] = 0
    at_most: Annotated[int, Field(ge=0, le=3_660)] | None = None


@dataclass(frozen=True, slots=True)
class Sequence(Strict):
    """She did one thing, and later the next, and so on: each later than the one before, to the microsecond. `gaps` is
    empty, or holds one for each step but the first."""

    steps: Annotated[tuple[Behaviour, ...], Field(min_length=2, max_length=5)]
    gaps: Annotated[tuple[Gap, ...], Field(max_length=4)] = ()
    rule: Literal["sequence"] = "sequence"


class Rfm(StrEnum):
    RECENCY = "recency"
    """The day of the last order; the later, the higher."""
    FREQUENCY = "frequency"
    """How many orders."""
    MONETARY = "monetary"
    """The sum of what orders took in, less what came back, in net amounts."""


@dataclass(frozen=True, slots=True)
class Percentile(Strict):
    """Where she stands among those who ordered in the window: the share of them who are below her, in hundredths of a
    percent, is at least `from_bps` and less than `to_bps`. The best fifth is 8000 to 10000. Equals stand at the same
    place; who did not order stands nowhere."""

    by: Rfm
    from_bps: Annotated[int, Field(ge=0, le=10_000)]
    to_bps: Annotated[int, Field(ge=0, le=10_000)]
    window: Window = EVER
    rule: Literal["percentile"] = "percentile"


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


Leaf = Attribute | Registered | Dated | Trait | Joined | In | Tagged | Consented | Did | Measure | Sequence | Percentile
Node = Annotated[All | AnyOf | Not | Leaf, Field(discriminator="rule")]
