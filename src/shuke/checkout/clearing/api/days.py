"""Days that are cleared: listed, looked into, closed. And the terms they are cleared by."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path

from shuke.checkout.clearing import closing, days, statements, terms
from shuke.checkout.clearing.api.asked import AskedParty, stores_of
from shuke.checkout.clearing.api.views import (
    ClearingDay,
    ClearingDayDetail,
    ClearingDays,
    ClearingEntries,
    ClearingEntry,
    ClearingStatement,
    ClearingTermsBody,
    ClearingTermsView,
    CloseBody,
    ClosingView,
)
from shuke.checkout.clearing.model import Reason
from shuke.checkout.clearing.statements import Wanted
from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, allow
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/clearing", tags=["clearing"])

Reader = Annotated[Call, allow(Permission.CLEARING_READ)]
Writer = Annotated[Call, allow(Permission.CLEARING_WRITE)]
Day = Annotated[date, Path(ge=date(2000, 1, 1), le=date(2999, 12, 31), description="A business day.")]


@router.get("/terms")
def read_clearing_terms(call: Reader) -> ClearingTermsView:
    with call.unit() as unit:
        return ClearingTermsView.of(terms.terms(unit))


@router.patch("/terms")
def change_clearing_terms(body: ClearingTermsBody, call: Writer) -> ClearingTermsView:
    """Set what is named; it counts for all days that are still open. 409 `clearing_begun` when the first day changes
    after one was closed."""
    changes: dict[str, Any] = body.model_dump(exclude_none=True)
    return call.once(ClearingTermsView, body, lambda unit: ClearingTermsView.of(terms.change_terms(unit, changes)))


@router.get("/days")
def list_clearing_days(call: Reader, limit: Limit = 31, cursor: Cursor = None) -> ClearingDays:
    """Today and all days before it, newest first; open days as they stand."""
    with call.unit() as unit:
        found = days.days(unit, cursor, limit)
    return ClearingDays(items=[ClearingDay.of(day) for day in found.items], next_cursor=found.next_cursor)


@router.get("/days/{day}")
def read_clearing_day(day: Day, call: Reader) -> ClearingDayDetail:
    """One day: what every party pays and receives, and who owes whom for what. An open day as it stands."""
    with call.unit() as unit:
        totals, found = days.day(unit, day), statements.statement(unit, day, day)
        stores = stores_of(unit, (each.party for each in found.positions))
    return ClearingDayDetail(day=ClearingDay.of(totals), statement=ClearingStatement.of(found, stores))


@router.get("/days/{day}/entries")
def list_clearing_entries(
    day: Day,
    call: Reader,
    party: AskedParty = None,
    reason: Reason | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ClearingEntries:
    """The entries behind a day, of one party or reason where named."""
    with call.unit() as unit:
        found = statements.entries(unit, Wanted(day, day, party, reason), cursor, limit)
        stores = stores_of(unit, (side for entry in found.items for side in (entry.debtor, entry.creditor)))
    return ClearingEntries(
        items=[ClearingEntry.of(entry, stores) for entry in found.items], next_cursor=found.next_cursor
    )


@router.post("/days/{day}/close")
def close_clearing_day(day: Day, body: CloseBody, call: Writer) -> ClosingView:
    """Close every open day up to this one, for good; with `preview`, say what that would come to. Closing again
    changes nothing. 409 `day_not_over`, `day_not_cleared`."""

    def act(unit: Unit) -> ClosingView:
        done = closing.preview(unit, day) if body.preview else closing.close(unit, day)
        stores = stores_of(unit, (each.party for each in done.positions))
        return ClosingView.of(done, stores, preview=body.preview)

    return call.once(ClosingView, body, act)
