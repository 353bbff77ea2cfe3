"""Is it up, can it serve?"""

import sqlalchemy as sa
from fastapi import APIRouter, Request
from pydantic import BaseModel

from shuke import __version__

router = APIRouter(tags=["health"])


class Health(BaseModel):
    status: str
    version: str


@router.get("/healthz")
def alive() -> Health:
    """The process answers."""
    return Health(status="ok", version=__version__)


@router.get("/readyz")
def ready(request: Request) -> Health:
    """The process answers and reaches its database."""
    with request.app.state.database.platform() as unit:
        unit.connection.execute(sa.text("SELECT 1"))
    return Health(status="ok", version=__version__)
