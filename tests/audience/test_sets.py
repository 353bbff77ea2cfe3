"""Segments made of others, of files, and of so many: what they hold, share and need."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.audience.model import (
    ATTRIBUTES,
    FACTS,
    Aggregate,
    Behaviour,
    ByAttribute,
    ByMeasure,
    ByRegistered,
    Cap,
    Fact,
    Kind,
    Node,
    SetOf,
    SetOp,
    Top,
)
from shuke.audience.model import Random as Drawn
from shuke.audience.reading.capping import capped
from shuke.audience.reading.crowd import members_where
from shuke.audience.reading.one import MemberFacts, Value, done, holds, measure
from shuke.audience.rules.sets import set_of, tree_of
from shuke.audience.rules.uses import cycle, inner_first
from shuke.entrypoints.lake import bring_up_to_date
from shuke.members.model import Member
from tests.imports.desk import Desk
from tests.support.crowds import COLUMNS, LISTS, drawn_order, lake_of, members, ranked, trees
from tests.support.till import Till, open_till
from tests.support.windows import TODAY
from tests.support.world import World

_NUMBERS = [name for name, kind in ATTRIBUTES.items() if kind is Kind.NUMBER]
_PLACES = [name for name, kind in COLUMNS.items() if kind is Kind.NUMBER]
_LINES = [name for name, kind in FACTS[Fact.LINE].items() if kind is Kind.NUMBER]
_GRAPHS = st.dictionaries(st.integers(0, 6), st.sets(st.integers(0, 6), max_size=3), max_size=7)


def _caps() -> st.SearchStrategy[Cap]:
    in_time = st.sampled_from([None, Aggregate.DISTINCT_DAYS, Aggregate.FIRST, Aggregate.LAST])
    sums = st.builds(ByMeasure, st.just(Behaviour(Fact.LINE)), st.just(Aggregate.SUM), st.sampled_from(_LINES))
    times = st.builds(ByMeasure, st.builds(Behaviour, st.sampled_from(Fact)), in_time)
    own = st.one_of(
        st.builds(ByAttribute, st.sampled_from(_NUMBERS)), st.builds(ByRegistered, st.sampled_from(_PLACES))
    )
    by = st.one_of(own, sums, times)
    return st.one_of(
        st.builds(Top, st.integers(1, 4), by, st.booleans()), st.builds(Drawn, st.integers(1, 4), st.integers(0, 9))
    )


def _value(member: MemberFacts, cap: Top) -> Any:
    by = cap.by
    if isinstance(by, ByAttribute | ByRegistered):
        return member.attributes[by.name]
    rows = done(by.what, member, TODAY)
    return len(rows) if by.aggregate is None else measure(rows, by.aggregate, by.property, TODAY)


def _first(cap: Cap, number: int, member: MemberFacts) -> tuple[Any, ...]:
    """What a member is sorted by."""
    if isinstance(cap, Drawn):
        return drawn_order(cap.seed, number)
    value: Value = _value(member, cap)
    assert value is None or isinstance(value, int)
    return (value is None, 0 if value is None else value if cap.lowest else -value, f"m{number}")


@settings(max_examples=25, deadline=None)
@given(trees(), st.lists(members(), max_size=5), _caps())
def test_a_cap_leaves_the_first_of_them(tree: Node, people: Sequence[MemberFacts], cap: Cap) -> None:
    held = [(number, member) for number, member in enumerate(ranked(people, tree), 1) if holds(tree, member, TODAY)]
    expected = sorted(number for number, _ in sorted(held, key=lambda each: _first(cap, *each))[: cap.count])
    with lake_of(people, {}) as lake:
        found = lake.execute(ibis.to_sql(capped(members_where(tree, TODAY), cap, TODAY), dialect="duckdb")).fetchall()
    assert sorted(number for (number,) in found) == expected


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(SetOp), st.lists(members(), max_size=8))
def test_sets_are_what_they_say(op: SetOp, people: Sequence[MemberFacts]) -> None:
    one, other = (node for node in LISTS if node.rule == "in")
    sets = SetOf(op, (one.segment_id, other.segment_id))
    ours, theirs = ({no for no, each in enumerate(people) if node in each.lists} for node in (one, other))
    expected = {SetOp.UNION: ours | theirs, SetOp.INTERSECT: ours & theirs, SetOp.EXCEPT: ours - theirs}[op]
    assert {no for no, each in enumerate(people) if holds(tree_of(sets), each, TODAY)} == expected
    assert set_of(tree_of(sets)) == sets


@settings(max_examples=30)
@given(trees())
def test_a_tree_is_a_set_only_if_it_reads_back(tree: Node) -> None:
    found = set_of(tree)
    assert found is None or tree_of(found) == tree


@given(_GRAPHS, st.integers(0, 6))
def test_circles_are_found_and_inner_ones_come_first(uses: dict[int, set[int]], start: int) -> None:
    reached = set(uses.get(start, ()))
    while more := {inner for each in reached for inner in uses.get(each, ())} - reached:
        reached |= more
    way = cycle(start, uses)
    assert (way is not None) == (start in reached)
    if way is not None:
        assert way[0] == way[-1] == start
        assert all(after in uses[before] for before, after in pairwise(way))
    if not any(cycle(key, uses) for key in uses):
        order = inner_first(range(7), uses)
        assert sorted(order) == list(range(7))
        assert all(order.index(used) < order.index(key) for key, inner in uses.items() for used in inner)


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path / "lake")
    return open_till(world)


def _written(till: Till, code: str, **more: Any) -> Any:
    answer = till.post("segments", {"code": code, "name": code, "refresh": "once"} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def _upload(till: Till, folder: Path, code: str, *people: Member) -> Any:
    desk = Desk(till.shop, folder)
    rows = [(code, member.number) for member in people]
    return desk.load("segment_members", desk.write(f"{code}.csv", ("segment_code", "number"), rows))


def test_a_file_fills_a_segment(till: Till, tmp_path: Path) -> None:
    one, other = till.shop.member(phone="13800001111"), till.shop.member(external_ref="m2")
    listed = _written(till, "vip", kind="upload")
    _written(till, "rule", tree={"rule": "all", "of": []})
    desk = Desk(till.shop, tmp_path)
    columns = ("segment_code", "number", "member_ref", "phone")
    rows = [
        ("vip", one.number, "", ""),
        ("vip", "", "m2", ""),
        ("vip", "", "", "13800001111"),
        ("vip", "no such number", "", ""),
        ("rule", one.number, "", ""),
        ("nothing", one.number, "", ""),
        ("vip", one.number, "m2", ""),
        ("vip", "", "", ""),
    ]
    path = desk.write("vip.csv", columns, rows)
    record = desk.load("segment_members", path, chunk_rows=3)
    why = {row: reject.reason.en for row, reject in desk.rejects(record).items()}
    assert sorted(why) == [4, 5, 6, 7, 8], why
    assert "no such member" in why[4]
    assert "goes by a rule" in why[5]
    assert "no segment nothing" in why[6]
    assert (record.created, record.unchanged) == (2, 1)
    shown = till.client.get(f"/v1/segments/{listed['id']}").json()
    assert (shown["kind"], shown["tree"], shown["last"]["size"]) == ("upload", None, 2)
    assert desk.load("segment_members", path).created == 0
    refused = till.post(f"segments/{listed['id']}/refresh")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_looked_at")
    downloaded = till.client.get(f"/v1/segments/{listed['id']}/members/export")
    again = tmp_path / "again.csv"
    again.write_bytes(downloaded.content)
    record = desk.load("segment_members", again)
    assert (record.created, record.unchanged, desk.rejects(record)) == (0, 2, {})
    assert {one.number, other.number} == {line.split(",")[1] for line in downloaded.text.splitlines()[1:]}
    assert till.broken_laws() == []


def test_segments_of_segments(till: Till, tmp_path: Path) -> None:
    a, b, c = (till.shop.member() for _ in range(3))
    one, other = (_written(till, code, kind="upload") for code in ("one", "other"))
    _upload(till, tmp_path, "one", a, b)
    _upload(till, tmp_path, "other", b, c)
    sets = {"op": "except", "of": [one["id"], other["id"]]}
    only = _written(till, "only", kind="set", sets=sets)
    assert only["sets"] == sets
    assert only["words"]["zh"] == "属于人群“one”，且不满足（属于人群“other”）"
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    assert till.post(f"segments/{only['id']}/refresh").json()["last"]["size"] == 1
    found = till.post("segments/overlap", {"ids": [one["id"], other["id"], only["id"]]}).json()
    assert [each["size"] for each in found["segments"]] == [2, 2, 1]
    counted = {frozenset(part["ids"]): part["count"] for part in found["parts"] if part["count"]}
    assert counted == {
        frozenset({one["id"], only["id"]}): 1,
        frozenset({one["id"], other["id"]}): 1,
        frozenset({other["id"]}): 1,
    }
    lineage = till.client.get(f"/v1/segments/{other['id']}/lineage").json()
    assert [each["code"] for each in lineage["segments"]] == ["other", "only"]
    assert lineage["uses"] == [{"segment_id": only["id"], "used_id": other["id"]}]
    used = till.post(f"segments/{other['id']}/archive", {"version": 1})
    assert (used.status_code, used.json()["code"]) == (409, "segment_in_use")
    assert till.post(f"segments/{only['id']}/archive", {"version": 1}).status_code == 200
    assert till.post(f"segments/{other['id']}/archive", {"version": 1}).status_code == 200
    gone = till.post("segments/preview", {"tree": {"rule": "in", "segment_id": other["id"]}})
    assert [each["path"] for each in gone.json()["fields"]] == ["tree.segment_id"]
    feed = till.client.get("/v1/segments/moves", params={"limit": 3}).json()
    rest = till.client.get("/v1/segments/moves", params={"cursor": feed["next_cursor"]}).json()
    moved = [(each["segment_id"], each["member"]["id"]) for each in (*feed["items"], *rest["items"])]
    assert len(moved) == len(set(moved)) == 5
    last = till.client.get("/v1/segments/moves", params={"cursor": rest["next_cursor"]}).json()
    assert (last["items"], last["next_cursor"]) == ([], rest["next_cursor"])
    history = till.client.get(f"/v1/segments/{one['id']}/snapshots/1/moves").json()["items"]
    assert len(history) == 2
    assert till.broken_laws() == []


def test_no_segment_is_made_of_itself(till: Till) -> None:
    one = _written(till, "one", tree={"rule": "all", "of": []})
    other = _written(till, "other", tree={"rule": "in", "segment_id": one["id"]})
    body = {"code": "one", "name": "one", "tree": {"rule": "in", "segment_id": other["id"]}, "version": 1}
    before = till.everything()
    refused = till.client.put(f"/v1/segments/{one['id']}", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "circular_segments")
    assert "one → other → one" in refused.text
    kind = till.client.put(
        f"/v1/segments/{one['id']}", json={"code": "one", "name": "x", "kind": "upload", "version": 1}
    )
    assert kind.json()["code"] == "kind_stays"
    for wrong in ({"kind": "upload", "tree": {"rule": "all", "of": []}}, {"kind": "set"}, {}):
        assert till.post("segments", {"code": "x", "name": "x", **wrong}).status_code == 422
    assert till.everything() == before
