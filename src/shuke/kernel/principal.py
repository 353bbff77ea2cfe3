"""Who is asking, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shuke.kernel.errors import Forbidden, NotFound


class PrincipalKind(StrEnum):
    STAFF = "staff"
    API_KEY = "api_key"
    PLATFORM = "platform"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Principal:
    """A person or machine at work.

    `merchant_id` is None for the platform's own people. `store_ids` None means every store.
    `account_id` is the account a person signed in with.
    """

    kind: PrincipalKind
    id: UUID
    name: str
    merchant_id: UUID | None
    permissions: frozenset[str]
    store_ids: frozenset[UUID] | None = None
    account_id: UUID | None = None

    def require(self, permission: str) -> None:
        if permission not in self.permissions:
            raise Forbidden(permission=permission)

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def require_store(self, store_id: UUID) -> None:
        """A store out of reach looks like one that is not there."""
        if self.store_ids is not None and store_id not in self.store_ids:
            raise NotFound(what="store")


def system(merchant_id: UUID | None) -> Principal:
    """Shuke itself: imports from the command line, scheduled jobs."""
    return Principal(PrincipalKind.SYSTEM, UUID(int=0), "Shuke", merchant_id, frozenset())
