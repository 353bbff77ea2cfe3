"""Whether everything a programme names is there: products, categories, stores, coupon templates."""

from collections.abc import Callable, Collection, Iterator, Sequence
from uuid import UUID

from shuke.catalog import service as catalog
from shuke.catalog.model import Scope
from shuke.infra.database import Unit
from shuke.kernel.errors import FieldProblem
from shuke.kernel.text import Text
from shuke.loyalty.model import (
    CouponPack,
    DiscountRate,
    ExclusiveProducts,
    LimitedPurchase,
    MemberPrices,
    Programme,
)
from shuke.loyalty.publishing.hooks import LoyaltyHooks
from shuke.loyalty.publishing.reading import Unknown
from shuke.loyalty.rules.problems import Problems
from shuke.members import service as members
from shuke.tenancy import service as tenancy

Named = list[tuple[str, Collection[UUID]]]
"""Where in the document ids stand, and which."""


def problems_of(unit: Unit, programme: Programme, hooks: LoyaltyHooks) -> tuple[FieldProblem, ...]:
    """Each place that names what is not there."""
    problems = Problems()
    products: Named = []
    categories: Named = []
    for path, scope in _scopes(programme):
        products += [(f"{path}.products", scope.products), (f"{path}.without_products", scope.without_products)]
        categories += [
            (f"{path}.categories", scope.categories),
            (f"{path}.without_categories", scope.without_categories),
        ]
    coupons: Named = []
    for number, benefit in enumerate(programme.benefits):
        where = f"benefits.{number}.effect"
        match benefit.effect:
            case MemberPrices(prices=prices):
                products.append((f"{where}.prices", [price.product_id for price in prices]))
            case CouponPack(coupons=items):
                coupons.append((f"{where}.coupons", [item.template_id for item in items]))
    stores: Named = [
        (f"earn_rules.{number}.conditions.stores", rule.conditions.stores)
        for number, rule in enumerate(programme.earn_rules)
    ]
    _known(products, lambda ids: catalog.get_many(unit, ids), problems, "商品", "products")
    _known(
        categories, lambda _: {each.category_id for each in catalog.categories(unit)}, problems, "品类", "categories"
    )
    _known(stores, lambda ids: tenancy.store_refs(unit, ids), problems, "门店", "stores")
    _known(coupons, lambda ids: hooks.templates(unit, ids), problems, "券模板", "coupon templates")
    _tags(unit, programme, problems)
    return tuple(problems.found)


def _tags(unit: Unit, programme: Programme, problems: Problems) -> None:
    named = [
        (f"benefits.{number}.holders.tags", benefit.holders.tags) for number, benefit in enumerate(programme.benefits)
    ]
    named += [
        (f"earn_rules.{number}.conditions.audience.tags", rule.conditions.audience.tags)
        for number, rule in enumerate(programme.earn_rules)
    ]
    known = members.tag_codes(unit).keys() if any(codes for _, codes in named) else set[str]()
    for path, codes in named:
        missing = "、".join(sorted(codes - known))
        problems.need(
            not missing,
            path,
            f"没有标签 {missing}，请先创建，或从此处移除。",
            f"There is no tag {missing}. Create it first, or take it out here.",
        )


def dropped(unknown: Sequence[Unknown], elders: Sequence[Programme]) -> tuple[FieldProblem, ...]:
    """Each place that names a tier or plan the document does not have, by the name it has in one of `elders`."""
    names = {
        (what, item.code): item.name
        for elder in reversed(elders)
        for what, items in (("tiers", elder.tiers), ("plans", elder.plans))
        for item in items
    }
    return tuple(
        FieldProblem(each.path, _dropped(each, names.get((each.what, each.code)) or Text(each.code, each.code)))
        for each in unknown
    )


def _dropped(unknown: Unknown, name: Text) -> Text:
    zh, en = _KINDS[unknown.what]
    return Text(
        f"{zh}“{name.zh}”不在本文档中：请从此处移除，或重新添加该{zh}。",
        f"The {en} “{name.en}” is not in the document: take it out here, or add the {en} again.",
    )


_KINDS = {"tiers": ("等级", "tier"), "plans": ("付费方案", "plan")}


def _scopes(programme: Programme) -> Iterator[tuple[str, Scope]]:
    for number, rule in enumerate(programme.earn_rules):
        yield f"earn_rules.{number}.scope", rule.scope
    for number, benefit in enumerate(programme.benefits):
        if isinstance(benefit.effect, DiscountRate | ExclusiveProducts | LimitedPurchase):
            yield f"benefits.{number}.effect.scope", benefit.effect.scope


def _known(
    named: Named, look_up: Callable[[Collection[UUID]], Collection[UUID]], problems: Problems, zh: str, en: str
) -> None:
    wanted = {one for _, ids in named for one in ids}
    unknown = wanted - set(look_up(wanted)) if wanted else set()
    for path, ids in named:
        missing = len(unknown & set(ids))
        problems.need(
            not missing,
            path,
            f"有 {missing} 个{zh}不存在，请移除。",
            f"{missing} of the {en} are not there. Take them out.",
        )
