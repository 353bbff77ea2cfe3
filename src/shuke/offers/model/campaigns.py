"""Marketing actions known from imports."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Campaign:
    """A marketing action of some days, both included. `kind` is the source's own word for it."""

    campaign_id: UUID
    code: str
    kind: str
    starts_on: date
    ends_on: date
