"""The orders of one member, as the member page shows them."""

from typing import Annotated

from fastapi import APIRouter, Query

from shuke.checkout.api.order_views import OrderList, OrderRow
from shuke.checkout.listing import OrderFilter, OrderSort, list_orders
from shuke.infra.http import Call, Cursor, Limit, allow
from shuke.infra.http_ids import MemberId
from shuke.members import service as members
from shuke.tenancy.model import Permission

router = APIRouter(tags=["members"])


@router.get("/members/{member_id}/orders")
def read_member_orders(
    member_id: MemberId,
    call: Annotated[Call, allow(Permission.ORDERS_READ)],
    sort: Annotated[OrderSort, Query()] = OrderSort.PLACED_DESC,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> OrderList:
    """Her orders in the stores within reach, newest first unless sorted otherwise."""
    with call.unit() as unit:
        members.get(unit, member_id)
        page = list_orders(unit, OrderFilter(member_id=member_id), sort, cursor, limit)
        return OrderList(items=[OrderRow.of(listed) for listed in page.items], next_cursor=page.next_cursor)
