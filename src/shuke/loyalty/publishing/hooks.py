"""What the programme asks of domains beside and above loyalty. The entry points know both sides and hand this in."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from shuke.infra.database import Unit


def _all(_unit: Unit, ids: Collection[UUID]) -> Collection[UUID]:
    return ids


@dataclass(frozen=True, slots=True)
class LoyaltyHooks:
    """`templates`: which of the ids are coupon templates that can be given."""

    templates: Callable[[Unit, Collection[UUID]], Collection[UUID]] = _all
