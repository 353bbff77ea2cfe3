"""People are hired, change roles and stores, and leave."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from shuke.infra.database import Unit, above
from shuke.infra.passwords import generate_password, hash_password
from shuke.kernel.errors import NotFound, invalid_field
from shuke.kernel.ids import new_id
from shuke.tenancy import onboarding, people, service, store
from shuke.tenancy.errors import LastOwner
from shuke.tenancy.model import Role, Staff
from shuke.tenancy.rules import difference, require_command, workplaces


@dataclass(frozen=True, slots=True)
class Hire:
    """`password` None asks for a generated one; `store_ids` are ignored where the role covers all stores."""

    login: str
    name: str
    role: Role
    store_ids: Collection[UUID] = ()
    password: str | None = None


@dataclass(frozen=True, slots=True)
class StaffChange:
    """None leaves as it is."""

    name: str | None = None
    role: Role | None = None
    store_ids: Collection[UUID] | None = None
    disabled: bool | None = None


def hire(unit: Unit, wanted: Hire) -> tuple[Staff, str]:
    """A new person and the password to hand over, once. Raises LoginTaken, CannotGrantMore, Invalid."""
    require_command(unit.principal, wanted.role)
    stores = workplaces(unit.principal, wanted.role, wanted.store_ids)
    _require_stores(unit, stores)
    password = wanted.password or generate_password()
    with above(unit) as platform:
        account_id = onboarding.add_account(
            platform, unit.merchant_id, login=wanted.login, name=wanted.name, password=password
        )
    person = Staff(new_id(), account_id, wanted.login.lower(), wanted.name, wanted.role, stores, None, None)
    store.add_staff(unit, person)
    service.record_change(unit, "staff.hired", "staff", person.staff_id, None, _auditable(person))
    return person, password


def change(unit: Unit, staff_id: UUID, wanted: StaffChange) -> Staff:
    """Raises NotFound, CannotGrantMore, LastOwner, Invalid. Whoever is disabled is signed out at once."""
    people.one_change_at_a_time(unit)
    was = _person(unit, staff_id)
    require_command(unit.principal, was.role)
    now = _changed(unit, was, wanted)
    before, after = difference(_auditable(was), _auditable(now))
    if not after:
        return was
    if was.role is Role.OWNER and (now.role is not Role.OWNER or now.disabled_at) and not was.disabled_at:
        _require_another_owner(unit, staff_id)
    people.set_staff(unit, staff_id, name=now.name, role=now.role, disabled_at=now.disabled_at)
    if now.store_ids != was.store_ids:
        store.set_staff_stores(unit, staff_id, now.store_ids or ())
    with above(unit) as platform:
        store.set_account(platform, was.account_id, name=now.name, disabled_at=now.disabled_at)
        if now.disabled_at is not None:
            store.end_sessions_of(platform, was.account_id)
    service.record_change(unit, "staff.changed", "staff", staff_id, before, after)
    return now


def reset_password(unit: Unit, staff_id: UUID) -> str:
    """A new password to hand over, once; every session of the person ends. Raises NotFound, CannotGrantMore."""
    person = _person(unit, staff_id)
    require_command(unit.principal, person.role)
    password = generate_password()
    with above(unit) as platform:
        store.set_password(platform, person.account_id, hash_password(password))
        store.end_sessions_of(platform, person.account_id)
        store.forget_failures(platform, f"login:{person.login[:200]}")
    service.record_change(unit, "staff.password_reset", "staff", staff_id, None, None)
    return password


def _changed(unit: Unit, was: Staff, wanted: StaffChange) -> Staff:
    role = wanted.role or was.role
    stores = was.store_ids
    if wanted.role is not None or wanted.store_ids is not None:
        require_command(unit.principal, role)
        kept = was.store_ids or () if wanted.store_ids is None else wanted.store_ids
        stores = workplaces(unit.principal, role, kept)
        _require_stores(unit, stores)
    disabled_at = was.disabled_at
    if wanted.disabled is not None:
        disabled_at = (was.disabled_at or unit.now()) if wanted.disabled else None
    return replace(was, name=wanted.name or was.name, role=role, store_ids=stores, disabled_at=disabled_at)


def _person(unit: Unit, staff_id: UUID) -> Staff:
    found = people.find(unit, staff_id)
    if found is None:
        raise NotFound(what="staff")
    return found


def _require_stores(unit: Unit, stores: frozenset[UUID] | None) -> None:
    if stores and len(service.store_refs(unit, stores)) != len(stores):
        raise invalid_field("store_ids", "其中有不存在的门店。", "Some of these stores do not exist.")


def _require_another_owner(unit: Unit, staff_id: UUID) -> None:
    if people.other_owners(unit, staff_id) == 0:
        raise LastOwner


def _auditable(person: Staff) -> dict[str, object]:
    stores = person.store_ids
    return {
        "login": person.login,
        "name": person.name,
        "role": person.role,
        "store_ids": None if stores is None else sorted(str(item) for item in stores),
        "disabled": person.disabled_at is not None,
    }
