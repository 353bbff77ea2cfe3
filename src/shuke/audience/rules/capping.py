"""What is wrong with a cap."""

from collections.abc import Iterator

from shuke.audience.model import (
    ATTRIBUTES,
    Aggregate,
    AtLeast,
    ByAttribute,
    ByMeasure,
    ByRegistered,
    Cap,
    Did,
    Kind,
    Measure,
    Registered,
    Top,
)
from shuke.audience.rules.checking import Known, problems
from shuke.kernel.errors import FieldProblem
from shuke.kernel.text import Text

_NO_NUMBER = Text("只能按数值排序，请选数值属性。", "The most of it can be told of numbers only: choose one.")


def cap_problems(cap: Cap, registered: Known, path: str = "cap") -> Iterator[FieldProblem]:
    """Everything that keeps `cap` from being asked; paths as in its JSON."""
    if not isinstance(cap, Top):
        return
    match cap.by:
        case ByAttribute(name):
            if ATTRIBUTES.get(name) is not Kind.NUMBER:
                yield FieldProblem(f"{path}.by.name", _NO_NUMBER)
        case ByRegistered(name):
            known = registered.get(name)
            if known is None:
                yield from problems(Registered(name, AtLeast(0)), registered, f"{path}.by")
            elif known.kind is not Kind.NUMBER:
                yield FieldProblem(f"{path}.by.name", _NO_NUMBER)
        case ByMeasure(what, Aggregate.AVERAGE):
            yield FieldProblem(f"{path}.by.aggregate", _NO_NUMBER)
        case ByMeasure(what, aggregate, measured):
            counted = Did(what, AtLeast(0)) if aggregate is None else Measure(what, aggregate, AtLeast(0), measured)
            yield from problems(counted, {}, f"{path}.by")
