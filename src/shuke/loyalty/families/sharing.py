"""Families are made, joined and left, and say whose wallet somebody spends from."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import STORED_ASSETS, Asset, Kind, Transfer, WalletKind
from shuke.loyalty import rules
from shuke.loyalty.errors import (
    FamilyFull,
    FamilyNotFound,
    InFamilyAlready,
    InvitationNotFound,
    NotInFamily,
    OverFamilyLimit,
    OwnerStays,
)
from shuke.loyalty.families import store
from shuke.loyalty.model import (
    EarnsTo,
    Family,
    Invitation,
    InvitationStatus,
    Programme,
    SpendingLimits,
    WalletOf,
)
from shuke.members import service as members
from shuke.tenancy import service as tenancy

PEOPLE_MAX = 20
INVITED_FOR = timedelta(days=14)
SHARED = (Asset.POINTS, *STORED_ASSETS)
"""What a joining member brings along, and the family's wallet holds."""

NO_LIMITS = SpendingLimits()


def create(unit: Unit, owner_id: UUID, name: str, earns_to: EarnsTo, *, move_balance: bool = False) -> Family:
    """A family of its owner alone, with her balance if she wants. Raises MemberNotFound and InFamilyAlready."""
    members.present(unit, owner_id)
    store.lock(unit, owner_id)
    if store.family_of(unit, owner_id) is not None:
        raise InFamilyAlready
    made = Family(new_id(), name, owner_id, earns_to, ())
    store.add(unit, made, unit.now())
    store.put_person(unit, made.family_id, owner_id, NO_LIMITS, unit.now())
    ledger.open_wallets(unit, [made.family_id], WalletKind.FAMILY)
    if move_balance:
        _bring(unit, owner_id, made.family_id)
    _record(unit, "family.created", made.family_id, owner_id, {"earns_to": earns_to})
    return get(unit, made.family_id)


def get(unit: Unit, family_id: UUID) -> Family:
    """Raises FamilyNotFound."""
    found = store.get(unit, family_id)
    if found is None:
        raise FamilyNotFound
    return found


def invite(unit: Unit, family_id: UUID, member_id: UUID) -> Invitation:
    """Ask somebody to join. Raises FamilyNotFound, MemberNotFound, InFamilyAlready and FamilyFull."""
    family = _held(unit, family_id)
    members.present(unit, member_id)
    store.lock(unit, member_id)
    _check_room(unit, family, member_id)
    made = Invitation(new_id(), family_id, member_id, InvitationStatus.OPEN, unit.now() + INVITED_FOR)
    store.invite(unit, made, unit.now())
    _record(unit, "family.invited", family_id, member_id, {})
    return made


def accept(
    unit: Unit, invitation_id: UUID, limits: SpendingLimits = NO_LIMITS, *, move_balance: bool = False
) -> Family:
    """The invited member joins, with her balance if she wants. Raises InvitationNotFound, FamilyNotFound,
    InFamilyAlready and FamilyFull."""
    invited = _open_invitation(unit, invitation_id)
    family = _held(unit, invited.family_id)
    store.lock(unit, invited.member_id)
    _check_room(unit, family, invited.member_id)
    store.set_invitation(unit, invitation_id, InvitationStatus.ACCEPTED)
    store.put_person(unit, family.family_id, invited.member_id, limits, unit.now())
    if move_balance:
        _bring(unit, invited.member_id, family.family_id)
    _record(unit, "family.joined", family.family_id, invited.member_id, {"moved": move_balance})
    return get(unit, family.family_id)


def decline(unit: Unit, invitation_id: UUID) -> Invitation:
    """Raises InvitationNotFound."""
    invited = _open_invitation(unit, invitation_id)
    store.set_invitation(unit, invitation_id, InvitationStatus.DECLINED)
    _record(unit, "family.declined", invited.family_id, invited.member_id, {})
    return invited


def _open_invitation(unit: Unit, invitation_id: UUID) -> Invitation:
    found = store.invitation(unit, invitation_id)
    if found is None or found.status is not InvitationStatus.OPEN or found.expires_at <= unit.now():
        raise InvitationNotFound
    return found


def _check_room(unit: Unit, family: Family, member_id: UUID) -> None:
    if store.family_of(unit, member_id) is not None:
        raise InFamilyAlready
    if len(family.people) >= PEOPLE_MAX:
        raise FamilyFull(most=PEOPLE_MAX)


def limit(unit: Unit, family_id: UUID, member_id: UUID, limits: SpendingLimits) -> Family:
    """Set what a person may spend. Raises FamilyNotFound and NotInFamily."""
    _held(unit, family_id)
    if not store.change_person(unit, family_id, member_id, **asdict(limits)):
        raise NotInFamily
    _record(unit, "family.limited", family_id, member_id, asdict(limits))
    return get(unit, family_id)


def leave(unit: Unit, family_id: UUID, member_id: UUID) -> Family:
    """Somebody leaves or is removed; what is in the family's wallet stays there. Raises FamilyNotFound, NotInFamily
    and OwnerStays."""
    family = _held(unit, family_id)
    if family.owner_id == member_id:
        raise OwnerStays
    store.lock(unit, member_id)
    if not store.change_person(unit, family_id, member_id, left_at=unit.now()):
        raise NotInFamily
    _record(unit, "family.left", family_id, member_id, {})
    return get(unit, family_id)


def pass_on(unit: Unit, family_id: UUID, member_id: UUID) -> Family:
    """Another person becomes the owner. Raises FamilyNotFound and NotInFamily."""
    family = _held(unit, family_id)
    if member_id not in {person.member_id for person in family.people}:
        raise NotInFamily
    store.change(unit, family_id, owner_id=member_id)
    _record(unit, "family.passed_on", family_id, member_id, {})
    return get(unit, family_id)


def close(unit: Unit, family_id: UUID) -> None:
    """End the family: everybody is out, and what its wallet holds goes to the owner. Raises FamilyNotFound."""
    family = _held(unit, family_id)
    store.lock(unit, *(person.member_id for person in family.people))
    # People first, wallets then: as tills hold them.
    store.everybody_leaves(unit, family_id, unit.now())
    _move(unit, family_id, family.owner_id, SHARED, None, family.owner_id)
    store.close_invitations(unit, family_id, None, InvitationStatus.WITHDRAWN)
    store.change(unit, family_id, closed_at=unit.now())
    _record(unit, "family.closed", family_id, family.owner_id, {})


def transfer(unit: Unit, from_member: UUID, to_member: UUID, points: int) -> None:
    """Move points from one person's own wallet to another's in the same family. Raises NotInFamily, NotEnough."""
    store.lock(unit, from_member, to_member)
    family_id = store.family_of(unit, from_member)
    if family_id is None or store.family_of(unit, to_member) != family_id:
        raise NotInFamily
    _move(unit, from_member, to_member, [Asset.POINTS], points, from_member)
    payload = {"points": points, "to": to_member}
    tenancy.record_change(
        unit, "family.transferred", "family", family_id, None, payload, member_id=from_member, payload=payload
    )


def contribute(unit: Unit, programme: Programme, member_id: UUID, points: int, *, back: bool = False) -> None:
    """Put points of one's own into the family's wallet, or (`back`) take them out, which counts as spending them does.
    Raises NotInFamily, NotEnough and OverFamilyLimit."""
    found = wallet_for(unit, programme, member_id, hold=True)
    if found.family_id is None:
        raise NotInFamily
    if back and found.points_left is not None and points > found.points_left:
        raise OverFamilyLimit(left=found.points_left, wanted=points)
    ends = (found.family_id, member_id) if back else (member_id, found.family_id)
    _move(unit, *ends, [Asset.POINTS], points, member_id)


def wallet_for(unit: Unit, programme: Programme, member_id: UUID, *, hold: bool = False) -> WalletOf:
    """Whose wallet a member spends from and earns to, and how much of it she may still spend today.

    With `hold`, nobody else spends in her name until the transaction ends: ask so before an order takes anything.
    """
    place = store.hold_person(unit, member_id, hold=hold)
    if place is None:
        return WalletOf(member_id, member_id)
    day = business_day(unit.now(), programme.timezone)
    moments: tuple[datetime, datetime] = (
        rules.day_start(day, programme.timezone),
        rules.day_start(day.replace(day=1), programme.timezone),
    )
    limits = (place.points_day, place.points_month, place.value_day_minor, place.value_month_minor)
    if any(each is not None for each in limits):
        points, value = store.spent(unit, place.family_id, member_id, *moments)
    else:
        points = value = (0, 0)
    earns_to = place.family_id if place.earns_to == EarnsTo.FAMILY else member_id
    return WalletOf(
        wallet_id=place.family_id,
        earns_to=earns_to,
        family_id=place.family_id,
        points_left=_left(zip(limits[:2], points, strict=True)),
        value_left_minor=_left(zip(limits[2:], value, strict=True)),
    )


def pass_over(unit: Unit, wallet_ids: Collection[UUID]) -> set[UUID]:
    """What came back to families that are closed by now goes on to who owned them last; other wallets stay as they
    are. Returns who got it."""
    owners = store.closed(unit, wallet_ids)
    for family_id, owner_id in owners.items():
        _move(unit, family_id, owner_id, SHARED, None, owner_id)
    return set(owners.values())


def _left(limits: Iterable[tuple[int | None, int]]) -> int | None:
    left = [max(limit - spent, 0) for limit, spent in limits if limit is not None]
    return min(left) if left else None


def _bring(unit: Unit, member_id: UUID, family_id: UUID) -> None:
    _move(unit, member_id, family_id, SHARED, None, member_id)


def _move(unit: Unit, giver: UUID, taker: UUID, assets: Iterable[Asset], amount: int | None, member_id: UUID) -> None:
    amounts = dict.fromkeys(assets, amount)
    ledger.transfer(unit, Transfer(Kind.TRANSFERRED, new_id(), unit.now(), giver, taker, amounts, member_id=member_id))


def _held(unit: Unit, family_id: UUID) -> Family:
    found = store.get(unit, family_id, hold=True)
    if found is None:
        raise FamilyNotFound
    return found


def _record(unit: Unit, action: str, family_id: UUID, member_id: UUID, told: dict[str, object]) -> None:
    tenancy.record_change(
        unit, action, "family", family_id, None, {"member_id": member_id, **told}, member_id=member_id, payload=told
    )
