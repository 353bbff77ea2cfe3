"""Who may grant what, and where a role works."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from shuke.kernel.errors import invalid_field
from shuke.kernel.principal import Principal
from shuke.tenancy.errors import CannotGrantMore
from shuke.tenancy.model import ROLES, Role, Store, StoreScope, StoreStatus


def require_grantable(giver: Principal, permissions: Iterable[str]) -> None:
    """Nobody hands on what he lacks; raises CannotGrantMore."""
    lacking = sorted(str(permission) for permission in permissions if not giver.may(permission))
    if lacking:
        raise CannotGrantMore(permission=", ".join(lacking))


def require_command(giver: Principal, role: Role) -> None:
    """Who changes a person must hold all that the person holds: a new password hands all of it on."""
    require_grantable(giver, ROLES[role].permissions)


def workplaces(giver: Principal, role: Role, store_ids: Collection[UUID]) -> frozenset[UUID] | None:
    """The stores of a person in `role`: None where the role covers all. Raises Invalid, CannotGrantMore."""
    match ROLES[role].stores:
        case StoreScope.ALL:
            if giver.store_ids is not None:
                raise CannotGrantMore(permission="all stores")
            return None
        case StoreScope.ONE if len(set(store_ids)) != 1:
            raise invalid_field("store_ids", "请为该角色选择一家门店。", "Choose exactly one store for this role.")
        case StoreScope.SOME if not store_ids:
            raise invalid_field("store_ids", "请为该角色至少选择一家门店。", "Choose at least one store for this role.")
    for store_id in store_ids:
        giver.require_store(store_id)
    return frozenset(store_ids)


def store_status(store: Store, today: date) -> StoreStatus:
    if store.closed_on is not None and store.closed_on <= today:
        return StoreStatus.CLOSED
    if store.opened_on is not None and store.opened_on > today:
        return StoreStatus.PLANNED
    return StoreStatus.OPEN


def difference(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """What differs, as it was and as it is; for the audit log."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}
