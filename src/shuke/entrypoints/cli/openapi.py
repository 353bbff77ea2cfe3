"""The API described by itself: what `openapi.json` holds, and what `make check` compares it with."""

import json

import typer

from shuke.entrypoints.http.app import build_app
from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database
from shuke.kernel.clock import SystemClock


def register(app: typer.Typer) -> None:
    app.command()(openapi)


def openapi() -> None:
    """Print the OpenAPI document of the API."""
    print(openapi_document(), end="")


def openapi_document() -> str:
    """The OpenAPI 3.1 document as JSON text; no database is needed, none is reached."""
    database = Database("postgresql://unused", cipher=Cipher(new_master_key()), clock=SystemClock())
    app = build_app(database, Settings(database_url="unused"))
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"
