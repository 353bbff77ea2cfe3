"""What paying needs beside the database: where the providers are, and who is told when money arrived.

One desk for a process. It knows each merchant's provider by the version of its account, so that keys are opened and
certificates fetched once and not for each payment.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol
from uuid import UUID

from shuke.checkout.payments import accounts
from shuke.checkout.payments.accounts import Account
from shuke.checkout.payments.errors import ProviderNotSetUp
from shuke.checkout.payments.model import (
    Notification,
    Paid,
    Payer,
    Payment,
    PaymentRefund,
    ProviderName,
    Purpose,
    Told,
)
from shuke.checkout.payments.providers.alipay import Alipay
from shuke.checkout.payments.providers.till import AtTill
from shuke.checkout.payments.providers.wechat import WeChat
from shuke.infra.database import Database, Unit

OnPaid = Callable[[Unit, Paid], bool]
"""Told in the transaction that books the money. False: nobody wants it any more, and it is sent back. Whatever it
raises is undone and tried again later; the money stays booked."""


class Provider(Protocol):
    """What each provider can do. Nothing here touches the database, and nothing is called inside a transaction."""

    def start(self, payment: Payment, payer: Payer, notify_url: str) -> Told: ...
    def query(self, payment: Payment) -> Told: ...
    def close(self, payment: Payment) -> Told: ...
    def refund(self, payment: Payment, refund: PaymentRefund, notify_url: str) -> Told: ...
    def query_refund(self, payment: Payment, refund: PaymentRefund) -> Told: ...
    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Notification:
        """Raises NotificationRefused."""
        ...

    def prove(self) -> Told:
        """Ask for something that is not there: an `absent` proves address, account and keys in both directions."""
        ...


@dataclass(frozen=True, slots=True)
class Gateways:
    """Where the providers are, and where they find us. Seconds: to connect, and to wait for an answer."""

    public_url: str = ""
    wechat_url: str = "https://api.mch.weixin.qq.com"
    alipay_url: str = "https://openapi.alipay.com/gateway.do"
    timeout: tuple[float, float] = (5, 20)


@dataclass(frozen=True)
class Desk:
    database: Database
    gateways: Gateways
    on_paid: Mapping[Purpose, OnPaid]
    _known: dict[tuple[UUID, ProviderName], tuple[Account, Provider]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def provider(self, merchant_id: UUID, name: ProviderName) -> tuple[Account, Provider]:
        """The merchant's own access to a provider. Raises ProviderNotSetUp. Opens a transaction of its own."""
        if name in AT_TILL:
            return AT_TILL_ACCOUNT, AtTill()
        with self.database.merchant(merchant_id) as unit:
            account = accounts.find(unit, name)
        if account is None:
            raise ProviderNotSetUp(provider=accounts.NAMES[name].zh)
        with self._lock:
            known = self._known.get((merchant_id, name))
            if known is None or known[0].version != account.version:
                known = (account, self._open(merchant_id, account))
                self._known[merchant_id, name] = known
        return known

    def _open(self, merchant_id: UUID, account: Account) -> Provider:
        with self.database.merchant(merchant_id) as unit:
            secrets = accounts.secrets(unit, account)
        now, gateways = self.database.clock.now, self.gateways
        if account.provider is ProviderName.WECHAT:
            return WeChat(account, secrets, gateways.wechat_url, gateways.timeout, now)
        return Alipay(account, secrets, gateways.alipay_url, gateways.timeout, now)

    def notify_url(self, merchant_id: UUID, name: ProviderName) -> str:
        """Where the provider reports results for this merchant; empty when nobody outside can reach us."""
        if not self.gateways.public_url or name in AT_TILL:
            return ""
        token = accounts.notification_token(self.database.cipher, merchant_id, name)
        return f"{self.gateways.public_url.rstrip('/')}/v1/payments/notifications/{name}/{token}"


AT_TILL = frozenset({ProviderName.CASH, ProviderName.MANUAL})
AT_TILL_ACCOUNT = Account(ProviderName.CASH, UUID(int=0), "", {}, None)
