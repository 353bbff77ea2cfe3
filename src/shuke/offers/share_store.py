"""Reading red packets that members share: of every campaign, and who took which part."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.offers.errors import PacketNotValid
from shuke.offers.model import PacketPart, SharedPacket
from shuke.offers.packet_tables import shared_packet_claims, shared_packets

_P, _CLAIM = shared_packets.c, shared_packet_claims.c

ShareStatus = Literal["open", "emptied", "over"]
"""How a shared packet stands. Emptied: every part is taken; over: its time is, and the rest is the campaign's again."""


@dataclass(frozen=True, slots=True)
class ShareFilter:
    """Which to list; `member_id` opened it or took a part. None does not restrict."""

    status: ShareStatus | None = None
    campaign_id: UUID | None = None
    member_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ListedShare:
    packet: SharedPacket
    status: ShareStatus


def get(unit: Unit, packet_id: UUID) -> ListedShare:
    """Raises PacketNotValid."""
    row = unit.connection.execute(_query(unit, ShareFilter()).where(_P.packet_id == packet_id)).first()
    if row is None:
        raise PacketNotValid
    return _listed(row)


def listed(unit: Unit, wanted: ShareFilter, cursor: str | None, limit: int) -> tuple[list[ListedShare], str | None]:
    """Newest first. Raises BadCursor."""
    sort = Sort(_P.opened_at, _P.packet_id, descending=True)
    rows, following = page(unit, _query(unit, wanted), sort, cursor, limit)
    return [_listed(row) for row in rows], following


def parts(unit: Unit, packet_id: UUID) -> list[PacketPart]:
    """The parts that were taken, in the order in which they were."""
    query = sa.select(_CLAIM.part, _CLAIM.member_id, _CLAIM.amount_minor, _CLAIM.claimed_at)
    mine = query.where(_CLAIM.merchant_id == unit.merchant_id, _CLAIM.packet_id == packet_id)
    return [PacketPart(*row) for row in unit.connection.execute(mine.order_by(_CLAIM.part))]


def packet_of(row: sa.Row[Any]) -> SharedPacket:
    return SharedPacket(
        packet_id=row.packet_id,
        campaign_id=row.campaign_id,
        member_id=row.member_id,
        total_minor=row.total_minor,
        parts=len(row.parts),
        taken=row.taken,
        taken_minor=sum(row.parts[: row.taken]),
        opened_at=row.opened_at,
        expires_at=row.expires_at,
    )


def _query(unit: Unit, wanted: ShareFilter) -> sa.Select[Any]:
    shown = _status(unit.now())
    query = sa.select(shared_packets, shown.label("shown")).where(_P.merchant_id == unit.merchant_id)
    if wanted.status is not None:
        query = query.where(shown == wanted.status)
    if wanted.campaign_id is not None:
        query = query.where(_P.campaign_id == wanted.campaign_id)
    if wanted.member_id is not None:
        took = sa.exists().where(
            _CLAIM.merchant_id == _P.merchant_id,
            _CLAIM.packet_id == _P.packet_id,
            _CLAIM.member_id == wanted.member_id,
        )
        query = query.where(sa.or_(_P.member_id == wanted.member_id, took))
    return query


def _status(now: datetime) -> sa.ColumnElement[str]:
    return sa.case(
        (_P.taken == sa.func.cardinality(_P.parts), "emptied"),
        (sa.or_(_P.closed_at.is_not(None), _P.expires_at <= now), "over"),
        else_="open",
    )


def _listed(row: sa.Row[Any]) -> ListedShare:
    (status,) = (word for word in get_args(ShareStatus) if word == row.shown)
    return ListedShare(packet_of(row), status)
