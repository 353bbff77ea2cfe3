"""Statements of parties over a period, on the page and as a file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import StreamingResponse

from shuke.checkout.clearing import statements
from shuke.checkout.clearing.api.asked import AskedParty, AskedPeriod, stores_of
from shuke.checkout.clearing.api.views import ClearingParty, ClearingStatement, Stores
from shuke.checkout.clearing.model import Entry, Party
from shuke.checkout.clearing.statements import Wanted
from shuke.checkout.clearing.words import REASONS
from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.http import Call, allow
from shuke.kernel.text import Language
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/clearing", tags=["clearing"])

Reader = Annotated[Call, allow(Permission.CLEARING_READ)]


@router.get("/statement")
def read_clearing_statement(call: Reader, period: AskedPeriod, party: AskedParty = None) -> ClearingStatement:
    """What the parties owe each other over a period: all of them, or one and each of the others."""
    with call.unit() as unit:
        found = statements.statement(unit, period.first, period.last, party)
        stores = stores_of(unit, (each.party for each in found.positions))
    return ClearingStatement.of(found, stores)


_HEADER = (
    "day",
    "own_day",
    "late",
    "party",
    "counterparty",
    "reason",
    "label",
    "kind",
    "order_number",
    "receives_minor",
    "pays_minor",
    "status",
)


@router.get("/statement/export", response_class=StreamingResponse)
def export_clearing_statement(call: Reader, period: AskedPeriod, party: AskedParty = None) -> StreamingResponse:
    """The entries of a period as CSV, as the party sees them; without a party, as each creditor sees them. Amounts in
    minor units; `status` says whether the day is closed."""

    def rows() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            found = statements.statement(unit, period.first, period.last, party)
            stores = stores_of(unit, (each.party for each in found.positions))
            names = {each.party: _name(each.party, stores, call.language) for each in found.positions}
            for entry in statements.all_entries(unit, Wanted(period.first, period.last, party)):
                is_open = found.open_from is not None and entry.business_day >= found.open_from
                yield _row(entry, party or entry.creditor, names, call.language, "open" if is_open else "closed")

    return csv_response("clearing-statement", _HEADER, rows())


def _row(entry: Entry, side: Party, names: Mapping[Party, str], language: Language, status: str) -> Sequence[Cell]:
    owes = side == entry.debtor
    other = entry.creditor if owes else entry.debtor
    return (
        entry.business_day,
        entry.own_day,
        entry.late,
        names.get(side, side.key),
        names.get(other, other.key),
        entry.reason,
        REASONS[entry.reason].in_(language),
        entry.kind,
        entry.number,
        0 if owes else entry.amount_minor,
        entry.amount_minor if owes else 0,
        status,
    )


def _name(party: Party, stores: Stores, language: Language) -> str:
    shown = ClearingParty.of(party, stores)
    if shown.store is not None:
        return f"{shown.store.code} {shown.store.name}"
    return shown.name.zh if language == "zh" else shown.name.en
