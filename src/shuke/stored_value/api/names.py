"""Names of members and stores, to show beside what they did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from shuke.infra.database import Unit
from shuke.infra.http_refs import MemberRef, StoreRef
from shuke.members import service as members
from shuke.tenancy import service as tenancy


@dataclass(frozen=True, slots=True)
class Names:
    members: Mapping[UUID, MemberRef]
    stores: Mapping[UUID, StoreRef]

    def member(self, member_id: UUID | None) -> MemberRef | None:
        return self.members.get(member_id) if member_id else None

    def store(self, store_id: UUID | None) -> StoreRef | None:
        return self.stores.get(store_id) if store_id else None


def names(unit: Unit, member_ids: Iterable[UUID | None], store_ids: Iterable[UUID | None]) -> Names:
    """Of these, whoever and whatever is known."""
    people = members.shown_refs(unit, {member_id for member_id in member_ids if member_id})
    places = tenancy.store_refs(unit, {store_id for store_id in store_ids if store_id})
    return Names(
        {member_id: MemberRef.of(ref) for member_id, ref in people.items()},
        {store_id: StoreRef.of(store) for store_id, store in places.items()},
    )
