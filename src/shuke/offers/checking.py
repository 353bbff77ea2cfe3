"""Whether what was written may be published, now that one looks at everything it names."""

from collections.abc import Callable, Collection, Iterable, Iterator
from uuid import UUID

from shuke.catalog import service as catalog
from shuke.infra.database import Unit
from shuke.kernel.errors import FieldProblem
from shuke.members import service as members
from shuke.offers import groups
from shuke.offers.hooks import OfferHooks
from shuke.offers.model import DEFAULT_GROUP, Bundle, BuyGet, Draft, Gift, PacketDraft, Scope, TemplateDraft, Terms
from shuke.offers.rules.coupons import check_coupon_rules
from shuke.offers.rules.packets import packet_problems
from shuke.offers.rules.problems import Problems
from shuke.offers.rules.terms import terms_problems
from shuke.tenancy import service as tenancy

Named = tuple[str, Collection[UUID]]
"""Where in the document ids stand, and which."""


def problems_of(unit: Unit, draft: Draft, hooks: OfferHooks) -> tuple[FieldProblem, ...]:
    """Everything that stands in the way of publishing `draft` now."""
    if isinstance(draft, PacketDraft):
        return tuple(packet_problems(draft.name, draft.terms, unit.now()))
    problems = Problems(terms_problems(draft.name, draft.terms, unit.now()))
    if isinstance(draft, TemplateDraft):
        check_coupon_rules(draft.rules, draft.terms, unit.now(), problems)
    _check_names(unit, draft.terms, draft.group, hooks, problems)
    return tuple(problems.found)


def _check_names(unit: Unit, terms: Terms, group: str, hooks: OfferHooks, problems: Problems) -> None:
    scopes = list(_scopes(terms))
    products = [(f"{path}.{name}", ids) for path, scope in scopes for name, ids in _of_products(scope)]
    if isinstance(terms.effect, Gift):
        products.append(("effect.product_id", {terms.effect.product_id}))
    categories = [(f"{path}.{name}", ids) for path, scope in scopes for name, ids in _of_categories(scope)]
    audience, stores = terms.conditions.audience, terms.conditions.stores
    _known(products, lambda ids: catalog.get_many(unit, ids), problems, "商品", "products")
    _known(categories, lambda _: _category_ids(unit), problems, "品类", "categories")
    _known([("conditions.stores", stores)], lambda ids: tenancy.store_refs(unit, ids), problems, "门店", "stores")
    where = "conditions.audience"
    _known([(f"{where}.tiers", audience.tiers)], lambda ids: hooks.tiers(unit, ids), problems, "等级", "tiers")
    _known([(f"{where}.plans", audience.plans)], lambda ids: hooks.plans(unit, ids), problems, "付费会员方案", "plans")
    no_tags = "、".join(sorted(audience.tags - members.tag_codes(unit).keys())) if audience.tags else ""
    problems.need(
        not no_tags,
        f"{where}.tags",
        f"没有标签 {no_tags}，请先创建，或从此处移除。",
        f"There is no tag {no_tags}. Create it first, or take it out here.",
    )
    problems.need(
        group == DEFAULT_GROUP or groups.exists(unit, group),
        "group",
        f"没有叠加组 {group}，请先创建。",
        f"There is no stacking group {group}. Create it first.",
    )


def _scopes(terms: Terms) -> Iterator[tuple[str, Scope]]:
    yield "scope", terms.scope
    match terms.effect:
        case BuyGet(get_scope=scope):
            yield "effect.get_scope", scope
        case Bundle(parts=parts):
            yield from ((f"effect.parts.{number}.scope", part.scope) for number, part in enumerate(parts))


def _of_products(scope: Scope) -> Iterable[Named]:
    return (("products", scope.products), ("without_products", scope.without_products))


def _of_categories(scope: Scope) -> Iterable[Named]:
    return (("categories", scope.categories), ("without_categories", scope.without_categories))


def _category_ids(unit: Unit) -> set[UUID]:
    return {category.category_id for category in catalog.categories(unit)}


def _known(
    named: Collection[Named],
    look_up: Callable[[Collection[UUID]], Collection[UUID]],
    problems: Problems,
    zh: str,
    en: str,
) -> None:
    """Note each place that names things which are not there."""
    wanted = {one for _, ids in named for one in ids}
    unknown = wanted - set(look_up(wanted)) if wanted else set()
    for path, ids in named:
        missing = unknown & set(ids)
        problems.need(
            not missing,
            path,
            f"有 {len(missing)} 个{zh}不存在，请移除。",
            f"{len(missing)} of the {en} are not there. Take them out.",
        )
