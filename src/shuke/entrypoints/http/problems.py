"""Errors become problem documents (RFC 9457), here and nowhere else."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import errors
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from shuke.infra.http import call_of, permission_of
from shuke.kernel.errors import (
    Conflict,
    FieldProblem,
    Forbidden,
    Gone,
    Invalid,
    Missing,
    ShukeError,
    SignInNeeded,
    Stale,
    TooManyTries,
)
from shuke.kernel.text import Text, preferred_language

_log = structlog.get_logger()

_STATUS: Sequence[tuple[type[ShukeError], HTTPStatus]] = (
    (SignInNeeded, HTTPStatus.UNAUTHORIZED),
    (TooManyTries, HTTPStatus.TOO_MANY_REQUESTS),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (Gone, HTTPStatus.GONE),
    (Missing, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (Invalid, HTTPStatus.UNPROCESSABLE_ENTITY),
)

_BROKEN = Text("服务器出错，已记录，请稍后重试。", "Something broke on our side; it was recorded. Try again later.")
_BUSY = Text("数据库暂不可用，请稍后重试。", "The database is not available at the moment. Try again shortly.")
_TOO_SLOW = Text("处理超时，请缩小范围后重试。", "This took too long and was given up. Ask for less, or try again.")
_CROWDED = Text("他人正在修改同一内容，请重试。", "Others are changing the same thing. Try again.")
_UNSTORABLE = Text("有无法保存的值，请检查数字大小与文字。", "A value cannot be stored. Check the numbers and texts.")


def status_of(error: ShukeError) -> HTTPStatus:
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def install_problems(app: FastAPI) -> None:
    app.add_exception_handler(ShukeError, _ours)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _database_away)
    app.add_exception_handler(PoolTimeout, _no_connection)
    app.add_exception_handler(IntegrityError, _raced)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(Exception, _unexpected)


def problem(request: Request, status: int, code: str, text: Text, fields: Sequence[FieldProblem] = ()) -> JSONResponse:
    language = preferred_language(request.headers.get("accept-language"))
    body: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": text.in_(language),
        "code": code,
    }
    if fields:
        body["fields"] = [{"path": field.path, "message": field.message.in_(language)} for field in fields]
    return JSONResponse(body, status, media_type="application/problem+json")


def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ShukeError)
    response = problem(request, status_of(error), error.code, error.message, error.fields)
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = str(error.values["seconds"])
    return response


def _unreadable(request: Request, error: Exception) -> JSONResponse:
    """What is wrong with a request is told only to those who may send a right one."""
    assert isinstance(error, RequestValidationError)
    permission = permission_of(request.scope.get("route"))
    if permission is not None:
        try:
            with call_of(request, permission).unit():
                pass
        except ShukeError as refusal:
            return _ours(request, refusal)
    fields = [
        FieldProblem(".".join(str(part) for part in item["loc"][1:]) or str(item["loc"][0]), _words(item))
        for item in error.errors()
    ]
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", Invalid.text, fields)


def _words(item: dict[str, Any]) -> Text:
    zh = _CHINESE.get(item["type"])
    context = {name: str(value) for name, value in (item.get("ctx") or {}).items()}
    english = item["msg"].removeprefix("Value error, ")
    return Text(zh.format(**context) if zh else english, english)


_CHINESE = {
    "missing": "必填项。",
    "extra_forbidden": "未知字段，请删除或检查拼写。",
    "string_type": "应为文本。",
    "string_too_short": "至少需要 {min_length} 个字符。",
    "string_too_long": "最多 {max_length} 个字符。",
    "string_pattern_mismatch": "格式不正确。",
    "int_type": "应为整数。",
    "int_parsing": "应为整数。",
    "int_from_float": "应为整数。",
    "bool_type": "应为 true 或 false。",
    "bool_parsing": "应为 true 或 false。",
    "greater_than": "应大于 {gt}。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than": "应小于 {lt}。",
    "less_than_equal": "不能大于 {le}。",
    "too_short": "至少需要 {min_length} 项。",
    "too_long": "最多 {max_length} 项。",
    "enum": "可选值：{expected}。",
    "literal_error": "可选值：{expected}。",
    "json_invalid": "不是有效的 JSON。",
    "date_from_datetime_parsing": "应为日期，例如 2026-01-31。",
    "datetime_from_date_parsing": "应为时间，例如 2026-01-31T08:00:00Z。",
    "decimal_parsing": "应为数字。",
    "not_text": "请删除无法保存的字符（NUL 或残缺的 Unicode）。",
    "timezone": "请使用 IANA 时区名，例如 Asia/Shanghai。",
    "timezone_aware": "时间须带时区，例如 2026-01-31T08:00:00Z。",
}


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    text = Text(_HTTP_CHINESE.get(error.status_code, phrase), f"{phrase}.")
    response = problem(request, error.status_code, phrase.lower().replace(" ", "_"), text)
    response.headers.update(error.headers or {})
    return response


_HTTP_CHINESE = {400: "请求无法解析。", 404: "没有这个地址。", 405: "该地址不支持此方法。", 413: "内容过大。"}


def _database_away(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OperationalError)
    match error.orig:
        case errors.QueryCanceled() | errors.IdleInTransactionSessionTimeout():
            code, text = "too_slow", _TOO_SLOW
        case errors.LockNotAvailable() | errors.DeadlockDetected() | errors.SerializationFailure():
            code, text = "crowded", _CROWDED
        case _:
            code, text = "database_unavailable", _BUSY
    _log.error("database.refused", code=code, error=type(error.orig).__name__)
    response = problem(request, HTTPStatus.SERVICE_UNAVAILABLE, code, text)
    response.headers["Retry-After"] = "1"
    return response


def _no_connection(request: Request, _error: Exception) -> JSONResponse:
    _log.error("database.no_connection")
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "database_unavailable", _BUSY)


def _raced(request: Request, error: Exception) -> JSONResponse:
    """Somebody was faster between our look and our write: the database's own constraints are the last guard."""
    assert isinstance(error, IntegrityError)
    if isinstance(error.orig, errors.UniqueViolation | errors.ForeignKeyViolation | errors.ExclusionViolation):
        return _ours(request, Stale())
    return _unexpected(request, error)


def _unstorable(request: Request, error: Exception) -> JSONResponse:
    """The last guard against hostile values; a request model that lets one through is too wide: it is recorded."""
    _log.error("request.unstorable", exc_info=error)
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", _UNSTORABLE)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    _log.error("request.failed", exc_info=error)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", _BROKEN)
