"""What the server loads in each of its processes."""

from fastapi import FastAPI

from shuke.entrypoints.http.app import build_app
from shuke.entrypoints.wiring import install
from shuke.infra.config import Settings
from shuke.infra.telemetry import configure_logging


def create() -> FastAPI:
    """The application for the settings in the environment."""
    settings = Settings()
    configure_logging(settings.log_level)
    return build_app(install(settings).database, settings)
