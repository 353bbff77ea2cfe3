"""The tracking API of the Segment protocol, for its own libraries and whatever else speaks it.

The write key is the key; everything that can be read is answered with success, and what is wrong with single messages
is found in quarantine. `/v1/segment/v1/…` is the same: libraries put their own `/v1/` behind the address they know.
"""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from shuke.events import keys
from shuke.events.errors import TooManyEvents, WrongWriteKey
from shuke.events.ingesting import ingest
from shuke.events.model import EventType
from shuke.events.pace import Pace
from shuke.events.rules.reading import arrival
from shuke.events.rules.unpacking import Letter, opened, unpacked
from shuke.events.sources import enter_with
from shuke.infra.database import Database
from shuke.kernel.errors import Missing, ShukeError
from shuke.kernel.text import Text, preferred_language

router = APIRouter(tags=["tracking"])

_TAKEN = b'{"success":true}'
_FROM_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
_WITH = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "authorization, content-type, content-encoding",
    "Access-Control-Max-Age": "86400",
}
_HISTORY = "import"
_CALLS = {*map(str, EventType), "batch", _HISTORY}


class NoSuchCall(Missing):
    text = Text("没有这种调用：{call}。", "There is no such call: {call}.")


async def _raw(request: Request) -> bytes:
    return await request.body()


Raw = Annotated[bytes, Depends(_raw)]
_BODY = {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}


@router.post("/segment/{call}", openapi_extra=_BODY)
def track(call: str, request: Request, body: Raw) -> Response:
    """Take messages: `identify`, `track`, `page`, `screen`, `group`, `alias`, or many in a `batch` or an `import`.

    Shown by its write key, as the user of a Basic authorization or as `writeKey` in the body; gzip is welcome. Answered
    when the messages are safe. Sending one again changes nothing; without a `messageId`, one that says the same is the
    same.
    """
    try:
        return _take(call, request, body)
    except ShukeError as error:
        return _refusal(request, error)


@router.options("/segment/{call}", include_in_schema=False)
@router.options("/segment/v1/{call}", include_in_schema=False)
def may_send(call: str) -> Response:
    """What browsers ask before they send more than a plain text from another site."""
    del call
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={**_FROM_ANYWHERE, **_WITH})


@router.post("/segment/v1/{call}", include_in_schema=False)
def track_below(call: str, request: Request, body: Raw) -> Response:
    return track(call, request, body)


def _take(call: str, request: Request, body: bytes) -> Response:
    if call not in _CALLS:
        raise NoSuchCall(call=call)
    key, letter = keys.shown(request.headers.get("authorization", "")), None
    if key is None:
        letter = _read(call, request, body)
        key = letter.write_key
    if key is None:
        raise WrongWriteKey
    database: Database = request.app.state.database
    pace: Pace = request.app.state.pace
    with database.request() as here:
        unit, source = enter_with(here, key)
        history = call == _HISTORY
        if not history:
            pace.enter(source)
        letter = letter or _read(call, request, body)
        ingest(unit, source, letter.messages, arrival(unit.now(), None if history else source.late_days))
    if not history:
        pace.take(source, len(letter.messages))
    return Response(_TAKEN, media_type="application/json", headers=_FROM_ANYWHERE)


def _read(call: str, request: Request, body: bytes) -> Letter:
    return opened(unpacked(body, request.headers.get("content-encoding", "").lower() == "gzip"), call)


_STATUS = {
    WrongWriteKey: HTTPStatus.UNAUTHORIZED,
    TooManyEvents: HTTPStatus.TOO_MANY_REQUESTS,
    NoSuchCall: HTTPStatus.NOT_FOUND,
}


def _refusal(request: Request, error: ShukeError) -> Response:
    """What libraries look for, and our own problem document beside it."""
    status = _STATUS.get(type(error), HTTPStatus.BAD_REQUEST)
    words = error.message.in_(preferred_language(request.headers.get("accept-language")))
    said = {
        "success": False,
        "code": error.code,
        "message": words,
        "type": f"/problems/{error.code}",
        "title": status.phrase,
        "status": status,
        "detail": words,
    }
    wait = {"Retry-After": str(error.values["seconds"])} if isinstance(error, TooManyEvents) else {}
    return JSONResponse(said, status, {**_FROM_ANYWHERE, **wait})
