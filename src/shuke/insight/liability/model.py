"""A month's end as finance sees it. Amounts of points are points, all others minor units. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from shuke.insight.model import start_of
from shuke.kernel.clock import business_day, months_after
from shuke.kernel.rounding import BPS, to_int
from shuke.kernel.text import Text
from shuke.ledger.model import Account, Asset, WalletKind
from shuke.offers.model import Funder

ASSETS = (Asset.POINTS, Asset.STORED_PRINCIPAL, Asset.STORED_BONUS, Asset.RED_PACKET, Asset.POINTS_OWED)
"""What is owed to members; the last one they owe."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of business days; where it is not over, up to `at`, its last moment so far."""

    first: date
    last: date
    start: datetime
    at: datetime
    over: bool


def month_of(day: date, now: datetime, timezone: str) -> Month:
    """The month that `day` lies in, as it stands at `now`."""
    first = day.replace(day=1)
    following = months_after(first, 1)
    start, end = start_of(first, timezone), start_of(following, timezone)
    if end <= now:
        return Month(first, following - timedelta(days=1), start, end - timedelta(microseconds=1), True)
    return Month(first, business_day(now, timezone), start, now, False)


class Bucket(StrEnum):
    """What a movement is to finance."""

    ISSUED = "issued"
    SPENT = "spent"
    """Less what refunds and cancellations gave back."""
    EXPIRED = "expired"
    REFUNDED = "refunded"
    """Principal paid out."""
    FORFEITED = "forfeited"
    TAKEN_BACK = "taken_back"
    """Earned, and taken back with the purchase; owed for it; repaid."""
    ADJUSTED = "adjusted"


BUCKETS: Mapping[Account, Bucket] = MappingProxyType(
    {
        Account.EARNED: Bucket.ISSUED,
        Account.PAID_IN: Bucket.ISSUED,
        Account.GRANTED: Bucket.ISSUED,
        Account.SPENT: Bucket.SPENT,
        Account.EXPIRED: Bucket.EXPIRED,
        Account.PAID_OUT: Bucket.REFUNDED,
        Account.FORFEITED: Bucket.FORFEITED,
        Account.CLAWED_BACK: Bucket.TAKEN_BACK,
        Account.OWED: Bucket.TAKEN_BACK,
        Account.REPAID: Bucket.TAKEN_BACK,
        Account.ADJUSTED: Bucket.ADJUSTED,
        Account.MOVED: Bucket.ADJUSTED,
    }
)
"""Where each account of the books goes. What is moved nets to nothing over all wallets."""

ISSUING = (Account.EARNED, Account.PAID_IN, Account.GRANTED, Account.ADJUSTED)
"""Accounts that make a lot new; one that is moved or lives on was new before."""


@dataclass(frozen=True, slots=True)
class Movement:
    """opening + issued − spent − expired − refunded − forfeited − taken back + adjusted = closing."""

    asset: Asset
    opening: int = 0
    issued: int = 0
    spent: int = 0
    expired: int = 0
    refunded: int = 0
    forfeited: int = 0
    taken_back: int = 0
    adjusted: int = 0

    @property
    def closing(self) -> int:
        gone = self.spent + self.expired + self.refunded + self.forfeited + self.taken_back
        return self.opening + self.issued - gone + self.adjusted


def movement(asset: Asset, before: int, within: Mapping[Account, int]) -> Movement:
    """The month's movement from the sums of postings by account."""
    sums = dict.fromkeys(Bucket, 0)
    for account, amount in within.items():
        bucket = BUCKETS[account]
        sums[bucket] += amount if bucket in (Bucket.ISSUED, Bucket.ADJUSTED) else -amount
    return Movement(asset, before, **{str(bucket): amount for bucket, amount in sums.items()})


class LotState(StrEnum):
    SPENDABLE = "spendable"
    PENDING = "pending"
    OVERDUE = "overdue"
    """Has expired, and the nightly run has not booked it yet."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of lots alike. `expires_in` and `cohort` are first days of months; None: never expires."""

    asset: Asset
    wallet: WalletKind
    state: LotState
    expires_in: date | None
    cohort: date
    amount: int


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What members have of an asset. `expiring`: by month, of what is not overdue; None for what never expires.
    `wallets`: by whose it is."""

    asset: Asset
    total: int
    spendable: int
    pending: int
    overdue: int
    worth_minor: int
    expiring: Sequence[tuple[date | None, int]]
    wallets: Mapping[WalletKind, int]


def outstanding(asset: Asset, lots: Sequence[Left], worth: Fraction) -> Outstanding:
    """`worth`: minor units one of it is worth."""
    mine = [left for left in lots if left.asset is asset]
    by_state = {state: sum(left.amount for left in mine if left.state is state) for state in LotState}
    months: dict[date | None, int] = {}
    for left in mine:
        if left.state is not LotState.OVERDUE:
            months[left.expires_in] = months.get(left.expires_in, 0) + left.amount
    total = sum(by_state.values())
    return Outstanding(
        asset=asset,
        total=total,
        spendable=by_state[LotState.SPENDABLE],
        pending=by_state[LotState.PENDING],
        overdue=by_state[LotState.OVERDUE],
        worth_minor=to_int(total * worth),
        expiring=sorted(months.items(), key=lambda item: (item[0] is None, item[0] or date.min)),
        wallets={kind: sum(left.amount for left in mine if left.wallet is kind) for kind in WalletKind},
    )


@dataclass(frozen=True, slots=True)
class Cohort:
    """What was issued in one month and has become of it by now: expired, still there, or used in some way."""

    asset: Asset
    month: date
    issued: int
    expired: int
    outstanding: int

    @property
    def used(self) -> int:
        return self.issued - self.expired - self.outstanding

    @property
    def breakage_bps(self) -> int:
        return to_int(Fraction(self.expired * BPS, self.issued)) if self.issued else 0


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards printed and not sold yet, at face value; cards sold that still hold something, at what they hold."""

    unactivated: int
    unactivated_minor: int
    active: int
    active_minor: int


@dataclass(frozen=True, slots=True)
class CouponsOut:
    """Coupons of a template that can be used, now or later. `face_minor` None: depends on what is bought."""

    code: str
    name: Text
    coupons: int
    face_minor: int | None

    @property
    def worth_minor(self) -> int:
        return self.coupons * (self.face_minor or 0)


@dataclass(frozen=True, slots=True)
class Subsidy:
    """Discounts of the month less what refunds took back, by who bears them and where in the settlement they arose."""

    funder: Funder
    party: str
    stage: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Liability:
    month: Month
    movements: Sequence[Movement]
    outstanding: Sequence[Outstanding]
    cards: Cards
    coupons: Sequence[CouponsOut]
    cohorts: Sequence[Cohort]
    subsidies: Sequence[Subsidy]

    @property
    def owed_minor(self) -> int:
        """What all of it is worth; coupons only take off what is bought, and are not in it."""
        return sum(each.worth_minor for each in self.outstanding)
