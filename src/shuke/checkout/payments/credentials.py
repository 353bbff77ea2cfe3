"""Keys as an owner enters them, checked before they are sealed: a wrong one is told of here, not at the till."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from shuke.checkout.payments.model import ProviderName
from shuke.checkout.payments.providers import keys
from shuke.kernel.errors import FieldProblem, Invalid
from shuke.kernel.text import Text

_Key = TypeVar("_Key")
_NO_PRIVATE = Text(
    "不是可用的 RSA 私钥（至少 2048 位）。请粘贴私钥文件的全部内容。",
    "This is no usable RSA private key (2048 bits or more). Paste the whole content of the private key file.",
)
_NO_PUBLIC = Text(
    "不是可用的 RSA 公钥（至少 2048 位）。请粘贴平台公钥的全部内容。",
    "This is no usable RSA public key (2048 bits or more). Paste the whole of the provider's public key.",
)
_OWN_PUBLIC = Text(
    "这是您自己的公钥；请填写平台提供的公钥。",
    "This is your own public key. Enter the public key that the provider shows you.",
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """`details` may be shown; `keys` never."""

    provider: ProviderName
    payee: str
    details: Mapping[str, str]
    keys: Mapping[str, str]


def wechat(
    merchant_number: str,
    app_id: str,
    serial: str,
    private_key: str,
    api_v3_key: str,
    public_key_id: str | None,
    public_key: str | None,
) -> Credentials:
    """With `public_key_id` and `public_key`, WeChat Pay's answers are verified with that key; without, with the
    platform certificates that it hands out. Raises Invalid."""
    if (public_key_id is None) != (public_key is None):
        missing = "public_key" if public_key is None else "public_key_id"
        raise _wrong(missing, Text("公钥与公钥 ID 须同时填写。", "Enter the public key together with its id."))
    own = _read(keys.private_key, private_key, "private_key", _NO_PRIVATE)
    details = {"app_id": app_id, "serial": serial.upper()}
    sealed = {"private_key": keys.private_pem(own), "api_v3_key": api_v3_key}
    if public_key is not None and public_key_id is not None:
        theirs = _read(keys.public_key, public_key, "public_key", _NO_PUBLIC)
        if keys.belong_together(own, theirs):
            raise _wrong("public_key", _OWN_PUBLIC)
        details["public_key_id"] = public_key_id
        sealed["public_key"] = keys.public_pem(theirs)
    return Credentials(ProviderName.WECHAT, merchant_number, details, sealed)


def alipay(app_id: str, private_key: str, alipay_public_key: str, seller_id: str | None) -> Credentials:
    """Raises Invalid."""
    own = _read(keys.private_key, private_key, "private_key", _NO_PRIVATE)
    theirs = _read(keys.public_key, alipay_public_key, "alipay_public_key", _NO_PUBLIC)
    if keys.belong_together(own, theirs):
        raise _wrong("alipay_public_key", _OWN_PUBLIC)
    sealed = {"private_key": keys.private_pem(own), "alipay_public_key": keys.public_pem(theirs)}
    return Credentials(ProviderName.ALIPAY, app_id, {"seller_id": seller_id} if seller_id else {}, sealed)


def _read(read: Callable[[str], _Key], text: str, field: str, problem: Text) -> _Key:
    try:
        return read(text)
    except ValueError as error:
        raise _wrong(field, problem) from error


def _wrong(field: str, problem: Text) -> Invalid:
    return Invalid(fields=(FieldProblem(field, problem),))
