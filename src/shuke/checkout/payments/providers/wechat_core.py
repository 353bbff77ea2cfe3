"""The WeChat Pay SDK's client at an address of our choice, believing nothing that is not signed.

The SDK signs, verifies and decrypts; its transport is replaced, because that names the host, follows redirects,
downloads certificates whenever anybody names an unknown serial number, and accepts signatures of any age.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import requests
from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpayv3.core import Core
from wechatpayv3.type import RequestType
from wechatpayv3.utils import build_authorization

from shuke.checkout.payments.accounts import Account

FRESH = timedelta(minutes=5)
"""How old a signature may be, and how far clocks may differ: what WeChat Pay itself asks for."""
_FETCHED_PAUSE, _FAILED_PAUSE = timedelta(minutes=1), timedelta(seconds=5)
"""Platform certificates are asked for no more often, whatever serial numbers strangers name."""


class Unbelievable(Exception):
    """An answer whose signature is wrong, missing or too old."""


class CheckedCore(Core):  # type: ignore[misc]
    """Keys and certificates of one merchant."""

    def __init__(
        self,
        account: Account,
        secrets: Mapping[str, str],
        address: str,
        timeout: tuple[float, float],
        now: Callable[[], datetime],
    ) -> None:
        self._address, self._now = address.rstrip("/"), now
        self._fetching, self._fetch_from = Lock(), now()
        self._certificates: list[Any] = []
        super().__init__(
            mchid=account.payee,
            cert_serial_no=account.details["serial"],
            private_key=secrets["private_key"],
            apiv3_key=secrets["api_v3_key"],
            timeout=timeout,
            public_key=secrets.get("public_key"),
            public_key_id=account.details.get("public_key_id"),
        )

    def _init_certificates(self) -> None:
        """Not yet: they are fetched when the first signature asks for one."""

    def _update_certificates(self) -> None:
        with self._fetching:
            now = self._now()
            if now < self._fetch_from:
                return
            known, self._certificates = self._certificates, []
            try:
                super()._update_certificates()
            finally:
                self._fetch_from = now + (_FETCHED_PAUSE if self._certificates else _FAILED_PAUSE)
                self._certificates = self._certificates or known

    def trusts_somebody(self) -> bool:
        """Whether there is a key to verify answers with; asks for the platform's certificates where none was given.
        They open with the APIv3 key only. Raises what `requests` raises."""
        if not self._public_key and not self._certificates:
            self._update_certificates()
        return bool(self._public_key or self._certificates)

    def _verify_signature(self, headers: Mapping[str, str], body: str) -> bool:
        """Signed by WeChat Pay's own key, a moment ago. The SDK raises on serial numbers that are none."""
        try:
            age = abs(self._now().timestamp() - int(headers.get("wechatpay-timestamp", "")))
            return age <= FRESH.total_seconds() and bool(super()._verify_signature(headers, body))
        except Exception:
            return False

    def request(
        self,
        path: str,
        method: RequestType = RequestType.GET,
        data: Mapping[str, Any] | None = None,
        skip_verify: bool = False,
        **_unused: object,
    ) -> tuple[int, str]:
        """Status and body. Raises Unbelievable, and what `requests` raises when there is no answer.

        Refusals are often unsigned, so one may be: nothing is ever booked as paid on the word of a refusal.
        """
        body = json.dumps(data) if data else ""
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "shuke",
            "Authorization": build_authorization(
                path, method.value, self._mchid, self._cert_serial_no, self._private_key, data=body
            ),
        }
        if self._public_key_id:
            headers["Wechatpay-Serial"] = self._public_key_id
        answer = requests.request(
            method.value,
            self._address + path,
            data=body.encode() or None,
            headers=headers,
            timeout=self._timeout,
            allow_redirects=False,
        )
        text = answer.content.decode()
        refused = not 200 <= answer.status_code < 300
        signed = "wechatpay-signature" in answer.headers
        lower = {name.lower(): value for name, value in answer.headers.items()}
        if not skip_verify and (signed or not refused) and not self._verify_signature(lower, text):
            raise Unbelievable("signature")
        return answer.status_code, text


class CheckedPay(WeChatPay):  # type: ignore[misc]
    """The SDK's calls over that client."""

    def __init__(self, account: Account, core: CheckedCore) -> None:
        self._type = WeChatPayType.NATIVE
        self._mchid = account.payee
        self._appid = account.details["app_id"]
        self._notify_url = None
        self._partner_mode = False
        self._core = core

    def reverse(self, out_trade_no: str) -> tuple[int, str]:
        """Undo a payment by scanned code: closed, or sent back when it was paid after all. Not in the SDK."""
        path = f"/v3/pay/transactions/out-trade-no/{out_trade_no}/reverse"
        data = {"appid": self._appid, "mchid": self._mchid}
        answer: tuple[int, str] = self._core.request(path, method=RequestType.POST, data=data)
        return answer
