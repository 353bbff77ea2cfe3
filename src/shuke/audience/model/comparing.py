"""Tests of one value: a whole number, a text, or nothing at all.

A value that is missing passes no test but `Missing`: who has no birthday is neither born in May nor not born in May.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field


class Strict:
    """Documents hold what is asked for and nothing else."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


_Text = Annotated[str, Field(max_length=200)]
_Whole = Annotated[int, Field(ge=-(2**53), le=2**53, strict=True)]
_Values = Annotated[tuple[_Whole | _Text, ...], Field(min_length=1, max_length=1_000)]


@dataclass(frozen=True, slots=True)
class Is(Strict):
    """One of these."""

    values: _Values
    test: Literal["is"] = "is"


@dataclass(frozen=True, slots=True)
class IsNot(Strict):
    """A value, and none of these."""

    values: _Values
    test: Literal["is_not"] = "is_not"


@dataclass(frozen=True, slots=True)
class AtLeast(Strict):
    value: _Whole
    test: Literal["at_least"] = "at_least"


@dataclass(frozen=True, slots=True)
class AtMost(Strict):
    value: _Whole
    test: Literal["at_most"] = "at_most"


@dataclass(frozen=True, slots=True)
class Between(Strict):
    """From one to the other, both included."""

    low: _Whole
    high: _Whole
    test: Literal["between"] = "between"


@dataclass(frozen=True, slots=True)
class Missing(Strict):
    test: Literal["missing"] = "missing"


@dataclass(frozen=True, slots=True)
class Present(Strict):
    test: Literal["present"] = "present"


Test = Annotated[Is | IsNot | AtLeast | AtMost | Between | Missing | Present, Field(discriminator="test")]
