"""Why a tree holds a member: every node's verdict is the oracle's, and what is said to be needed is the least."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.audience.model import (
    All,
    AnyOf,
    Attribute,
    Consented,
    Did,
    In,
    Measure,
    Node,
    Not,
    Registered,
    Tagged,
    Trait,
)
from shuke.audience.reading.one import MemberFacts, done, holds, measure, passes
from shuke.audience.reading.why import Verdict, explained
from shuke.entrypoints.lake import bring_up_to_date
from shuke.kernel.ids import Prefix, show
from tests.support.crowds import members, ranked, trees
from tests.support.till import Till
from tests.support.windows import TODAY

_SEARCHED = range(-40, 120)


def _nodes(node: Node, verdict: Verdict, wanted: bool = True) -> Iterator[tuple[Node, Verdict, bool]]:
    """Every node with its verdict and what it should say for the member to be held."""
    yield node, verdict, wanted
    match node:
        case All(of) | AnyOf(of):
            for child, below in zip(of, verdict.of, strict=True):
                yield from _nodes(child, below, wanted)
        case Not(of):
            yield from _nodes(of, verdict.of[0], not wanted)


@settings(max_examples=40, deadline=None)
@given(trees(), members())
def test_every_verdict_is_the_oracles(tree: Node, member: MemberFacts) -> None:
    member = ranked([member], tree)[0]
    for node, verdict, wanted in _nodes(tree, explained(tree, member, TODAY)):
        assert verdict.holds is holds(node, member, TODAY)
        if verdict.needed is not None:
            assert verdict.holds is not wanted


@settings(max_examples=40, deadline=None)
@given(trees(), members())
def test_what_is_needed_is_enough_and_nothing_less_is(tree: Node, member: MemberFacts) -> None:
    for node, verdict, wanted in _nodes(tree, explained(tree, member, TODAY)):
        match node:
            case Attribute(name, test) | Registered(name, test):
                value: Any = member.attributes[name]
            case Trait(name, test):
                value = member.traits.get(name)
            case Did(what, test):
                value = len(done(what, member, TODAY))
            case Measure(what, aggregate, test, measured):
                value = measure(done(what, member, TODAY), aggregate, measured, TODAY)
            case All() | AnyOf() | Not() | In() | Tagged() | Consented():
                assert verdict.value is None
                continue
            case _:
                continue
        if isinstance(value, int | Fraction) and verdict.holds is not wanted:
            near = [abs(Fraction(number) - value) for number in _SEARCHED if passes(test, number) is wanted]
            assert (verdict.needed is None) == (near == [])
            if verdict.needed is not None:
                assert passes(test, verdict.needed) is wanted
                assert abs(verdict.needed - value) == min(near)
        assert isinstance(value, Fraction) or verdict.value == value


@settings(max_examples=40, deadline=None)
@given(trees(), members(), st.data())
def test_what_does_not_decide_could_be_otherwise(tree: Node, member: MemberFacts, data: st.DataObject) -> None:
    """Whatever the conditions that do not decide may say, the whole says the same."""

    def otherwise(node: Node, verdict: Verdict) -> bool:
        match node:
            case All(of):
                return all(otherwise(*each) for each in zip(of, verdict.of, strict=True))
            case AnyOf(of):
                return any(otherwise(*each) for each in zip(of, verdict.of, strict=True))
            case Not(of):
                return not otherwise(of, verdict.of[0])
        return verdict.holds if verdict.decides else data.draw(st.booleans())

    verdict = explained(tree, member, TODAY)
    assert otherwise(tree, verdict) is verdict.holds


def test_why_she_is_not_among_the_regulars(till: Till) -> None:
    member = till.shop.member(name="欧阳若兰")
    till.settle([("A", 1)], member)
    at_our_store = {"property": "store_id", "test": {"test": "is", "values": [till.store_id]}}
    often = {
        "rule": "did",
        "what": {"fact": "order", "where": [at_our_store], "window": {"window": "ever"}},
        "times": {"test": "at_least", "value": 3},
    }
    poor = {"rule": "attribute", "name": "points", "test": {"test": "at_most", "value": 5_000}}
    tree = {"rule": "all", "of": [often, poor]}
    asked = {"tree": tree, "member_id": show(Prefix.MEMBER, member.member_id)}
    segment = till.post("segments", {"code": "regulars", "name": "常客", "tree": tree}).json()
    path = f"/v1/segments/{segment['id']}/members/{asked['member_id']}/why"
    assert till.client.get(path).json()["code"] == "lake_empty"
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    answer = till.client.get(path).json()
    assert answer == till.post("segments/preview/why", asked).json()
    assert (answer["member"]["name"], answer["holds"]) == ("欧阳若兰", False)
    often_why, poor_why = answer["why"]["of"]
    assert often_why == {
        "rule": "did",
        "words": {
            "zh": "一直以来下单（门店为人民路店）的次数不少于 3",
            "en": "the number of orders ever with store is 人民路店 is at least 3",
        },
        "holds": False,
        "decides": True,
        "value": 1,
        "needed": 3,
        "of": [],
    }
    assert (poor_why["holds"], poor_why["decides"], poor_why["needed"]) == (True, False, None)


def test_who_cannot_be_explained(till: Till) -> None:
    tree: dict[str, Any] = {"rule": "all", "of": []}
    stranger = {"tree": tree, "member_id": "mem_" + "0" * 32}
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    assert till.post("segments/preview/why", stranger).json()["code"] == "member_not_found"
    late = till.shop.member()
    asked = {"tree": tree, "member_id": show(Prefix.MEMBER, late.member_id)}
    assert till.post("segments/preview/why", asked).json()["code"] == "not_in_the_lake"
