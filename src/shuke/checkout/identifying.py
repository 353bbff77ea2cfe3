"""Who is at the till? From a phone number, card or code to the member with tier and wallet."""

from dataclasses import dataclass
from fractions import Fraction

from shuke.infra.database import Unit
from shuke.kernel.rounding import Rounding, to_int
from shuke.ledger import service as ledger
from shuke.ledger.model import Balances
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Progress
from shuke.members import service as members
from shuke.members.errors import MemberNotFound
from shuke.members.model import IdentifierKind, Member


@dataclass(frozen=True, slots=True)
class Identified:
    """`points_worth_minor`: what all the points would pay, before any cap."""

    member: Member
    balances: Balances
    points_worth_minor: int
    progress: Progress


def identify(unit: Unit, *, phone: str | None = None, card: str | None = None, code: str | None = None) -> Identified:
    """The member behind what was keyed in or scanned. `code` is whatever a scanner reads: a dynamic member code,
    a member number or a card number. Raises MemberNotFound."""
    member = _find(unit, phone, card, code)
    if member is None:
        raise MemberNotFound
    programme = loyalty.programme(unit)
    balances = ledger.balances(unit, member.member_id)
    worth = to_int(Fraction(balances.points * programme.unit_minor, programme.points_per_unit), Rounding.DOWN)
    return Identified(member, balances, worth, loyalty.progress(unit, member.member_id, programme))


def _find(unit: Unit, phone: str | None, card: str | None, code: str | None) -> Member | None:
    if phone is not None:
        return members.find(unit, IdentifierKind.PHONE, phone)
    if card is not None:
        return members.find(unit, IdentifierKind.CARD, card)
    if code is None:
        return None
    return (
        members.find_by_code(unit, code)
        or members.find_by_number(unit, code)
        or members.find(unit, IdentifierKind.CARD, code)
    )
