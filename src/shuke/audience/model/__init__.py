"""The rule tree, and what it is asked of."""

from shuke.audience.model.comparing import AtLeast, AtMost, Between, Is, IsNot, Missing, Present, Test
from shuke.audience.model.properties import ATTRIBUTES, FACTS, IDS, Kind
from shuke.audience.model.tree import (
    Aggregate,
    All,
    AnyOf,
    Attribute,
    Behaviour,
    Did,
    Fact,
    Filter,
    Measure,
    Node,
    Not,
)
from shuke.audience.model.windows import EVER, Days, Ever, Last, Span, Unit, Window

__all__ = [
    "ATTRIBUTES",
    "EVER",
    "FACTS",
    "IDS",
    "Aggregate",
    "All",
    "AnyOf",
    "AtLeast",
    "AtMost",
    "Attribute",
    "Behaviour",
    "Between",
    "Days",
    "Did",
    "Ever",
    "Fact",
    "Filter",
    "Is",
    "IsNot",
    "Kind",
    "Last",
    "Measure",
    "Missing",
    "Node",
    "Not",
    "Present",
    "Span",
    "Test",
    "Unit",
    "Window",
]
