"""Small questions about one member's data, and how much of it who may see."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from shuke.infra.database import Unit
from shuke.members import rules
from shuke.members.model import IdentifierKind, Member, MemberRef
from shuke.tenancy.model import Merchant, Permission


def identifiers(member: Member) -> dict[IdentifierKind, str]:
    """The identifiers the member has."""
    values = {
        IdentifierKind.PHONE: member.phone,
        IdentifierKind.EMAIL: member.email,
        IdentifierKind.CARD: member.card,
    }
    return {kind: value for kind, value in values.items() if value is not None}


def given(member: Member) -> list[str]:
    """Names of the personal fields that are filled in: what an audit entry may say of them."""
    fields = ("name", "phone", "email", "card", "gender", "birthday")
    return [field for field in fields if getattr(member, field) is not None]


def phone_regions(merchant: Merchant) -> tuple[str, ...]:
    """The countries whose national phone numbers people type at this merchant."""
    return rules.phone_regions(merchant.locale, merchant.timezone, merchant.currency)


def shown_phone(unit: Unit, member: Member) -> str | None:
    """The member's phone number as the caller may see it: in clear with `members.contact`, else `138****1234`."""
    if member.phone is None:
        return None
    return rules.display_phone(member.phone) if _may_contact(unit) else rules.mask_phone(member.phone)


def shown_email(unit: Unit, member: Member) -> str | None:
    if member.email is None:
        return None
    return member.email if _may_contact(unit) else rules.mask_email(member.email)


def shown_name(unit: Unit, name: str | None) -> str | None:
    """A member's name as the caller may see it: whole with `members.contact`, else `王**`."""
    return name if name is None or _may_contact(unit) else rules.mask_name(name)


def shown_birthday(unit: Unit, member: Member) -> date | None:
    """None for those without `members.contact`."""
    return member.birthday if _may_contact(unit) else None


def shown_refs(unit: Unit, found: Mapping[UUID, MemberRef]) -> dict[UUID, MemberRef]:
    """Members as the caller may see them: no names without `members.read`, masked ones without `members.contact`."""
    reader = unit.principal.may(Permission.MEMBERS_READ)
    return {
        member_id: replace(ref, name=shown_name(unit, ref.name) if reader else None) for member_id, ref in found.items()
    }


def _may_contact(unit: Unit) -> bool:
    return unit.principal.may(Permission.MEMBERS_CONTACT)
