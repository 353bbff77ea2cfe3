"""What providers call when something happened to a payment. Open to everybody: the signature is the key."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from shuke.checkout.payments.api.payments import TheDesk
from shuke.checkout.payments.errors import NotificationRefused
from shuke.checkout.payments.model import ProviderName
from shuke.checkout.payments.notifying import receive

router = APIRouter(tags=["payment-notifications"])


async def _raw(request: Request) -> bytes:
    """The body to the byte: that is what was signed."""
    return await request.body()


Raw = Annotated[bytes, Depends(_raw)]


@router.post("/payments/notifications/wechat/{token}", response_class=Response)
def take_wechat_notification(token: str, request: Request, body: Raw, desk: TheDesk) -> Response:
    """For WeChat Pay. Whatever is not booked is answered so that it is sent again."""
    try:
        receive(desk, ProviderName.WECHAT, token, dict(request.headers), body)
    except NotificationRefused as refusal:
        return JSONResponse({"code": "FAIL", "message": refusal.message.zh}, 403)
    return Response(status_code=204)


@router.post("/payments/notifications/alipay/{token}", response_class=PlainTextResponse)
def take_alipay_notification(token: str, request: Request, body: Raw, desk: TheDesk) -> PlainTextResponse:
    """For Alipay, which reads the word, not the status."""
    try:
        receive(desk, ProviderName.ALIPAY, token, dict(request.headers), body)
    except NotificationRefused:
        return PlainTextResponse("failure", 403)
    return PlainTextResponse("success")
