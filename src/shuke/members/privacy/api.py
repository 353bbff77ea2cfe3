"""Who saw whose contact data, and what a member is told of all that is kept about her."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from shuke.infra.http import Call, Cursor, Limit, SearchText, View, allow
from shuke.infra.http_ids import AccessId, MemberId
from shuke.infra.http_refs import MemberRef
from shuke.members import store
from shuke.members.errors import MemberNotFound
from shuke.members.hooks import MemberHooks
from shuke.members.merging.present import ids_of
from shuke.members.privacy import document, watching
from shuke.members.privacy.document import Disclosure
from shuke.members.privacy.model import Place
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(tags=["privacy"])

_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]


class Format(StrEnum):
    JSON = "json"
    HTML = "html"


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


@router.get("/members/{member_id}/disclosure", response_class=Response)
def disclose(
    member_id: MemberId,
    request: Request,
    call: Annotated[Call, allow(Permission.PRIVACY_READ)],
    wanted: Annotated[Format, Query(alias="format", description="A page to read, or JSON.")] = Format.HTML,
) -> Response:
    """A copy of all that is kept about a member, to hand to her; nothing of other members is in it. Needs
    `members.contact` too."""
    hooks: MemberHooks = request.app.state.member_hooks
    with call.unit() as unit:
        found = store.read(unit, store.mine(unit, member_id))
        if not found:
            raise MemberNotFound
        unit.principal.require(Permission.MEMBERS_CONTACT)
        watching.saw(unit, found, Place.DISCLOSURE, watching.WHOLE)
        merchant, ids = tenancy.merchant(unit), ids_of(unit, member_id)
        told = Disclosure(
            merchant=merchant.name,
            currency=merchant.currency,
            timezone=merchant.timezone,
            number=found[0].number,
            made_at=unit.now(),
            chapters=[chapter for tell in hooks.tell_about for chapter in tell(unit, ids)],
        )
    text = document.as_json(told) if wanted is Format.JSON else document.as_html(told, call.language)
    kind = "application/json" if wanted is Format.JSON else "text/html; charset=utf-8"
    disposition = f'attachment; filename="member-{told.number}.{wanted}"'
    return Response(text, media_type=kind, headers={"Content-Disposition": disposition})
