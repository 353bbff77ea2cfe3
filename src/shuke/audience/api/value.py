"""What members are worth, over HTTP: RFM, the 80/20 curve, and what is to be expected of them."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.audience.api.trait_views import Reader, Root, Traits, defined, reading, shown_run
from shuke.audience.traits.reading import Row, Standing
from shuke.audience.traits.words import pareto_defined, predictions_defined, rfm_defined
from shuke.infra.http import TextView, View
from shuke.kernel.text import Text

router = APIRouter(prefix="/insight/value", tags=["insight"])

BUCKETS = 20
_MOST_BPS = 8_000
_FEW_BPS = 2_000


class RfmThreshold(View):
    """Who is `above` it in `measure` has at least this score. Recency is in days, negative: -7 is a week ago."""

    measure: str
    score: int
    above: int


class RfmCell(View):
    recency: int
    frequency: int
    monetary: int
    members: int
    net_minor: int


class RfmGrid(Traits):
    """Cells that hold nobody are left out. A cell is a segment: `all` of `trait` rules on its three scores."""

    members: int
    net_minor: int
    thresholds: list[RfmThreshold]
    cells: list[RfmCell]


class ParetoPoint(View):
    """The best `members_bps` of the members, so many, make `sales_bps` of the sales."""

    members_bps: int
    members: int
    net_minor: int
    sales_bps: int | None


class ParetoCurve(Traits):
    members: int
    net_minor: int
    points: list[ParetoPoint]
    sentences: Annotated[
        list[TextView], Field(description="What the best fifth makes, and how few make four fifths of the sales.")
    ]


class Bucket(View):
    """Values from `low` up to below `high`; null: all above."""

    low: int
    high: int | None
    members: int
    total: int


class Spread(View):
    members: int
    total: int
    median: int | None
    buckets: list[Bucket]


class Predictions(Traits):
    """`parameters`: those of BG/NBD (r, alpha in weeks, a, b) and Gamma-Gamma (p, q, v in minor units, and the
    correlation that it takes to be none), as far as they could be fitted."""

    parameters: dict[str, dict[str, float]]
    clv_minor: Spread
    expected_milli: Spread
    alive_bps: Spread


@router.get("/rfm")
def read_rfm(call: Reader, root: Root) -> RfmGrid:
    """The grid of recency, frequency and monetary scores, of the members who bought within the year."""
    with reading(call, root) as (_, found):
        cells = [RfmCell.model_validate(row) for row in found.grid()] if found else []
        return RfmGrid(
            run=shown_run(found),
            definitions=defined(rfm_defined(found.run)) if found else {},
            members=sum(cell.members for cell in cells),
            net_minor=sum(cell.net_minor for cell in cells),
            thresholds=[RfmThreshold.model_validate(each) for each in found.run.thresholds] if found else [],
            cells=cells,
        )


@router.get("/pareto")
def read_pareto(call: Reader, root: Root) -> ParetoCurve:
    """What share of the sales the best 1 %, 2 % … 100 % of the members make."""
    with reading(call, root) as (_, found):
        points = [ParetoPoint.model_validate(row) for row in found.curve()] if found else []
        return ParetoCurve(
            run=shown_run(found),
            definitions=defined(pareto_defined(found.run)) if found else {},
            members=points[-1].members if points else 0,
            net_minor=points[-1].net_minor if points else 0,
            points=points,
            sentences=[TextView.of(each) for each in _sentences(points)],
        )


@router.get("/predictions")
def read_predictions(call: Reader, root: Root) -> Predictions:
    """How value, expected purchases and the probability to come again are spread over the members."""
    with reading(call, root) as (_, found):
        return Predictions(
            run=shown_run(found),
            definitions=defined(predictions_defined(found.run)) if found else {},
            parameters={name: dict(values) for name, values in found.run.parameters.items()} if found else {},
            clv_minor=_spread(found, "clv_minor"),
            expected_milli=_spread(found, "expected_milli"),
            alive_bps=_spread(found, "alive_bps"),
        )


def _sentences(points: list[ParetoPoint]) -> list[Text]:
    told = [point for point in points if point.sales_bps is not None]
    few = next((point for point in told if point.members_bps == _FEW_BPS), None)
    most = next((point for point in told if (point.sales_bps or 0) >= _MOST_BPS), None)
    said = []
    if few:
        said.append(_says(few.members_bps, few.sales_bps or 0))
    if most and most is not few:
        said.append(_says(most.members_bps, most.sales_bps or 0))
    return said


def _says(members_bps: int, sales_bps: int) -> Text:
    who, what = f"{members_bps / 100:g}", f"{sales_bps / 100:.0f}"
    return Text(f"{who}% 的会员贡献了 {what}% 的销售额", f"{who} % of members make {what} % of sales")


def _spread(found: Standing | None, column: str) -> Spread:
    if found is None:
        return Spread(members=0, total=0, median=None, buckets=[])
    rows = found.spread(column, BUCKETS)
    return Spread(**found.total(column), buckets=[_bucket(row) for row in rows])


def _bucket(row: Row) -> Bucket:
    last = row["low"] >= (BUCKETS - 1) * row["width"]
    high = None if last else row["low"] + row["width"]
    return Bucket(low=row["low"], high=high, members=row["members"], total=row["total"])
