"""The SQL of merges themselves and their journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.infra.outbox import domain_events
from shuke.kernel.ids import new_id
from shuke.members.merging.images import Image
from shuke.members.merging.model import Cause, Evidence, Merge, Pair
from shuke.members.merging.tables import kept_apart, merge_rows, merges

_M = merges.c


def add(unit: Unit, pairs: Mapping[Pair, Evidence], cause: Cause) -> list[Merge]:
    """Merges of pairs of which nobody is in two."""
    turns = sa.select(_M.survivor_id, sa.func.count()).where(
        _M.merchant_id == unit.merchant_id, _M.survivor_id.in_([pair.survivor for pair in pairs])
    )
    before = {row[0]: row[1] for row in unit.connection.execute(turns.group_by(_M.survivor_id))}
    now, by = unit.now(), unit.principal
    made = [Merge(new_id(now), pair, before.get(pair.survivor, 0) + 1, now, by.name, cause, None) for pair in pairs]
    rows = [
        {
            "merchant_id": unit.merchant_id,
            "merge_id": merge.merge_id,
            "survivor_id": merge.pair.survivor,
            "absorbed_id": merge.pair.absorbed,
            "turn": merge.turn,
            "at": now,
            "by_kind": str(by.kind),
            "by_id": by.id,
            "by_name": by.name,
            "cause": str(cause),
            "evidence": dict(pairs[merge.pair]),
        }
        for merge in made
    ]
    unit.connection.execute(merges.insert(), rows)
    return made


@dataclass(frozen=True, slots=True)
class Journal:
    """What a merge moved, by place: primary keys of rows, and both members' rows `before` and `after`."""

    merge_id: UUID
    keys: Mapping[str, list[Any]]
    before: Mapping[str, Image]
    after: Mapping[str, Image]


def note(unit: Unit, journals: Iterable[Journal]) -> None:
    """Where neither has a row there is no line."""
    nothing = {"merchant_id": unit.merchant_id, "keys": None, "before": None, "after": None}
    rows = []
    for each in journals:
        mine = {**nothing, "merge_id": each.merge_id}
        rows += [{**mine, "place": place, "keys": moved} for place, moved in each.keys.items()]
        rows += [
            {**mine, "place": place, "before": was, "after": each.after[place]}
            for place, was in each.before.items()
            if was or each.after[place]
        ]
    if rows:
        unit.connection.execute(merge_rows.insert(), rows)


def moved(unit: Unit, merge_id: UUID) -> dict[str, list[Any]]:
    """The primary keys of what moved, by place."""
    row = merge_rows.c
    rows = unit.connection.execute(
        sa.select(row.place, row["keys"]).where(
            row.merchant_id == unit.merchant_id, row.merge_id == merge_id, row["keys"].is_not(None)
        )
    )
    return {row.place: row[1] for row in rows}


def rows_moved(unit: Unit, merge_id: UUID) -> dict[str, int]:
    """How many rows of each table moved."""
    found: dict[str, int] = {}
    for place, keys in moved(unit, merge_id).items():
        table = place.partition(".")[0]
        found[table] = max(found.get(table, 0), len(keys))
    return found


def folded(unit: Unit, merge_id: UUID) -> dict[str, tuple[Image, Image]]:
    """Before and after, by place."""
    row = merge_rows.c
    rows = unit.connection.execute(
        sa.select(row.place, row.before, row.after).where(
            row.merchant_id == unit.merchant_id, row.merge_id == merge_id, row.before.is_not(None)
        )
    )
    return {row.place: (row.before, row.after) for row in rows}


def read(unit: Unit, merge_id: UUID) -> Merge | None:
    query = sa.select(merges).where(_M.merchant_id == unit.merchant_id, _M.merge_id == merge_id)
    row = unit.connection.execute(query).first()
    return None if row is None else _merge(row)


def held(unit: Unit, merge_id: UUID) -> Merge | None:
    """A merge that nobody else undoes until the transaction ends."""
    query = sa.select(merges).where(_M.merchant_id == unit.merchant_id, _M.merge_id == merge_id).with_for_update()
    row = unit.connection.execute(query).first()
    return None if row is None else _merge(row)


def later(unit: Unit, merge: Merge) -> bool:
    """Whether the survivor absorbed somebody else since, or was absorbed, and that still holds."""
    others = sa.select(_M.merge_id).where(
        _M.merchant_id == unit.merchant_id,
        _M.undone_at.is_(None),
        sa.or_(
            sa.and_(_M.survivor_id == merge.pair.survivor, _M.turn > merge.turn),
            _M.absorbed_id == merge.pair.survivor,
        ),
    )
    return unit.connection.execute(others.limit(1)).first() is not None


def anything_since(unit: Unit, merge: Merge) -> bool:
    """Whether anything was told of either of them after the merge, but for other merges and their undoing."""
    event = domain_events.c
    of_merge = (_M.merchant_id == unit.merchant_id, _M.merge_id == merge.merge_id)
    told = sa.exists().where(
        event.merchant_id == unit.merchant_id,
        event.member_id.in_(merge.pair.both),
        event.type.not_like("members.%"),
        event.transaction_id > sa.select(_M.transaction_id).where(*of_merge).scalar_subquery(),
    )
    return bool(unit.connection.scalar(sa.select(told)))


def undo(unit: Unit, merge_id: UUID) -> None:
    unit.connection.execute(
        merges.update()
        .where(_M.merchant_id == unit.merchant_id, _M.merge_id == merge_id)
        .values(undone_at=unit.now(), undone_by=unit.principal.id)
    )


def keep_apart(unit: Unit, pair: Pair) -> None:
    a_id, b_id = pair.both
    unit.connection.execute(
        insert(kept_apart)
        .values(merchant_id=unit.merchant_id, a_id=a_id, b_id=b_id, since=unit.now(), by_id=unit.principal.id)
        .on_conflict_do_nothing()
    )


def let_together(unit: Unit, pairs: Iterable[Pair]) -> None:
    row = kept_apart.c
    both = sa.tuple_(row.a_id, row.b_id).in_([tuple(pair.both) for pair in pairs])
    unit.connection.execute(kept_apart.delete().where(row.merchant_id == unit.merchant_id, both))


def newest_first(unit: Unit, member_id: UUID | None, cursor: str | None, limit: int) -> tuple[list[Merge], str | None]:
    query = sa.select(merges).where(_M.merchant_id == unit.merchant_id)
    if member_id is not None:
        query = query.where(sa.or_(_M.survivor_id == member_id, _M.absorbed_id == member_id))
    rows, following = page(unit, query, Sort(_M.at, _M.merge_id, descending=True), cursor, limit)
    return [_merge(row) for row in rows], following


def _merge(row: Any) -> Merge:
    pair = Pair(row.survivor_id, row.absorbed_id)
    return Merge(row.merge_id, pair, row.turn, row.at, row.by_name, Cause(row.cause), row.undone_at)
