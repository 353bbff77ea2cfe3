"""The built web pages: files as they are, every other address the console's own (it routes in the browser)."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONSOLE = Path(__file__).parents[1] / "pages" / "console"
SNIPPET = Path(__file__).parents[1] / "pages" / "snippet" / "snippet.js"

_NOT_BUILT = "The web pages are not built yet: run `make build`.\n网页尚未构建：请运行 make build。\n"
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'"
)


def install_pages(app: FastAPI) -> None:
    if (CONSOLE / "assets").is_dir():
        app.mount("/assets", StaticFiles(directory=CONSOLE / "assets"))

    @app.get("/v1/segment/snippet.js", include_in_schema=False)
    def snippet() -> Response:
        """For pages of any site: it sends what happens there to the tracking API beside it."""
        if not SNIPPET.is_file():
            return PlainTextResponse(_NOT_BUILT, 503)
        return FileResponse(SNIPPET, media_type="text/javascript", headers={"Cache-Control": "public, max-age=3600"})

    @app.get("/{path:path}", include_in_schema=False)
    def console(path: str) -> Response:
        if path.startswith(("v1/", "assets/")):
            raise HTTPException(404)
        return _page(path)

    app.add_middleware(Headers)


class Headers:
    """Browsers are told how to treat what they get."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                if scope["path"].startswith("/assets/"):
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
                elif scope["path"].startswith("/v1/"):
                    headers.setdefault("Cache-Control", "no-store")
                elif not scope["path"].startswith("/docs"):
                    headers["Content-Security-Policy"] = _POLICY
            await send(message)

        await self._app(scope, receive, add)


def _page(path: str) -> Response:
    file = (CONSOLE / path).resolve()
    if path and file.is_relative_to(CONSOLE) and file.is_file():
        return FileResponse(file)
    index = CONSOLE / "index.html"
    if not index.is_file():
        return PlainTextResponse(_NOT_BUILT, 503)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})
