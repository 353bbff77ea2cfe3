"""Writing to the books: any number of entries in one statement.

The statement holds only the parts that have rows, so a plain grant is spelled and planned as plainly as by hand; there
are few such shapes, and the driver prepares each once. Values go as text, for then a shape is one statement whatever
the values are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from shuke.infra.database import Unit, directly
from shuke.kernel.ids import new_id
from shuke.ledger.errors import AlreadyPosted
from shuke.ledger.holding import Held
from shuke.ledger.model import LOT_ASSETS, Asset, Entry, Move, Take, WalletKind
from shuke.ledger.telling import event_type

ONCE = "uq_ledger_transactions_merchant_id_reference_id_kind"

_INLINE = 4
"""So many rows are spelled out; more come as arrays."""

_ASSETS = tuple(Asset)
_DELTAS = {asset.value: "bigint" for asset in Asset}

_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "ledger_transactions": {
        "transaction_id": "uuid",
        "kind": "text",
        "reference_id": "uuid",
        "at": "timestamptz",
        "note": "text",
        "returns_id": "uuid",
        "member_id": "uuid",
    },
    "ledger_postings": {
        "posting_id": "uuid",
        "transaction_id": "uuid",
        "wallet_id": "uuid",
        "asset": "text",
        "amount": "bigint",
        "counter_account": "text",
        "at": "timestamptz",
    },
    "ledger_lots": {
        "lot_id": "uuid",
        "wallet_id": "uuid",
        "asset": "text",
        "granted": "bigint",
        "remaining": "bigint",
        "earned_at": "timestamptz",
        "available_at": "timestamptz",
        "expires_at": "timestamptz",
        "source_id": "uuid",
    },
    "ledger_lot_uses": {"posting_id": "uuid", "lot_id": "uuid", "amount": "bigint"},
    "domain_events": {
        "event_id": "uuid",
        "type": "text",
        "subject_id": "uuid",
        "member_id": "uuid",
        "occurred_at": "timestamptz",
        "payload": "jsonb",
    },
    "taken": {"lot_id": "uuid", "amount": "bigint", "refilled_at": "timestamptz"},
    "changed": {"wallet_id": "uuid", **_DELTAS},
    "opened": {"wallet_id": "uuid", **_DELTAS},
}
"""What is put into which table; `taken` changes lots, `changed` and `opened` balances."""

_BOOK = ", ".join(Asset)
_MORE = ", ".join(f"{asset} = b.{asset} + r.{asset}" for asset in Asset)
_ADDED = ", ".join(f"{asset} = b.{asset} + excluded.{asset}" for asset in Asset)

Books = Mapping[UUID, Mapping[Asset, int]]
"""Book balances by wallet."""

Shape = tuple[tuple[str, int], ...]
"""The parts that have rows, and how many: beyond _INLINE it does not matter how many."""


def _source(part: str, rows: int) -> str:
    columns = _COLUMNS[part]
    if rows > _INLINE:
        arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        return f"unnest({arrays}) AS r({', '.join(columns)})"
    row = f"({', '.join(f'%s::{kind}' for kind in columns.values())})"
    return f"(VALUES {', '.join([row] * rows)}) AS r({', '.join(columns)})"


@cache
def _statement(shape: Shape, guard: str | None) -> str:
    """`guard`: the one wallet's balances are written first, without having been looked at, on that condition; without
    them nothing else is."""
    parts = ", ".join(f"{part}_ AS ({_part(part, rows, guard)})" for part, rows in shape)
    return f"WITH {parts} SELECT {'1' if guard is None else f'{_BOOK} FROM opened_'}"  # noqa: S608 - our own words


def _part(part: str, rows: int, guard: str | None) -> str:
    names, source = ", ".join(_COLUMNS[part]), _source(part, rows)
    if part == "opened":
        return f"""
INSERT INTO ledger_balances AS b (merchant_id, {names}) SELECT %s::uuid, r.* FROM {source} ORDER BY r.wallet_id
ON CONFLICT (merchant_id, wallet_id) DO UPDATE SET {_ADDED} {guard or ""} RETURNING b.kind, {_BOOK}"""  # noqa: S608
    source = source if guard is None else f"opened_, {source}"
    if part == "changed":
        return f"""
UPDATE ledger_balances AS b SET {_MORE} FROM {source}
WHERE b.merchant_id = %s::uuid AND b.wallet_id = r.wallet_id"""  # noqa: S608
    if part == "taken":
        return f"""
UPDATE ledger_lots AS lot
SET remaining = lot.remaining - r.amount, refilled_at = coalesce(r.refilled_at, lot.refilled_at) FROM {source}
WHERE lot.merchant_id = %s::uuid AND lot.lot_id = r.lot_id"""  # noqa: S608
    shown = _shown(part, guard)
    return f"INSERT INTO {part} (merchant_id, {names}) SELECT %s::uuid, {shown} FROM {source}"  # noqa: S608


def _shown(part: str, guard: str | None) -> str:
    """The columns to insert. Of a wallet that was not looked at, only the database knows whether it is a member's."""
    if part != "domain_events" or guard is None:
        return ", ".join(f"r.{name}" for name in _COLUMNS[part])
    return ", ".join(
        "CASE WHEN opened_.kind = 'member' THEN r.member_id END" if name == "member_id" else f"r.{name}"
        for name in _COLUMNS[part]
    )


_UNLESS_IN_DEBT = "WHERE b.points_owed = 0"


@dataclass
class Draft:
    """Rows about to be written, by part of the statement; `book` is what is known of wallets that were held."""

    book: Mapping[UUID, Held] = field(default_factory=dict)
    rows: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)
    taken: dict[UUID, int] = field(default_factory=dict)
    refilled: dict[UUID, str] = field(default_factory=dict)
    deltas: dict[UUID, dict[Asset, int]] = field(default_factory=dict)

    def add(self, entry: Entry, takes: Sequence[Sequence[Take]], returns_id: UUID | None = None) -> None:
        """Put in `entry`, whose n-th move takes from (or gives back to) the lots in `takes[n]`."""
        transaction_id, at = new_id(entry.at).hex, entry.at.isoformat()
        self._put(
            "ledger_transactions",
            (
                transaction_id,
                entry.kind.value,
                entry.reference_id.hex,
                at,
                entry.note,
                _hex(returns_id),
                _hex(entry.member_id),
            ),
        )
        for move, from_lots in zip(entry.moves, takes, strict=True):
            posting_id, wallet_id, asset = new_id(entry.at).hex, move.wallet_id.hex, move.asset.value
            self._put(
                "ledger_postings",
                (posting_id, transaction_id, wallet_id, asset, str(move.amount), move.account.value, at),
            )
            if move.asset in LOT_ASSETS and move.amount > 0 and not from_lots:
                self._put("ledger_lots", _lot(posting_id, move, at))
            for take in from_lots:
                self._put("ledger_lot_uses", (posting_id, take.lot_id.hex, str(take.amount)))
                self.taken[take.lot_id] = self.taken.get(take.lot_id, 0) + take.amount
                if take.amount < 0:
                    self.refilled[take.lot_id] = at
            delta = self.deltas.setdefault(move.wallet_id, dict.fromkeys(_ASSETS, 0))
            delta[move.asset] += move.amount
        self._tell(entry, at)

    def _tell(self, entry: Entry, at: str) -> None:
        """One event for each wallet and sort of asset."""
        told: dict[tuple[UUID, str], dict[str, int]] = {}
        for move in entry.moves:
            payload = told.setdefault((move.wallet_id, event_type(move.asset, entry.kind)), {})
            payload[move.asset.value] = payload.get(move.asset.value, 0) + move.amount
        for (wallet_id, type_), payload in told.items():
            held = self.book.get(wallet_id)
            members = held is None or held.kind is WalletKind.MEMBER
            member_id = wallet_id if members else entry.member_id
            self._put(
                "domain_events",
                (new_id().hex, type_, entry.reference_id.hex, _hex(member_id), at, json.dumps(payload)),
            )

    def write(self, unit: Unit) -> Books:
        """All of it; what the wallets come to. Raises AlreadyPosted; the surrounding unit of work can then only be
        left."""
        if not self.rows:
            return {}
        for wallet_id, delta in self.deltas.items():
            part = "changed" if wallet_id in self.book else "opened"
            self._put(part, (wallet_id.hex, *(str(delta[asset]) for asset in _ASSETS)))
        self._execute(unit, None)
        return {wallet_id: self._after(wallet_id, delta) for wallet_id, delta in self.deltas.items()}

    def _after(self, wallet_id: UUID, delta: Mapping[Asset, int]) -> Mapping[Asset, int]:
        before = self.book[wallet_id].book if wallet_id in self.book else {}
        return {asset: before.get(asset, 0) + delta[asset] for asset in _ASSETS}

    def write_uncounted(self, unit: Unit) -> None:
        """All of it but the balances, which the caller counts anew. Raises AlreadyPosted."""
        if self.rows:
            self._execute(unit, None)

    def write_unseen(self, unit: Unit) -> Books:
        """All of it, for the one wallet of a draft that only gives and was made without looking at it; nothing, if
        points come and the wallet owes some. Raises AlreadyPosted."""
        ((wallet_id, delta),) = self.deltas.items()
        balances = (wallet_id.hex, *(str(delta[asset]) for asset in _ASSETS))
        self.rows = {"opened": [balances], **self.rows}
        rows = self._execute(unit, _UNLESS_IN_DEBT if delta[Asset.POINTS] else "")
        return {wallet_id: dict(zip(_ASSETS, rows[0], strict=True))} if rows else {}

    def _execute(self, unit: Unit, guard: str | None) -> list[tuple[Any, ...]]:
        for lot_id, amount in self.taken.items():
            if amount:
                self._put("taken", (lot_id.hex, str(amount), self.refilled.get(lot_id)))
        merchant, values = unit.merchant_id.hex, list[object]()
        for part, rows in self.rows.items():
            flat = [*zip(*rows, strict=True)] if len(rows) > _INLINE else [cell for row in rows for cell in row]
            cells = [list(column) if isinstance(column, tuple) else column for column in flat]
            values += [*cells, merchant] if part in ("changed", "taken") else [merchant, *cells]
        shape = tuple((part, min(len(rows), _INLINE + 1)) for part, rows in self.rows.items())
        try:
            return directly(unit.connection, _statement(shape, guard), values)
        except IntegrityError as error:
            if ONCE in str(error.orig):
                raise AlreadyPosted from error
            raise

    def _put(self, part: str, row: tuple[object, ...]) -> None:
        self.rows.setdefault(part, []).append(row)


def _lot(posting_id: str, move: Move, at: str) -> tuple[object, ...]:
    return (
        posting_id,
        move.wallet_id.hex,
        move.asset.value,
        str(move.amount),
        str(move.amount),
        move.earned_at.isoformat() if move.earned_at else at,
        _iso(move.available_at),
        _iso(move.expires_at),
        _hex(move.source_id),
    )


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _iso(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
