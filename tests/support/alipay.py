"""Alipay's open platform on the loopback: its gateway as published, in RSA2, with keys of its own.

Requests must be signed by the app's key; the characters of each answer are signed by Alipay's, notifications as sorted
fields. Each trade number is taken once, each refund number sent once. A shown code is no trade until it is scanned.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

from shuke.kernel.clock import Clock
from tests.support.loopback import Asked, Fault, Said, Silence
from tests.support.wechat_pay import NEEDS_PASSWORD, NO_MONEY
from tests.support.wechat_pay_keys import is_signed, private_text, public_text, rsa_key, signature

APP, SELLER = "2021000118640271", "2088102146225135"
_BEIJING, _STAMP = timezone(timedelta(hours=8)), "%Y-%m-%d %H:%M:%S"


@dataclass
class Trade:
    number: str
    total: str
    notify_url: str
    until: str
    state: str = "SHOWN"
    trade_no: str = field(default_factory=lambda: f"20261122220014{uuid4().int % 10**14:014d}")
    paid_at: str = ""
    refunds: dict[str, Decimal] = field(default_factory=dict)

    @property
    def refunded(self) -> Decimal:
        return sum(self.refunds.values(), Decimal(0))


class Refusal(Exception):
    def __init__(self, sub_code: str) -> None:
        super().__init__(sub_code)
        self.sub_code = sub_code


class Alipay:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.trades: dict[str, Trade] = {}
        self.faults: list[tuple[str, Fault]] = []
        self.asked: list[str] = []
        self.balance_empty = False
        self.slow_s = 1.0
        self.on_ask: list[Any] = []

    def account(self) -> dict[str, str]:
        """What the merchant enters at Shuke."""
        keys = {"private_key": private_text(rsa_key("merchant")), "alipay_public_key": public_text(rsa_key("alipay"))}
        return {"app_id": APP, "seller_id": SELLER, **keys}

    def next(self, what: str, fault: Fault) -> None:
        """The next call of a method whose name holds `what` goes wrong."""
        self.faults.append((what, fault))

    def pay(self, number: str, total: str | None = None) -> Trade:
        """The payer scans what she was shown, and pays."""
        trade = self.trades[number]
        assert self.payable(number), f"a payer cannot pay a trade that is {trade.state} until {trade.until}"
        trade.total = total or trade.total
        trade.state, trade.paid_at = "TRADE_SUCCESS", self._now()
        return trade

    def payable(self, number: str) -> bool:
        trade = self.trades[number]
        return trade.state in ("SHOWN", "WAIT_BUYER_PAY") and self._now() < trade.until

    def answer(self, asked: Asked) -> Said:
        for look in self.on_ask:
            look(asked)
        fields = dict(parse_qsl(urlsplit(asked.target).query)) | dict(parse_qsl(asked.body.decode()))
        method = fields.get("method", "")
        self.asked.append(method)
        fault = next((one for one in self.faults if one[0] in method), None)
        if fault is not None:
            self.faults.remove(fault)
        kind = fault[1] if fault else None
        if kind is Fault.SILENT_BEFORE:
            raise Silence
        if kind is Fault.BROKEN_BEFORE:
            return Said(502, b"<html>bad gateway</html>")
        data = self._answer(method, fields)
        if kind is Fault.SILENT_AFTER:
            raise Silence
        if kind is Fault.SLOW_AFTER:
            time.sleep(self.slow_s)
        return Said(200, self._signed(method, data, kind).encode(), {"Content-Type": "text/html;charset=utf-8"})

    def _signed(self, method: str, data: Mapping[str, Any], fault: Fault | None) -> str:
        """The answer and a signature over its very characters, slashes escaped as Alipay escapes them."""
        raw = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
        name = method.replace(".", "_") + "_response"
        unsigned = data.get("sub_code") == "isv.invalid-signature" or fault is Fault.UNSIGNED
        if unsigned:
            return f'{{"{name}":{raw}}}'
        sign = signature(rsa_key("stranger" if fault is Fault.FORGED else "alipay"), raw)
        if fault is Fault.TAMPERED:
            raw = raw.replace("WAIT_BUYER_PAY", "TRADE_SUCCESS").replace("qr.alipay.com", "forged.example")
            raw = raw.replace('"10000"', '"10000","tampered":"yes"')
        return f'{{"{name}":{raw},"sign":"{sign}"}}'

    def _answer(self, method: str, fields: dict[str, str]) -> dict[str, Any]:
        given = fields.pop("sign", "")
        text = "&".join(f"{name}={value}" for name, value in sorted(fields.items()))
        right = fields.get("app_id") == APP and fields.get("sign_type") == "RSA2"
        if not right or not is_signed(rsa_key("merchant").public_key(), text, given):
            return {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature"}
        try:
            return {"code": "10000", "msg": "Success", **self._act(method, fields)}
        except Refusal as refusal:
            if refusal.sub_code == "ACQ.ORDER_SUCCESS_PAY_INPROCESS":
                content = json.loads(fields["biz_content"])
                return {"code": "10003", "msg": "order success pay inprocess", "out_trade_no": content["out_trade_no"]}
            return {"code": "40004", "msg": "Business Failed", "sub_code": refusal.sub_code, "sub_msg": "失败"}

    def _act(self, method: str, fields: Mapping[str, str]) -> dict[str, Any]:
        content = json.loads(fields["biz_content"])
        number = content["out_trade_no"]
        match method:
            case "alipay.trade.precreate":
                self._place(number, content, fields)
                return {"out_trade_no": number, "qr_code": f"https://qr.alipay.com/bax{number[:8]}"}
            case "alipay.trade.create":
                trade = self._place(number, content, fields)
                trade.state = "WAIT_BUYER_PAY"
                return {"out_trade_no": number, "trade_no": trade.trade_no}
            case "alipay.trade.wap.pay":
                self._place(number, content, fields)
                return {"out_trade_no": number}
            case "alipay.trade.pay":
                return self._scanned(number, content, fields)
            case "alipay.trade.query":
                return self.state(self._trade(number))
            case "alipay.trade.close":
                trade = self._trade(number)
                if trade.state != "WAIT_BUYER_PAY":
                    raise Refusal("ACQ.TRADE_STATUS_ERROR")
                trade.state = "TRADE_CLOSED"
                return {"out_trade_no": number, "trade_no": trade.trade_no}
            case "alipay.trade.cancel":
                return self._cancel(number)
            case "alipay.trade.refund":
                return self._refund(self._trade(number), content)
            case "alipay.trade.fastpay.refund.query":
                return self._refund_state(self._trade(number), content["out_request_no"])
        raise Refusal("isv.invalid-method")

    def _place(self, number: str, content: Mapping[str, Any], fields: Mapping[str, str]) -> Trade:
        known = self.trades.get(number)
        if known is not None and (
            known.state not in ("SHOWN", "WAIT_BUYER_PAY") or known.total != content["total_amount"]
        ):
            raise Refusal("ACQ.TRADE_HAS_SUCCESS" if known.state == "TRADE_SUCCESS" else "ACQ.TRADE_HAS_CLOSE")
        made = Trade(number, content["total_amount"], fields.get("notify_url", ""), content["time_expire"])
        return self.trades.setdefault(number, made)

    def _scanned(self, number: str, content: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
        if number in self.trades:
            raise Refusal("ACQ.TRADE_HAS_SUCCESS")
        if content["auth_code"] == NO_MONEY:
            raise Refusal("ACQ.BUYER_BALANCE_NOT_ENOUGH")
        trade = self._place(number, content, fields)
        trade.state = "WAIT_BUYER_PAY"
        if content["auth_code"] == NEEDS_PASSWORD:
            raise Refusal("ACQ.ORDER_SUCCESS_PAY_INPROCESS")
        said = self.state(self.pay(number))
        said["gmt_payment"] = said.pop("send_pay_date")
        del said["trade_status"]
        return said

    def _trade(self, number: str) -> Trade:
        trade = self.trades.get(number)
        if trade is None or trade.state == "SHOWN":
            raise Refusal("ACQ.TRADE_NOT_EXIST")
        return trade

    def _cancel(self, number: str) -> dict[str, Any]:
        trade = self.trades.get(number)
        action = ""
        if trade is not None:
            action = "refund" if trade.state == "TRADE_SUCCESS" else "close"
            if action == "refund":
                trade.refunds["cancelled"] = Decimal(trade.total)
            trade.state = "TRADE_CLOSED"
        return {"out_trade_no": number, "retry_flag": "N", "action": action}

    def _refund(self, trade: Trade, content: Mapping[str, Any]) -> dict[str, Any]:
        number, amount = content["out_request_no"], Decimal(content["refund_amount"])
        fresh = number not in trade.refunds
        if fresh and self.balance_empty:
            raise Refusal("ACQ.SELLER_BALANCE_NOT_ENOUGH")
        if fresh and (trade.state not in ("TRADE_SUCCESS", "TRADE_CLOSED") or not trade.paid_at):
            raise Refusal("ACQ.TRADE_STATUS_ERROR")
        if fresh and trade.refunded + amount > Decimal(trade.total):
            raise Refusal("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
        trade.refunds.setdefault(number, amount)
        if trade.refunded == Decimal(trade.total):
            trade.state = "TRADE_CLOSED"
        said = {"out_trade_no": trade.number, "trade_no": trade.trade_no, "buyer_logon_id": "159****5620"}
        return said | {"refund_fee": str(trade.refunded), "fund_change": "Y" if fresh else "N"}

    def _refund_state(self, trade: Trade, number: str) -> dict[str, Any]:
        said = {"out_trade_no": trade.number, "trade_no": trade.trade_no, "out_request_no": number}
        if number not in trade.refunds:
            return said
        amounts = {"total_amount": trade.total, "refund_amount": str(trade.refunds[number])}
        return said | amounts | {"refund_status": "REFUND_SUCCESS"}

    def state(self, trade: Trade) -> dict[str, Any]:
        said = {
            "out_trade_no": trade.number,
            "trade_no": trade.trade_no,
            "trade_status": trade.state,
            "total_amount": trade.total,
            "buyer_logon_id": "159****5620",
            "buyer_user_id": "2088101117955611",
        }
        return said | ({"send_pay_date": trade.paid_at} if trade.paid_at else {})

    def notice(self, trade: Trade, fault: Fault | None = None, **changed: str) -> tuple[dict[str, str], bytes]:
        """What Alipay sends by itself about `trade`; `changed` replaces fields before they are signed."""
        said = self.state(trade)
        fields = {name: said[name] for name in ("out_trade_no", "trade_no", "trade_status", "total_amount")}
        fields |= {"app_id": APP, "seller_id": SELLER, "buyer_id": said["buyer_user_id"], "charset": "utf-8"}
        fields |= {"notify_id": uuid4().hex, "notify_time": self._now(), "notify_type": "trade_status_sync"}
        fields |= {"subject": "大树商店 & 水果+蔬菜", "version": "1.0", "gmt_payment": trade.paid_at} | changed
        text = "&".join(f"{name}={value}" for name, value in sorted(fields.items()))
        key = rsa_key("stranger" if fault is Fault.FORGED else "alipay")
        if fault is Fault.TAMPERED:
            fields["total_amount"] = "0.01"
        sent = fields if fault is Fault.UNSIGNED else fields | {"sign": signature(key, text), "sign_type": "RSA2"}
        return {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}, urlencode(sent).encode()

    def _now(self) -> str:
        return self.clock.now().astimezone(_BEIJING).strftime(_STAMP)
