"""Who saw whose contact data."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from shuke.infra.http import Call, Cursor, Limit, SearchText, View, allow
from shuke.infra.http_ids import AccessId, MemberId
from shuke.infra.http_refs import MemberRef
from shuke.members.privacy import watching
from shuke.members.privacy.model import Place
from shuke.tenancy.model import Permission

router = APIRouter(tags=["privacy"])

_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]


class Viewer(View):
    kind: str
    name: str


class AccessView(View):
    """`fields` of the member were shown in clear to `actor`."""

    id: AccessId
    at: datetime
    actor: Viewer
    member: MemberRef
    fields: list[str]
    place: Place


class AccessLog(View):
    items: list[AccessView]
    next_cursor: str | None


@router.get("/access-log")
def read_access_log(
    call: Annotated[Call, allow(Permission.PRIVACY_READ)],
    member_id: MemberId | None = None,
    actor: Annotated[SearchText | None, Query(description="Any part of the name of who looked.")] = None,
    from_: Annotated[_Day | None, Query(alias="from")] = None,
    to: _Day | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AccessLog:
    """Who was shown contact data in clear, of whom and when, newest first; days are business days."""
    with call.unit() as unit:
        found, following = watching.seen(unit, member_id, actor, from_, to, cursor, limit)
        return AccessLog(
            items=[
                AccessView(
                    id=each.entry_id,
                    at=each.at,
                    actor=Viewer(kind=each.actor_kind, name=each.actor_name),
                    member=MemberRef.of(each.member),
                    fields=list(each.fields),
                    place=each.place,
                )
                for each in found
            ],
            next_cursor=following,
        )
