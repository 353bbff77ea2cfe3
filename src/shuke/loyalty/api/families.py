"""Family cards: one wallet, several people, limits for each."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, View, allow
from shuke.infra.http_ids import FamilyId, FamilyInvitationId, MemberId
from shuke.kernel.errors import NotFound
from shuke.ledger import service as ledger
from shuke.loyalty import service
from shuke.loyalty.families import sharing, store
from shuke.loyalty.model import EarnsTo, Family, Invitation, SpendingLimits
from shuke.members import service as members
from shuke.tenancy.model import Permission

router = APIRouter(tags=["families"])

Reader = Annotated[Call, allow(Permission.MEMBERS_READ)]
Writer = Annotated[Call, allow(Permission.MEMBERS_WRITE)]
Most = Annotated[int, Field(ge=0, le=10**12)] | None


class LimitsBody(Body):
    """The most this person spends of the family's wallet; null: as much as there is."""

    points_day: Most = None
    points_month: Most = None
    value_day_minor: Most = None
    value_month_minor: Most = None

    def limits(self) -> SpendingLimits:
        return SpendingLimits(self.points_day, self.points_month, self.value_day_minor, self.value_month_minor)


class CreateBody(Body):
    """`move_balance`: the owner's points and stored value become the family's."""

    owner_id: MemberId
    name: Annotated[str, Field(min_length=1, max_length=50)]
    earns_to: EarnsTo = EarnsTo.FAMILY
    move_balance: bool = False


class InviteBody(Body):
    member_id: MemberId


class AcceptBody(Body):
    limits: LimitsBody = LimitsBody()
    move_balance: bool = False


class ChangeBody(Body):
    """A new owner, who is in the family."""

    owner_id: MemberId


class TransferBody(Body):
    from_member_id: MemberId
    to_member_id: MemberId
    points: Annotated[int, Field(ge=1, le=10**9)]


class PersonView(View):
    member_id: MemberId
    number: str
    name: str | None
    owner: bool
    joined_at: datetime
    points_day: int | None
    points_month: int | None
    value_day_minor: int | None
    value_month_minor: int | None


class AskedView(View):
    """Somebody who was asked to join a family and has not answered."""

    id: FamilyInvitationId
    family_id: FamilyId
    family_name: str
    member_id: MemberId
    number: str
    name: str | None
    expires_at: datetime


class FamilyView(View):
    """`points` and stored value are what its wallet can spend now; `invited` are those who have not answered yet."""

    id: FamilyId
    name: str
    owner_id: MemberId
    earns_to: EarnsTo
    people: list[PersonView]
    invited: list[AskedView]
    points: int
    stored_principal: int
    stored_bonus: int


class FamilyOfMember(View):
    """Null `family`: she is in none; `invitations` are those she may accept."""

    family: FamilyView | None
    invitations: list[AskedView]
    points_left: int | None
    value_left_minor: int | None


class InvitationView(View):
    id: FamilyInvitationId
    family_id: FamilyId
    member_id: MemberId
    status: str
    expires_at: datetime


class Moved(View):
    points: int


@router.post("/families", status_code=201)
def create_family(body: CreateBody, call: Writer) -> FamilyView:
    """Open a family card for its owner."""

    def act(unit: Unit) -> FamilyView:
        made = sharing.create(unit, body.owner_id, body.name, body.earns_to, move_balance=body.move_balance)
        return _view(unit, made)

    return call.once(FamilyView, body, act)


@router.get("/families/{family_id}")
def read_family(family_id: FamilyId, call: Reader) -> FamilyView:
    """A family, its people and its wallet."""
    with call.unit() as unit:
        return _view(unit, sharing.get(unit, family_id))


@router.get("/members/{member_id}/family")
def read_family_of_member(member_id: MemberId, call: Reader) -> FamilyOfMember:
    """The family she is in, and what she may still spend of its wallet today."""
    with call.unit() as unit:
        members.get(unit, member_id)
        found = sharing.wallet_for(unit, service.programme(unit), member_id)
        family = store.get(unit, found.family_id) if found.family_id else None
        return FamilyOfMember(
            family=_view(unit, family) if family else None,
            invitations=_asked(unit, member_id=member_id),
            points_left=found.points_left,
            value_left_minor=found.value_left_minor,
        )


@router.patch("/families/{family_id}")
def pass_family_on(family_id: FamilyId, body: ChangeBody, call: Writer) -> FamilyView:
    """Make another of its people the owner."""

    def act(unit: Unit) -> FamilyView:
        return _view(unit, sharing.pass_on(unit, family_id, body.owner_id))

    return call.once(FamilyView, body, act)


@router.delete("/families/{family_id}", status_code=204)
def close_family(family_id: FamilyId, call: Writer) -> None:
    """End it: what its wallet holds goes to the owner."""
    with call.unit() as unit:
        sharing.close(unit, family_id)


@router.post("/families/{family_id}/invitations", status_code=201)
def invite_member(family_id: FamilyId, body: InviteBody, call: Writer) -> InvitationView:
    """Ask a member to join; she has two weeks."""

    def act(unit: Unit) -> InvitationView:
        return _invitation(sharing.invite(unit, family_id, body.member_id))

    return call.once(InvitationView, body, act)


@router.post("/family-invitations/{invitation_id}/accept")
def accept_invitation(invitation_id: FamilyInvitationId, body: AcceptBody, call: Writer) -> FamilyView:
    """The invited member joins."""

    def act(unit: Unit) -> FamilyView:
        limits = body.limits.limits()
        return _view(unit, sharing.accept(unit, invitation_id, limits, move_balance=body.move_balance))

    return call.once(FamilyView, body, act)


@router.post("/family-invitations/{invitation_id}/decline", status_code=204)
def decline_invitation(invitation_id: FamilyInvitationId, call: Writer) -> None:
    """The invited member does not join."""
    with call.unit() as unit:
        sharing.decline(unit, invitation_id)


@router.put("/families/{family_id}/people/{member_id}")
def limit_person(family_id: FamilyId, member_id: MemberId, body: LimitsBody, call: Writer) -> FamilyView:
    """Set what a person may spend."""

    def act(unit: Unit) -> FamilyView:
        return _view(unit, sharing.limit(unit, family_id, member_id, body.limits()))

    return call.once(FamilyView, body, act)


@router.delete("/families/{family_id}/people/{member_id}")
def remove_person(family_id: FamilyId, member_id: MemberId, call: Writer) -> FamilyView:
    """Somebody leaves, or is removed."""

    def act(unit: Unit) -> FamilyView:
        return _view(unit, sharing.leave(unit, family_id, member_id))

    return call.once(FamilyView, None, act)


@router.post("/families/{family_id}/transfers", status_code=201)
def transfer_points(family_id: FamilyId, body: TransferBody, call: Writer) -> Moved:
    """Move points of one's own to another person of the family: each keeps its expiry."""

    def act(unit: Unit) -> Moved:
        inside = {person.member_id for person in sharing.get(unit, family_id).people}
        if body.from_member_id not in inside:
            raise NotFound(what="member")
        sharing.transfer(unit, body.from_member_id, body.to_member_id, body.points)
        return Moved(points=body.points)

    return call.once(Moved, body, act)


def _view(unit: Unit, of: Family) -> FamilyView:
    known = members.shown_refs(unit, {person.member_id for person in of.people})
    held = ledger.balances(unit, of.family_id)
    return FamilyView(
        id=of.family_id,
        name=of.name,
        owner_id=of.owner_id,
        earns_to=of.earns_to,
        people=[
            PersonView(
                member_id=person.member_id,
                number=known[person.member_id].number,
                name=known[person.member_id].name,
                owner=person.member_id == of.owner_id,
                joined_at=person.joined_at,
                points_day=person.limits.points_day,
                points_month=person.limits.points_month,
                value_day_minor=person.limits.value_day_minor,
                value_month_minor=person.limits.value_month_minor,
            )
            for person in of.people
        ],
        invited=_asked(unit, of.family_id),
        points=held.points,
        stored_principal=held.stored_principal,
        stored_bonus=held.stored_bonus,
    )


def _asked(unit: Unit, family_id: UUID | None = None, member_id: UUID | None = None) -> list[AskedView]:
    asked = store.open_invitations(unit, unit.now(), family_id=family_id, member_id=member_id)
    known = members.shown_refs(unit, {each.member_id for each, _ in asked})
    return [
        AskedView(
            id=each.invitation_id,
            family_id=each.family_id,
            family_name=family,
            member_id=each.member_id,
            number=known[each.member_id].number,
            name=known[each.member_id].name,
            expires_at=each.expires_at,
        )
        for each, family in asked
    ]


def _invitation(of: Invitation) -> InvitationView:
    return InvitationView(
        id=of.invitation_id,
        family_id=of.family_id,
        member_id=of.member_id,
        status=of.status,
        expires_at=of.expires_at,
    )
