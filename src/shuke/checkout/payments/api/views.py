"""Payments and accounts as the API shows them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from shuke.checkout.payments.accounts import Account
from shuke.checkout.payments.listing import WholePayment
from shuke.checkout.payments.model import (
    Attention,
    Method,
    PaymentRefund,
    PaymentStatus,
    ProviderName,
    Purpose,
    RefundStatus,
)
from shuke.infra.http import View
from shuke.infra.http_ids import PaymentId, PaymentRefundId, StoreId
from shuke.infra.http_refs import StoreRef
from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import Store

_PREFIX = {Purpose.ORDER: Prefix.ORDER}


class PaymentRefundView(View):
    id: PaymentRefundId
    amount_minor: int
    reason: str
    status: RefundStatus
    provider_ref: str | None
    failure: str | None
    attention: Attention | None
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, refund: PaymentRefund) -> "PaymentRefundView":
        return cls(
            id=refund.refund_id,
            amount_minor=refund.amount_minor,
            reason=refund.reason,
            status=refund.status,
            provider_ref=refund.provider_ref,
            failure=refund.failure,
            attention=refund.attention,
            created_at=refund.created_at,
            ended_at=refund.ended_at,
        )


class PaymentView(View):
    """`reference` is what is paid for. `handover` is what to show the payer while it is pending: a code to draw
    (`code_url`, `qr_code`), a page to open (`url`), or the fields her app asks for."""

    id: PaymentId
    purpose: Purpose
    reference: str
    provider: ProviderName
    method: Method
    amount_minor: int
    received_minor: int
    currency: str
    description: str
    store_id: StoreId | None
    store: StoreRef | None
    status: PaymentStatus
    handover: dict[str, str]
    provider_ref: str | None
    failure: str | None
    attention: Attention | None
    created_at: datetime
    expires_at: datetime
    paid_at: datetime | None
    refunds: list[PaymentRefundView]

    @classmethod
    def of(cls, found: WholePayment, stores: Mapping[UUID, Store]) -> "PaymentView":
        payment = found.payment
        prefix = _PREFIX.get(payment.purpose)
        store = stores.get(payment.store_id) if payment.store_id else None
        return cls(
            id=payment.payment_id,
            purpose=payment.purpose,
            reference=show(prefix, payment.reference_id) if prefix else payment.reference_id.hex,
            provider=payment.provider,
            method=payment.method,
            amount_minor=payment.amount_minor,
            received_minor=payment.received_minor,
            currency=payment.currency,
            description=payment.description,
            store_id=payment.store_id,
            store=StoreRef.of(store) if store else None,
            status=payment.status,
            handover=dict(payment.handover) if payment.live else {},
            provider_ref=payment.provider_ref,
            failure=payment.failure,
            attention=payment.attention,
            created_at=payment.created_at,
            expires_at=payment.expires_at,
            paid_at=payment.paid_at,
            refunds=[PaymentRefundView.of(refund) for refund in found.refunds],
        )


class PaymentList(View):
    items: list[PaymentView]
    next_cursor: str | None


class CounterProvider(View):
    """A provider that can be asked for money at the till. `auth_code`: her code is scanned; `native`: one is shown."""

    provider: ProviderName
    methods: list[Method]


class CounterProviderList(View):
    items: list[CounterProvider]


class PaymentAccountView(View):
    """`payee` is the merchant's number at the provider. Keys are never shown."""

    provider: ProviderName
    payee: str
    details: dict[str, str]
    notification_url: str
    set_at: datetime | None

    @classmethod
    def of(cls, account: Account, notification_url: str) -> "PaymentAccountView":
        return cls(
            provider=account.provider,
            payee=account.payee,
            details=dict(account.details),
            notification_url=notification_url,
            set_at=account.set_at,
        )


class PaymentAccountList(View):
    items: list[PaymentAccountView]


class AccountProof(View):
    """`ok`: the provider answered, and both signatures were right. Otherwise `reason` is its word for why not."""

    ok: bool
    reason: str
