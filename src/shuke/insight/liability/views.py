"""The month's end over HTTP. Amounts of points are points, all others minor units of the merchant's currency."""

from datetime import date, datetime

from pydantic import ConfigDict, Field

from shuke.infra.http import TextView, View
from shuke.insight.liability.model import Cohort, CouponsOut, Liability, Movement, Outstanding, Subsidy
from shuke.ledger.model import Asset, WalletKind
from shuke.offers.model import Funder


class LiabilityMovement(View):
    """opening + issued − spent − expired − refunded − forfeited − taken_back + adjusted = closing."""

    asset: Asset
    opening: int
    issued: int
    spent: int
    expired: int
    refunded: int
    forfeited: int
    taken_back: int
    adjusted: int
    closing: int

    @classmethod
    def of(cls, found: Movement) -> "LiabilityMovement":
        return cls.model_validate(found)


class ExpiringAmount(View):
    """`month` null: never expires."""

    month: str | None
    amount: int


class WalletAmount(View):
    wallet: WalletKind
    amount: int


class OutstandingAsset(View):
    """`overdue` has expired and is booked by the next nightly run; `expiring` is the rest by month."""

    asset: Asset
    total: int
    spendable: int
    pending: int
    overdue: int
    worth_minor: int
    expiring: list[ExpiringAmount]
    wallets: list[WalletAmount]

    @classmethod
    def of(cls, found: Outstanding) -> "OutstandingAsset":
        return cls(
            asset=found.asset,
            total=found.total,
            spendable=found.spendable,
            pending=found.pending,
            overdue=found.overdue,
            worth_minor=found.worth_minor,
            expiring=[
                ExpiringAmount(month=None if month is None else month_name(month), amount=amount)
                for month, amount in found.expiring
            ],
            wallets=[WalletAmount(wallet=kind, amount=amount) for kind, amount in found.wallets.items() if amount],
        )


class CardsOutstanding(View):
    """Cards not sold yet at face value; cards sold at what is on them, which is part of the stored value too."""

    unactivated: int
    unactivated_minor: int
    active: int
    active_minor: int


class CouponsOutstanding(View):
    """`face_minor` null: worth depends on what is bought."""

    code: str
    name: TextView
    coupons: int
    face_minor: int | None
    worth_minor: int

    @classmethod
    def of(cls, found: CouponsOut) -> "CouponsOutstanding":
        return cls(
            code=found.code,
            name=TextView.of(found.name),
            coupons=found.coupons,
            face_minor=found.face_minor,
            worth_minor=found.worth_minor,
        )


class BreakageCohort(View):
    """What was issued in `month`, by now: `breakage_bps` of it expired."""

    asset: Asset
    month: str
    issued: int
    used: int
    expired: int
    outstanding: int
    breakage_bps: int

    @classmethod
    def of(cls, found: Cohort) -> "BreakageCohort":
        return cls(
            asset=found.asset,
            month=month_name(found.month),
            issued=found.issued,
            used=found.used,
            expired=found.expired,
            outstanding=found.outstanding,
            breakage_bps=found.breakage_bps,
        )


class SubsidyCost(View):
    """Discounts of the month less what refunds took back; `party` names the partner where one is named."""

    funder: Funder
    party: str
    stage: str
    amount_minor: int

    @classmethod
    def of(cls, found: Subsidy) -> "SubsidyCost":
        return cls.model_validate(found)


class LiabilityReport(View):
    """A month as it stood at its last moment `at`; where `over` is false, as it stands. `owed_minor` is the worth of
    all that is outstanding in wallets."""

    model_config = ConfigDict(from_attributes=True, validate_by_name=True)

    month: str
    from_: date = Field(alias="from")
    to: date
    at: datetime
    over: bool
    owed_minor: int
    movements: list[LiabilityMovement]
    outstanding: list[OutstandingAsset]
    cards: CardsOutstanding
    coupons: list[CouponsOutstanding]
    breakage: list[BreakageCohort]
    subsidies: list[SubsidyCost]

    @classmethod
    def of(cls, found: Liability) -> "LiabilityReport":
        month = found.month
        return cls(
            month=month_name(month.first),
            from_=month.first,
            to=month.last,
            at=month.at,
            over=month.over,
            owed_minor=found.owed_minor,
            movements=[LiabilityMovement.of(each) for each in found.movements],
            outstanding=[OutstandingAsset.of(each) for each in found.outstanding],
            cards=CardsOutstanding.model_validate(found.cards),
            coupons=[CouponsOutstanding.of(each) for each in found.coupons],
            breakage=[BreakageCohort.of(each) for each in found.cohorts],
            subsidies=[SubsidyCost.of(each) for each in found.subsidies],
        )


def month_name(first: date) -> str:
    return f"{first:%Y-%m}"
