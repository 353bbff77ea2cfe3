"""The shop whose year is played: two stores, a shelf, and one of everything that a merchant can offer."""

from dataclasses import replace
from uuid import UUID

from shuke.catalog import service as catalog
from shuke.catalog.model import NewProduct, Scope, SoldBy
from shuke.entrypoints.hooks import LOYALTY_HOOKS, OFFER_HOOKS
from shuke.entrypoints.setup import open_shop
from shuke.entrypoints.year.life import TIMEZONE, Premises
from shuke.infra.database import Database, Unit
from shuke.infra.passwords import generate_password
from shuke.kernel.conditions import Audience, Conditions, Period, Who, Window
from shuke.kernel.ids import new_id
from shuke.kernel.principal import Principal
from shuke.kernel.text import Text
from shuke.loyalty.publishing import editing
from shuke.loyalty.publishing import store as programmes
from shuke.loyalty.publishing.reading import Document, describe
from shuke.offers import lifecycle
from shuke.offers.model import (
    BuyGet,
    Caps,
    CouponRules,
    Effect,
    FreeDelivery,
    Funder,
    FundingShare,
    ItemPercent,
    Limits,
    NthItem,
    OrderPercent,
    PacketAmount,
    PacketCaps,
    PacketDraft,
    PacketKind,
    PacketTerms,
    PromotionDraft,
    Returns,
    Split,
    Step,
    TemplateDraft,
    Terms,
    Threshold,
    UnitPrice,
    Validity,
)
from shuke.offers.shelves import PACKETS, PROMOTIONS, TEMPLATES
from shuke.stored_value import model as stored_value
from shuke.stored_value import programme as ladders
from shuke.tenancy import authentication, outlets, staffing, store
from shuke.tenancy.model import Merchant, Role
from shuke.tenancy.staffing import Hire

_PIECES, _WEIGHED, _DELIVERY = 12, 3, "DELIVERY"
_JOINING_MINOR, _PURCHASE_MINOR, _PURCHASE_FROM_MINOR = 300, 200, 10_000
_HALF_PLATFORM = (FundingShare(Funder.MERCHANT, 5_000), FundingShare(Funder.PLATFORM, 5_000))
_PARTNER = (FundingShare(Funder.STORE, 3_333), FundingShare(Funder.PARTNER, 6_667, "dairy"))
_MEMBERS = Conditions(audience=Audience(who=Who.MEMBERS))


def furnish(database: Database) -> Premises:
    """Open the shop in an empty database."""
    merchant = Merchant(new_id(), "一年", "CNY", TIMEZONE, "zh-CN")
    open_shop(database, merchant, login="year", owner_name="店主", password=generate_password())
    with database.merchant(merchant.merchant_id) as unit:
        owner = _principal(unit, 0)
    with database.unit(owner) as unit:
        stores = tuple(outlets.open_store(unit, {"code": code, "name": code}).store_id for code in ("A", "B"))
        staffing.hire(unit, Hire("year-manager", "经理", Role.OWNER))
        pieces, weighed = _shelf(unit)
        promotions = tuple(_promotions(unit))
        templates = _templates(unit, stores[0])
        shared = _packets(unit)
        first = next(iter(templates))
        _programme(unit, first, pieces[1])
        _ladder(unit)
    with database.merchant(merchant.merchant_id) as unit:
        second = _principal(unit, 1)
    skus = tuple(sku for sku, _ in pieces)
    return Premises(
        merchant.merchant_id,
        owner,
        second,
        stores,
        skus,
        weighed,
        _DELIVERY,
        promotions,
        templates,
        tuple(templates)[:3],
        tuple(templates)[-1],
        shared,
        _JOINING_MINOR,
        _PURCHASE_MINOR,
        _PURCHASE_FROM_MINOR,
        ("plus", "prime"),
    )


def _principal(unit: Unit, number: int) -> Principal:
    people = sorted(store.staff_where(unit), key=lambda person: person.login != "year")
    return authentication.principal_of(people[number], unit.merchant_id)


def _shelf(unit: Unit) -> tuple[tuple[tuple[str, UUID], ...], tuple[str, ...]]:
    """Goods by the piece with their ids, and goods by weight; what is delivered is a product too."""
    category = catalog.create_category(unit, "DAIRY", "乳品").category_id
    pieces = []
    for number in range(_PIECES):
        price = 199 + number * 731
        new = NewProduct(
            sku=f"P{number:02}",
            name=f"商品{number}",
            list_price_minor=price,
            member_price_minor=price * 9 // 10 if number % 3 == 0 else None,
            category_id=category if number % 2 else None,
            brand="好牛" if number % 4 == 0 else None,
        )
        pieces.append((new.sku, catalog.create(unit, new).product_id))
    weighed = []
    for number in range(_WEIGHED):
        new = NewProduct(
            sku=f"W{number}", name=f"散称{number}", list_price_minor=777 + number, unit="kg", sold_by=SoldBy.MEASURE
        )
        weighed.append(catalog.create(unit, new).sku)
    catalog.create(unit, NewProduct(sku=_DELIVERY, name="配送", list_price_minor=600))
    return tuple(pieces), tuple(weighed)


def _promotions(unit: Unit) -> list[UUID]:
    milk = Scope(brands=frozenset({"好牛"}))
    weekend = Conditions(window=Window(weekdays=frozenset({6, 7})))
    listed: list[tuple[Effect, Terms]] = [
        (Threshold((Step(3_000, 300), Step(8_000, 1_000))), Terms(funding=_HALF_PLATFORM)),
        (NthItem(2, 5_000, max_sets=3), Terms(scope=milk, funding=_PARTNER)),
        (ItemPercent(1_500, max_quantity=4), Terms(conditions=weekend, caps=Caps(line_minor=900))),
        (OrderPercent((Step(5_000, 500),)), Terms(limits=Limits(budget_minor=300_000))),
        (BuyGet(3, 1, off_bps=10_000, max_sets=2), Terms(conditions=_MEMBERS, limits=Limits(uses_per_member=5))),
        (
            UnitPrice(150, 3),
            Terms(conditions=_MEMBERS, limits=Limits(pieces_per_member=4, period=Period.WEEK, uses=500)),
        ),
        (FreeDelivery(6_000), Terms()),
    ]
    made = []
    for number, (effect, terms) in enumerate(listed):
        draft = PromotionDraft(f"promo{number}", _NAME, terms=replace(terms, effect=effect))
        promotion = lifecycle.create(unit, PROMOTIONS, draft)
        lifecycle.publish(unit, PROMOTIONS, promotion.id, OFFER_HOOKS)
        made.append(promotion.id)
    return made


_NAME = Text("一年", "Year")


def _templates(unit: Unit, store_id: UUID) -> dict[UUID, Returns]:
    """Templates by how their coupons come back; the last one is for printing."""
    listed: list[tuple[Effect, Terms, CouponRules]] = [
        (
            Threshold((Step(3_000, 500),)),
            Terms(funding=_HALF_PLATFORM),
            CouponRules(Validity(days=20), claimable=True, transferable=True, returns=Returns(grace_days=5)),
        ),
        (
            OrderPercent((Step(2_000, 800),)),
            Terms(caps=Caps(order_minor=2_000), limits=Limits(budget_minor=200_000)),
            CouponRules(Validity(days=7), stock=150, per_member=3, claimable=True, returns=Returns(True, True, True)),
        ),
        (
            Threshold((Step(0, 200),)),
            Terms(funding=_PARTNER, limits=Limits(uses_per_member=6), conditions=_MEMBERS),
            CouponRules(Validity(days=30, delay_days=1), claimable=True, returns=Returns(True, False, False)),
        ),
        (
            UnitPrice(0, 1),
            Terms(conditions=Conditions(stores=frozenset({store_id}))),
            CouponRules(Validity(days=3), transferable=True),
        ),
        (FreeDelivery(), Terms(), CouponRules(Validity(days=60), stock=400)),
    ]
    made = {}
    for number, (effect, terms, rules) in enumerate(listed):
        draft = TemplateDraft(f"coupon{number}", _NAME, terms=replace(terms, effect=effect), rules=rules)
        template = lifecycle.create(unit, TEMPLATES, draft)
        lifecycle.publish(unit, TEMPLATES, template.id, OFFER_HOOKS)
        made[template.id] = rules.returns
    return made


def _packets(unit: Unit) -> UUID:
    """For joining, after a purchase, and to be shared; the id of the last."""
    platform = (FundingShare(Funder.PLATFORM),)
    listed = [
        PacketTerms(PacketKind.ACTIVATION, PacketAmount(_JOINING_MINOR, _JOINING_MINOR), days=15),
        PacketTerms(
            PacketKind.AFTER_PURCHASE,
            PacketAmount(_PURCHASE_MINOR, _PURCHASE_MINOR),
            days=10,
            funding=platform,
            caps=PacketCaps(order_minor=500, share_bps=5_000, from_minor=1_000),
            min_paid_minor=_PURCHASE_FROM_MINOR,
        ),
        PacketTerms(
            PacketKind.SHARED,
            PacketAmount(1_001, 1_001),
            funding=_HALF_PLATFORM,
            parts=4,
            split=Split.EQUAL,
            budget_minor=100_000,
            hours=48,
        ),
    ]
    for terms in listed:
        campaign = lifecycle.create(unit, PACKETS, PacketDraft(f"packet-{terms.kind}", _NAME, terms))
        lifecycle.publish(unit, PACKETS, campaign.id, OFFER_HOOKS)
    return campaign.id


def _programme(unit: Unit, template_id: UUID, limited: tuple[str, UUID]) -> None:
    """The default programme with plans, benefits and low thresholds, so that tiers move within a year."""
    live = programmes.current(unit)
    document = describe(live)
    for tier, growth in zip(document["tiers"], (0, 150, 400, 900), strict=True):
        tier["threshold_growth"] = growth
    document["plans"] = [_plan("plus", 2_900, 1, trial_days=7), _plan("prime", 9_900, 3, rank=1)]
    pack = {"kind": "coupon_pack", "coupons": [{"template_id": template_id, "count": 1}]}
    of_plan = {"plans": ["plus", "prime"]}
    everybody = {"tiers": [tier["code"] for tier in document["tiers"]]}
    scope = {"products": [limited[1]]}
    document["benefits"] = [
        _benefit("welcome", {**pack, "timing": {"occasion": "joining"}}, everybody),
        _benefit("birthday", {**pack, "timing": {"occasion": "birthday"}}, everybody),
        _benefit("opening", {**pack, "timing": {"occasion": "opening"}}, of_plan),
        _benefit("rice", {"kind": "limited_purchase", "scope": scope, "pieces": 2, "price_minor": 100}, of_plan),
        _benefit("double", {"kind": "more_points", "bps": 20_000}, {"plans": ["prime"]}),
        _benefit("delivered", {"kind": "delivery_free", "from_minor": 2_000}, {"plans": ["prime"]}),
    ]
    editing.save(unit, document, LOYALTY_HOOKS)
    editing.publish(unit, live.version, LOYALTY_HOOKS)


def _plan(code: str, price_minor: int, months: int, **more: int) -> Document:
    name = {"zh": code, "en": code}
    return {"code": code, "name": name, "price_minor": price_minor, "months": months, **more}


def _benefit(code: str, effect: Document, holders: Document) -> Document:
    named = {"tiers": [], "plans": [], "tags": [], **holders}
    return {"code": code, "name": {"zh": code, "en": code}, "effect": effect, "holders": named}


def _ladder(unit: Unit) -> None:
    steps = tuple(
        stored_value.Step(new_id(), pay, bonus, days, per_member)
        for pay, bonus, days, per_member in (
            (5_000, 300, 30, None),
            (10_000, 1_000, None, 2),
            (50_000, 8_000, 90, None),
        )
    )
    ladders.create_ladder(unit, stored_value.Ladder(new_id(), "充值有礼", steps))
