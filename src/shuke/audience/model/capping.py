"""Not all whom a tree holds, but so many of them."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from shuke.audience.model.comparing import Strict
from shuke.audience.model.tree import Aggregate, Behaviour

_Count = Annotated[int, Field(ge=1, le=100_000_000)]


@dataclass(frozen=True, slots=True)
class ByAttribute(Strict):
    """A number of the member herself."""

    name: str
    by: Literal["attribute"] = "attribute"


@dataclass(frozen=True, slots=True)
class ByRegistered(Strict):
    """A number or a day that the merchant registered; of days the latest is the most."""

    name: str
    by: Literal["registered"] = "registered"


@dataclass(frozen=True, slots=True)
class ByMeasure(Strict):
    """A number made of what she did."""

    what: Behaviour
    aggregate: Aggregate | None = None
    """None: how often."""
    property: str | None = None
    by: Literal["measure"] = "measure"


@dataclass(frozen=True, slots=True)
class Top(Strict):
    """Those who have most of it, or least if `lowest`; who has none of it comes last, equals by their ids."""

    count: _Count
    by: Annotated[ByAttribute | ByRegistered | ByMeasure, Field(discriminator="by")]
    lowest: bool = False
    cap: Literal["top"] = "top"


@dataclass(frozen=True, slots=True)
class Random(Strict):
    """Some, drawn the same again with the same seed: who is drawn stays as long as she is held."""

    count: _Count
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    cap: Literal["random"] = "random"


Cap = Annotated[Top | Random, Field(discriminator="cap")]
