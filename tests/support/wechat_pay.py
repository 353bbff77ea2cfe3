"""WeChat Pay on the loopback: APIv3 as published, with keys of its own.

Requests must be signed by the merchant's certificate, answers and notifications are signed by the platform's, what
notifications carry is encrypted with the APIv3 key. Each payment number is taken once, each refund number sent once.
Tests play the payer (`pay`) and make things go wrong (`next`).
"""

import base64
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shuke.kernel.clock import Clock
from tests.support.loopback import Asked, Fault, Said, Silence
from tests.support.wechat_pay_keys import certificate, is_signed, private_text, public_text, rsa_key, signature

MERCHANT, APP, SERIAL = "1900000109", "wxd678efh567hg6787", "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
PLATFORM_SERIAL, PUBLIC_KEY_ID = "444F4864EA9B34415", "PUB_KEY_ID_0114232134912410000000000000"
API_V3_KEY = "a12d3924fd499edac8a5efc0123456ab"

NEEDS_PASSWORD, NO_MONEY, OLD_CODE, PAYS = "130000000000000001", "130000000000000002", "130000000000000003", "13" * 9
"""Codes on customers' phones."""


@dataclass
class Trade:
    number: str
    total: int
    method: str
    notify_url: str
    until: str
    state: str = "NOTPAY"
    transaction_id: str = field(default_factory=lambda: f"42000{uuid4().int % 10**23:023d}")
    success_time: str = ""
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def refunded(self) -> int:
        return sum(refund["amount"]["refund"] for refund in self.refunds.values() if refund["status"] != "CLOSED")


class Refusal(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class WeChatPay:
    def __init__(self, clock: Clock, *, by_public_key: bool = False) -> None:
        self.clock, self.by_public_key = clock, by_public_key
        self.trades: dict[str, Trade] = {}
        self.faults: list[tuple[str, Fault]] = []
        self.asked: list[str] = []
        self.instant_refunds, self.balance_empty = True, False
        self.slow_s = 1.0
        self.on_ask: list[Any] = []

    def account(self) -> dict[str, str]:
        """What the merchant enters at Shuke."""
        entered = {
            "merchant_number": MERCHANT,
            "app_id": APP,
            "serial": SERIAL,
            "private_key": private_text(rsa_key("merchant")),
            "api_v3_key": API_V3_KEY,
        }
        if self.by_public_key:
            entered |= {"public_key_id": PUBLIC_KEY_ID, "public_key": public_text(rsa_key("platform"))}
        return entered

    def next(self, what: str, fault: Fault) -> None:
        """The next request whose address holds `what` goes wrong."""
        self.faults.append((what, fault))

    def pay(self, number: str, total: int | None = None) -> Trade:
        """The payer pays what she was shown."""
        trade = self.trades[number]
        assert self.payable(number), f"a payer cannot pay a trade that is {trade.state} until {trade.until}"
        if total is not None:
            trade.total = total
        trade.state = "SUCCESS"
        trade.success_time = self.clock.now().replace(microsecond=0).isoformat()
        return trade

    def payable(self, number: str) -> bool:
        trade = self.trades[number]
        return trade.state in ("NOTPAY", "USERPAYING") and self.clock.now() < datetime.fromisoformat(trade.until)

    def answer(self, asked: Asked) -> Said:
        for look in self.on_ask:
            look(asked)
        self.asked.append(f"{asked.method} {urlsplit(asked.target).path}")
        fault = next((one for one in self.faults if one[0] in asked.target), None)
        if fault is not None:
            self.faults.remove(fault)
        kind = fault[1] if fault else None
        if kind is Fault.SILENT_BEFORE:
            raise Silence
        if kind is Fault.BROKEN_BEFORE:
            return Said(502, b"<html>bad gateway</html>")
        try:
            self._check_request(asked)
            status, data = self._route(asked)
        except Refusal as refusal:
            status, data = refusal.status, {"code": refusal.code, "message": refusal.code}
        if kind is Fault.SILENT_AFTER:
            raise Silence
        if kind is Fault.SLOW_AFTER:
            time.sleep(self.slow_s)
        body = json.dumps(data, ensure_ascii=False).encode() if data is not None else b""
        headers = self.signed(body, kind)
        if kind is Fault.TAMPERED:
            body = body.replace(b"NOTPAY", b"SUCCESS").replace(b"weixin://", b"forged://")
        return Said(status, body, headers | {"Content-Type": "application/json; charset=utf-8"})

    def signed(self, body: bytes, fault: Fault | None = None) -> dict[str, str]:
        """The headers of an answer or notification."""
        if fault is Fault.UNSIGNED:
            return {}
        stamp = int(self.clock.now().timestamp()) - (600 if fault is Fault.STALE else 0)
        nonce = uuid4().hex
        key = rsa_key("stranger" if fault is Fault.FORGED else "platform")
        serial = PUBLIC_KEY_ID if self.by_public_key else PLATFORM_SERIAL
        return {
            "Wechatpay-Timestamp": str(stamp),
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": "ABCDEF0123" if fault is Fault.WRONG_SERIAL else serial,
            "Wechatpay-Signature": signature(key, f"{stamp}\n{nonce}\n{body.decode()}\n"),
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        }

    def _check_request(self, asked: Asked) -> None:
        """As the real one does: signed by the merchant's certificate, within five minutes."""
        scheme, _, rest = asked.headers.get("authorization", "").partition(" ")
        given = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        if scheme != "WECHATPAY2-SHA256-RSA2048" or given.get("mchid") != MERCHANT or given.get("serial_no") != SERIAL:
            raise Refusal(401, "SIGN_ERROR")
        if abs(time.time() - int(given["timestamp"])) > 300:
            raise Refusal(401, "SIGN_ERROR")
        parts = (asked.method, asked.target, given["timestamp"], given["nonce_str"], asked.body.decode())
        text = "".join(f"{part}\n" for part in parts)
        if not is_signed(rsa_key("merchant").public_key(), text, given["signature"]):
            raise Refusal(401, "SIGN_ERROR")
        if self.by_public_key and asked.headers.get("wechatpay-serial") != PUBLIC_KEY_ID:
            raise Refusal(400, "PARAM_ERROR")

    def _route(self, asked: Asked) -> tuple[int, dict[str, Any] | None]:
        path, data = urlsplit(asked.target).path, json.loads(asked.body) if asked.body else {}
        if data.get("mchid", MERCHANT) != MERCHANT or data.get("appid", APP) != APP:
            raise Refusal(400, "PARAM_ERROR")
        match asked.method, path.removeprefix("/v3/").split("/"):
            case "GET", ["certificates"]:
                return 200, self._certificates()
            case "POST", ["pay", "transactions", "codepay"]:
                return 200, self._code_pay(data)
            case "POST", ["pay", "transactions", kind]:
                return 200, self._place(kind, data)
            case "GET", ["pay", "transactions", "out-trade-no", number]:
                if parse_qs(urlsplit(asked.target).query).get("mchid") != [MERCHANT]:
                    raise Refusal(400, "PARAM_ERROR")
                return 200, self.transaction(self._trade(number))
            case "POST", ["pay", "transactions", "out-trade-no", number, "close"]:
                return 204, self._close(number)
            case "POST", ["pay", "transactions", "out-trade-no", number, "reverse"]:
                return 200, self._reverse(number)
            case "POST", ["refund", "domestic", "refunds"]:
                return 200, self._refund(data)
            case "GET", ["refund", "domestic", "refunds", number]:
                return 200, self.refund_of(number)
        raise Refusal(404, "NOT_FOUND")

    def _place(self, kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
        if not data.get("notify_url") or not data.get("description") or data["amount"]["total"] < 1:
            raise Refusal(400, "PARAM_ERROR")
        trade = self.trades.get(data["out_trade_no"])
        if trade is None:
            trade = Trade(data["out_trade_no"], data["amount"]["total"], kind, data["notify_url"], data["time_expire"])
        self.trades[trade.number] = trade
        if trade.state != "NOTPAY" or trade.total != data["amount"]["total"]:
            raise Refusal(400, "ORDERPAID" if trade.state == "SUCCESS" else "ORDER_CLOSED")
        match kind:
            case "native":
                return {"code_url": f"weixin://wxpay/bizpayurl?pr={trade.number[:8]}"}
            case "h5":
                return {"h5_url": f"https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={trade.number}"}
            case "jsapi" if data["payer"]["openid"]:
                return {"prepay_id": f"wx{trade.number[:30]}"}
        raise Refusal(404, "NOT_FOUND")

    def _code_pay(self, data: Mapping[str, Any]) -> dict[str, Any]:
        number, code = data["out_trade_no"], data["payer"]["auth_code"]
        if number in self.trades:
            raise Refusal(400, "ORDERPAID" if self.trades[number].state == "SUCCESS" else "OUT_TRADE_NO_USED")
        if code == OLD_CODE:
            raise Refusal(400, "AUTH_CODE_EXPIRE")
        trade = self.trades[number] = Trade(number, data["amount"]["total"], "codepay", "", "9999-01-01T00:00:00+08:00")
        if code == NO_MONEY:
            trade.state = "PAYERROR"
            raise Refusal(403, "NOTENOUGH")
        if code == NEEDS_PASSWORD:
            trade.state = "USERPAYING"
            raise Refusal(400, "USERPAYING")
        return self.transaction(self.pay(number))

    def _trade(self, number: str) -> Trade:
        if number not in self.trades:
            raise Refusal(404, "ORDER_NOT_EXIST")
        return self.trades[number]

    def _close(self, number: str) -> None:
        trade = self._trade(number)
        if trade.state == "SUCCESS":
            raise Refusal(400, "ORDERPAID")
        trade.state = "CLOSED"

    def _reverse(self, number: str) -> dict[str, Any]:
        trade = self._trade(number)
        if trade.state == "SUCCESS":
            trade.refunds["reversed"] = {"status": "SUCCESS", "amount": {"refund": trade.total}}
        trade.state = "REVOKED"
        return {"out_trade_no": number}

    def _refund(self, data: Mapping[str, Any]) -> dict[str, Any]:
        trade = self._trade(data["out_trade_no"])
        number, amount = data["out_refund_no"], data["amount"]
        if number in trade.refunds:
            return trade.refunds[number]
        if self.balance_empty:
            raise Refusal(403, "NOT_ENOUGH")
        wrong = trade.state not in ("SUCCESS", "REFUND") or amount["total"] != trade.total
        if wrong or trade.refunded + amount["refund"] > trade.total:
            raise Refusal(400, "INVALID_REQUEST")
        trade.refunds[number] = {
            "refund_id": f"50300{uuid4().int % 10**23:023d}",
            "out_refund_no": number,
            "transaction_id": trade.transaction_id,
            "out_trade_no": trade.number,
            "channel": "ORIGINAL",
            "user_received_account": "招商银行信用卡0403",
            "create_time": self.clock.now().isoformat(),
            "status": "SUCCESS" if self.instant_refunds else "PROCESSING",
            "amount": {"total": trade.total, "refund": amount["refund"], "currency": "CNY"},
        }
        trade.state = "REFUND"
        return trade.refunds[number]

    def refund_of(self, number: str) -> dict[str, Any]:
        for trade in self.trades.values():
            if number in trade.refunds:
                return trade.refunds[number]
        raise Refusal(404, "RESOURCE_NOT_EXISTS")

    def transaction(self, trade: Trade) -> dict[str, Any]:
        told: dict[str, Any] = {
            "appid": APP,
            "mchid": MERCHANT,
            "out_trade_no": trade.number,
            "trade_state": trade.state,
            "trade_state_desc": trade.state,
            "attach": "",
        }
        if not trade.success_time:
            return told
        return told | {
            "transaction_id": trade.transaction_id,
            "trade_type": trade.method.upper(),
            "bank_type": "OTHERS",
            "success_time": trade.success_time,
            "payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
            "amount": {"total": trade.total, "payer_total": trade.total, "currency": "CNY", "payer_currency": "CNY"},
        }

    def _certificates(self) -> dict[str, Any]:
        if self.by_public_key:
            raise Refusal(404, "RESOURCE_NOT_EXISTS")
        encrypted = self.encrypted(certificate("platform", int(PLATFORM_SERIAL, 16)), "certificate")
        valid = {"effective_time": "2020-01-01T08:00:00+08:00", "expire_time": "2090-01-01T08:00:00+08:00"}
        return {"data": [{"serial_no": PLATFORM_SERIAL, **valid, "encrypt_certificate": encrypted}]}

    def encrypted(self, text: str, about: str, key: str = API_V3_KEY) -> dict[str, Any]:
        nonce = uuid4().hex[:12]
        sealed = base64.b64encode(AESGCM(key.encode()).encrypt(nonce.encode(), text.encode(), about.encode())).decode()
        return {"algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "associated_data": about, "ciphertext": sealed}
