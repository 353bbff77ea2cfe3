"""Merchants and the people who work for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from shuke.kernel.errors import NotFound
from shuke.kernel.text import Text


class Permission(StrEnum):
    """What a role or an API key may be allowed to do; routes name exactly one each."""

    REPORTS_READ = "reports.read"
    MEMBERS_READ = "members.read"
    MEMBERS_CONTACT = "members.contact"
    MEMBERS_WRITE = "members.write"
    MEMBERS_EXPORT = "members.export"
    IDENTITY_READ = "identity.read"
    IDENTITY_WRITE = "identity.write"
    PRIVACY_READ = "privacy.read"
    PRIVACY_WRITE = "privacy.write"
    TAGS_READ = "tags.read"
    TAGS_WRITE = "tags.write"
    ORDERS_READ = "orders.read"
    ORDERS_WRITE = "orders.write"
    ORDERS_PRICE = "orders.price"
    ORDERS_EXPORT = "orders.export"
    CATALOG_READ = "catalog.read"
    CATALOG_WRITE = "catalog.write"
    STORES_READ = "stores.read"
    STORES_WRITE = "stores.write"
    STAFF_READ = "staff.read"
    STAFF_WRITE = "staff.write"
    KEYS_READ = "keys.read"
    KEYS_WRITE = "keys.write"
    AUDIT_READ = "audit.read"
    IMPORTS_READ = "imports.read"
    IMPORTS_WRITE = "imports.write"
    SETTINGS_READ = "settings.read"
    SETTINGS_WRITE = "settings.write"
    PROGRAMME_READ = "programme.read"
    PROGRAMME_WRITE = "programme.write"
    OFFERS_READ = "offers.read"
    OFFERS_WRITE = "offers.write"
    COUPONS_ISSUE = "coupons.issue"
    STORED_VALUE_READ = "stored_value.read"
    STORED_VALUE_WRITE = "stored_value.write"
    STORED_VALUE_SELL = "stored_value.sell"
    POINTS_ADJUST = "points.adjust"
    POINTS_APPROVE = "points.approve"
    ORDERS_REFUND = "orders.refund"
    PAYMENTS_WRITE = "payments.write"
    CLEARING_READ = "clearing.read"
    CLEARING_WRITE = "clearing.write"
    EVENTS_READ = "events.read"
    EVENTS_WRITE = "events.write"
    SEGMENTS_READ = "segments.read"
    SEGMENTS_WRITE = "segments.write"
    MERCHANTS_READ = "merchants.read"
    MERCHANTS_WRITE = "merchants.write"


class Role(StrEnum):
    OWNER = "owner"
    OPERATOR = "operator"
    MANAGER = "manager"
    CASHIER = "cashier"
    GUIDE = "guide"
    ANALYST = "analyst"
    PLATFORM_ADMIN = "platform_admin"


class StoreScope(StrEnum):
    """How many stores a role works in."""

    ALL = "all"
    SOME = "some"
    ONE = "one"


class StoreStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RoleGrant:
    name: Text
    permissions: frozenset[Permission]
    stores: StoreScope = StoreScope.ALL


_P = Permission
PLATFORM_PERMISSIONS = frozenset({_P.MERCHANTS_READ, _P.MERCHANTS_WRITE})
MERCHANT_PERMISSIONS = frozenset(Permission) - PLATFORM_PERMISSIONS
_COUNTER = frozenset(
    {
        _P.MEMBERS_READ,
        _P.TAGS_READ,
        _P.ORDERS_READ,
        _P.CATALOG_READ,
        _P.STORES_READ,
        _P.PROGRAMME_READ,
        _P.OFFERS_READ,
        _P.STORED_VALUE_READ,
    }
)

ROLES: Mapping[Role, RoleGrant] = MappingProxyType(
    {
        Role.OWNER: RoleGrant(Text("店主", "Owner"), MERCHANT_PERMISSIONS),
        Role.OPERATOR: RoleGrant(
            Text("运营", "Operator"),
            MERCHANT_PERMISSIONS
            - {
                _P.STAFF_WRITE,
                _P.KEYS_READ,
                _P.KEYS_WRITE,
                _P.SETTINGS_WRITE,
                _P.STORES_WRITE,
                _P.ORDERS_WRITE,
                _P.ORDERS_PRICE,
                _P.POINTS_APPROVE,
                _P.PAYMENTS_WRITE,
            },
        ),
        Role.MANAGER: RoleGrant(
            Text("店长", "Store manager"),
            _COUNTER
            | {
                _P.REPORTS_READ,
                _P.MEMBERS_CONTACT,
                _P.MEMBERS_WRITE,
                _P.IDENTITY_READ,
                _P.TAGS_WRITE,
                _P.ORDERS_WRITE,
                _P.ORDERS_PRICE,
                _P.ORDERS_EXPORT,
                _P.ORDERS_REFUND,
                _P.STORED_VALUE_SELL,
                _P.COUPONS_ISSUE,
                _P.POINTS_ADJUST,
                _P.CLEARING_READ,
                _P.STAFF_READ,
            },
            StoreScope.SOME,
        ),
        Role.CASHIER: RoleGrant(
            Text("收银员", "Cashier"),
            _COUNTER | {_P.MEMBERS_WRITE, _P.TAGS_WRITE, _P.ORDERS_WRITE, _P.STORED_VALUE_SELL},
            StoreScope.ONE,
        ),
        Role.GUIDE: RoleGrant(
            Text("导购", "Sales associate"),
            _COUNTER | {_P.MEMBERS_WRITE, _P.TAGS_WRITE, _P.MEMBERS_CONTACT},
            StoreScope.SOME,
        ),
        Role.ANALYST: RoleGrant(
            Text("分析师", "Analyst"), _COUNTER | {_P.REPORTS_READ, _P.EVENTS_READ, _P.SEGMENTS_READ}
        ),
        Role.PLATFORM_ADMIN: RoleGrant(Text("平台管理员", "Platform administrator"), PLATFORM_PERMISSIONS),
    }
)


LOCALES = ("zh-CN", "en")


@dataclass(frozen=True, slots=True)
class Merchant:
    """A business with its own members, books and rules. `timezone` is an IANA name; it decides business days."""

    merchant_id: UUID
    name: str
    currency: str
    timezone: str
    locale: str


@dataclass(frozen=True, slots=True)
class Region:
    region_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Store:
    store_id: UUID
    code: str
    name: str
    region: Region | None
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Premises:
    """A merchant and its stores by id."""

    merchant: Merchant
    stores: Mapping[UUID, Store]

    def store(self, store_id: UUID) -> Store:
        """Raises NotFound."""
        found = self.stores.get(store_id)
        if found is None:
            raise NotFound(what="store")
        return found


@dataclass(frozen=True, slots=True)
class Staff:
    """A person's place at one merchant. `store_ids` None means every store."""

    staff_id: UUID
    account_id: UUID
    login: str
    name: str
    role: Role
    store_ids: frozenset[UUID] | None
    disabled_at: datetime | None
    last_sign_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApiKey:
    key_id: UUID
    name: str
    scopes: frozenset[Permission]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    def usable(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which thing; `before` and `after` hold what differs, without personal data."""

    entry_id: UUID
    at: datetime
    actor_kind: str
    actor_id: UUID
    actor_name: str
    action: str
    subject_type: str
    subject_id: UUID
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
