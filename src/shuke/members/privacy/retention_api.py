"""How long data of people is kept: read, tried and set."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from shuke.infra.http import Body, Call, TextView, View, allow
from shuke.members.privacy import retention
from shuke.members.privacy.retention import Rule, Subject
from shuke.tenancy.model import Permission

router = APIRouter(tags=["privacy"])

Days = Annotated[int, Field(ge=1, le=retention.MOST)]
Reader = Annotated[Call, allow(Permission.PRIVACY_READ)]
Writer = Annotated[Call, allow(Permission.PRIVACY_WRITE)]


class RetentionChange(Body):
    """Days by subject; what is not named stays as it is."""

    rules: Annotated[dict[str, Days], Field(max_length=20)]


class RetentionRule(View):
    """`least`: the fewest days that may be set, and `why`."""

    subject: str
    what: TextView
    days: int
    least: int
    why: TextView


class RetentionRules(View):
    items: list[RetentionRule]


class RetentionPreview(View):
    """Rows of each subject that the next night would delete."""

    rows: dict[str, int]


@router.get("/retention")
def get_retention(request: Request, call: Reader) -> RetentionRules:
    """How long each sort of data is kept. What is over goes every night."""
    with call.unit() as unit:
        return _shown(retention.rules(unit, _subjects(request)))


@router.put("/retention")
def set_retention(request: Request, body: RetentionChange, call: Writer) -> RetentionRules:
    """422 for fewer days than law or function need."""
    return call.once(
        RetentionRules, body, lambda unit: _shown(retention.keep_for(unit, _subjects(request), body.rules))
    )


@router.post("/retention/preview")
def preview_retention(request: Request, body: RetentionChange, call: Writer) -> RetentionPreview:
    """What these rules would delete in the next night. Nothing changes."""
    with call.unit() as unit:
        return RetentionPreview(rows=retention.preview(unit, _subjects(request), body.rules))


def _subjects(request: Request) -> Sequence[Subject]:
    subjects: Sequence[Subject] = request.app.state.retention
    return subjects


def _shown(rules: Sequence[Rule]) -> RetentionRules:
    return RetentionRules(
        items=[
            RetentionRule(
                subject=rule.subject.code,
                what=TextView.of(rule.subject.what),
                days=rule.days,
                least=rule.subject.least,
                why=TextView.of(rule.subject.why),
            )
            for rule in rules
        ]
    )
