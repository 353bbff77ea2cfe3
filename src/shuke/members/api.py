"""Joining, changing and identifying a member. Lists and details are read models: see `insight`."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import Field, field_validator

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, View, allow
from shuke.infra.http_ids import MemberId, StoreId
from shuke.kernel.errors import invalid_field
from shuke.members import rules, service
from shuke.members.hooks import MemberHooks
from shuke.members.model import Attribute, Changes, Gender, Join, MemberStatus, Purpose
from shuke.members.model import Channel as ConsentChannel
from shuke.members.model import Member as MemberValue
from shuke.members.views import MemberCore
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(tags=["members"])

Name = Annotated[str, Field(max_length=rules.NAME_MAX)]
Phone = Annotated[str, Field(max_length=40, description="National or international form; stored as E.164.")]
Email = Annotated[str, Field(max_length=rules.EMAIL_MAX)]
Card = Annotated[str, Field(max_length=64)]
Channel = Annotated[str, Field(min_length=1, max_length=32, pattern="^[a-z][a-z0-9_]*$")]
AttributeValue = Annotated[str, Field(max_length=200)] | Annotated[int, Field(gt=-(10**13), lt=10**13)] | bool | None
Attributes = Annotated[dict[str, AttributeValue], Field(max_length=rules.ATTRIBUTES_MAX)]


class ConsentGiven(Body):
    """Nobody joins without accepting the terms; marketing is a choice of its own."""

    terms: Literal[True]
    marketing: bool = False


class ConsentChange(Body):
    marketing: bool


class NewMember(Body):
    """An empty text counts as not given, so that a form can be sent as it is."""

    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    card: Card | None = None
    birthday: date | None = None
    gender: Gender | None = None
    join_store_id: StoreId | None = None
    channel: Channel
    consent: ConsentGiven
    attributes: Attributes = Field(default_factory=dict)

    @field_validator("name", "phone", "email", "card", "birthday", "gender", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value


class MemberChange(Body):
    """Only what is sent changes; null or an empty text clears a field. Lists of attributes are replaced whole."""

    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    card: Card | None = None
    birthday: date | None = None
    gender: Gender | None = None
    attributes: Attributes = Field(default_factory=dict)
    status: MemberStatus = Field(default_factory=lambda: MemberStatus.ACTIVE)
    consent: ConsentChange | None = None

    @field_validator("name", "phone", "email", "card", "birthday", "gender", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value


class ConsentView(View):
    """One line of the history; `GET /v1/members/{id}/consents` says what counts."""

    purpose: Purpose
    channel: ConsentChannel
    granted: bool
    at: datetime
    source: str


class Member(MemberCore):
    """A member after joining or changing."""

    email: str | None
    birthday: date | None
    gender: Gender | None
    attributes: dict[str, Attribute]
    consents: list[ConsentView]


class MemberCode(View):
    """Eighteen digits to show as a bar code; `expires_at` is when they stop naming the member."""

    code: str
    expires_at: datetime


@router.post("/members", status_code=201)
def join(request: Request, body: NewMember, call: Annotated[Call, allow(Permission.MEMBERS_WRITE)]) -> Member:
    """A new member. 409 `identifier_taken` names the field that belongs to another member already."""
    hooks: MemberHooks = request.app.state.member_hooks

    def act(unit: Unit) -> Member:
        member = service.join(unit, _joining(unit, body))
        hooks.on_joining(unit, member)
        return _present(unit, member)

    return call.once(Member, body, act)


@router.patch("/members/{member_id}")
def change(member_id: MemberId, body: MemberChange, call: Annotated[Call, allow(Permission.MEMBERS_WRITE)]) -> Member:
    """Change what is known about a member; identifiers given up are free for others at once."""
    return call.once(Member, body, lambda unit: _change(unit, member_id, body))


@router.post("/members/{member_id}/code", status_code=201)
def issue_code(member_id: MemberId, call: Annotated[Call, allow(Permission.MEMBERS_READ)]) -> MemberCode:
    """The member's dynamic code of this half-minute, as a card page shows it; `POST /v1/identify` reads it."""
    with call.unit() as unit:
        issued = service.issue_code(unit, service.get(unit, member_id))
    return MemberCode(code=issued.code, expires_at=issued.expires_at)


def _joining(unit: Unit, body: NewMember) -> Join:
    """Who joins at a till of one store joins at that store, said or not."""
    if body.phone is None and body.email is None and body.card is None:
        raise invalid_field(
            "phone",
            "请至少填写手机号、邮箱、卡号之一，否则以后无法识别该会员。",
            "Give a phone number, an email address or a card number: something to recognise the member by.",
        )
    reach = unit.principal.store_ids
    here = next(iter(reach)) if reach is not None and len(reach) == 1 else None
    return Join(
        channel=body.channel,
        name=body.name,
        phone=body.phone,
        email=body.email,
        card=body.card,
        gender=body.gender,
        birthday=body.birthday,
        attributes=body.attributes,
        store_id=body.join_store_id or here,
        consents={Purpose.TERMS: body.consent.terms, Purpose.MARKETING: body.consent.marketing},
    )


def _change(unit: Unit, member_id: MemberId, body: MemberChange) -> Member:
    sent = body.model_dump(exclude_unset=True, exclude={"consent"})
    member = service.change(unit, member_id, Changes(**sent))  # type: ignore[typeddict-item]
    if body.consent is not None:
        service.consent(unit, member_id, {Purpose.MARKETING: body.consent.marketing}, source=str(unit.principal.kind))
    return _present(unit, member)


def _present(unit: Unit, member: MemberValue) -> Member:
    service.saw(unit, [member], service.Place.EDIT, service.WHOLE)
    stores = {} if member.join_store_id is None else tenancy.store_refs(unit, [member.join_store_id])
    return Member(
        **service.core(unit, member, next(iter(stores.values()), None)),
        email=service.shown_email(unit, member),
        birthday=service.shown_birthday(unit, member),
        gender=member.gender,
        attributes=dict(member.attributes),
        consents=[ConsentView.model_validate(consent) for consent in service.consents(unit, member.member_id)],
    )
