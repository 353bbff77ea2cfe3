"""The worked example in docs/algorithms/segments.md, asked."""

from datetime import date, datetime
from pathlib import Path

import ibis
import pytest

from shuke.audience.model import (
    EVER,
    Aggregate,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Did,
    Fact,
    Is,
    IsNot,
    Last,
    Measure,
    Node,
    Not,
    Unit,
)
from shuke.audience.model.properties import ATTRIBUTES, FACTS
from shuke.audience.reading.crowd import members_where
from shuke.audience.reading.one import MemberFacts, Row, holds
from shuke.audience.reading.words import described
from shuke.kernel.money import format_minor, parse_minor
from shuke.kernel.text import Text
from tests.support.crowds import lake_of
from tests.support.documents import table

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "segments.md"
TODAY = date(2026, 3, 31)
_ORDERS = Behaviour(Fact.ORDER, (), EVER)
_FEMALE = ("female",)

RULES: list[Node] = [
    Attribute("gender", Is(_FEMALE)),
    Attribute("gender", IsNot(_FEMALE)),
    Not(Attribute("gender", Is(_FEMALE))),
    Did(Behaviour(Fact.ORDER, (), Last(30)), AtLeast(1)),
    Did(Behaviour(Fact.ORDER, (), Last(1, Unit.MONTHS)), AtLeast(1)),
    Did(Behaviour(Fact.ORDER, (), Last(30)), AtMost(0)),
    Measure(_ORDERS, Aggregate.SUM, AtMost(10_000), "net_minor"),
    Measure(_ORDERS, Aggregate.AVERAGE, AtMost(10_000), "net_minor"),
    Measure(_ORDERS, Aggregate.LAST, AtLeast(31)),
]


def _people() -> dict[str, MemberFacts]:
    return {name: _member(gender or None, orders) for name, gender, orders in table(PAGE, "member")}


def _member(gender: str | None, orders: str) -> MemberFacts:
    rows: list[Row] = []
    for order in filter(None, orders.split(", ")):
        day, amount = order.split()
        nothing = dict.fromkeys(FACTS[Fact.ORDER])
        rows.append(
            {
                **nothing,
                "day": date.fromisoformat(day),
                "placed_at": datetime.fromisoformat(day),
                "net_minor": parse_minor(amount, "CNY"),
            }
        )
    facts = {each: rows if each is Fact.ORDER else [] for each in Fact}
    return MemberFacts({**dict.fromkeys(ATTRIBUTES), "joined_day": None, "birthday": None, "gender": gender}, facts)


def _name(property: str, value: str | int) -> Text:
    said = format_minor(value, "CNY").lstrip("¥") if property == "net_minor" and isinstance(value, int) else str(value)
    return Text(said, said)


@pytest.mark.parametrize("place", range(len(RULES)))
def test_the_example_of_the_page(place: int) -> None:
    written, names = table(PAGE, "rule")[place]
    people, rule = _people(), RULES[place]
    assert described(rule, _name).en == written
    assert ", ".join(name for name, member in people.items() if holds(rule, member, TODAY)) == names
    with lake_of(list(people.values()), {}) as lake:
        found = lake.execute(ibis.to_sql(members_where(rule, TODAY), dialect="duckdb")).fetchall()
    assert ", ".join(list(people)[number - 1] for (number,) in sorted(found)) == names
