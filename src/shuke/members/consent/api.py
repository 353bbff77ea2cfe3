"""What members agreed to, and to which texts."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Request

from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, allow
from shuke.infra.http_ids import MemberId
from shuke.members import store as member_store
from shuke.members.consent import rules, service, store
from shuke.members.consent.model import ConsentText
from shuke.members.consent.views import (
    ConsentConfirm,
    ConsentConfirmationView,
    ConsentConfirmed,
    ConsentConsequence,
    ConsentEntryView,
    ConsentHistory,
    ConsentPreview,
    ConsentsChange,
    ConsentTextList,
    ConsentTextNew,
    ConsentTextView,
    MemberConsents,
)
from shuke.members.errors import MemberNotFound
from shuke.tenancy.model import Permission

router = APIRouter(tags=["consent"])

Reader = Annotated[Call, allow(Permission.MEMBERS_READ)]
Writer = Annotated[Call, allow(Permission.MEMBERS_WRITE)]


@router.get("/members/{member_id}/consents")
def read_consents(member_id: MemberId, call: Reader) -> MemberConsents:
    """What counts now. Who was never asked has not agreed."""
    with call.unit() as unit:
        _there(unit, member_id)
        return MemberConsents.of(store.states(unit, member_id))


@router.put("/members/{member_id}/consents")
def decide(member_id: MemberId, body: ConsentsChange, call: Writer) -> MemberConsents:
    """Record what a member agrees to or withdraws. Where the text asks for it, a yes counts once she has confirmed
    it; sent again meanwhile, it is asked again."""

    def act(unit: Unit) -> MemberConsents:
        source = body.source or str(unit.principal.kind)
        waiting = service.decide(unit, member_id, [each.decision() for each in body.decisions], source)
        confirmations = [ConsentConfirmationView.model_validate(each) for each in waiting]
        return MemberConsents.of(store.states(unit, member_id), confirmations)

    return call.once(MemberConsents, body, act)


@router.post("/members/{member_id}/consents/preview")
def preview(member_id: MemberId, body: ConsentsChange, call: Writer) -> ConsentPreview:
    """What the same change would do, channel by channel; nothing is written."""
    with call.unit() as unit:
        found = service.foresee(unit, member_id, [each.decision() for each in body.decisions])
    return ConsentPreview(items=[ConsentConsequence.model_validate(each) for each in found])


@router.get("/members/{member_id}/consents/history")
def read_history(member_id: MemberId, call: Reader, limit: Limit = 50, cursor: Cursor = None) -> ConsentHistory:
    """All a member ever said, newest first."""
    with call.unit() as unit:
        _there(unit, member_id)
        entries, following = store.history_page(unit, member_id, cursor, limit)
    return ConsentHistory(items=[ConsentEntryView.model_validate(entry) for entry in entries], next_cursor=following)


@router.post("/consents/confirm")
def confirm(body: ConsentConfirm, request: Request) -> ConsentConfirmed:
    """A member confirms a yes with the token she was sent, once. Open to everybody: the token is the key."""
    return ConsentConfirmed.model_validate(service.confirm(request.app.state.database, body.token))


@router.get("/consent-texts")
def list_texts(call: Reader) -> ConsentTextList:
    """Every version ever published, by purpose, newest first."""
    with call.unit() as unit:
        found = service.texts(unit)
    return ConsentTextList(items=[ConsentTextView.of(text, in_force=_in_force(text, found)) for text in found])


@router.post("/consent-texts", status_code=201)
def publish_text(body: ConsentTextNew, call: Annotated[Call, allow(Permission.SETTINGS_WRITE)]) -> ConsentTextView:
    """A new version: who agrees from now on agrees to it."""

    def act(unit: Unit) -> ConsentTextView:
        text = service.publish_text(
            unit, body.purpose, body.channel, body.text.text(), double_opt_in=body.double_opt_in
        )
        return ConsentTextView.of(text, in_force=True)

    return call.once(ConsentTextView, body, act)


def _in_force(text: ConsentText, published: Sequence[ConsentText]) -> bool:
    return rules.current(published, text.purpose, text.channel) == text


def _there(unit: Unit, member_id: MemberId) -> None:
    if not member_store.refs(unit, [member_id]):
        raise MemberNotFound
