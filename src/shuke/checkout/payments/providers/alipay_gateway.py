"""Alipay's open platform protocol, in RSA2 with public keys: signed requests, signed answers, signed notifications.

Why not by the SDK: docs/adr/0009-alipay-without-its-sdk.md.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from json import JSONDecodeError, JSONDecoder
from typing import Any
from urllib.parse import parse_qsl, urlencode

import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from shuke.checkout.payments.providers import keys

BEIJING = timezone(timedelta(hours=8))
STAMP = "%Y-%m-%d %H:%M:%S"
_DECODER = JSONDecoder()


@dataclass(frozen=True, slots=True)
class Reply:
    """A signed answer: `code` 10000 is success. Without one that can be believed, `code` is empty and `sub_code` says
    what was wrong."""

    code: str
    sub_code: str
    data: Mapping[str, Any]

    @property
    def ok(self) -> bool:
        return self.code == "10000"


@dataclass(frozen=True, slots=True)
class Gateway:
    app_id: str
    own_key: RSAPrivateKey
    alipay_key: RSAPublicKey
    address: str
    timeout: tuple[float, float]
    now: Callable[[], datetime]

    def call(self, method: str, content: Mapping[str, Any], notify_url: str = "") -> Reply:
        """Ask, and believe only what is signed."""
        try:
            answer = requests.post(
                self.address,
                params={"charset": "utf-8"},
                data=self.signed(method, content, notify_url),
                timeout=self.timeout,
                allow_redirects=False,
            )
            text = answer.content.decode()
        except (requests.RequestException, UnicodeDecodeError) as error:
            return Reply("", type(error).__name__, {})
        return self.read(method, text)

    def signed(self, method: str, content: Mapping[str, Any], notify_url: str = "") -> dict[str, str]:
        """The parameters of a request with their signature."""
        fields = {
            "app_id": self.app_id,
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": self.now().astimezone(BEIJING).strftime(STAMP),
            "version": "1.0",
            "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        }
        if notify_url:
            fields["notify_url"] = notify_url
        return fields | {"sign": keys.sign(self.own_key, signed_text(fields))}

    def link(self, method: str, content: Mapping[str, Any], notify_url: str) -> str:
        """The address of a page at Alipay that the payer's browser opens."""
        return f"{self.address}?{urlencode(self.signed(method, content, notify_url))}"

    def read(self, method: str, text: str) -> Reply:
        """What a body says, if Alipay signed it: the signature covers the answer's very characters."""
        try:
            parts = _members(text)
            raw, signature = parts[method.replace(".", "_") + "_response"], json.loads(parts["sign"])
        except (ValueError, KeyError):
            return Reply("", f"unsigned {_hint(text)}".strip(), {})
        if not isinstance(signature, str) or not keys.verifies(self.alipay_key, raw, signature):
            return Reply("", "signature", {})
        data = json.loads(raw)
        if not isinstance(data, dict):
            return Reply("", "unreadable", {})
        return Reply(str(data.get("code", "")), str(data.get("sub_code", "")), data)

    def read_form(self, body: bytes) -> Mapping[str, str] | None:
        """The fields of a notification, if Alipay signed them."""
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=200)
        except ValueError:
            return None
        fields = dict(pairs)
        if len(fields) != len(pairs) or fields.pop("sign_type", "") != "RSA2":
            return None
        signature = fields.pop("sign", "")
        return fields if keys.verifies(self.alipay_key, signed_text(fields), signature) else None


def _hint(text: str) -> str:
    """What an unsigned refusal claims, for people to read: nothing follows from it."""
    found = re.search(r'"sub_code"\s*:\s*"([\w.-]{1,60})"', text)
    return found[1] if found else ""


def signed_text(fields: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in sorted(fields.items()))


def _members(text: str) -> dict[str, str]:
    """The members of a JSON object, each value as it stands in the text. Raises ValueError; no name may come twice,
    or one could be verified and the other believed."""
    members: dict[str, str] = {}
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise JSONDecodeError("no object", text, at)
    at = _skip(text, at + 1)
    while text[at : at + 1] == '"':
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] != ":" or name in members:
            raise JSONDecodeError("no member", text, at)
        begin = _skip(text, at + 1)
        _, end = _DECODER.raw_decode(text, begin)
        members[name] = text[begin:end]
        at = _skip(text, end)
        if text[at : at + 1] != ",":
            break
        at = _skip(text, at + 1)
    if text[at : at + 1] != "}" or text[at + 1 :].strip():
        raise JSONDecodeError("no end", text, at)
    return members


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at
