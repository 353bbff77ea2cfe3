"""What a rule's values may be, over HTTP."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request

from shuke.audience.suggesting import values_of
from shuke.infra.http import Call, View, allow
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/segments", tags=["segments"])


class ValueSuggestion(View):
    """Days are numbers such as 20260331."""

    value: str | int
    members: int


class ValueSuggestions(View):
    items: list[ValueSuggestion]


@router.get("/values/registered")
def suggest_registered_values(
    request: Request,
    call: Annotated[Call, allow(Permission.SEGMENTS_READ)],
    name: Annotated[str, Query(max_length=64, description="The registered attribute.")],
    containing: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ValueSuggestions:
    """Values that members have of a registered attribute, the commonest first."""
    lake: Path = request.app.state.settings.lake
    with call.unit() as unit:
        found = values_of(unit, lake, name, containing, limit)
    return ValueSuggestions(items=[ValueSuggestion(value=each.value, members=each.members) for each in found])
