"""Coupons a member holds, and the rules of the templates they come from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class CouponStatus(StrEnum):
    """`reserved`: held by a pending order. Whether an available coupon has expired is read from its dates."""

    AVAILABLE = "available"
    RESERVED = "reserved"
    REDEEMED = "redeemed"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Coupon:
    """One use of a template's offer, by whoever holds it, in `[valid_from, valid_until)`."""

    coupon_id: UUID
    template_id: UUID
    member_id: UUID | None
    status: CouponStatus
    valid_from: datetime
    valid_until: datetime
    source: str
    order_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when a coupon can be used: a fixed window, or `days` counted from its issue plus `delay_days`.

    With days, the last one is whole on the merchant's calendar. Exactly one of `ends_at` and `days` is set.
    """

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    days: int | None = None
    delay_days: int = 0


@dataclass(frozen=True, slots=True)
class Returns:
    """Whether a redeemed coupon comes back when its order is cancelled, refunded in full, or in part. One whose time is
    over meanwhile gets `grace_days` more, if any."""

    on_cancel: bool = True
    on_full_refund: bool = True
    on_partial_refund: bool = False
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class CouponRules:
    """How coupons of a template are handed out and live. `stock`: coupons in all; `per_member`: those issued to one
    member (gifts received do not count); `claimable`: members may fetch one themselves. None: no limit."""

    validity: Validity = Validity()
    stock: int | None = None
    per_member: int | None = None
    claimable: bool = False
    transferable: bool = False
    returns: Returns = Returns()


@dataclass(frozen=True, slots=True)
class HeldCoupon:
    """A coupon that its holder could use now, as far as the coupon is concerned."""

    coupon_id: UUID
    template_id: UUID
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Issued:
    """What became of issuing to a crowd: of the members `asked`, who got a coupon, who had it already by the same key,
    who may have no more, and for whom there was none left. Blocked members are not asked."""

    asked: int
    issued: int
    already: int
    over_limit: int

    @property
    def out_of_stock(self) -> int:
        return self.asked - self.issued - self.already - self.over_limit


@dataclass(frozen=True, slots=True)
class Batch:
    """Codes printed together. `bound` have become coupons."""

    batch_id: UUID
    template_id: UUID
    name: str
    size: int
    bound: int
    bind_until: datetime | None
    created_at: datetime
    voided_at: datetime | None
    downloaded_at: datetime | None


@dataclass(frozen=True, slots=True)
class CouponGift:
    """A coupon on its way from one member to another. Until somebody takes it, the giver may still use it herself."""

    gift_id: UUID
    coupon_id: UUID
    from_member_id: UUID
    to_member_id: UUID | None
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None


USUAL_RULES = CouponRules()
