"""A merge loses nothing, and its undoing leaves everything as it was, whatever happened before; and gives to whom it
belongs what happened since."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shuke.entrypoints.lake import bring_up_to_date
from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.tables import metadata
from shuke.infra.lake.folder import LakeFolder
from shuke.kernel.errors import ShukeError
from tests.support.merging import ORDERING, WHO, Pairing, meet, open_pairing
from tests.support.world import World

SETTINGS = settings(
    max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
REPAID = {"ledger_transactions", "ledger_postings", "ledger_lot_uses"}
"""What a debt that is paid off and owed again leaves behind."""
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
    @given(steps=ORDERING)
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
        more = {name for name, rows in after.items() if rows != before[name]}
        assert more <= REPAID, {name: set(after[name]) ^ set(before[name]) for name in more}
        assert all(set(before[name]) < set(after[name]) for name in more)
        assert pairing.till.broken_laws() == []

    run()


def test_what_happens_after_a_merge_is_whose_name_it_came_by(world: World, tmp_path: Path) -> None:
    """All is in order, nothing is lost, and the lake says of every order and refund what the books say."""
    pairing = open_pairing(world)

    @SETTINGS
    @given(steps=ORDERING, later=ORDERING)
    def run(steps: Steps, later: Steps) -> None:
        meet(pairing)
        pairing.play(steps)
        if (merge := merged(pairing)) is None:
            return
        pairing.play(later)
        pairing.count()
        assert pairing.till.broken_laws() == []
        totals = pairing.totals()
        pairing.undo(merge)
        assert pairing.totals() == totals
        assert {key: pairing.owners()[key] for key in pairing.whose} == pairing.whose
        pairing.count()
        assert pairing.till.broken_laws() == []
        pairing.play([("refund", number) for number in range(len(pairing.orders))])
        assert pairing.refused <= {"not_refundable", "nothing_left", "window_closed"}
        assert pairing.till.broken_laws() == []

    run()
    assert lake_says(pairing, tmp_path) == books_say(pairing)


def test_an_order_paid_as_soon_as_two_are_one_goes_back_in_the_lake_too(world: World, tmp_path: Path) -> None:
    pairing = open_pairing(world)
    meet(pairing)
    pairing.play([("order", 1, 2, 0)])
    merge = pairing.merge()
    pairing.play([("pay", 0)])
    pairing.undo(merge)
    assert lake_says(pairing, tmp_path) == books_say(pairing)


def test_tags_of_two_who_were_one_are_what_their_history_says(world: World) -> None:
    pairing = open_pairing(world)
    tagging = st.lists(st.tuples(st.sampled_from(["tag", "tag", "untag"]), WHO, st.integers(0, 3)), max_size=8)

    @settings(SETTINGS, max_examples=8)
    @given(steps=tagging, later=tagging)
    def run(steps: Steps, later: Steps) -> None:
        meet(pairing)
        pairing.play(steps)
        merge = pairing.merge()
        pairing.play(later)
        pairing.undo(merge)
        assert pairing.till.broken_laws() == []

    run()


def books_say(pairing: Pairing) -> set[tuple[Any, ...]]:
    sold = "SELECT order_id, member_id FROM orders WHERE status NOT IN ('pending', 'cancelled')"
    with pairing.till.shop.unit() as unit:
        rows = unit.connection.execute(sa.text(f"{sold} UNION ALL SELECT refund_id, member_id FROM refunds"))
        return {(str(row[0]), str(row[1])) for row in rows}


def lake_says(pairing: Pairing, root: Path) -> set[tuple[Any, ...]]:
    merchant = pairing.till.shop.merchant_id
    bring_up_to_date(pairing.till.world.database, root, merchant)
    facts = "SELECT order_id AS id, member_no FROM orders UNION ALL SELECT refund_id, member_no FROM refunds"
    with duckdb.connect(str(LakeFolder.of(root, merchant).current()), read_only=True) as lake:
        return set(lake.execute(f"SELECT id, member_id FROM ({facts}) LEFT JOIN members USING (member_no)").fetchall())


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
