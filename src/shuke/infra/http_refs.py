"""How a store, a member, a category or a tier is named in passing, the same wherever the API mentions one."""

from typing import Protocol
from uuid import UUID

from shuke.infra.http import TextView, View
from shuke.infra.http_ids import CategoryId, MemberId, StoreId, TierId


class _Store(Protocol):
    @property
    def store_id(self) -> UUID: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class _Member(Protocol):
    @property
    def member_id(self) -> UUID: ...
    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str | None: ...


class _Category(Protocol):
    @property
    def category_id(self) -> UUID: ...
    @property
    def name(self) -> str: ...


class StoreRef(View):
    id: StoreId
    code: str
    name: str

    @classmethod
    def of(cls, store: _Store) -> "StoreRef":
        return cls(id=store.store_id, code=store.code, name=store.name)


class MemberRef(View):
    """`name` null: she gave none, or the caller may not read members."""

    id: MemberId
    number: str
    name: str | None

    @classmethod
    def of(cls, member: _Member) -> "MemberRef":
        return cls(id=member.member_id, number=member.number, name=member.name)


class CategoryRef(View):
    id: CategoryId
    name: str

    @classmethod
    def of(cls, category: _Category) -> "CategoryRef":
        return cls(id=category.category_id, name=category.name)


class TierRef(View):
    id: TierId
    code: str
    name: TextView
    rank: int
