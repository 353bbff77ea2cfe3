"""Where members stand, over HTTP: lifecycle, activity, and how they moved between two days."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field

from shuke.audience.api.trait_views import Reader, Root, Traits, defined, reading, shown_run
from shuke.audience.traits.reading import Standing
from shuke.audience.traits.words import GRADES, GRADES_DEFINED, STAGES, STAGES_DEFINED, lifecycle_defined
from shuke.infra.http import TextView, View
from shuke.kernel.errors import invalid_field

router = APIRouter(prefix="/insight/lifecycle", tags=["insight"])

_USUAL_BACK = 30


class Standings(View):
    """Members of one stage or grade. `net_minor`: sales to them within the year; `clv_minor`: their value."""

    code: str
    name: TextView
    definition: TextView
    members: int
    net_minor: int
    clv_minor: int


class LifecycleStates(Traits):
    """Stages and grades in their order, also those of nobody."""

    stages: list[Standings]
    grades: list[Standings]


class Stage(View):
    code: str
    name: TextView


class Flow(View):
    """So many members stood in `source` on the first day and in `target` on the other."""

    source: str
    target: str
    members: int


class LifecycleFlow(Traits):
    """`days`: those between which flows are known, the last first. `absent` is the stage of who had not joined."""

    model_config = ConfigDict(from_attributes=True, validate_by_name=True)

    days: list[date]
    from_: date | None = Field(alias="from")
    to: date | None
    stages: list[Stage]
    flows: list[Flow]


@router.get("")
def read_lifecycle(call: Reader, root: Root) -> LifecycleStates:
    """How many members are new, growing, mature, at risk, lost and won back, and how active they are."""
    with reading(call, root) as (_, found):
        return LifecycleStates(
            run=shown_run(found),
            definitions=defined(lifecycle_defined(found.run)) if found else {},
            stages=_standings(found, "lifecycle"),
            grades=_standings(found, "grade"),
        )


@router.get("/flow")
def read_flow(
    call: Reader,
    root: Root,
    from_: Annotated[date | None, Query(alias="from", description="One of `days`; 30 days before by default.")] = None,
    to: Annotated[date | None, Query(description="One of `days`, after `from`; the last by default.")] = None,
) -> LifecycleFlow:
    """How members moved between two days, as a Sankey diagram shows it."""
    with reading(call, root) as (_, found):
        moments = {row["day"]: row["back"] for row in found.moments()} if found else {}
        first, last = _chosen(found, moments, from_, to)
        rows = found.flow(moments[first], moments[last]) if found and first and last else []
        return LifecycleFlow(
            run=shown_run(found),
            definitions=defined(lifecycle_defined(found.run)) if found else {},
            days=list(moments),
            from_=first,
            to=last,
            stages=[Stage(code=code, name=TextView.of(name)) for code, name in STAGES.items()],
            flows=[Flow.model_validate(row) for row in rows],
        )


def _chosen(
    found: Standing | None, moments: dict[date, int], first: date | None, last: date | None
) -> tuple[date | None, date | None]:
    """Two of the moments. Raises Invalid for other days."""
    if found is None or not moments:
        return None, None
    last = last or min(moments, key=lambda day: moments[day])
    first = first or min(
        (day for day in moments if day < last), key=lambda day: abs((last - day).days - _USUAL_BACK), default=last
    )
    known = "、".join(str(day) for day in moments), ", ".join(str(day) for day in moments)
    for path, day in (("from", first), ("to", last)):
        if day not in moments:
            raise invalid_field(path, f"请选择这些日期之一：{known[0]}。", f"Choose one of {known[1]}.")
    if first > last:
        raise invalid_field("to", "结束日期不能早于开始日期。", "The last day is before the first.")
    return first, last


def _standings(found: Standing | None, column: str) -> list[Standings]:
    names, said = (STAGES, STAGES_DEFINED) if column == "lifecycle" else (GRADES, GRADES_DEFINED)
    counted = {row["word"]: row for row in found.counted(column)} if found else {}
    none = {"members": 0, "net_minor": 0, "clv_minor": 0}
    return [
        Standings(
            code=code,
            name=TextView.of(name),
            definition=TextView.of(said[code]),
            **{key: counted.get(code, none)[key] for key in none},
        )
        for code, name in names.items()
        if code != "absent"
    ]
