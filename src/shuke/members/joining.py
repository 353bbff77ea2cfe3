"""Somebody becomes a member: the one way in, wherever from."""

from collections.abc import Mapping
from dataclasses import replace
from secrets import randbelow
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.members import profile, rules, store
from shuke.members.attributes.registry import definitions
from shuke.members.attributes.rules import check_values
from shuke.members.consent import service as consents
from shuke.members.errors import IdentifierTaken, ReferenceTaken
from shuke.members.identity import claiming
from shuke.members.model import Join, Member, MemberStatus
from shuke.tenancy import service as tenancy

MEMBER_JOINED = "member.joined"


def join(unit: Unit, joining: Join) -> Member:
    """A new member with everything `joining` says. Raises Invalid, IdentifierTaken, ReferenceTaken, NotFound (store).

    Either all of it is written or nothing: a failure leaves the transaction as it was before.
    """
    member = _member(unit, joining)
    if joining.store_id is not None:
        tenancy.store(unit, joining.store_id)
    with unit.connection.begin_nested():
        member = _add(unit, member)
        if taken := claiming.claim(unit, member.member_id, profile.identifiers(member), joining.channel):
            raise IdentifierTaken(*taken)
        store.add_terms(unit, member.member_id, rules.search_terms(member.name, member.phone))
        consents.on_joining(unit, member.member_id, joining.consents, member.joined_at, joining.channel)
        tenancy.record_change(
            unit,
            MEMBER_JOINED,
            "member",
            member.member_id,
            None,
            {"number": member.number, "channel": joining.channel, "given": profile.given(member)},
            member_id=member.member_id,
            payload={"channel": joining.channel, "store_id": joining.store_id},
        )
    return member


def new_number() -> str:
    """Digits that nobody else is likely to have; says neither how many members there are nor who came when."""
    return rules.member_number(rules.SMALLEST_BODY + randbelow(rules.BODIES))


def row(unit: Unit, member: Member, consumer_id: UUID | None) -> Mapping[str, object]:
    """The member as the table `members` holds it."""
    return {
        "member_id": member.member_id,
        "consumer_id": consumer_id,
        "number": member.number,
        "status": str(member.status),
        "name_cipher": None if member.name is None else unit.seal("name", member.name),
        "gender": member.gender,
        "birthday": member.birthday,
        "attributes": dict(member.attributes),
        "generated": member.generated,
        "external_ref": member.external_ref,
        "joined_at": member.joined_at,
        "join_store_id": member.join_store_id,
        "join_channel": member.join_channel,
    }


def _member(unit: Unit, joining: Join) -> Member:
    """The member to be, normalised and checked; nothing is written."""
    merchant = tenancy.merchant(unit)
    regions = profile.phone_regions(merchant)
    joined_at = joining.joined_at or unit.now()
    rules.check_birthday(joining.birthday, business_day(unit.now(), merchant.timezone))
    rules.check_attributes(joining.attributes)
    check_values(definitions(unit), joining.attributes, {})
    rules.check_channel(joining.channel)
    return Member(
        member_id=new_id(joined_at),
        number=new_number(),
        status=MemberStatus.ACTIVE,
        name=None if joining.name is None else rules.normal_name(joining.name),
        phone=None if joining.phone is None else rules.normal_phone(joining.phone, regions),
        email=None if joining.email is None else rules.normal_email(joining.email),
        card=None if joining.card is None else rules.normal_card(joining.card),
        gender=joining.gender,
        birthday=joining.birthday,
        attributes=joining.attributes,
        generated=joining.generated,
        external_ref=joining.external_ref,
        joined_at=joined_at,
        join_store_id=joining.store_id,
        join_channel=joining.channel,
    )


def _add(unit: Unit, member: Member) -> Member:
    consumer_id = store.consumer_of_phone(unit, member.phone) if member.phone else None
    while not store.add(unit, row(unit, member, consumer_id)):
        if member.external_ref is not None and store.external_ref_taken(unit, member.external_ref):
            raise ReferenceTaken
        member = replace(member, number=new_number())
    return member
