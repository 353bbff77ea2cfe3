"""The only SQL of families, their people and invitations."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.ledger.model import STORED_ASSETS, Account, Asset
from shuke.loyalty.model import EarnsTo, Family, Invitation, InvitationStatus, Person, SpendingLimits
from shuke.loyalty.tables import families, family_invitations, family_people

_F, _P, _I = families.c, family_people.c, family_invitations.c

SPENT_POINTS, SPENT_VALUE = (Asset.POINTS.value,), tuple(asset.value for asset in STORED_ASSETS)


def lock(unit: Unit, *member_ids: UUID) -> None:
    """Nobody else moves these members in or out of families until the transaction ends."""
    for member_id in sorted(member_ids):
        name = f"family:{unit.merchant_id.hex}:{member_id.hex}"
        unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))


def get(unit: Unit, family_id: UUID, *, hold: bool = False) -> Family | None:
    """A family that is open, with those who are in it."""
    query = sa.select(families).where(
        _F.merchant_id == unit.merchant_id, _F.family_id == family_id, _F.closed_at.is_(None)
    )
    row = unit.connection.execute(query.with_for_update() if hold else query).first()
    if row is None:
        return None
    people = unit.connection.execute(
        sa.select(family_people)
        .where(_P.merchant_id == unit.merchant_id, _P.family_id == family_id, _P.left_at.is_(None))
        .order_by(_P.member_id != row.owner_id, _P.joined_at, _P.member_id)
    )
    found = tuple(
        Person(
            each.member_id,
            each.joined_at,
            SpendingLimits(each.points_day, each.points_month, each.value_day_minor, each.value_month_minor),
        )
        for each in people
    )
    return Family(row.family_id, row.name, row.owner_id, EarnsTo(row.earns_to), found)


def closed(unit: Unit, family_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Those of the ids that are families which have been closed, each with its last owner."""
    rows = unit.connection.execute(
        sa.select(_F.family_id, _F.owner_id).where(
            _F.merchant_id == unit.merchant_id, _F.family_id.in_(list(family_ids)), _F.closed_at.is_not(None)
        )
    )
    return {row.family_id: row.owner_id for row in rows}


def family_of(unit: Unit, member_id: UUID) -> UUID | None:
    """The family a member is in."""
    return unit.connection.scalar(
        sa.select(_P.family_id).where(
            _P.merchant_id == unit.merchant_id, _P.member_id == member_id, _P.left_at.is_(None)
        )
    )


def hold_person(unit: Unit, member_id: UUID, *, hold: bool) -> sa.Row[UUID, str, int, int, int, int] | None:
    """The member's place in her family: what she spends is counted against it, by one order at a time."""
    query = (
        sa.select(_P.family_id, _F.earns_to, _P.points_day, _P.points_month, _P.value_day_minor, _P.value_month_minor)
        .join(families, sa.and_(_F.merchant_id == _P.merchant_id, _F.family_id == _P.family_id))
        .where(_P.merchant_id == unit.merchant_id, _P.member_id == member_id, _P.left_at.is_(None))
    )
    return unit.connection.execute(query.with_for_update(of=family_people) if hold else query).first()


def spent(
    unit: Unit, family_id: UUID, member_id: UUID, day: datetime, month: datetime
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Points and stored value that a member has spent of the family's wallet, or moved out of it, since the day and the
    month began, less what came back: `((points today, this month), (value today, this month))`."""
    posting = ledger.postings_relation().c
    since = sa.func.least(day, month)

    def total(assets: tuple[str, ...], moment: datetime) -> sa.ColumnElement[int]:
        mine = sa.and_(posting.asset.in_(assets), posting.at >= moment)
        return sa.cast(sa.func.coalesce(-sa.func.sum(posting.amount).filter(mine), 0), sa.BigInteger)

    row = unit.connection.execute(
        sa.select(*(total(assets, moment) for assets in (SPENT_POINTS, SPENT_VALUE) for moment in (day, month))).where(
            posting.merchant_id == unit.merchant_id,
            posting.wallet_id == family_id,
            posting.member_id == member_id,
            sa.or_(
                posting.account == Account.SPENT.value,
                sa.and_(posting.account == Account.MOVED.value, posting.amount < 0),
            ),
            posting.at >= since,
        )
    ).one()
    return (row[0], row[1]), (row[2], row[3])


def add(unit: Unit, made: Family, at: datetime) -> None:
    unit.connection.execute(
        families.insert().values(
            merchant_id=unit.merchant_id,
            family_id=made.family_id,
            name=made.name,
            owner_id=made.owner_id,
            earns_to=made.earns_to.value,
            created_at=at,
        )
    )


def change(unit: Unit, family_id: UUID, **values: object) -> None:
    unit.connection.execute(
        families.update().where(_F.merchant_id == unit.merchant_id, _F.family_id == family_id).values(**values)
    )


def put_person(unit: Unit, family_id: UUID, member_id: UUID, limits: SpendingLimits, at: datetime) -> None:
    """Somebody comes, or comes back."""
    row = insert(family_people).values(
        merchant_id=unit.merchant_id, family_id=family_id, member_id=member_id, joined_at=at, **asdict(limits)
    )
    unit.connection.execute(
        row.on_conflict_do_update(
            index_elements=["merchant_id", "family_id", "member_id"],
            set_={"joined_at": at, "left_at": None, **asdict(limits)},
        )
    )


def change_person(unit: Unit, family_id: UUID, member_id: UUID, **values: object) -> bool:
    """Change a place in a family; False when the member is not in it."""
    done = unit.connection.execute(
        family_people.update()
        .where(
            _P.merchant_id == unit.merchant_id,
            _P.family_id == family_id,
            _P.member_id == member_id,
            _P.left_at.is_(None),
        )
        .values(**values)
    )
    return done.rowcount > 0


def everybody_leaves(unit: Unit, family_id: UUID, at: datetime) -> None:
    unit.connection.execute(
        family_people.update()
        .where(_P.merchant_id == unit.merchant_id, _P.family_id == family_id, _P.left_at.is_(None))
        .values(left_at=at)
    )


def invite(unit: Unit, made: Invitation, at: datetime) -> None:
    """An invitation takes the place of an open one to the same member."""
    close_invitations(unit, made.family_id, made.member_id, InvitationStatus.WITHDRAWN)
    unit.connection.execute(
        family_invitations.insert().values(
            merchant_id=unit.merchant_id,
            invitation_id=made.invitation_id,
            family_id=made.family_id,
            member_id=made.member_id,
            status=made.status.value,
            created_at=at,
            expires_at=made.expires_at,
        )
    )


def close_invitations(unit: Unit, family_id: UUID, member_id: UUID | None, status: InvitationStatus) -> None:
    query = family_invitations.update().where(
        _I.merchant_id == unit.merchant_id, _I.family_id == family_id, _I.status == InvitationStatus.OPEN.value
    )
    if member_id is not None:
        query = query.where(_I.member_id == member_id)
    unit.connection.execute(query.values(status=status.value))


def invitation(unit: Unit, invitation_id: UUID) -> Invitation | None:
    """An invitation, held until the transaction ends."""
    row = unit.connection.execute(
        sa.select(family_invitations)
        .where(_I.merchant_id == unit.merchant_id, _I.invitation_id == invitation_id)
        .with_for_update()
    ).first()
    return None if row is None else _invitation(row)


def open_invitations(
    unit: Unit, now: datetime, *, family_id: UUID | None = None, member_id: UUID | None = None
) -> list[tuple[Invitation, str]]:
    """Invitations of a family, or to a member, that can be accepted at `now`, each with the family's name; the oldest
    first."""
    query = (
        sa.select(family_invitations, _F.name)
        .join(families, sa.and_(_F.merchant_id == _I.merchant_id, _F.family_id == _I.family_id))
        .where(
            _I.merchant_id == unit.merchant_id,
            _I.status == InvitationStatus.OPEN.value,
            _I.expires_at > now,
            _F.closed_at.is_(None),
        )
    )
    if family_id is not None:
        query = query.where(_I.family_id == family_id)
    if member_id is not None:
        query = query.where(_I.member_id == member_id)
    rows = unit.connection.execute(query.order_by(_I.created_at, _I.invitation_id))
    return [(_invitation(row), row.name) for row in rows]


def _invitation(row: sa.Row[tuple[object, ...]]) -> Invitation:
    return Invitation(row.invitation_id, row.family_id, row.member_id, InvitationStatus(row.status), row.expires_at)


def set_invitation(unit: Unit, invitation_id: UUID, status: InvitationStatus) -> None:
    unit.connection.execute(
        family_invitations.update()
        .where(_I.merchant_id == unit.merchant_id, _I.invitation_id == invitation_id)
        .values(status=status.value)
    )
