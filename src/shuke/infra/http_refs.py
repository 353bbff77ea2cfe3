"""How a store, a category or a tier is named in passing, the same wherever the API mentions one."""

from typing import Protocol
from uuid import UUID

from shuke.infra.http import TextView, View
from shuke.infra.http_ids import CategoryId, StoreId, TierId


class _Store(Protocol):
    @property
    def store_id(self) -> UUID: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


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
