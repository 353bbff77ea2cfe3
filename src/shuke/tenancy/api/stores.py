"""Stores."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, View, allow
from shuke.infra.http_ids import RegionId, StoreId
from shuke.tenancy import outlets, places, service
from shuke.tenancy.api.views import RegionRef
from shuke.tenancy.api.words import Code, Name, Search
from shuke.tenancy.model import Permission, Store, StoreStatus
from shuke.tenancy.places import StoreFilter
from shuke.tenancy.rules import store_status

router = APIRouter(tags=["stores"])

MAX_STORES = 1000
"""More than other lists have: pages want every store of a chain at once, for a menu."""

StoreSort = Literal["code", "-code", "name", "-name", "opened_on", "-opened_on"]


class StoreView(View):
    id: StoreId
    code: str
    name: str
    region: RegionRef | None
    opened_on: date | None
    closed_on: date | None
    status: StoreStatus

    @classmethod
    def of(cls, store: Store, today: date) -> "StoreView":
        return cls(
            id=store.store_id,
            code=store.code,
            name=store.name,
            region=store.region and RegionRef.of(store.region),
            opened_on=store.opened_on,
            closed_on=store.closed_on,
            status=store_status(store, today),
        )


class StoreList(View):
    items: list[StoreView]
    next_cursor: str | None


class NewStore(Body):
    code: Code
    name: Name
    region_id: RegionId | None = None
    opened_on: date | None = None
    closed_on: date | None = None


class StoreChange(Body):
    """Only what is named changes; null clears region and days."""

    code: Code | None = None
    name: Name | None = None
    region_id: RegionId | None = None
    opened_on: date | None = None
    closed_on: date | None = None

    def changes(self) -> dict[str, object]:
        named = {name: getattr(self, name) for name in self.model_fields_set}
        return {name: value for name, value in named.items() if value is not None or name not in ("code", "name")}


def _filter(
    q: Annotated[Search | None, Query(description="Start of a code, or part of a name.")] = None,
    region_id: RegionId | None = None,
    status: StoreStatus | None = None,
) -> StoreFilter:
    return StoreFilter(q, region_id, status)


Filter = Annotated[StoreFilter, Depends(_filter)]


@router.get("/stores")
def list_stores(
    call: Annotated[Call, allow(Permission.STORES_READ)],
    wanted: Filter,
    sort: StoreSort = "code",
    limit: Annotated[int, Query(ge=1, le=MAX_STORES)] = MAX_STORES,
    cursor: Cursor = None,
) -> StoreList:
    """The stores that the caller works in."""
    with call.unit() as unit:
        today = service.today(unit)
        found, following = places.list_stores(unit, _mine(unit, wanted), today, sort, cursor, limit)
    return StoreList(items=[StoreView.of(store, today) for store in found], next_cursor=following)


@router.get("/stores/export", response_class=StreamingResponse)
def export_stores(call: Annotated[Call, allow(Permission.STORES_READ)], wanted: Filter) -> StreamingResponse:
    """The same list as CSV."""

    def rows() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            today = service.today(unit)
            cursor = None
            while True:
                found, cursor = places.list_stores(unit, _mine(unit, wanted), today, "code", cursor, MAX_STORES)
                for store in found:
                    region = store.region.name if store.region else None
                    status = store_status(store, today)
                    yield store.code, store.name, region, store.opened_on, store.closed_on, status
                if cursor is None:
                    return

    return csv_response("stores", ("code", "name", "region", "opened_on", "closed_on", "status"), rows())


@router.post("/stores", status_code=201)
def open_store(body: NewStore, call: Annotated[Call, allow(Permission.STORES_WRITE)]) -> StoreView:
    """Open a store."""
    return call.once(StoreView, body, lambda unit: _show(unit, outlets.open_store(unit, dict(body))))


@router.patch("/stores/{store_id}")
def change_store(
    store_id: StoreId, body: StoreChange, call: Annotated[Call, allow(Permission.STORES_WRITE)]
) -> StoreView:
    """Change a store; with `closed_on` it closes."""
    return call.once(StoreView, body, lambda unit: _show(unit, outlets.change_store(unit, store_id, body.changes())))


def _mine(unit: Unit, wanted: StoreFilter) -> StoreFilter:
    return replace(wanted, store_ids=unit.principal.store_ids)


def _show(unit: Unit, store: Store) -> StoreView:
    return StoreView.of(store, service.today(unit))
