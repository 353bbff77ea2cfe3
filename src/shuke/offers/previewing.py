"""What publishing something would touch: products, stores, members."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from shuke.catalog import service as catalog
from shuke.catalog.model import ProductStatus
from shuke.infra.database import Unit
from shuke.kernel.conditions import Who
from shuke.kernel.errors import FieldProblem
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.offers.checking import problems_of
from shuke.offers.hooks import OfferHooks
from shuke.offers.model import UNCONDITIONAL, Audience, Bundle, BuyGet, Draft, PacketDraft, Scope
from shuke.tenancy import service as tenancy


@dataclass(frozen=True, slots=True)
class Preview:
    """Products on the shelf in scope, stores, and active members in the audience; `members_at_most`: fewer, because of
    conditions that only the till knows. `problems` stand in the way of publishing."""

    problems: tuple[FieldProblem, ...]
    products: int
    stores: int
    members: int
    members_at_most: bool


def preview(unit: Unit, draft: Draft, hooks: OfferHooks) -> Preview:
    problems = problems_of(unit, draft, hooks)
    conditions = UNCONDITIONAL if isinstance(draft, PacketDraft) else draft.terms.conditions
    audience = conditions.audience
    return Preview(
        problems,
        0 if isinstance(draft, PacketDraft) else _products(unit, _scopes(draft)),
        len(conditions.stores) or _count(unit, tenancy.stores_relation()),
        _members(unit, audience, hooks),
        audience.who is Who.FIRST_ORDER or bool(audience.plans or audience.birthday),
    )


def _scopes(draft: Draft) -> list[Scope]:
    """The scopes of what an offer touches."""
    assert not isinstance(draft, PacketDraft)
    match draft.terms.effect:
        case Bundle(parts=parts):
            return [part.scope for part in parts]
        case BuyGet(get_scope=scope):
            return [draft.terms.scope, scope]
    return [draft.terms.scope]


def _products(unit: Unit, scopes: Collection[Scope]) -> int:
    product = catalog.products_relation().c
    below = _below(unit)
    return _count(
        unit,
        catalog.products_relation(),
        product.status == ProductStatus.ON_SHELF.value,
        sa.or_(sa.false(), *(_in_scope(scope, below) for scope in scopes)),
    )


def _in_scope(scope: Scope, below: dict[UUID, set[UUID]]) -> sa.ColumnElement[bool]:
    product = catalog.products_relation().c

    def any_of(ids: Collection[UUID], categories: Collection[UUID], brands: Collection[str]) -> sa.ColumnElement[bool]:
        branches = set().union(*(below.get(category, set()) for category in categories))
        return sa.or_(
            product.product_id.in_(ids),
            sa.func.coalesce(product.category_id.in_(branches), sa.false()),
            sa.func.coalesce(product.brand.in_(brands), sa.false()),
        )

    wanted = sa.true() if scope.everything else any_of(scope.products, scope.categories, scope.brands)
    return sa.and_(wanted, ~any_of(scope.without_products, scope.without_categories, scope.without_brands))


def _below(unit: Unit) -> dict[UUID, set[UUID]]:
    """Each category with all below it."""
    categories = {category.category_id: category.parent_id for category in catalog.categories(unit)}
    below: dict[UUID, set[UUID]] = {category_id: set() for category_id in categories}
    for category_id in categories:
        above: UUID | None = category_id
        while above is not None and category_id not in below[above]:
            below[above].add(category_id)
            above = categories[above]
    return below


def _members(unit: Unit, audience: Audience, hooks: OfferHooks) -> int:
    member = members.members_relation().c
    conditions = [member.status == MemberStatus.ACTIVE.value]
    if audience.tiers:
        in_tiers = hooks.in_tiers(unit, audience.tiers)
        conditions.append(sa.false() if in_tiers is None else member.member_id.in_(in_tiers))
    if audience.tags:
        conditions.append(member.member_id.in_(members.with_tags(unit, audience.tags, unit.now())))
    return _count(unit, members.members_relation(), *conditions)


def _count(unit: Unit, relation: sa.FromClause, *conditions: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(relation).where(relation.c.merchant_id == unit.merchant_id)
    return unit.connection.scalar(query.where(*conditions)) or 0
