"""The SQL of segments."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.dialects.postgresql import insert

from shuke.audience.errors import SegmentCodeTaken, SegmentNotFound
from shuke.audience.model import Cap, Node
from shuke.audience.segments.model import (
    Draft,
    Holding,
    InSegment,
    Refresh,
    Segment,
    SegmentKind,
    SegmentRef,
    SegmentStatus,
    Snapshot,
)
from shuke.audience.segments.tables import segment_members, segment_snapshots, segment_tags, segments
from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.ids import new_id
from shuke.kernel.paging import Page
from shuke.members import service as members

TREE: TypeAdapter[Node | None] = TypeAdapter(Node | None)
CAP: TypeAdapter[Cap | None] = TypeAdapter(Cap | None)
"""Trees and caps, and their documents."""

_S = segments.c
_LAST = (
    sa.select(segment_snapshots)
    .where(segment_snapshots.c.merchant_id == _S.merchant_id, segment_snapshots.c.segment_id == _S.segment_id)
    .order_by(segment_snapshots.c.number.desc())
    .limit(1)
    .lateral("last")
)
_TAG = (
    sa.select(segment_tags.c.tag_id)
    .where(
        segment_tags.c.merchant_id == _S.merchant_id,
        segment_tags.c.segment_id == _S.segment_id,
        ~segment_tags.c.ended,
    )
    .lateral("tag")
)
_SNAPSHOT = tuple(Snapshot.__dataclass_fields__)


def add(unit: Unit, draft: Draft) -> UUID:
    """Raises SegmentCodeTaken."""
    row = {"segment_id": new_id(), "status": SegmentStatus.ACTIVE.value, **_row(unit, draft)}
    added: UUID | None = unit.connection.execute(
        insert(segments).values(merchant_id=unit.merchant_id, **row).on_conflict_do_nothing().returning(_S.segment_id)
    ).scalar()
    if added is None:
        raise SegmentCodeTaken(draft.code)
    return added


def change(unit: Unit, segment_id: UUID, draft: Draft) -> None:
    """Raises SegmentCodeTaken."""
    taken = sa.select(_S.segment_id).where(
        _S.merchant_id == unit.merchant_id, _S.code == draft.code, _S.segment_id != segment_id
    )
    if unit.connection.scalar(taken):
        raise SegmentCodeTaken(draft.code)
    _update(unit, segment_id, **_row(unit, draft))


def archive(unit: Unit, segment_id: UUID) -> None:
    _update(unit, segment_id, status=SegmentStatus.ARCHIVED.value, updated_at=unit.now())


def _update(unit: Unit, segment_id: UUID, **values: Any) -> None:
    unit.connection.execute(
        segments.update()
        .where(_S.merchant_id == unit.merchant_id, _S.segment_id == segment_id)
        .values(version=_S.version + 1, **values)
    )


def _row(unit: Unit, draft: Draft) -> dict[str, Any]:
    return {
        "code": draft.code,
        "name": draft.name,
        "kind": draft.kind.value,
        "tree": TREE.dump_python(draft.tree, mode="json"),
        "cap": CAP.dump_python(draft.cap, mode="json"),
        "refresh": draft.refresh.value,
        "updated_at": unit.now(),
    }


def get(unit: Unit, segment_id: UUID, *, lock: bool = False) -> Segment:
    """Held until the transaction ends if asked. Raises SegmentNotFound."""
    mine = (_S.merchant_id == unit.merchant_id, _S.segment_id == segment_id)
    if lock:
        # By itself: what waited for somebody else's look would still see the snapshot before it.
        unit.connection.execute(sa.select(_S.segment_id).where(*mine).with_for_update())
    row = unit.connection.execute(_query(unit).where(*mine)).first()
    if row is None:
        raise SegmentNotFound
    return _read(row)


def by_codes(unit: Unit, codes: Collection[str]) -> dict[str, Segment]:
    """Those of the codes that are taken, archived ones too."""
    rows = unit.connection.execute(_query(unit).where(_S.code.in_(list(codes)))) if codes else ()
    return {row.code: _read(row) for row in rows}


def listed(
    unit: Unit, status: SegmentStatus, cursor: str | None, limit: int, *, tagging: bool = False
) -> Page[Segment]:
    """Changed last first; only those that put a tag if asked. Raises BadCursor."""
    sort = Sort(_S.updated_at, _S.segment_id, descending=True)
    wanted = (_S.status == status.value, *((_TAG.c.tag_id.is_not(None),) if tagging else ()))
    rows, following = page(unit, _query(unit).where(*wanted), sort, cursor, limit)
    return Page([_read(row) for row in rows], following)


def looked_at(unit: Unit, refresh: Refresh) -> list[UUID]:
    """Active segments that are looked at like this; at night those that follow at once too, as a new day has begun."""
    how = (refresh, Refresh.CONTINUOUS) if refresh is Refresh.DAILY else (refresh,)
    wanted = (
        _S.merchant_id == unit.merchant_id,
        _S.status == SegmentStatus.ACTIVE.value,
        _S.refresh.in_([each.value for each in how]),
        _S.kind != SegmentKind.UPLOAD.value,
    )
    return list(unit.connection.scalars(sa.select(_S.segment_id).where(*wanted).order_by(_S.segment_id)))


def refs(unit: Unit, segment_ids: Collection[UUID]) -> dict[UUID, SegmentRef]:
    """How segments are named in passing, by their names."""
    if not segment_ids:
        return {}
    query = sa.select(_S.segment_id, _S.code, _S.name).where(
        _S.merchant_id == unit.merchant_id, _S.segment_id.in_(list(segment_ids))
    )
    rows = unit.connection.execute(query.order_by(_S.name, _S.segment_id))
    return {row.segment_id: _ref(row) for row in rows}


def active(unit: Unit, segment_ids: Collection[UUID]) -> set[UUID]:
    """Those that are there and not archived."""
    if not segment_ids:
        return set()
    query = sa.select(_S.segment_id).where(
        _S.merchant_id == unit.merchant_id,
        _S.segment_id.in_(list(segment_ids)),
        _S.status == SegmentStatus.ACTIVE.value,
    )
    return set(unit.connection.scalars(query))


def rules(unit: Unit) -> list[tuple[str, Node, Cap | None]]:
    """Names and rules of all that are active and have one, by name, and how many of whom these hold."""
    query = sa.select(_S.name, _S.tree, _S.cap).where(
        _S.merchant_id == unit.merchant_id, _S.status == SegmentStatus.ACTIVE.value, _S.tree.is_not(None)
    )
    rows = unit.connection.execute(query.order_by(_S.name, _S.segment_id))
    told = ((row.name, TREE.validate_python(row.tree), CAP.validate_python(row.cap)) for row in rows)
    return [(name, tree, cap) for name, tree, cap in told if tree is not None]


def trees(unit: Unit) -> list[tuple[UUID, Node]]:
    """The rules of all that are active and have one."""
    query = sa.select(_S.segment_id, _S.tree).where(
        _S.merchant_id == unit.merchant_id, _S.status == SegmentStatus.ACTIVE.value, _S.tree.is_not(None)
    )
    read = ((row.segment_id, TREE.validate_python(row.tree)) for row in unit.connection.execute(query))
    return [(segment_id, tree) for segment_id, tree in read if tree is not None]


def held(unit: Unit, segment_id: UUID) -> sa.Select[tuple[UUID]]:
    """Ids of those who are in it by the last snapshot."""
    table = segment_members.c
    return sa.select(table.member_id).where(table.merchant_id == unit.merchant_id, table.segment_id == segment_id)


def among(member_ids: Collection[UUID]) -> sa.ColumnElement[bool]:
    return segment_members.c.member_id.in_(list(member_ids))


def members_of(unit: Unit, segment_id: UUID, cursor: str | None, limit: int) -> Page[InSegment]:
    """Who came last first. Raises BadCursor."""
    table = segment_members.c
    query = sa.select(table.member_id, table.since).where(
        table.merchant_id == unit.merchant_id, table.segment_id == segment_id
    )
    rows, following = page(unit, query, Sort(table.since, table.member_id, descending=True), cursor, limit)
    return Page([InSegment(row.member_id, row.since) for row in rows], following)


def holding_member(unit: Unit, member_id: UUID, cursor: str | None, limit: int) -> Page[Holding]:
    """The active segments that she is in by their last snapshots; where she came last first. Raises BadCursor."""
    table = segment_members.c
    same = sa.and_(_S.merchant_id == table.merchant_id, _S.segment_id == table.segment_id)
    query = (
        sa.select(_S.segment_id, _S.code, _S.name, _S.kind, table.since, _LAST.c.at)
        .select_from(segment_members.join(segments, same).join(_LAST, sa.true()))
        .where(
            table.merchant_id == unit.merchant_id,
            table.member_id == member_id,
            _S.status == SegmentStatus.ACTIVE.value,
        )
    )
    rows, following = page(unit, query, Sort(table.since, table.segment_id, descending=True), cursor, limit)
    held = [Holding(_ref(row), SegmentKind(row.kind), row.since, row.at) for row in rows]
    return Page(held, following)


def numbers_of(unit: Unit, segment_id: UUID) -> Iterator[tuple[str, datetime]]:
    """Member number and since when, of everybody in it, as they are read."""
    table, member = segment_members.c, members.members_relation()
    same = sa.and_(member.c.merchant_id == table.merchant_id, member.c.member_id == table.member_id)
    query = (
        sa.select(member.c.number, table.since)
        .select_from(segment_members.join(member, same))
        .where(table.merchant_id == unit.merchant_id, table.segment_id == segment_id)
        .order_by(table.since.desc(), table.member_id.desc())
    )
    with unit.connection.execute(query.execution_options(yield_per=500)) as rows:
        yield from ((row.number, row.since) for row in rows)


def snapshots_of(unit: Unit, segment_id: UUID, cursor: str | None, limit: int) -> Page[Snapshot]:
    """The newest first. Raises BadCursor."""
    table = segment_snapshots.c
    query = sa.select(*(table[name] for name in _SNAPSHOT)).where(
        table.merchant_id == unit.merchant_id, table.segment_id == segment_id
    )
    rows, following = page(unit, query, Sort(table.number, table.number, descending=True), cursor, limit)
    return Page([Snapshot(*row[: len(_SNAPSHOT)]) for row in rows], following)


def _query(unit: Unit) -> sa.Select[Any]:
    last = [_LAST.c[name].label(f"last_{name}") for name in _SNAPSHOT]
    query = sa.select(segments, _TAG.c.tag_id, *last).select_from(
        segments.outerjoin(_LAST, sa.true()).outerjoin(_TAG, sa.true())
    )
    return query.where(_S.merchant_id == unit.merchant_id)


def _read(row: Any) -> Segment:
    last = [getattr(row, f"last_{name}") for name in _SNAPSHOT]
    return Segment(
        row.segment_id,
        Draft(
            row.code,
            row.name,
            TREE.validate_python(row.tree),
            Refresh(row.refresh),
            SegmentKind(row.kind),
            CAP.validate_python(row.cap),
        ),
        SegmentStatus(row.status),
        row.version,
        row.updated_at,
        None if last[0] is None else Snapshot(*last),
        row.tag_id,
    )


def _ref(row: Any) -> SegmentRef:
    return SegmentRef(row.segment_id, row.code, row.name)
