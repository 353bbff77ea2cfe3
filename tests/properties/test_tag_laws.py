"""Tags are what their history says, whoever put them on and whatever took them off; and as a plain model says."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock
from shuke.members.tags import rules, service
from shuke.members.tags.model import Putting, Source
from shuke.members.tags.tables import tag_history
from tests.support.tagging import broken, group_of, tag
from tests.support.world import World

DAYS = (None, 3, None, 5)
"""How long the four tags last; the first two are of an exclusive group."""
EXCLUSIVE = {0, 1}

WHO, WHAT = st.integers(0, 2), st.integers(0, 3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), WHO, WHAT, st.sampled_from([None, 1, 4])),
        st.tuples(st.just("off"), WHO, WHAT),
        st.tuples(st.just("list"), st.lists(WHO, min_size=1, max_size=4), WHAT),
        st.tuples(st.just("file"), st.lists(st.tuples(WHO, WHAT), min_size=1, max_size=6)),
        st.tuples(st.just("off_list"), st.lists(WHO, min_size=1, max_size=4), WHAT),
        st.tuples(st.just("wait"), st.integers(1, 4)),
        st.tuples(st.just("expire")),
    ),
    max_size=14,
)
Spans = dict[tuple[int, int], rules.Span]


class Model:
    """What each of three members should have, reckoned the plain way."""

    def __init__(self) -> None:
        self.spans: Spans = {}

    def at(self, now: datetime) -> Spans:
        return {key: span for key, span in self.spans.items() if span.until is None or span.until > now}

    def put(self, who: int, what: int, now: datetime, days: int | None) -> None:
        present = self.at(now)
        since = present[who, what].since if (who, what) in present else now
        if what in EXCLUSIVE:
            self.spans = {key: span for key, span in self.spans.items() if key not in {(who, e) for e in EXCLUSIVE}}
        days = DAYS[what] if days is None else days
        self.spans[who, what] = rules.Span(since, None if days is None else now + timedelta(days=days))


def do(unit: Unit, step: Sequence[Any], people: list[UUID], tags: list[UUID], model: Model) -> None:
    now = unit.now()
    match step:
        case ("put", who, what, days):
            until = None if days is None else now + timedelta(days=days)
            service.change(unit, people[who], {tags[what]: until}, ())
            model.put(who, what, now, days)
        case ("off", who, what):
            service.change(unit, people[who], {}, [tags[what]])
            model.spans.pop((who, what), None)
        case ("list", crowd, what):
            service.put_on_many(unit, tags[what], [people[who] for who in crowd])
            for who in set(crowd):
                model.put(who, what, now, None)
        case ("file", pairs):
            # One of an exclusive group each, as the importer sees to.
            chosen = {(who, "one" if what in EXCLUSIVE else what): what for who, what in pairs}
            wanted = {(who, what) for (who, _), what in chosen.items()}
            service.put_all(unit, [Putting(people[who], tags[what]) for who, what in wanted], Source.IMPORT)
            for who, what in wanted:
                model.put(who, what, now, None)
        case ("off_list", crowd, what):
            service.take_off_many(unit, tags[what], [people[who] for who in crowd])
            for who in crowd:
                model.spans.pop((who, what), None)
        case ("expire",):
            service.expire_batch(unit, now)
            model.spans = model.at(now)


def test_tags_are_what_the_model_and_their_history_say(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    owner = shop.owner()
    with shop.unit(owner) as unit:
        groups = group_of(unit, exclusive=True), group_of(unit)
        tags = [
            tag(unit, f"t{what}", group=groups[what not in EXCLUSIVE], days=days).tag_id
            for what, days in enumerate(DAYS)
        ]

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=STEPS)
    def run(steps: list[Sequence[Any]]) -> None:
        people = [shop.member().member_id for _ in range(3)]
        model = Model()
        for step in steps:
            if step[0] == "wait":
                clock.advance(timedelta(days=step[1]))
                continue
            with shop.unit(owner) as unit:
                do(unit, step, people, tags, model)
        with shop.unit(owner) as unit:
            expected = model.at(unit.now())
            for who, member_id in enumerate(people):
                held = service.of_member(unit, member_id)
                found = {(who, tags.index(each.tag.tag_id)): rules.Span(each.since, each.until) for each in held}
                assert found == {key: span for key, span in expected.items() if key[0] == who}
            assert broken(unit) == []
            replayed(unit, people, tags, expected)

    def replayed(unit: Unit, people: list[UUID], tags: list[UUID], expected: Spans) -> None:
        """The rule that reads a history says the same, once what is due is left out."""
        table = tag_history.c
        for who, member_id in enumerate(people):
            for what, tag_id in enumerate(tags):
                mine = (table.member_id == member_id, table.tag_id == tag_id)
                rows = unit.connection.execute(
                    sa.select(table.put, table.at, table.until).where(*mine).order_by(table.turn)
                )
                span = rules.replay((row.put, row.at, row.until) for row in rows)
                current = span if span is not None and (span.until is None or span.until > unit.now()) else None
                assert current == expected.get((who, what))

    run()
