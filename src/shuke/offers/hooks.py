"""What offers ask of domains beside and above them. The entry points know both sides and hand this in."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit

Ids = Callable[[Unit, Collection[UUID]], Collection[UUID]]
"""Those of the ids that are the merchant's."""


def _none(_unit: Unit, _ids: Collection[UUID]) -> Collection[UUID]:
    return ()


def _nobody(_unit: Unit, _tiers: Collection[UUID]) -> sa.Select[tuple[UUID]] | None:
    return None


@dataclass(frozen=True, slots=True)
class OfferHooks:
    """`tiers` and `plans`: which of the ids there are; `in_tiers`: the ids of members in any of these tiers."""

    tiers: Ids = _none
    plans: Ids = _none
    in_tiers: Callable[[Unit, Collection[UUID]], sa.Select[tuple[UUID]] | None] = _nobody
