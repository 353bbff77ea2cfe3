"""Regions, which hold stores."""

from typing import Annotated

from fastapi import APIRouter

from shuke.infra.http import Body, Call, View, allow
from shuke.infra.http_ids import RegionId
from shuke.tenancy import outlets, places
from shuke.tenancy.api.views import RegionRef
from shuke.tenancy.api.words import Name
from shuke.tenancy.model import Permission

router = APIRouter(tags=["stores"])


class RegionRow(RegionRef):
    stores: int


class RegionList(View):
    items: list[RegionRow]


class RegionName(Body):
    name: Name


@router.get("/regions")
def list_regions(call: Annotated[Call, allow(Permission.STORES_READ)]) -> RegionList:
    """All regions by name, with how many stores lie in each."""
    with call.unit() as unit:
        found = places.list_regions(unit)
    return RegionList(
        items=[RegionRow(id=region.region_id, name=region.name, stores=stores) for region, stores in found]
    )


@router.post("/regions", status_code=201)
def add_region(body: RegionName, call: Annotated[Call, allow(Permission.STORES_WRITE)]) -> RegionRef:
    return call.once(RegionRef, body, lambda unit: RegionRef.of(outlets.add_region(unit, body.name)))


@router.patch("/regions/{region_id}")
def rename_region(
    region_id: RegionId, body: RegionName, call: Annotated[Call, allow(Permission.STORES_WRITE)]
) -> RegionRef:
    return call.once(RegionRef, body, lambda unit: RegionRef.of(outlets.rename_region(unit, region_id, body.name)))
