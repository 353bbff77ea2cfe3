"""The SQL of what members have: put and taken off in sets, told in the history in the same statement.

Everybody who changes a member's tags holds her row first (`hold`), so that the turns of her history follow each other
and an exclusive group stays one.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id_sql
from shuke.infra.questions import Query, Question
from shuke.kernel.text import Text
from shuke.members.tables import members
from shuke.members.tags.model import Putting, Source
from shuke.members.tags.tables import member_tags, tags

BATCH = 5_000
"""Members whose tags lapse in one go."""

_M, _T = member_tags.c, tags.c


@dataclass(frozen=True, slots=True)
class Put:
    """What putting did, as (member, tag): `fresh` were not there, `renewed` end at another time, `gone` made room."""

    fresh: Sequence[tuple[UUID, UUID]]
    renewed: Sequence[tuple[UUID, UUID]]
    gone: Sequence[tuple[UUID, UUID]]


def hold(unit: Unit, member_ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that are members, in whose tags nobody else does anything until this transaction ends."""
    found = unit.connection.scalars(_HOLD, {"merchant": unit.merchant_id, "members": _ids(member_ids)})
    return set(found)


def put(unit: Unit, puttings: Iterable[Putting], source: Source) -> Put:
    """Puts tags on members who are held, until the moment that each says (None: for good). What came by a rule and is
    put by somebody is hers to keep; a rule changes nothing of what is there."""
    wanted = [
        {"member_id": str(each.member_id), "tag_id": str(each.tag_id), "until": each.until and each.until.isoformat()}
        for each in puttings
    ]
    rows = _run(unit, _PUT, wanted, source)
    return Put(*([(row.member_id, row.tag_id) for row in rows if row.what == what] for what in _WHAT))


_WHAT = ("fresh", "renewed", "gone")


def take_off(unit: Unit, pairs: Iterable[tuple[UUID, UUID]], source: Source) -> list[tuple[UUID, UUID]]:
    """Takes tags off members who are held; the (member, tag) that were there."""
    wanted = [{"member_id": str(member_id), "tag_id": str(tag_id)} for member_id, tag_id in pairs]
    return [(row.member_id, row.tag_id) for row in _run(unit, _TAKE_OFF, wanted, source)]


def lapse(unit: Unit, member_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Takes off what is due of members who are held; the (member, tag) that lapsed."""
    wanted = [{"member_id": str(member_id)} for member_id in member_ids]
    return [(row.member_id, row.tag_id) for row in _run(unit, _LAPSE, wanted, Source.EXPIRY)]


def due(unit: Unit, at: datetime) -> list[UUID]:
    """Members with tags that are due at `at`, those who wait longest first, not all at once."""
    query = (
        sa.select(_M.member_id)
        .where(_M.merchant_id == unit.merchant_id, _M.until <= at)
        .order_by(_M.until)
        .limit(BATCH)
    )
    return list(unit.connection.scalars(query))


def asking_codes(unit: Unit, member_id: UUID, at: datetime) -> Question[frozenset[str]]:
    """Asks for the codes of the tags that count for a member at `at`."""
    ask = _CODES.ask(merchant=unit.merchant_id, member=member_id, at=at)
    return Question(ask, lambda rows: frozenset(row.code for row in rows))


def having(unit: Unit, codes: Collection[str], at: datetime) -> sa.Select[tuple[UUID]]:
    """Ids of members who have one of the tags at `at`."""
    return (
        sa.select(_M.member_id)
        .join(tags, sa.and_(_T.merchant_id == _M.merchant_id, _T.tag_id == _M.tag_id))
        .where(_M.merchant_id == unit.merchant_id, _T.code.in_(list(codes)), *in_force(at))
    )


def holding(unit: Unit, tag_id: UUID, at: datetime) -> sa.Select[tuple[UUID]]:
    """Ids of members who have the tag at `at`."""
    return (
        sa.select(_M.member_id)
        .join(tags, sa.and_(_T.merchant_id == _M.merchant_id, _T.tag_id == _M.tag_id))
        .where(_M.merchant_id == unit.merchant_id, _M.tag_id == tag_id, *in_force(at))
    )


def names(unit: Unit, tag_ids: Collection[UUID]) -> dict[UUID, Text]:
    """The names of those of the ids that are tags."""
    query = sa.select(_T.tag_id, _T.name).where(_T.merchant_id == unit.merchant_id, _T.tag_id.in_(list(tag_ids)))
    return {tag_id: Text(**name) for tag_id, name in unit.connection.execute(query)}


def in_force(at: datetime | sa.ColumnElement[datetime]) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """What makes a row of `member_tags`, joined with its tag, count at `at`."""
    return in_time(at), _T.archived_at.is_(None)


def in_time(at: datetime | sa.ColumnElement[datetime]) -> sa.ColumnElement[bool]:
    """What is not due yet at `at`."""
    return sa.or_(_M.until.is_(None), _M.until > at)


_CODES = Query(
    sa.select(_T.code)
    .join_from(member_tags, tags, sa.and_(_T.merchant_id == _M.merchant_id, _T.tag_id == _M.tag_id))
    .where(
        _M.merchant_id == sa.bindparam("merchant"),
        _M.member_id == sa.bindparam("member"),
        *in_force(sa.bindparam("at", type_=_M.until.type)),
    )
)


def _ids(ids: Collection[UUID]) -> str:
    """As one text: handing over thousands one by one costs more than finding them."""
    return "{" + ",".join(str(each) for each in ids) + "}"


def _run(unit: Unit, statement: sa.TextClause, wanted: Sequence[Mapping[str, object]], source: Source) -> list[Any]:
    """The rows are one JSON text, for the same reason."""
    if not wanted:
        return []
    values = {
        "merchant": unit.merchant_id,
        "wanted": json.dumps(wanted),
        "now": unit.now(),
        "source": str(source),
        "by_kind": str(unit.principal.kind),
        "by_id": unit.principal.id,
        "by_name": unit.principal.name,
    }
    return list(unit.connection.execute(statement, values))


_HOLD = sa.text(
    "SELECT member_id FROM members WHERE merchant_id = :merchant AND member_id = ANY(CAST(:members AS uuid[])) "
    "AND erased_at IS NULL ORDER BY member_id FOR NO KEY UPDATE"
).columns(members.c.member_id)

_WANTED = (
    "WITH wanted AS MATERIALIZED (SELECT * FROM json_to_recordset(CAST(:wanted AS json)) "
    "AS w(member_id uuid, tag_id uuid, until timestamptz))"
)


def _told(rows: str) -> str:
    """The history of `rows` (member_id, tag_id, put, until, source), each the next turn of its tag on its member."""
    return f"""told AS (
  INSERT INTO tag_history (merchant_id, entry_id, member_id, tag_id, turn, put, at, until, source,
    by_kind, by_id, by_name)
  SELECT :merchant, {fresh_id_sql("CAST(:now AS timestamptz)")}, r.member_id, r.tag_id,
    1 + coalesce((SELECT max(h.turn) FROM tag_history h
      WHERE h.merchant_id = :merchant AND h.member_id = r.member_id AND h.tag_id = r.tag_id), 0),
    r.put, :now, r.until, r.source, :by_kind, :by_id, :by_name
  FROM ({rows}) AS r
)"""  # noqa: S608 - from our own texts


_PUT = sa.text(
    f"""
{_WANTED}, gone AS (
  DELETE FROM member_tags m USING wanted w, tags asked, tags other, tag_groups g
  WHERE asked.merchant_id = :merchant AND asked.tag_id = w.tag_id
    AND g.merchant_id = :merchant AND g.group_id = asked.group_id AND g.exclusive
    AND other.merchant_id = :merchant AND other.group_id = g.group_id AND other.tag_id <> asked.tag_id
    AND m.merchant_id = :merchant AND m.member_id = w.member_id AND m.tag_id = other.tag_id
  RETURNING m.member_id, m.tag_id
), saved AS (
  INSERT INTO member_tags AS m (merchant_id, member_id, tag_id, since, until, source)
  SELECT :merchant, w.member_id, w.tag_id, :now, w.until, :source FROM wanted w
  ON CONFLICT (merchant_id, member_id, tag_id) DO UPDATE SET until = excluded.until, source = excluded.source
  WHERE excluded.source <> '{Source.RULE}' AND (m.until IS DISTINCT FROM excluded.until OR m.source = '{Source.RULE}')
  RETURNING m.member_id, m.tag_id, m.until, m.xmax = 0 AS fresh
), {
        _told(
            "SELECT member_id, tag_id, true AS put, until, CAST(:source AS text) AS source FROM saved UNION ALL "
            f"SELECT member_id, tag_id, false, NULL, '{Source.EXCLUSIVE}' FROM gone"
        )
    }
SELECT member_id, tag_id, CASE WHEN fresh THEN 'fresh' ELSE 'renewed' END AS what FROM saved
UNION ALL SELECT member_id, tag_id, 'gone' FROM gone
"""  # noqa: S608 - from our own texts
)

_GONE = "SELECT member_id, tag_id, false AS put, CAST(NULL AS timestamptz) AS until, :source AS source FROM gone"

_TAKE_OFF = sa.text(
    f"""
{_WANTED}, gone AS (
  DELETE FROM member_tags m USING wanted w
  WHERE m.merchant_id = :merchant AND m.member_id = w.member_id AND m.tag_id = w.tag_id
  RETURNING m.member_id, m.tag_id
), {_told(_GONE)}
SELECT member_id, tag_id FROM gone
"""  # noqa: S608 - from our own texts
)

_LAPSE = sa.text(
    f"""
{_WANTED}, gone AS (
  DELETE FROM member_tags m USING (SELECT DISTINCT member_id FROM wanted) w
  WHERE m.merchant_id = :merchant AND m.member_id = w.member_id AND m.until <= :now
  RETURNING m.member_id, m.tag_id
), {_told(_GONE)}
SELECT member_id, tag_id FROM gone
"""  # noqa: S608 - from our own texts
)
