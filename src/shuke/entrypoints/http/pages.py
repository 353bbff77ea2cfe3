"""The built web pages: files as they are, every other address the console's own (it routes in the browser)."""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

CONSOLE = Path(__file__).parents[1] / "pages" / "console"

_NOT_BUILT = "The web pages are not built yet: run `make build`.\n网页尚未构建：请运行 make build。\n"
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'"
)


def install_pages(app: FastAPI) -> None:
    if (CONSOLE / "assets").is_dir():
        app.mount("/assets", StaticFiles(directory=CONSOLE / "assets"))

    @app.get("/{path:path}", include_in_schema=False)
    def console(path: str) -> Response:
        if path.startswith(("v1/", "assets/")):
            raise HTTPException(404)
        return _page(path)

    @app.middleware("http")
    async def headers(request: Request, call_next: object) -> Response:
        response: Response = await call_next(request)  # type: ignore[operator]
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        if request.url.path.startswith("/assets/"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        elif request.url.path.startswith("/v1/"):
            response.headers["Cache-Control"] = "no-store"
        elif not request.url.path.startswith("/docs"):
            response.headers["Content-Security-Policy"] = _POLICY
        return response


def _page(path: str) -> Response:
    file = (CONSOLE / path).resolve()
    if path and file.is_relative_to(CONSOLE) and file.is_file():
        return FileResponse(file)
    index = CONSOLE / "index.html"
    if not index.is_file():
        return PlainTextResponse(_NOT_BUILT, 503)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})
