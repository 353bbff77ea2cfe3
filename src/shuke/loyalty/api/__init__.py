"""The programme, benefits, plans, families and points by hand, as the API shows them."""

from fastapi import APIRouter

from shuke.loyalty.api import benefits, families, plans, points, programme, standings

router = APIRouter()
for part in (programme, standings, benefits, plans, families, points):
    router.include_router(part.router)
