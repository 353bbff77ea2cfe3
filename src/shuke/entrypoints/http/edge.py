"""What every request passes first: it gets an id, forged and unstorable ones are turned away, and it is counted."""

import re
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shuke.entrypoints.http.problems import problem
from shuke.infra.telemetry import RequestMetrics
from shuke.kernel.text import Text

_log = structlog.get_logger()

MAX_BODY_BYTES = 2 * 1024 * 1024
"""Far above any basket."""
FILES = "/v1/imports/"
"""Below this address files are taken; they are limited where they are stored."""
TRACKING = "/v1/segment/"
"""Below this address nobody looks at cookies: pages of any site may send there, each with its source's key."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_FOREIGN = Text(
    "该请求来自其他网站，已拒绝。请在控制台内操作。",
    "This request was sent by another site and is refused. Act from within the console.",
)
_NO_TEXT = Text(
    "地址中含有无法处理的字符（NUL），请删除。",
    "The address holds a character that is no text (NUL). Remove it.",
)
_TOO_LARGE = Text("内容过大，请控制在 2 MiB 以内。", "The body is too large. Keep it below 2 MiB.")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def install_edge(app: FastAPI, metrics: RequestMetrics) -> None:
    """To be called after all routes are in place."""
    templates = {
        context.endpoint: context.path_format or context.path or "" for context in iter_route_contexts(app.routes)
    }
    app.add_middleware(Edge, templates=templates, metrics=metrics)


class Edge:
    def __init__(self, app: ASGIApp, templates: Mapping[Any, str], metrics: RequestMetrics) -> None:
        self._app = app
        self._templates = templates
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        given = request.headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started, status = time.perf_counter(), 500

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await (_refusal(request) or self._app)(scope, _limited(request, receive), note)
        finally:
            self._record(scope, status, time.perf_counter() - started)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = self._templates.get(scope.get("endpoint"), "")
        self._metrics.observe(scope["method"], route, status, seconds)
        _log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))


def _refusal(request: Request) -> ASGIApp | None:
    """The problem document for a request that goes no further; None for one that does."""
    if b"%00" in request.scope.get("raw_path", b"") or b"%00" in request.scope["query_string"]:
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", _NO_TEXT)
    ours = request.method in _SAFE_METHODS or request.url.path.startswith(TRACKING)
    if not ours and _is_foreign(request):
        return problem(request, HTTPStatus.FORBIDDEN, "cross_site", _FOREIGN)
    announced = request.headers.get("content-length", "0")
    if not request.url.path.startswith(FILES) and (not announced.isdecimal() or int(announced) > MAX_BODY_BYTES):
        return problem(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "content_too_large", _TOO_LARGE)
    return None


def _limited(request: Request, receive: Receive) -> Receive:
    """`receive` that stops when a body without an announced length grows too large."""
    if request.url.path.startswith(FILES) or "content-length" in request.headers:
        return receive
    received = 0

    async def count() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY_BYTES:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message

    return count


def _is_foreign(request: Request) -> bool:
    """Whether a browser sent this for another site's page, with our cookie but without our doing.

    Browsers say so themselves (Sec-Fetch-Site, or at least Origin) and pages cannot forge it. Machines say
    nothing of the kind; those with a key use no cookie.
    """
    headers = request.headers
    if headers.get("authorization", "").lower().startswith("bearer "):
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
