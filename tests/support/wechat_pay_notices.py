"""What WeChat Pay sends by itself, rightly and wrongly."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from tests.support.loopback import Fault
from tests.support.wechat_pay import API_V3_KEY, MERCHANT, Trade, WeChatPay

Notice = tuple[dict[str, str], bytes]
"""Headers and body."""


def paid_notice(
    standin: WeChatPay,
    trade: Trade,
    fault: Fault | None = None,
    *,
    number: str | None = None,
    key: str = API_V3_KEY,
    **changed: Any,
) -> Notice:
    """That `trade` was paid; `changed` replaces what it says, `key` what it is encrypted with."""
    return _notice(standin, "TRANSACTION.SUCCESS", standin.transaction(trade) | changed, fault, number, key)


def refund_notice(standin: WeChatPay, refund: Mapping[str, Any], fault: Fault | None = None) -> Notice:
    """How a refund ended."""
    said = {name: refund[name] for name in ("refund_id", "out_refund_no", "transaction_id", "out_trade_no")}
    said |= {"mchid": MERCHANT, "refund_status": refund["status"], "user_received_account": "招商银行信用卡0403"}
    said["amount"] = {**refund["amount"], "payer_total": refund["amount"]["total"]}
    said["amount"].pop("currency")
    return _notice(standin, f"REFUND.{refund['status']}", said, fault, None, API_V3_KEY)


def _notice(
    standin: WeChatPay, event: str, said: Mapping[str, Any], fault: Fault | None, number: str | None, key: str
) -> Notice:
    kind = "refund" if event.startswith("REFUND") else "transaction"
    document = {
        "id": number or str(uuid4()),
        "create_time": standin.clock.now().isoformat(),
        "event_type": event,
        "resource_type": "encrypt-resource",
        "summary": "支付成功",
        "resource": {"original_type": kind, **standin.encrypted(json.dumps(said, ensure_ascii=False), kind, key)},
    }
    body = json.dumps(document, ensure_ascii=False).encode()
    headers = standin.signed(body, fault) | {"Content-Type": "application/json"}
    return headers, body.replace(b"TRANSACTION", b"transaction") if fault is Fault.TAMPERED else body
