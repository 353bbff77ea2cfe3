"""The application: routers of the domains, problem documents, pages."""

from fastapi import APIRouter, FastAPI

from shuke import __version__
from shuke.entrypoints.erasing import ERASING
from shuke.entrypoints.hooks import HOOKS, LOYALTY_HOOKS, OFFER_HOOKS, member_hooks
from shuke.entrypoints.http.edge import install_edge
from shuke.entrypoints.http.health import install_metrics
from shuke.entrypoints.http.health import router as health
from shuke.entrypoints.http.pages import install_pages
from shuke.entrypoints.http.problems import install_problems
from shuke.entrypoints.http.routers import ROUTERS
from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.paying import payment_desk
from shuke.entrypoints.retention import SUBJECTS
from shuke.events.service import Pace
from shuke.infra.config import Settings
from shuke.infra.database import Database
from shuke.infra.telemetry import RequestMetrics
from shuke.tenancy.authentication import authenticate


def build_app(database: Database, settings: Settings) -> FastAPI:
    """The ASGI application over an open database."""
    app = FastAPI(
        title="Shuke",
        version=__version__,
        description="Membership operations for retailers and restaurants. 熟客：零售与餐饮会员运营平台。",
        openapi_url="/openapi.json",
        docs_url="/docs",
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    attach(app, database, settings)
    install_problems(app)
    v1 = APIRouter(prefix="/v1")
    for router in ROUTERS:
        v1.include_router(router)
    app.include_router(v1)
    app.include_router(health)
    metrics = RequestMetrics()
    if settings.metrics:
        install_metrics(app, metrics)
    install_pages(app)
    install_edge(app, metrics)
    return app


def attach(app: FastAPI, database: Database, settings: Settings) -> None:
    """What `app` answers from."""
    app.state.database = database
    app.state.authenticate = authenticate
    app.state.settings = settings
    app.state.hooks = HOOKS
    app.state.member_hooks = member_hooks(settings.lake)
    app.state.offer_hooks = OFFER_HOOKS
    app.state.loyalty_hooks = LOYALTY_HOOKS
    app.state.merge_plan = PLAN
    app.state.erasing_plan = ERASING
    app.state.retention = SUBJECTS
    app.state.pace = Pace(settings.processes)
    app.state.payments = payment_desk(database, settings)
