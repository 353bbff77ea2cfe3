"""Whose lots and takings are when one wallet becomes two: nothing of hers is forgotten, and what goes back is tied to
nothing that stays."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shuke.ledger.model import Asset, Lot
from shuke.ledger.parting import Owned, Use, part, spent

OWNERS = st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=1, max_size=8)
TAKINGS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7), st.booleans()), max_size=12)


def wallet(owners: list[tuple[bool, int]]) -> dict[UUID, Owned]:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    lots = {UUID(int=number): (hers, left) for number, (hers, left) in enumerate(owners)}
    return {lot_id: Owned(Lot(lot_id, 9, left, at, None), Asset.POINTS, hers) for lot_id, (hers, left) in lots.items()}


def uses_of(lots: dict[UUID, Owned], takings: list[tuple[int, int, bool]]) -> list[Use]:
    return [Use(UUID(int=100 + posting), UUID(int=lot % len(lots)), 1, by_her) for posting, lot, by_her in takings]


@given(owners=OWNERS, takings=TAKINGS)
def test_what_goes_back_ties_to_nothing_that_stays(
    owners: list[tuple[bool, int]], takings: list[tuple[int, int, bool]]
) -> None:
    lots = wallet(owners)
    uses = uses_of(lots, takings)
    parted = part(lots, uses)
    gone, postings = set(parted.lots), set(parted.postings)
    assert all(lots[lot_id].hers for lot_id in gone)
    assert all((use.lot_id in gone) is (use.posting_id in postings) for use in uses)
    left = {owned.lot.lot_id for owned in parted.left}
    assert gone | left == {lot_id for lot_id, owned in lots.items() if owned.hers}
    assert not gone & left
    for lot_id in left:
        tied = {use.posting_id for use in uses if use.lot_id == lot_id}
        assert tied, "a lot from which nothing was taken always goes back"


@given(owners=OWNERS, takings=TAKINGS)
def test_who_took_from_whom_is_told_once(owners: list[tuple[bool, int]], takings: list[tuple[int, int, bool]]) -> None:
    lots = wallet(owners)
    uses = uses_of(lots, takings)
    across = sum(use.amount for use in uses if use.by_her is not lots[use.lot_id].hers)
    assert spent(lots, uses, Asset.POINTS, hers=True) + spent(lots, uses, Asset.POINTS, hers=False) == across
    assert spent(lots, uses, Asset.RED_PACKET, hers=True) == 0
