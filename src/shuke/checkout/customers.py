"""A member's rights and facts, from what loyalty, ledger and offers say of her, in the settlement's words. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from shuke.checkout.settlement.model import (
    CouponRight,
    Customer,
    PacketRight,
    PointsRight,
    RateRight,
    StoredValueRight,
)
from shuke.kernel.text import Text
from shuke.loyalty.model import FREE_DELIVERY, Programme, Rights, Tier
from shuke.offers.model import FreeDelivery, HeldCoupon, HeldPacket, LiveOffers, Offer, Remaining, UnitPrice
from shuke.stored_value.model import Funds

BENEFIT_GROUP = "benefit"
"""The stacking group of what benefits offer."""

_DELIVERY = UUID(int=1)


@dataclass(frozen=True, slots=True)
class Wallet:
    """What somebody has to spend besides money. `packets` in the order in which they are spent."""

    points: int = 0
    coupons: tuple[HeldCoupon, ...] = ()
    packets: tuple[HeldPacket, ...] = ()
    funds: tuple[Funds, ...] = ()


def customer(
    programme: Programme,
    rights: Rights,
    wallet: Wallet,
    live: LiveOffers,
    *,
    birthday: date | None,
    first_order: bool,
) -> Customer:
    """What a member is entitled to."""
    return replace(
        _customer(programme, rights.tier, wallet, live),
        rates=(
            _of_tier(rights.tier),
            *(RateRight(of.rule, of.name, of.off_bps, of.scope) for of in rights.discounts),
        ),
        plans=rights.plans,
        tags=rights.tags,
        first_order=first_order,
        birthday=birthday,
        offers=tuple(_benefits(rights)),
    )


def newcomer(programme: Programme) -> Customer:
    """Whoever joins this moment."""
    return replace(_customer(programme, programme.base_tier, Wallet(), LiveOffers()), first_order=True)


def stranger(programme: Programme, wallet: Wallet, live: LiveOffers) -> Customer:
    """Who is no member may still show a card, or a coupon on paper."""
    return replace(_customer(programme, programme.base_tier, wallet, live), rates=(), tier_id=None, member=False)


def lowest_prices(rights: Rights) -> dict[UUID, int]:
    """The prices that benefits grant, by product."""
    lowest: dict[UUID, int] = {}
    for right in rights.prices:
        for price in right.prices:
            lowest[price.product_id] = min(price.price_minor, lowest.get(price.product_id, price.price_minor))
    return lowest


def left_of_benefits(rights: Rights) -> dict[UUID, Remaining]:
    """How many pieces limited purchases leave."""
    return {of.benefit_id: Remaining(pieces_of_member=of.left) for of in rights.purchases}


def _customer(programme: Programme, tier: Tier, wallet: Wallet, live: LiveOffers) -> Customer:
    spending = programme.points.spending
    points = PointsRight(
        wallet.points,
        spending.points_per_unit,
        spending.unit_minor,
        spending.max_share_bps,
        spending.minimum,
        spending.step,
    )
    return Customer(
        points,
        (_of_tier(tier),),
        tier_id=tier.tier_id,
        coupons=tuple(_coupons(wallet.coupons, live.templates)),
        packets=tuple(_packets(wallet.packets, live)),
        stored_value=StoredValueRight(
            sum(funds.principal_minor for funds in wallet.funds), sum(funds.bonus_minor for funds in wallet.funds)
        ),
    )


def _of_tier(tier: Tier) -> RateRight:
    return RateRight(f"tier_discount:{tier.code}", tier.name, tier.discount_bps)


def _coupons(held: Iterable[HeldCoupon], templates: Mapping[UUID, Offer]) -> Iterable[CouponRight]:
    """Coupons of templates that are paused just now do nothing."""
    for coupon in held:
        offer = templates.get(coupon.template_id)
        if offer is not None:
            yield CouponRight(coupon.coupon_id, offer, coupon.valid_from, coupon.valid_until)


def _packets(held: Sequence[HeldPacket], live: LiveOffers) -> Iterable[PacketRight]:
    """One right a campaign, in the order in which their first packets are spent."""
    balances: dict[UUID, int] = {}
    for packet in held:
        balances[packet.campaign_id] = balances.get(packet.campaign_id, 0) + packet.amount_minor
    for campaign_id, balance in balances.items():
        campaign = live.packets.get(campaign_id)
        if campaign is not None:
            caps, funding = campaign.terms.caps, campaign.terms.funding
            yield PacketRight(
                campaign.rule,
                campaign.name,
                balance,
                caps.order_minor,
                caps.share_bps,
                caps.from_minor,
                funding,
                campaign_id,
            )


def _benefits(rights: Rights) -> Iterable[Offer]:
    """What benefits offer her alone: free delivery, and limited purchases at a price."""
    if rights.free_delivery_from_minor is not None:
        yield Offer(
            offer_id=_DELIVERY,
            rule=FREE_DELIVERY,
            name=Text("会员包邮", "Free delivery for members"),
            effect=FreeDelivery(rights.free_delivery_from_minor),
            group=BENEFIT_GROUP,
        )
    for purchase in rights.purchases:
        if purchase.price_minor is not None:
            yield Offer(
                offer_id=purchase.benefit_id,
                rule=purchase.rule,
                name=purchase.name,
                effect=UnitPrice(purchase.price_minor),
                scope=purchase.scope,
                group=BENEFIT_GROUP,
            )
