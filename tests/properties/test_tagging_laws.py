"""Tags that segments put: whatever people do meanwhile, in the end they are on whom the segments hold."""

from collections.abc import Sequence
from datetime import timedelta
from time import perf_counter
from typing import Any
from uuid import UUID

import pyarrow as pa
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.audience import service as audience
from shuke.audience.segments import store
from shuke.audience.segments.model import Draft, Refresh, SegmentKind, SegmentStatus
from shuke.audience.segments.moving import Look, horizon, settle
from shuke.audience.segments.tables import segment_members, segment_tags, segments
from shuke.entrypoints.tagging import follow_segments
from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock
from shuke.members.tags import service as tags
from shuke.members.tags.model import Source
from shuke.members.tags.tables import member_tags, tag_history
from shuke.tenancy import service as tenancy
from tests.support.tagging import broken, group_of, tag
from tests.support.world import Shop, World

WHO, WHAT, WHICH = st.integers(0, 2), st.integers(0, 2), st.integers(0, 1)
"""Three members; three tags, the first two of an exclusive group; two segments."""
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("look"), WHICH, st.sets(WHO)),
        st.tuples(st.just("look"), WHICH, st.sets(WHO)),
        st.tuples(st.just("puts"), WHICH, st.one_of(WHAT, st.none())),
        st.tuples(st.just("puts"), WHICH, WHAT),
        st.tuples(st.just("hand"), WHO, WHAT, st.sampled_from([None, 2])),
        st.tuples(st.just("hand"), st.integers(0, 1), st.integers(0, 1), st.none()),
        st.tuples(st.just("off"), WHO, WHAT),
        st.tuples(st.just("wait"), st.integers(1, 3)),
        st.tuples(st.just("follow")),
        st.tuples(st.just("archive"), WHICH),
    ),
    max_size=12,
)
BEGINNING = (("puts", 0, 0), ("puts", 1, 1), ("look", 0, {0, 1}), ("follow",))


class Story:
    """`byhand`: what people put and nobody took off → until when."""

    def __init__(self, shop: Shop, clock: SimulatedClock) -> None:
        self.shop, self.clock = shop, clock
        self.people = [shop.member().member_id for _ in range(3)]
        with shop.unit() as unit:
            one, free = group_of(unit, exclusive=True), group_of(unit)
            self.tags = [tag(unit, f"t{what}", group=one if what < 2 else free).tag_id for what in range(3)]
            self.segments = [audience.create(unit, _draft(which)).segment_id for which in range(2)]
        self.byhand: dict[tuple[int, int], Any] = {}

    def do(self, unit: Unit, step: Sequence[Any]) -> None:
        match step:
            case ("look", which, who):
                self.look(unit, which, [self.people[each] for each in sorted(who)])
            case ("puts", which, what):
                tag_id = None if what is None else self.tags[what]
                taken = unit.connection.scalars(
                    sa.select(segment_tags.c.segment_id).where(segment_tags.c.tag_id == tag_id, ~segment_tags.c.ended)
                ).all()
                active = store.get(unit, self.segments[which]).status is SegmentStatus.ACTIVE
                if active and set(taken) <= {self.segments[which]}:
                    audience.change_tag(unit, self.segments[which], tag_id)
            case ("hand", who, what, days):
                until = None if days is None else unit.now() + timedelta(days=days)
                tags.change(unit, self.people[who], {self.tags[what]: until}, ())
                if what < 2:
                    self.byhand.pop((who, 1 - what), None)
                self.byhand[who, what] = until
            case ("off", who, what):
                tags.change(unit, self.people[who], {}, [self.tags[what]])
                self.byhand.pop((who, what), None)
            case ("archive", which):
                segment = store.get(unit, self.segments[which])
                if segment.status is SegmentStatus.ACTIVE:
                    audience.archive(unit, segment.segment_id, segment.version)

    def look(self, unit: Unit, which: int, who: Sequence[UUID]) -> None:
        segment = store.get(unit, self.segments[which], lock=True)
        if segment.status is SegmentStatus.ACTIVE:
            found = pa.chunked_array([pa.array([str(each) for each in who], pa.string())])
            seen = horizon(unit)
            settle(unit, segment, found, Look(tenancy.today(unit), seen, seen, perf_counter()))

    def look_again(self) -> None:
        with self.shop.unit() as unit:
            for which, segment_id in enumerate(self.segments):
                self.look(unit, which, list(unit.connection.scalars(store.held(unit, segment_id))))

    def follow(self) -> None:
        follow_segments(self.shop.database, self.shop.merchant_id)


def _draft(which: int) -> Draft:
    return Draft(f"s{which}", f"人群{which}", None, Refresh.ONCE, SegmentKind.UPLOAD)


def _rows(unit: Unit, table: sa.Table) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in unit.connection.execute(sa.select(table))), key=str)


def test_tags_are_on_whom_segments_hold_and_what_people_put_stays(world: World, clock: SimulatedClock) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(STEPS)
    def run(steps: list[Sequence[Any]]) -> None:
        story = Story(world.merchant(), clock)
        for step in (*BEGINNING, *steps):
            if step[0] == "wait":
                clock.advance(timedelta(days=step[1]))
            elif step[0] == "follow":
                story.follow()
            else:
                with story.shop.unit() as unit:
                    story.do(unit, step)
        story.look_again()
        story.follow()
        with story.shop.unit() as unit:
            followed(unit, story)
            before = _rows(unit, member_tags), _rows(unit, tag_history)
            assert [check.name for check in audience.audit(unit) if not check.ok] + broken(unit) == []
            unit.connection.execute(segment_tags.update().values(number=0))
        story.follow()
        with story.shop.unit() as unit:
            assert (_rows(unit, member_tags), _rows(unit, tag_history)) == before, "followed anew it is as it was"

    run()


def followed(unit: Unit, story: Story) -> None:
    now = unit.now()
    held: dict[tuple[UUID, UUID], Any] = {
        (row.member_id, row.tag_id): row
        for row in unit.connection.execute(sa.select(member_tags))
        if row.until is None or row.until > now
    }
    putting = sa.and_(segment_tags.c.segment_id == segment_members.c.segment_id, ~segment_tags.c.ended)
    should = {
        tuple(row)
        for row in unit.connection.execute(
            sa.select(segment_members.c.member_id, segment_tags.c.tag_id)
            .join(segment_tags, putting)
            .join(segments, segments.c.segment_id == segment_members.c.segment_id)
            .where(segments.c.status == SegmentStatus.ACTIVE.value)
        )
    }
    by_rule = {pair for pair, row in held.items() if row.source == Source.RULE}
    assert by_rule <= should
    for member_id, tag_id in should:
        mates = set(story.tags[:2]) if tag_id in story.tags[:2] else {tag_id}
        assert any((member_id, each) in held for each in mates)
    for (who, what), until in story.byhand.items():
        if until is None or until > now:
            row = held[story.people[who], story.tags[what]]
            assert (row.source, row.until) == (Source.HAND, until)
