"""A merge loses nothing, and its undoing leaves everything as it was; whatever happened before and, as far as it can be
told apart, since."""

from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.tables import metadata
from shuke.kernel.errors import ShukeError
from shuke.ledger.errors import SpentTogether
from tests.support.merging import STEPS, Pairing, meet, open_pairing
from tests.support.world import World

SETTINGS = settings(
    max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = {"member_id", "wallet_id", "owner_id", "issued_to", "from_member_id", "to_member_id", "person_id", "became_id"}
Steps = Sequence[tuple[Any, ...]]


def merged(pairing: Pairing) -> Any:
    """The merge, or None where something stood in the way: then nothing has changed."""
    before = pairing.everything()
    try:
        return pairing.merge()
    except ShukeError:
        assert pairing.everything() == before
        return None


def test_a_merge_undone_leaves_everything_as_it_was(world: World) -> None:
    pairing = open_pairing(world)

    @SETTINGS
    @given(steps=STEPS)
    def run(steps: Steps) -> None:
        meet(pairing)
        pairing.play(steps)
        pairing.count()
        before, totals = pairing.everything(), pairing.totals()
        if (merge := merged(pairing)) is None:
            return
        assert pairing.totals() == totals
        assert pairing.till.broken_laws() == []
        pairing.undo(merge)
        after = pairing.everything()
        assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
        assert pairing.till.broken_laws() == []

    run()


def test_the_books_are_in_order_whatever_happens_after_a_merge(world: World) -> None:
    pairing = open_pairing(world)

    @SETTINGS
    @given(steps=STEPS, later=STEPS)
    def run(steps: Steps, later: Steps) -> None:
        meet(pairing)
        pairing.play(steps)
        if (merge := merged(pairing)) is None:
            return
        pairing.play(later)
        pairing.count()
        assert pairing.till.broken_laws() == []
        before, totals = pairing.everything(), pairing.totals()
        try:
            pairing.undo(merge)
        except SpentTogether:
            assert pairing.everything() == before
        assert pairing.totals() == totals
        pairing.count()
        assert pairing.till.broken_laws() == []

    run()


def test_every_column_that_names_a_member_is_moved_or_left_by_somebody() -> None:
    naming = set()
    for table in metadata.sorted_tables:
        keys = {
            element.parent.name
            for constraint in table.foreign_key_constraints
            if constraint.referred_table.name == "members"
            for element in constraint.elements
            if element.parent.name != "merchant_id"
        }
        if table.info["tenant"]:
            naming |= {f"{table.name}.{name}" for name in keys | (NAMES & set(table.columns.keys()))}
    naming -= TOLD
    assert sorted(PLAN.places) == sorted(naming)


TOLD = {"domain_events.member_id"}
"""History below all domains: read for her and whom she absorbed."""
