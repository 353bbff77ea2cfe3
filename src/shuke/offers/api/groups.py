"""Stacking groups."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from shuke.infra.http import Body, Call, View, allow
from shuke.offers import groups
from shuke.offers.api.effects import Whole
from shuke.offers.api.terms import GroupCode, Name
from shuke.offers.model import StackingGroup
from shuke.tenancy.model import Permission

router = APIRouter(tags=["promotions"])

Codes = Annotated[list[GroupCode], Field(max_length=100)]


class GroupBody(Body):
    """At most so many of its offers apply to an order (null: any number), after those of the groups `after`, and never
    together with one of a group in `excludes`. `member_price`, `tier` and `default` are always there."""

    name: Name
    at_most: Whole | None = None
    after: Codes = Field(default_factory=list)
    excludes: Codes = Field(default_factory=list)


class GroupView(GroupBody):
    code: str

    @classmethod
    def of(cls, group: StackingGroup) -> "GroupView":
        return cls(
            code=group.code,
            name=Name(zh=group.name.zh, en=group.name.en),
            at_most=group.at_most,
            after=sorted(group.after),
            excludes=sorted(group.excludes),
        )


class GroupList(View):
    items: list[GroupView]


@router.get("/stacking-groups")
def list_groups(call: Annotated[Call, allow(Permission.OFFERS_READ)]) -> GroupList:
    """All by code."""
    with call.unit() as unit:
        return GroupList(items=[GroupView.of(group) for group in groups.listed(unit)])


@router.put("/stacking-groups/{code}")
def put_group(code: GroupCode, body: GroupBody, call: Annotated[Call, allow(Permission.OFFERS_WRITE)]) -> GroupView:
    """Create a group, or change it."""
    wanted = StackingGroup(code, body.name.text(), body.at_most, frozenset(body.after), frozenset(body.excludes))
    return call.once(GroupView, body, lambda unit: GroupView.of(groups.put(unit, wanted)))


@router.delete("/stacking-groups/{code}", status_code=204)
def remove_group(code: GroupCode, call: Annotated[Call, allow(Permission.OFFERS_WRITE)]) -> Response:
    """Take a group away that nothing uses."""
    with call.unit() as unit:
        groups.remove(unit, code)
    return Response(status_code=204)
