"""The SQL of merges themselves and their journal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.members.merging.images import Image
from shuke.members.merging.model import Cause, Evidence, Merge, Pair
from shuke.members.merging.tables import kept_apart, merge_rows, merges

_M = merges.c


def add(unit: Unit, merge_id: UUID, pair: Pair, cause: Cause, evidence: Evidence) -> Merge:
    row = unit.connection.execute(
        merges.insert()
        .values(
            merchant_id=unit.merchant_id,
            merge_id=merge_id,
            survivor_id=pair.survivor,
            absorbed_id=pair.absorbed,
            turn=sa.select(sa.func.count() + 1)
            .where(_M.merchant_id == unit.merchant_id, _M.survivor_id == pair.survivor)
            .scalar_subquery(),
            at=unit.now(),
            by_kind=str(unit.principal.kind),
            by_id=unit.principal.id,
            by_name=unit.principal.name,
            cause=str(cause),
            evidence=dict(evidence),
        )
        .returning(merges)
    ).one()
    return _merge(row)


def note(
    unit: Unit,
    merge_id: UUID,
    keys: Mapping[str, list[Any]],
    before: Mapping[str, Image],
    after: Mapping[str, Image],
) -> None:
    """The journal of a merge. Where neither has a row there is no line."""
    mine = {"merchant_id": unit.merchant_id, "merge_id": merge_id}
    nothing = {"keys": None, "before": None, "after": None}
    rows = [{**mine, **nothing, "place": place, "keys": moved} for place, moved in keys.items()]
    rows += [
        {**mine, **nothing, "place": place, "before": was, "after": after[place]}
        for place, was in before.items()
        if was or after[place]
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


def let_together(unit: Unit, pair: Pair) -> None:
    a_id, b_id = pair.both
    row = kept_apart.c
    unit.connection.execute(
        kept_apart.delete().where(row.merchant_id == unit.merchant_id, row.a_id == a_id, row.b_id == b_id)
    )


def newest_first(unit: Unit, member_id: UUID | None, cursor: str | None, limit: int) -> tuple[list[Merge], str | None]:
    query = sa.select(merges).where(_M.merchant_id == unit.merchant_id)
    if member_id is not None:
        query = query.where(sa.or_(_M.survivor_id == member_id, _M.absorbed_id == member_id))
    rows, following = page(unit, query, Sort(_M.at, _M.merge_id, descending=True), cursor, limit)
    return [_merge(row) for row in rows], following


def _merge(row: Any) -> Merge:
    pair = Pair(row.survivor_id, row.absorbed_id)
    return Merge(row.merge_id, pair, row.turn, row.at, row.by_name, Cause(row.cause), row.undone_at)
