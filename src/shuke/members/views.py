"""A member as the API shows her, in the part that every route shares."""

from datetime import datetime
from typing import TypedDict

from shuke.infra.database import Unit
from shuke.infra.http import View
from shuke.infra.http_ids import MemberId
from shuke.infra.http_refs import StoreRef
from shuke.members import profile
from shuke.members.model import Member, MemberStatus
from shuke.tenancy.model import Store


class MemberCore(View):
    """What lists and details begin with. `name` and `phone` are masked unless the caller holds `members.contact`."""

    id: MemberId
    number: str
    name: str | None
    phone: str | None
    card: str | None
    joined_at: datetime
    join_store: StoreRef | None
    join_channel: str
    status: MemberStatus
    generated: bool


class CoreFields(TypedDict):
    """The fields of MemberCore, for views that add to them: `MemberRow(**core(…), points=…)`."""

    id: MemberId
    number: str
    name: str | None
    phone: str | None
    card: str | None
    joined_at: datetime
    join_store: StoreRef | None
    join_channel: str
    status: MemberStatus
    generated: bool


def core(unit: Unit, member: Member, join_store: Store | None) -> CoreFields:
    """The shared fields of one member, shown to whoever asks."""
    return CoreFields(
        id=member.member_id,
        number=member.number,
        name=profile.shown_name(unit, member.name),
        phone=profile.shown_phone(unit, member),
        card=member.card,
        joined_at=member.joined_at,
        join_store=None if join_store is None else StoreRef.of(join_store),
        join_channel=member.join_channel,
        status=member.status,
        generated=member.generated,
    )
