"""Alipay: shown codes, scanned codes, mini-program, mobile browser."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

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
from shuke.checkout.payments.providers import keys
from shuke.checkout.payments.providers.alipay_gateway import BEIJING, STAMP, Gateway, Reply
from shuke.kernel.money import format_minor, parse_minor

_CURRENCY = "CNY"
_STATES = {
    "WAIT_BUYER_PAY": Telling.PENDING,
    "TRADE_SUCCESS": Telling.PAID,
    "TRADE_FINISHED": Telling.PAID,
    "TRADE_CLOSED": Telling.CLOSED,
}
_ABSENT = "ACQ.TRADE_NOT_EXIST"
_UNSURE = frozenset(
    {
        "ACQ.SYSTEM_ERROR",
        "AOP.ACQ.SYSTEM_ERROR",
        "ACQ.TRADE_HAS_SUCCESS",
        "ACQ.TRADE_HAS_CLOSE",
        "ACQ.TRADE_STATUS_ERROR",
        "ACQ.REASON_TRADE_STATUS_INVALID",
        "ACQ.CONTEXT_INCONSISTENT",
    }
)
"""Refusals that say nothing of the money: it has to be asked about."""
_WAITING_FOR_FUNDS = frozenset({"ACQ.SELLER_BALANCE_NOT_ENOUGH", "ACQ.REFUND_CHARGE_ERROR"})
_KEPT = frozenset(
    {
        "app_id",
        "code",
        "sub_code",
        "msg",
        "sub_msg",
        "out_trade_no",
        "trade_no",
        "trade_status",
        "total_amount",
        "receipt_amount",
        "gmt_payment",
        "send_pay_date",
        "refund_fee",
        "refund_amount",
        "fund_change",
        "out_request_no",
        "out_biz_no",
        "refund_status",
        "gmt_refund",
        "action",
        "retry_flag",
        "seller_id",
        "notify_id",
        "notify_time",
        "notify_type",
    }
)
"""Of an answer, what is stored: nothing about the payer."""


class Alipay:
    def __init__(
        self,
        account: Account,
        secrets: Mapping[str, str],
        address: str,
        timeout: tuple[float, float],
        now: Callable[[], datetime],
    ) -> None:
        self._seller = account.details.get("seller_id")
        own, theirs = keys.private_key(secrets["private_key"]), keys.public_key(secrets["alipay_public_key"])
        self._gateway = Gateway(account.payee, own, theirs, address, timeout, now)

    def start(self, payment: Payment, payer: Payer, notify_url: str) -> Told:
        """Raises PayerNeeded, MethodNotOffered."""
        until = payment.expires_at.astimezone(BEIJING).strftime(STAMP)
        content: dict[str, Any] = {
            "out_trade_no": payment.trade_no,
            "total_amount": format_minor(payment.amount_minor, payment.currency),
            "subject": payment.description[:120],
            "time_expire": until,
        }
        match payment.method:
            case Method.NATIVE:
                return self._presented(self._gateway.call("alipay.trade.precreate", content, notify_url), "qr_code")
            case Method.AUTH_CODE:
                if not payer.auth_code:
                    raise PayerNeeded(field="auth_code")
                scanned = {"scene": "bar_code", "auth_code": payer.auth_code, "product_code": "FACE_TO_FACE_PAYMENT"}
                return self._scanned(payment, self._gateway.call("alipay.trade.pay", content | scanned, notify_url))
            case Method.JSAPI:
                if not payer.open_id:
                    raise PayerNeeded(field="open_id")
                buyer = {"buyer_open_id": payer.open_id, "product_code": "JSAPI_PAY"}
                return self._presented(
                    self._gateway.call("alipay.trade.create", content | buyer, notify_url), "trade_no"
                )
            case Method.H5:
                page = content | {"product_code": "QUICK_WAP_WAY"}
                return Told(
                    Telling.PENDING, handover={"url": self._gateway.link("alipay.trade.wap.pay", page, notify_url)}
                )
        raise MethodNotOffered(provider="支付宝", method=str(payment.method))

    def _presented(self, reply: Reply, name: str) -> Told:
        if reply.ok and name in reply.data:
            ref = reply.data.get("trade_no")
            return Told(Telling.PENDING, provider_ref=ref, handover={name: reply.data[name]}, payload=_kept(reply.data))
        return _refused(reply)

    def _scanned(self, payment: Payment, reply: Reply) -> Told:
        if reply.code == "10003":
            return Told(Telling.PENDING, reply.sub_code, reply.data.get("trade_no"), payload=_kept(reply.data))
        if reply.ok:
            return self._trade(payment.trade_no, {**reply.data, "trade_status": "TRADE_SUCCESS"})
        return _refused(reply)

    def query(self, payment: Payment) -> Told:
        reply = self._gateway.call("alipay.trade.query", {"out_trade_no": payment.trade_no})
        return self._trade(payment.trade_no, reply.data) if reply.ok else _none(reply)

    def close(self, payment: Payment) -> Told:
        """A scanned code is undone (`cancel`: sent back when it was paid after all), a shown one closed."""
        method = "alipay.trade.cancel" if payment.method is Method.AUTH_CODE else "alipay.trade.close"
        reply = self._gateway.call(method, {"out_trade_no": payment.trade_no})
        if not reply.ok or reply.data.get("retry_flag", "N") == "Y":
            return _none(reply)
        undone = payment.method is not Method.AUTH_CODE or reply.data.get("action")
        return Told(Telling.CLOSED if undone else Telling.ABSENT, payload=_kept(reply.data))

    def refund(self, payment: Payment, refund: PaymentRefund, notify_url: str) -> Told:  # noqa: ARG002
        """`fund_change` tells that money moved just now; without it the refund is asked about."""
        content = {
            "out_trade_no": payment.trade_no,
            "refund_amount": format_minor(refund.amount_minor, payment.currency),
            "out_request_no": refund.refund_no,
            "refund_reason": refund.reason[:80],
        }
        reply = self._gateway.call("alipay.trade.refund", content)
        if reply.ok and reply.data.get("out_trade_no") == payment.trade_no:
            if reply.data.get("fund_change") == "Y":
                return Told(Telling.PAID, provider_ref=reply.data.get("trade_no"), payload=_kept(reply.data))
            return Told(Telling.PENDING, "fund_change", payload=_kept(reply.data))
        told = _refused(reply)
        if reply.sub_code in _WAITING_FOR_FUNDS or (reply.code.startswith("4") and told.telling is Telling.UNKNOWN):
            return replace(told, telling=Telling.UNKNOWN, attention=Attention.REFUND_STUCK)
        return told

    def query_refund(self, payment: Payment, refund: PaymentRefund) -> Told:
        content = {"out_trade_no": payment.trade_no, "out_request_no": refund.refund_no}
        reply = self._gateway.call("alipay.trade.fastpay.refund.query", content)
        if not reply.ok:
            return _none(reply)
        if reply.data.get("refund_status") != "REFUND_SUCCESS" or reply.data.get("out_request_no") != refund.refund_no:
            return Told(Telling.ABSENT, payload=_kept(reply.data))
        try:
            amount = parse_minor(reply.data["refund_amount"], payment.currency)
        except (KeyError, ValueError, TypeError):
            return Told(Telling.UNKNOWN, "unreadable", payload=_kept(reply.data))
        ref = reply.data.get("trade_no")
        return Told(Telling.PAID, "", ref, amount, payment.currency, payload=_kept(reply.data))

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Notification:  # noqa: ARG002
        """Raises NotificationRefused. They carry no time that could be too old: one sent again is a duplicate."""
        fields = self._gateway.read_form(body)
        if fields is None:
            raise NotificationRefused(reason="signature")
        if fields.get("app_id") != self._gateway.app_id or (self._seller and fields.get("seller_id") != self._seller):
            raise NotificationRefused(reason="merchant")
        key, trade_no = fields.get("notify_id"), fields.get("out_trade_no")
        if not key or not trade_no:
            raise NotificationRefused(reason="content")
        # A refund is told of as its trade's new state; what it did to the refund itself is asked about.
        return Notification(key, trade_no, None, self._trade(trade_no, fields))

    def prove(self) -> Told:
        return _none(self._gateway.call("alipay.trade.query", {"out_trade_no": uuid4().hex}))

    def _trade(self, trade_no: str, data: Mapping[str, Any]) -> Told:
        if data.get("out_trade_no") != trade_no:
            return Told(Telling.UNKNOWN, "not_ours")
        telling = _STATES.get(str(data.get("trade_status")), Telling.UNKNOWN)
        try:
            paid = telling is Telling.PAID
            when = data.get("gmt_payment") or data.get("send_pay_date")
            return Told(
                telling,
                str(data.get("trade_status", "")),
                provider_ref=data.get("trade_no"),
                amount_minor=parse_minor(data["total_amount"], _CURRENCY) if paid else None,
                currency=_CURRENCY if paid else None,
                at=datetime.strptime(when, STAMP).replace(tzinfo=BEIJING) if paid and when else None,
                payload=_kept(data),
            )
        except (KeyError, ValueError, TypeError):
            return Told(Telling.UNKNOWN, "unreadable", payload=_kept(data))


def _refused(reply: Reply) -> Told:
    """A signed refusal is final, unless it says that the money has to be asked about."""
    sure = reply.code.startswith("4") and reply.sub_code not in _UNSURE
    return Told(Telling.FAILED if sure else Telling.UNKNOWN, reply.sub_code or reply.code, payload=_kept(reply.data))


def _none(reply: Reply) -> Told:
    telling = Telling.ABSENT if reply.sub_code == _ABSENT else Telling.UNKNOWN
    return Told(telling, reply.sub_code or reply.code, payload=_kept(reply.data))


def _kept(data: Mapping[str, Any]) -> dict[str, object]:
    return {name: value for name, value in data.items() if name in _KEPT}
