"""Orders as the API hears of them: placed, paid later, let go."""

from pydantic import Field

from shuke.checkout.api.bodies import OrderBody, TenderBody
from shuke.checkout.model import Tender
from shuke.checkout.paying import Outside
from shuke.checkout.payments.model import Method, ProviderName
from shuke.checkout.settling import Payment
from shuke.infra.http import Body
from shuke.kernel.money import MAX_MINOR


class OutsideBody(Body):
    """A payment that a provider is asked for; without `amount_minor`, all that is still due."""

    provider: ProviderName
    method: Method
    amount_minor: int | None = Field(default=None, gt=0, lt=MAX_MINOR)

    def wanted(self) -> Outside:
        return Outside(self.provider, self.method, self.amount_minor)


class PlaceBody(OrderBody):
    """With `payments` through providers, or with `pending`, the order waits for the rest of its money: what it spends
    and reserves is held until it is paid, cancelled, or its time is over."""

    payments: list[OutsideBody] = Field(default=[], max_length=10)
    pending: bool = False

    def payment(self) -> Payment:
        paid = super().payment()
        outside = tuple(item.wanted() for item in self.payments)
        return Payment(paid.tenders, paid.expected_payable_minor, outside, self.pending)


class PayBody(Body):
    """Only cash may exceed what is still due. With `payments`, providers are asked for the rest, or for some of it."""

    tenders: list[TenderBody] = Field(max_length=20)
    payments: list[OutsideBody] = Field(default=[], max_length=10)

    def asked(self) -> list[Outside]:
        return [item.wanted() for item in self.payments]

    def given(self) -> list[Tender]:
        return [Tender(tender.kind, tender.amount_minor, tender.reference) for tender in self.tenders]
