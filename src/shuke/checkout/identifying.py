"""Who is at the till? From a phone number, card or code to the member with tier and wallet."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.rounding import Rounding, to_int
from shuke.ledger import service as ledger
from shuke.ledger.model import Balances
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Progress
from shuke.members import service as members
from shuke.members.errors import MemberNotFound
from shuke.members.model import Found, IdentifierKind, Member


@dataclass(frozen=True, slots=True)
class Identified:
    """`came_as`: the member whose phone, card or number was shown, where she became this one. `points_worth_minor`:
    what all the points would pay, before any cap."""

    member: Member
    came_as: UUID | None
    balances: Balances
    points_worth_minor: int
    progress: Progress


def identify(unit: Unit, *, phone: str | None = None, card: str | None = None, code: str | None = None) -> Identified:
    """The member behind what was keyed in or scanned. `code` is whatever a scanner reads: a dynamic member code,
    a member number or a card number. Raises MemberNotFound."""
    found = _find(unit, phone, card, code)
    if found is None:
        raise MemberNotFound
    member = found.member
    programme = loyalty.programme(unit)
    balances = ledger.balances(unit, member.member_id)
    worth = to_int(Fraction(balances.points * programme.unit_minor, programme.points_per_unit), Rounding.DOWN)
    return Identified(member, found.came_as, balances, worth, loyalty.progress(unit, member.member_id, programme))


def _find(unit: Unit, phone: str | None, card: str | None, code: str | None) -> Found | None:
    if phone is not None:
        return members.find_as(unit, IdentifierKind.PHONE, phone)
    if card is not None:
        return members.find_as(unit, IdentifierKind.CARD, card)
    if code is None:
        return None
    return (
        members.find_by_code(unit, code)
        or members.find_by_number(unit, code)
        or members.find_as(unit, IdentifierKind.CARD, code)
    )
