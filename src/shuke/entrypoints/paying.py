"""The payment desk put together: addresses from the settings, and what each kind of payment leads to."""

from collections.abc import Mapping

from shuke.checkout import service as checkout
from shuke.checkout.payments.service import Desk, Gateways, OnPaid, Purpose
from shuke.infra.config import Settings
from shuke.infra.database import Database

ON_PAID: Mapping[Purpose, OnPaid] = {
    Purpose.ORDER: checkout.on_paid,
    Purpose.TOP_UP: checkout.on_prepaid,
    Purpose.PLAN: checkout.on_prepaid,
}
"""Told in the transaction that books the money. Whoever takes payments for something registers here; until then such
money is booked and flagged for a person."""


def payment_desk(database: Database, settings: Settings) -> Desk:
    gateways = Gateways(settings.public_url, settings.wechat_pay_url, settings.alipay_url)
    return Desk(database, gateways, ON_PAID)
