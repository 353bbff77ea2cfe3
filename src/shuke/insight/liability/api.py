"""What is owed to members at a month's end, on the page and as a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.http import Call, allow
from shuke.insight.liability.export import HEADER, rows
from shuke.insight.liability.report import liability
from shuke.insight.liability.views import LiabilityReport
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/reports", tags=["reports"])

Reader = Annotated[Call, allow(Permission.REPORTS_READ)]


def _month(
    month: Annotated[
        str | None, Query(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="YYYY-MM; this month by default.")
    ] = None,
) -> date | None:
    return None if month is None else date.fromisoformat(f"{month}-01")


AskedMonth = Annotated[date | None, Depends(_month)]


@router.get("/liability")
def read_liability(call: Reader, month: AskedMonth = None) -> LiabilityReport:
    """Points, stored value, red packets, cards and coupons outstanding at the month's end; how they moved; what expired
    of each month's issue; and what discounts cost whom."""
    with call.unit() as unit:
        return LiabilityReport.of(liability(unit, month))


@router.get("/liability/export", response_class=StreamingResponse)
def export_liability(call: Reader, month: AskedMonth = None) -> StreamingResponse:
    """The same as CSV, one figure a row."""

    def figures() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            found = liability(unit, month)
        yield from rows(found)

    return csv_response("liability", HEADER, figures())
