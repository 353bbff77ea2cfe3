"""Registered attributes over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Request

from shuke.infra.database import Unit
from shuke.infra.http import Call, allow
from shuke.infra.http_ids import AttributeId
from shuke.members.attributes import registry
from shuke.members.attributes.views import AttributeChange, AttributeList, AttributeNew, AttributeView
from shuke.members.hooks import MemberHooks
from shuke.members.model import DefinitionChanges
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/attributes", tags=["members"])

Writer = Annotated[Call, allow(Permission.PROGRAMME_WRITE)]


@router.get("")
def list_attributes(call: Annotated[Call, allow(Permission.MEMBERS_READ)]) -> AttributeList:
    """What is kept about members beside the fields that all have, as far as it is registered; archived ones too.
    Attributes that nobody registered are kept as they come, and no segment can ask for them."""
    with call.unit() as unit:
        return AttributeList(items=[AttributeView.of(each) for each in registry.every(unit)])


@router.post("", status_code=201)
def register_attribute(body: AttributeNew, call: Writer) -> AttributeView:
    """From now on values have to fit. Those that members have already stay, and count as far as they do."""

    def act(unit: Unit) -> AttributeView:
        choices = [each.choice() for each in body.choices]
        return AttributeView.of(
            registry.register(unit, body.name, body.type, body.label.text(), personal=body.personal, choices=choices)
        )

    return call.once(AttributeView, body, act)


@router.patch("/{attribute_id}")
def change_attribute(attribute_id: AttributeId, body: AttributeChange, request: Request, call: Writer) -> AttributeView:
    """409 `attribute_in_use` where segments are found by it and it would leave analysis, archived or personal."""
    hooks: MemberHooks = request.app.state.member_hooks
    changes = _changes(body)
    return call.once(
        AttributeView,
        body,
        lambda unit: AttributeView.of(registry.change(unit, attribute_id, changes, hooks.users_of_attribute)),
    )


def _changes(body: AttributeChange) -> DefinitionChanges:
    sent = DefinitionChanges()
    if "label" in body.model_fields_set:
        sent["label"] = body.label.text()
    if "personal" in body.model_fields_set:
        sent["personal"] = body.personal
    if "choices" in body.model_fields_set:
        sent["choices"] = tuple(each.choice() for each in body.choices)
    if "archived" in body.model_fields_set:
        sent["archived"] = body.archived
    return sent
