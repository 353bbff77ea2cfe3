"""Is it up, can it serve?"""

import sqlalchemy as sa
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from shuke import __version__
from shuke.infra.telemetry import RequestMetrics

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


def install_metrics(app: FastAPI, metrics: RequestMetrics) -> None:
    @app.get("/metrics", include_in_schema=False)
    def read_metrics() -> PlainTextResponse:
        """Numbers of this process in the Prometheus text format; each server process answers for itself."""
        return PlainTextResponse(metrics.exposition(), media_type="text/plain; version=0.0.4")
