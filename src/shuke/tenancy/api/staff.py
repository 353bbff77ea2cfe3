"""Staff and their roles."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, TextView, View, allow
from shuke.infra.http_ids import StaffId, StoreId
from shuke.kernel.paging import MAX_LIMIT
from shuke.tenancy import people, service, staffing
from shuke.tenancy.api.views import StoreRef
from shuke.tenancy.api.words import Login, Name, Password, Search
from shuke.tenancy.model import ROLES, Permission, Role, Staff, StoreScope
from shuke.tenancy.people import StaffFilter
from shuke.tenancy.staffing import Hire, StaffChange

router = APIRouter(tags=["staff"])

StaffRole = Literal[Role.OWNER, Role.OPERATOR, Role.MANAGER, Role.CASHIER, Role.GUIDE, Role.ANALYST]
StaffSort = Literal["name", "-name", "login", "-login", "role", "-role", "last_sign_in_at", "-last_sign_in_at"]
StoreIds = Annotated[list[StoreId], Field(max_length=1000)]


class StaffView(View):
    """`stores` null means every store."""

    id: StaffId
    login: str
    name: str
    role: Role
    stores: list[StoreRef] | None
    disabled: bool
    last_sign_in_at: datetime | None


class StaffList(View):
    items: list[StaffView]
    next_cursor: str | None


class HiredStaff(StaffView):
    """`password` is shown this once."""

    password: str


class NewStaff(Body):
    """Without `password` one is generated."""

    login: Login
    name: Name
    role: StaffRole
    store_ids: StoreIds | None = None
    password: Password | None = None


class StaffEdit(Body):
    """Only what is named changes."""

    name: Name | None = None
    role: StaffRole | None = None
    store_ids: StoreIds | None = None
    disabled: bool | None = None


class OneTimePassword(View):
    """Shown this once: hand it over, to be changed at the first sign-in."""

    password: str


class RoleView(View):
    role: Role
    name: TextView
    permissions: list[str]
    store_scope: StoreScope


class RoleList(View):
    items: list[RoleView]


def _filter(
    q: Annotated[Search | None, Query(description="Part of a login or name.")] = None,
    role: StaffRole | None = None,
    store_id: StoreId | None = None,
    disabled: bool | None = None,
) -> StaffFilter:
    return StaffFilter(q, role, store_id, disabled)


Filter = Annotated[StaffFilter, Depends(_filter)]


@router.get("/staff")
def list_staff(
    call: Annotated[Call, allow(Permission.STAFF_READ)],
    wanted: Filter,
    sort: StaffSort = "name",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> StaffList:
    """Staff; whoever works in some stores sees those who work in the same."""
    with call.unit() as unit:
        found, following = people.list_staff(unit, wanted, sort, cursor, limit)
        return StaffList(items=_show(unit, found), next_cursor=following)


@router.get("/staff/export", response_class=StreamingResponse)
def export_staff(call: Annotated[Call, allow(Permission.STAFF_READ)], wanted: Filter) -> StreamingResponse:
    """The same list as CSV."""

    def rows() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            cursor = None
            while True:
                found, cursor = people.list_staff(unit, wanted, "name", cursor, MAX_LIMIT)
                for person in _show(unit, found):
                    stores = None if person.stores is None else " ".join(store.code for store in person.stores)
                    yield person.login, person.name, person.role, stores, person.disabled, person.last_sign_in_at
                if cursor is None:
                    return

    return csv_response("staff", ("login", "name", "role", "stores", "disabled", "last_sign_in_at"), rows())


@router.post("/staff", status_code=201)
def hire(body: NewStaff, call: Annotated[Call, allow(Permission.STAFF_WRITE)]) -> HiredStaff:
    """A new person, with a password to hand over."""

    def act(unit: Unit) -> HiredStaff:
        wanted = Hire(body.login, body.name, body.role, body.store_ids or (), body.password)
        person, password = staffing.hire(unit, wanted)
        return HiredStaff(**_show(unit, [person])[0].model_dump(), password=password)

    return call.once(HiredStaff, body, act)


@router.patch("/staff/{staff_id}")
def change_staff(staff_id: StaffId, body: StaffEdit, call: Annotated[Call, allow(Permission.STAFF_WRITE)]) -> StaffView:
    """Change name, role, stores; disable (which signs out at once) or enable."""
    wanted = StaffChange(body.name, body.role, body.store_ids, body.disabled)
    return call.once(StaffView, body, lambda unit: _show(unit, [staffing.change(unit, staff_id, wanted)])[0])


@router.post("/staff/{staff_id}/password")
def reset_password(staff_id: StaffId, call: Annotated[Call, allow(Permission.STAFF_WRITE)]) -> OneTimePassword:
    """A new generated password; the person is signed out everywhere."""
    return call.once(
        OneTimePassword, None, lambda unit: OneTimePassword(password=staffing.reset_password(unit, staff_id))
    )


@router.get("/roles")
def list_roles(call: Annotated[Call, allow(Permission.STAFF_READ)]) -> RoleList:
    """What each role may do, and in how many stores."""
    with call.unit():
        return RoleList(
            items=[
                RoleView(
                    role=role,
                    name=TextView.of(grant.name),
                    permissions=sorted(grant.permissions),
                    store_scope=grant.stores,
                )
                for role, grant in ROLES.items()
                if role is not Role.PLATFORM_ADMIN
            ]
        )


def _show(unit: Unit, staff: Sequence[Staff]) -> list[StaffView]:
    stores = service.store_refs(unit, {store_id for person in staff for store_id in person.store_ids or ()})
    return [
        StaffView(
            id=person.staff_id,
            login=person.login,
            name=person.name,
            role=person.role,
            stores=None
            if person.store_ids is None
            else sorted((StoreRef.of(stores[item]) for item in person.store_ids), key=lambda store: store.code),
            disabled=person.disabled_at is not None,
            last_sign_in_at=person.last_sign_in_at,
        )
        for person in staff
    ]
