"""The programme, benefits, plans, families and points by hand, as the API shows them."""

from fastapi import APIRouter

from shuke.loyalty.api import programme, standings

router = APIRouter()
for part in (programme, standings):
    router.include_router(part.router)
