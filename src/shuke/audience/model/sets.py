"""A segment made of others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shuke.audience.model.comparing import Strict


class SetOp(StrEnum):
    UNION = "union"
    INTERSECT = "intersect"
    EXCEPT = "except"
    """Of the first, without the others."""


@dataclass(frozen=True, slots=True)
class SetOf(Strict):
    """`of`: ids of segments (`seg_…`)."""

    op: SetOp
    of: Annotated[tuple[str, ...], Field(min_length=2, max_length=20)]
