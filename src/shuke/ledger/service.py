"""The books as other domains use them."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.paging import Page
from shuke.ledger import rules, store
from shuke.ledger.audit import audit
from shuke.ledger.draft import Draft
from shuke.ledger.errors import MoreThanTaken
from shuke.ledger.expiry import expire_batch, expire_due
from shuke.ledger.history import post_history
from shuke.ledger.model import (
    LOT_ASSETS,
    Account,
    Asset,
    Balances,
    Entry,
    Expiring,
    GiveBack,
    Lot,
    Move,
    Posting,
    Take,
)
from shuke.ledger.relations import (
    balances_relation,
    holdings_relation,
    movements_relation,
    order_points_relation,
    postings_relation,
)

__all__ = [
    "audit",
    "balances",
    "balances_of",
    "balances_relation",
    "expire_batch",
    "expire_due",
    "expiring",
    "give_back",
    "holdings_relation",
    "lots",
    "movements_relation",
    "order_points_relation",
    "post",
    "post_history",
    "postings_relation",
    "statement",
]


def post(unit: Unit, *entries: Entry) -> None:
    """Post entries, all or none. What they take comes from the lots that expire first.

    Raises NotEnough (before anything is written) and AlreadyPosted (the unit of work can then only be left).
    What one entry gives cannot be taken by another of the same call.
    """
    moves = [move for entry in entries for move in entry.moves]
    takers = {move.member_id for move in moves if move.amount < 0}
    book = store.lock_wallets(unit, takers) if takers else {}
    draft = Draft()
    taken: dict[tuple[UUID, Asset], int] = {}
    for entry in entries:
        takes = []
        for move in entry.moves:
            takes.append(_takes(unit, entry, move, book, taken))
        draft.add(entry, takes)
    draft.write(unit)


def _takes(
    unit: Unit,
    entry: Entry,
    move: Move,
    book: dict[tuple[UUID, Asset], int],
    taken: dict[tuple[UUID, Asset], int],
) -> list[Take]:
    if move.amount >= 0:
        return []
    key = (move.member_id, move.asset)
    if key in taken:
        raise ValueError("one call takes an asset of a member once; add the amounts up first")
    wanted = taken[key] = -move.amount
    if move.asset in LOT_ASSETS:
        live = store.lots_for(unit, move.member_id, move.asset, wanted, entry.at)
        return rules.choose_lots(live, move.asset, wanted, entry.at)
    if book.get(key, 0) < wanted:
        raise rules.not_enough(move.asset, wanted, book.get(key, 0))
    return []


def give_back(unit: Unit, back: GiveBack) -> None:
    """Return part or all of an earlier taking to the lots it came from, with the expiry they have.

    A lot that has expired meanwhile takes its part too, and loses it again when expiry runs next. Raises
    MoreThanTaken and AlreadyPosted.
    """
    store.lock_wallets(unit, [back.member_id])
    taken_by = store.transaction_id(unit, back.of_kind, back.of_reference)
    if taken_by is None:
        raise MoreThanTaken(wanted=back.amount, available=0)
    out = store.still_out(unit, taken_by, back.member_id, back.asset)
    takes = rules.give_back(out, back.amount)
    move = Move(back.member_id, back.asset, back.amount, Account.SPENT)
    draft = Draft()
    draft.add(Entry(back.kind, back.reference_id, back.at, (move,)), [takes], returns_id=taken_by)
    draft.write(unit)


def balances(unit: Unit, member_id: UUID) -> Balances:
    """What a member has now; points that have expired by now do not count, even before expiry has run."""
    return balances_of(unit, [member_id]).get(member_id, Balances())


def balances_of(unit: Unit, member_ids: Collection[UUID]) -> dict[UUID, Balances]:
    """Balances of many members; who never had anything is not in the answer."""
    return store.balances(unit, member_ids, unit.now())


def lots(unit: Unit, member_id: UUID, asset: Asset = Asset.POINTS) -> list[Lot]:
    """What can be spent now, in the order in which it will be."""
    return store.live_lots(unit, member_id, asset, unit.now())


def expiring(lots: Collection[Lot], timezone: str) -> list[Expiring]:
    """What is left of `lots`, by the last business day on which it can be spent; soonest first."""
    days: dict[date, int] = {}
    for lot in lots:
        if lot.expires_at is not None and lot.remaining:
            last = business_day(lot.expires_at - timedelta(microseconds=1), timezone)
            days[last] = days.get(last, 0) + lot.remaining
    return sorted((Expiring(on, amount) for on, amount in days.items()), key=lambda item: item.on)


def statement(
    unit: Unit, member_id: UUID, *, asset: Asset | None = None, cursor: str | None = None, limit: int = 50
) -> Page[Posting]:
    """A member's postings, newest first. Raises BadCursor."""
    return Page(*store.statement(unit, member_id, asset, cursor, limit))
