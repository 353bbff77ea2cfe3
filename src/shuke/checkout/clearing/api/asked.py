"""What the routes of clearing ask for: a party, a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import Field

from shuke.checkout.clearing.api.views import read_party
from shuke.checkout.clearing.errors import PartyUnknown
from shuke.checkout.clearing.model import Party
from shuke.infra.database import Unit
from shuke.infra.http import SearchText
from shuke.kernel.errors import invalid_field
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Store

LONGEST = 366
"""Days in one statement."""

_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]


def _party(
    party: Annotated[
        SearchText | None, Query(description="merchant, platform, a store's id, or partner:name; all by default.")
    ] = None,
) -> Party | None:
    if party is None:
        return None
    try:
        return read_party(party)
    except ValueError as error:
        raise PartyUnknown(party=party) from error


AskedParty = Annotated[Party | None, Depends(_party)]


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date


def _period(
    from_: Annotated[_Day, Query(alias="from", description="First business day.")],
    to: Annotated[_Day, Query(description="Last business day.")],
) -> Period:
    if to < from_:
        raise invalid_field("to", "结束日期不能早于开始日期。", "The last day cannot lie before the first.")
    if (to - from_).days >= LONGEST:
        raise invalid_field("to", f"最多 {LONGEST} 天。", f"Choose {LONGEST} days at most.")
    return Period(from_, to)


AskedPeriod = Annotated[Period, Depends(_period)]


def stores_of(unit: Unit, parties: Iterable[Party]) -> dict[UUID, Store]:
    """The stores among some parties, for their names."""
    return tenancy.store_refs(unit, {party.store_id for party in parties if party.store_id})
