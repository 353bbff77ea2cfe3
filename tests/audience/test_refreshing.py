"""A look by what has changed finds what a look at everybody finds."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

from shuke.audience import service
from shuke.audience.asking import lake_of
from shuke.audience.facts import changed
from shuke.audience.model import AtLeast, Behaviour, Did, Fact, Joined, Last, Node
from shuke.audience.reading.one import MemberFacts, Row, holds
from shuke.audience.rules.touching import Slid, local, slid
from shuke.audience.segments import touching
from shuke.entrypoints.lake import bring_up_to_date
from shuke.kernel.ids import Prefix, parse
from tests.support.crowds import members, trees
from tests.support.till import Till, open_till
from tests.support.windows import TODAY, days
from tests.support.world import World


@settings(max_examples=60, deadline=None)
@given(trees(), members(), days())
def test_who_has_nothing_on_days_that_slid_stays_where_she_is(tree: Node, member: MemberFacts, before: date) -> None:
    assume(local(tree, before, TODAY))
    if not any(_on(each, member) for each in slid(tree, before, TODAY)):
        assert holds(tree, member, before) is holds(tree, member, TODAY)


def _on(days: Slid, member: MemberFacts) -> bool:
    """Whether she did something on such a day."""
    rows: list[Row] = [member.attributes] if days.fact is None else list(member.facts[days.fact])
    seen = [row["joined_day" if days.fact is None else "day"] for row in rows]
    return any(isinstance(day, date) and days.first <= day <= days.last for day in seen)


def test_days_slide_in_and_out() -> None:
    week = Last(7)
    assert slid(Did(Behaviour(Fact.ORDER, (), week), AtLeast(1)), TODAY - timedelta(days=1), TODAY) == {
        Slid(Fact.ORDER, TODAY - timedelta(days=7), TODAY - timedelta(days=7)),
        Slid(Fact.ORDER, TODAY, TODAY),
    }
    assert slid(Joined(week), TODAY, TODAY) == set()


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    monkeypatch.setattr(touching, "MOST", 0)
    monkeypatch.setattr(changed, "MOST", 0)
    till = open_till(world)
    till.client = till.as_machine()
    for sku in ("A", "B"):
        till.shop.product(sku, 1_000)
    return till


def _did(fact: str, window: dict[str, Any], test: str, value: int) -> dict[str, Any]:
    return {"rule": "did", "what": {"fact": fact, "window": window}, "times": {"test": test, "value": value}}


_EVER, _THREE = {"window": "ever"}, {"window": "last", "count": 3}
_TREES: dict[str, Any] = {
    "twice": _did("order", _EVER, "at_least", 2),
    "lately": _did("order", _THREE, "at_least", 1),
    "not_lately": {"rule": "not", "of": _did("line", _THREE, "at_least", 1)},
    "returned": _did("refund", {"window": "since_last_order"}, "at_least", 1),
    "rich": {"rule": "attribute", "name": "points", "test": {"test": "at_least", "value": 15}},
    "newcomers": {"rule": "joined", "window": {"window": "last", "count": 2}},
    "again": {"rule": "sequence", "steps": [{"fact": "order"}, {"fact": "order"}], "gaps": [{"at_least": 1}]},
    "quiet": {
        "rule": "measure",
        "what": {"fact": "order"},
        "aggregate": "last",
        "test": {"test": "at_least", "value": 2},
    },
}


@pytest.mark.parametrize("together", [True, False])
def test_looks_by_what_changed_find_what_full_looks_find(
    till: Till, together: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the facts of those who changed lie together, or are looked for among all."""
    if not together:
        monkeypatch.setattr(touching, "changed_in", lambda _: None)
    made = {code: _written(till, code, tree) for code, tree in _TREES.items()}
    made["both"] = _written(
        till, "both", {"rule": "all", "of": [{"rule": "in", "segment_id": made[code]} for code in ("twice", "rich")]}
    )
    people = [till.shop.member() for _ in range(3)]
    first = till.settle([("A", 1), ("B", 1)], people[0])
    _look(till, made)
    till.settle([("A", 2)], people[0])
    till.settle([("A", 1)], people[1])
    assert _look(till, made) == [(2, together)] * len(made), "only they are asked about"
    actions: list[Callable[[], object]] = [
        lambda: till.refund(first, (1, 1)),
        lambda: till.settle([("B", 9)], people[2]),
        lambda: None,
    ]
    for apart, act in enumerate(actions, 1):
        till.world.clock.advance(timedelta(days=apart))
        act()
        _look(till, made)
    assert till.broken_laws() == []


def _written(till: Till, code: str, tree: Any) -> str:
    answer = till.post("segments", {"code": code, "name": code, "tree": tree, "refresh": "once"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _look(till: Till, made: dict[str, str]) -> list[tuple[int, bool] | None]:
    """Look by what changed, and at everybody: the same. How many were asked about at first, and whether their facts lay
    together; None for all."""
    asked: list[tuple[int, bool] | None] = []
    lake = till.world.settings.lake
    bring_up_to_date(till.world.database, lake, till.shop.merchant_id)
    for code, public_id in made.items():
        segment_id = parse(Prefix.SEGMENT, public_id)
        with till.shop.unit() as unit:
            some = touching.touched(unit, lake, lake_of(unit, lake), service.get(unit, segment_id))
            asked.append(None if some is None else (len(some.ids), some.changed is not None))
            service.refresh(unit, lake, segment_id)
        with till.shop.unit() as unit:
            seen = service.refresh(unit, lake, segment_id, partly=False).last
            assert seen is not None
            assert (seen.entered, seen.left) == (0, 0), code
    return asked
