"""Policy and ladders."""

from typing import Annotated

from fastapi import APIRouter, Query

from shuke.infra.http import Call, Cursor, Limit, allow
from shuke.infra.http_ids import TopUpLadderId
from shuke.stored_value import programme
from shuke.stored_value.api.bodies import LadderBody, PolicyBody
from shuke.stored_value.api.views import LadderList, LadderView, PolicyView
from shuke.tenancy.model import Permission

router = APIRouter(tags=["stored-value"])


@router.get("/stored-value/policy")
def read_stored_value_policy(call: Annotated[Call, allow(Permission.STORED_VALUE_READ)]) -> PolicyView:
    with call.unit() as unit:
        return PolicyView.model_validate(programme.read_policy(unit))


@router.put("/stored-value/policy")
def put_stored_value_policy(
    body: PolicyBody, call: Annotated[Call, allow(Permission.STORED_VALUE_WRITE)]
) -> PolicyView:
    """Replace the policy. It counts for what happens from now on."""
    with call.unit() as unit:
        return PolicyView.model_validate(programme.put_policy(unit, body.policy()))


@router.get("/top-up-ladders")
def list_top_up_ladders(
    call: Annotated[Call, allow(Permission.STORED_VALUE_READ)],
    retired: Annotated[bool, Query(description="Those that were retired too.")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> LadderList:
    """Newest first."""
    with call.unit() as unit:
        found, following = programme.list_ladders(unit, retired=retired, cursor=cursor, limit=limit)
    return LadderList(items=[LadderView.of(ladder) for ladder in found], next_cursor=following)


@router.post("/top-up-ladders", status_code=201)
def create_top_up_ladder(body: LadderBody, call: Annotated[Call, allow(Permission.STORED_VALUE_WRITE)]) -> LadderView:
    """Of all live ladders a top-up gets the step with the largest bonus."""
    return call.once(LadderView, body, lambda unit: LadderView.of(programme.create_ladder(unit, body.ladder())))


@router.post("/top-up-ladders/{ladder_id}/retire")
def retire_top_up_ladder(
    ladder_id: TopUpLadderId, call: Annotated[Call, allow(Permission.STORED_VALUE_WRITE)]
) -> LadderView:
    """It gives nothing any more; what it gave stays."""
    with call.unit() as unit:
        return LadderView.of(programme.retire_ladder(unit, ladder_id))
