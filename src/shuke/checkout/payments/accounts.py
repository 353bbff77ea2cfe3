"""The merchant's accounts at the providers. Keys are sealed when they come in and never shown again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.checkout.payments import store
from shuke.checkout.payments.errors import AccountInUse, NotificationRefused
from shuke.checkout.payments.model import ProviderName
from shuke.checkout.payments.tables import payment_accounts
from shuke.infra.crypto import Cipher
from shuke.infra.database import Unit
from shuke.kernel.errors import NotFound
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.tenancy import service as tenancy

NAMES = {
    ProviderName.CASH: Text("现金", "cash"),
    ProviderName.MANUAL: Text("人工登记", "manual"),
    ProviderName.WECHAT: Text("微信支付", "WeChat Pay"),
    ProviderName.ALIPAY: Text("支付宝", "Alipay"),
}
_FIELD = "payment_account"
_TOKEN = "payment_notification"  # noqa: S105 - the purpose of a key, not a key


@dataclass(frozen=True, slots=True)
class Account:
    """What may be shown of an account: `payee` is the merchant's number there, `details` the rest that is no secret."""

    provider: ProviderName
    version: UUID
    payee: str
    details: Mapping[str, str]
    set_at: datetime | None


def find(unit: Unit, provider: ProviderName) -> Account | None:
    return next((account for account in every(unit) if account.provider is provider), None)


def every(unit: Unit) -> Sequence[Account]:
    table = payment_accounts.c
    rows = unit.connection.execute(
        sa.select(table.provider, table.version, table.payee, table.details, table.set_at)
        .where(table.merchant_id == unit.merchant_id)
        .order_by(table.provider)
    )
    return [Account(ProviderName(row.provider), *row[1:]) for row in rows]


def secrets(unit: Unit, account: Account) -> Mapping[str, str]:
    """The keys, for talking to the provider and nothing else. Raises NotFound when they were replaced meanwhile."""
    table = payment_accounts.c
    sealed = unit.connection.scalar(
        sa.select(table.secret_cipher).where(
            table.merchant_id == unit.merchant_id,
            table.provider == str(account.provider),
            table.version == account.version,
        )
    )
    if sealed is None:
        raise NotFound(what="payment account")
    opened: dict[str, str] = json.loads(unit.open(_FIELD, sealed))
    return opened


def replace(
    unit: Unit, provider: ProviderName, payee: str, details: Mapping[str, str], keys: Mapping[str, str]
) -> Account:
    """Set the account, or replace it. Another payee only while nothing is under way at the old one: its payments
    could not be asked for any more. Raises AccountInUse."""
    before = find(unit, provider)
    if before is not None and before.payee != payee:
        _refuse_in_use(unit, before)
    account = Account(provider, new_id(), payee, dict(details), unit.now())
    row = {
        "version": account.version,
        "payee": payee,
        "details": dict(details),
        "secret_cipher": unit.seal(_FIELD, json.dumps(dict(keys))),
        "set_at": account.set_at,
    }
    unit.connection.execute(
        insert(payment_accounts)
        .values(merchant_id=unit.merchant_id, provider=str(provider), **row)
        .on_conflict_do_update(index_elements=["merchant_id", "provider"], set_=row)
    )
    shown = None if before is None else {"payee": before.payee, **before.details}
    after = {"payee": payee, **details}
    tenancy.record_change(unit, "payment_account.set", "payment_account", account.version, shown, after)
    return account


def remove(unit: Unit, provider: ProviderName) -> None:
    """Forget the account and its keys. Raises NotFound, AccountInUse."""
    before = find(unit, provider)
    if before is None:
        raise NotFound(what="payment account")
    _refuse_in_use(unit, before)
    table = payment_accounts.c
    unit.connection.execute(
        payment_accounts.delete().where(table.merchant_id == unit.merchant_id, table.provider == str(provider))
    )
    shown = {"payee": before.payee, **before.details}
    tenancy.record_change(unit, "payment_account.removed", "payment_account", before.version, shown, None)


def _refuse_in_use(unit: Unit, account: Account) -> None:
    count = store.under_way(unit, account.provider)
    if count:
        raise AccountInUse(count=count, payee=account.payee)


def notification_token(cipher: Cipher, merchant_id: UUID, provider: ProviderName) -> str:
    """Says for whom a notification is, and cannot be made up: the merchant and a keyed digest, 64 digits."""
    return merchant_id.hex + cipher.index(merchant_id, _TOKEN, provider).hex()


def read_token(cipher: Cipher, provider: ProviderName, token: str) -> UUID:
    """The merchant of a token of ours. Raises NotificationRefused."""
    try:
        merchant_id = UUID(hex=token[:32])
    except ValueError as error:
        raise NotificationRefused(reason="address") from error
    if not compare_digest(token.encode(), notification_token(cipher, merchant_id, provider).encode()):
        raise NotificationRefused(reason="address")
    return merchant_id
