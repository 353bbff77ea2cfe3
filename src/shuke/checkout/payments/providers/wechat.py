"""WeChat Pay (APIv3): shown codes, scanned codes, official account and mini-program, mobile browser."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import requests
from wechatpayv3 import WeChatPayType

from shuke.checkout.payments.accounts import Account
from shuke.checkout.payments.errors import MethodNotOffered, NotificationRefused, PayerNeeded
from shuke.checkout.payments.model import (
    Attention,
    Method,
    Notification,
    Payer,
    Payment,
    PaymentRefund,
    Telling,
    Told,
)
from shuke.checkout.payments.providers.wechat_core import CheckedCore, CheckedPay, Unbelievable

_BEIJING = timezone(timedelta(hours=8))
_TYPES = {
    Method.NATIVE: WeChatPayType.NATIVE,
    Method.AUTH_CODE: WeChatPayType.CODEPAY,
    Method.JSAPI: WeChatPayType.JSAPI,
    Method.H5: WeChatPayType.H5,
}
_STATES = {
    "SUCCESS": Telling.PAID,
    "NOTPAY": Telling.PENDING,
    "USERPAYING": Telling.PENDING,
    "ACCEPT": Telling.PENDING,
    "CLOSED": Telling.CLOSED,
    "REVOKED": Telling.CLOSED,
    "REFUND": Telling.CLOSED,
    "PAYERROR": Telling.FAILED,
}
_REFUND_STATES = {
    "SUCCESS": Telling.PAID,
    "PROCESSING": Telling.PENDING,
    "ABNORMAL": Telling.PENDING,
    "CLOSED": Telling.FAILED,
}
_ABSENT = frozenset({"ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"})
_ASK_AGAIN = frozenset({"ORDERPAID", "ORDER_PAID", "OUT_TRADE_NO_USED", "ORDER_CLOSED", "ORDERCLOSED", "BANK_ERROR"})
"""Refusals that say nothing of the money: it has to be asked about."""
_REFUND_LOST = frozenset({"PARAM_ERROR", "INVALID_REQUEST", "RESOURCE_NOT_EXISTS", "MCH_NOT_EXISTS"})
_KEPT = frozenset(
    {
        "appid",
        "mchid",
        "out_trade_no",
        "transaction_id",
        "trade_type",
        "trade_state",
        "trade_state_desc",
        "bank_type",
        "success_time",
        "amount",
        "out_refund_no",
        "refund_id",
        "status",
        "refund_status",
        "channel",
        "funds_account",
        "create_time",
        "code",
        "message",
    }
)
"""Of an answer, what is stored: nothing about the payer."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back: `data` when it was a signed success, else the refusal's `code`. `silent`: no answer at all."""

    data: Mapping[str, Any] | None
    code: str = ""
    status: int = 0

    @property
    def silent(self) -> bool:
        return self.data is None and (self.status == 0 or self.status >= 500 or self.status == 429)


class WeChat:
    def __init__(
        self,
        account: Account,
        secrets: Mapping[str, str],
        address: str,
        timeout: tuple[float, float],
        now: Callable[[], datetime],
    ) -> None:
        self._mchid, self._app_id = account.payee, account.details["app_id"]
        self._now = now
        self._core = CheckedCore(account, secrets, address, timeout, now)
        self._sdk = CheckedPay(account, self._core)

    def start(self, payment: Payment, payer: Payer, notify_url: str) -> Told:
        """Raises PayerNeeded, MethodNotOffered."""
        asked = self._asked(payment, payer)
        answer = self._ask(
            lambda: self._sdk.pay(
                description=payment.description[:120],
                out_trade_no=payment.trade_no,
                amount={"total": payment.amount_minor, "currency": payment.currency},
                notify_url=notify_url,
                pay_type=_TYPES[payment.method],
                **asked,
            )
        )
        if answer.data is None:
            if answer.code == "USERPAYING":
                return Told(Telling.PENDING, answer.code)
            unsure = answer.silent or answer.code in _ASK_AGAIN
            return Told(Telling.UNKNOWN if unsure else Telling.FAILED, answer.code, payload=_refusal(answer))
        if payment.method is Method.AUTH_CODE:
            return self._transaction(payment.trade_no, answer.data)
        handover = self._handover(payment.method, answer.data)
        return Told(Telling.PENDING if handover else Telling.UNKNOWN, handover=handover)

    def query(self, payment: Payment) -> Told:
        answer = self._ask(lambda: self._sdk.query(out_trade_no=payment.trade_no))
        if answer.data is None:
            return self._none(answer)
        return self._transaction(payment.trade_no, answer.data)

    def close(self, payment: Payment) -> Told:
        if payment.method is Method.AUTH_CODE:
            answer = self._ask(lambda: self._sdk.reverse(payment.trade_no))
        else:
            answer = self._ask(lambda: self._sdk.close(payment.trade_no))
        return self._none(answer) if answer.data is None else Told(Telling.CLOSED)

    def refund(self, payment: Payment, refund: PaymentRefund, notify_url: str) -> Told:
        amount = {"refund": refund.amount_minor, "total": payment.amount_minor, "currency": payment.currency}
        answer = self._ask(
            lambda: self._sdk.refund(
                out_refund_no=refund.refund_no,
                amount=amount,
                out_trade_no=payment.trade_no,
                reason=refund.reason[:80],
                notify_url=notify_url or None,
            )
        )
        if answer.data is not None:
            return self._refund(payment, refund.refund_no, answer.data, "status")
        if answer.code in _REFUND_LOST:
            return Told(Telling.FAILED, answer.code, payload=_refusal(answer))
        stuck = None if answer.silent else Attention.REFUND_STUCK
        return Told(Telling.UNKNOWN, answer.code, attention=stuck, payload=_refusal(answer))

    def query_refund(self, payment: Payment, refund: PaymentRefund) -> Told:
        answer = self._ask(lambda: self._sdk.query_refund(refund.refund_no))
        if answer.data is None:
            return self._none(answer)
        return self._refund(payment, refund.refund_no, answer.data, "status")

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Notification:
        """Raises NotificationRefused."""
        try:
            data = self._sdk.callback(headers, body)
            inside = data["resource"] if data else None
            if not inside:
                raise NotificationRefused(reason="signature")
            if inside["mchid"] != self._mchid or inside.get("appid", self._app_id) != self._app_id:
                raise NotificationRefused(reason="merchant")
            key, trade_no, refund_no = data["id"], inside["out_trade_no"], inside.get("out_refund_no")
            told = (
                self._transaction(trade_no, inside)
                if refund_no is None
                else self._refund(None, refund_no, inside, "refund_status")
            )
        except NotificationRefused:
            raise
        except Exception as error:
            raise NotificationRefused(reason="content") from error
        return Notification(str(key), str(trade_no), refund_no, told)

    def prove(self) -> Told:
        if not self._core.trusts_somebody():
            return Told(Telling.UNKNOWN, "certificates")
        return self._none(self._ask(lambda: self._sdk.query(out_trade_no=uuid4().hex)))

    def _asked(self, payment: Payment, payer: Payer) -> dict[str, Any]:
        """What each method wants to know beside the amount."""
        if payment.method is Method.AUTH_CODE:
            if not payer.auth_code:
                raise PayerNeeded(field="auth_code")
            store = payment.store_id.hex if payment.store_id else payment.trade_no
            return {"payer": {"auth_code": payer.auth_code}, "scene_info": {"store_info": {"out_id": store}}}
        until = payment.expires_at.astimezone(_BEIJING).isoformat(timespec="seconds")
        match payment.method:
            case Method.NATIVE:
                return {"time_expire": until}
            case Method.JSAPI:
                if not payer.open_id:
                    raise PayerNeeded(field="open_id")
                return {"time_expire": until, "payer": {"openid": payer.open_id}}
            case Method.H5:
                if not payer.address:
                    raise PayerNeeded(field="address")
                scene = {"payer_client_ip": payer.address, "h5_info": {"type": "Wap"}}
                return {"time_expire": until, "scene_info": scene}
        raise MethodNotOffered(provider="微信支付", method=str(payment.method))

    def _handover(self, method: Method, data: Mapping[str, Any]) -> dict[str, str]:
        """What the payer's phone is given; for JSAPI signed, as her WeChat wants it."""
        match method:
            case Method.NATIVE:
                return {"code_url": data["code_url"]} if "code_url" in data else {}
            case Method.H5:
                return {"url": data["h5_url"]} if "h5_url" in data else {}
        if "prepay_id" not in data:
            return {}
        stamp, nonce = str(int(self._now().timestamp())), uuid4().hex
        package = f"prepay_id={data['prepay_id']}"
        sign = self._sdk.sign([self._app_id, stamp, nonce, package])
        fields = {"appId": self._app_id, "timeStamp": stamp, "nonceStr": nonce, "package": package}
        return fields | {"signType": "RSA", "paySign": sign}

    def _transaction(self, trade_no: str, data: Mapping[str, Any]) -> Told:
        try:
            if data["mchid"] != self._mchid or data["out_trade_no"] != trade_no:
                return Told(Telling.UNKNOWN, "not_ours")
            state, amount = data["trade_state"], data.get("amount") or {}
            paid = state == "SUCCESS"
            return Told(
                _STATES.get(state, Telling.UNKNOWN),
                state,
                provider_ref=data.get("transaction_id"),
                amount_minor=int(amount["total"]) if paid else None,
                currency=str(amount.get("currency", "CNY")) if paid else None,
                at=datetime.fromisoformat(data["success_time"]) if paid else None,
                attention=Attention.REFUNDED_ELSEWHERE if state == "REFUND" else None,
                payload=_kept(data),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            return Told(Telling.UNKNOWN, "unreadable")

    def _refund(self, payment: Payment | None, refund_no: str, data: Mapping[str, Any], name: str) -> Told:
        try:
            if data["out_refund_no"] != refund_no or (payment and data["out_trade_no"] != payment.trade_no):
                return Told(Telling.UNKNOWN, "not_ours")
            state = data[name]
            return Told(
                _REFUND_STATES.get(state, Telling.UNKNOWN),
                state,
                provider_ref=data.get("refund_id"),
                amount_minor=int(data["amount"]["refund"]),
                currency=str(data["amount"].get("currency", "CNY")),
                attention=Attention.REFUND_STUCK if state == "ABNORMAL" else None,
                payload=_kept(data),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            return Told(Telling.UNKNOWN, "unreadable")

    def _none(self, answer: _Answer) -> Told:
        if answer.code in _ABSENT:
            return Told(Telling.ABSENT, answer.code, payload=_refusal(answer))
        return Told(Telling.UNKNOWN, answer.code, payload=_refusal(answer))

    def _ask(self, act: Callable[[], tuple[int, str]]) -> _Answer:
        try:
            status, text = act()
        except Unbelievable:
            return _Answer(None, "signature")
        except (requests.RequestException, UnicodeDecodeError) as error:
            return _Answer(None, type(error).__name__)
        try:
            data = json.loads(text) if text else {}
        except ValueError:
            return _Answer(None, "unreadable", 0 if 200 <= status < 300 else status)
        if not isinstance(data, dict):
            return _Answer(None, "unreadable")
        return _Answer(data, "", status) if 200 <= status < 300 else _Answer(None, str(data.get("code", "")), status)


def _kept(data: Mapping[str, Any]) -> dict[str, object]:
    return {name: value for name, value in data.items() if name in _KEPT}


def _refusal(answer: _Answer) -> dict[str, object]:
    return {"status": answer.status, "code": answer.code}
