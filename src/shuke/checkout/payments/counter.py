"""Whom a till can ask for money, and how."""

from collections.abc import Sequence

from shuke.checkout.payments import accounts
from shuke.checkout.payments.intents import takes
from shuke.checkout.payments.model import Method, ProviderName
from shuke.infra.database import Unit


def at_counter(unit: Unit, *, reachable: bool) -> list[tuple[ProviderName, Sequence[Method]]]:
    """The providers that are set up, with their ways of paying face to face. `reachable`: the world can report results
    to us, without which WeChat Pay makes no code to show."""
    if not takes(unit):
        return []
    shown = {ProviderName.WECHAT: reachable, ProviderName.ALIPAY: True}
    return [
        (account.provider, (Method.AUTH_CODE, Method.NATIVE) if shown[account.provider] else (Method.AUTH_CODE,))
        for account in accounts.every(unit)
    ]
