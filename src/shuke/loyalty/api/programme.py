"""The programme: live, draft, preview, publish, versions."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request
from pydantic import Field

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, TextView, View, allow
from shuke.infra.http_ids import RuleId, TierId
from shuke.kernel.errors import FieldProblem
from shuke.loyalty import service
from shuke.loyalty.api.documents import ProgrammeBody
from shuke.loyalty.api.plain import plain
from shuke.loyalty.model import ActivityExpiry, Earnable, EarnRule, Programme, Rate, RollingExpiry
from shuke.loyalty.publishing import editing, preview
from shuke.loyalty.publishing import store as programmes
from shuke.loyalty.publishing.hooks import LoyaltyHooks
from shuke.loyalty.publishing.reading import describe
from shuke.tenancy.model import Permission

router = APIRouter(tags=["programme"])

Reader = Annotated[Call, allow(Permission.PROGRAMME_READ)]
Writer = Annotated[Call, allow(Permission.PROGRAMME_WRITE)]


class TierView(View):
    """A level of the programme, and how many members are in it."""

    id: TierId
    code: str
    name: TextView
    rank: int
    threshold_growth: int
    discount_bps: int
    points_multiplier_bps: int
    members: int


class EarnRuleView(View):
    """A rate: `amount` of `asset` for each `per_minor` paid; null `expiry_months`: no such expiry."""

    id: RuleId
    asset: str
    amount: int
    per_minor: int
    expiry_months: int | None


class PointsView(View):
    """`points_per_unit` points pay for `unit_minor`, up to `max_share_bps` of an order."""

    points_per_unit: int
    unit_minor: int
    max_share_bps: int
    expiry_months: int | None


class ProblemView(View):
    """One field that is wrong, and what to do about it."""

    path: str
    message: TextView

    @classmethod
    def of(cls, problem: FieldProblem) -> "ProblemView":
        return cls(path=problem.path, message=TextView.of(problem.message))


class DraftView(View):
    """What is not published yet; with problems it cannot be."""

    document: ProgrammeBody
    changed_at: datetime
    changed: list[str]
    problems: list[ProblemView]


class ProgrammeView(View):
    """The live programme: summary for tills and lists, and the whole document as it was published."""

    version: int
    tiers: list[TierView]
    earn_rules: list[EarnRuleView]
    points: PointsView
    growth_window_months: int
    document: ProgrammeBody
    draft: DraftView | None


class MoveView(View):
    """So many members would go from one tier to another, or stay."""

    before: str
    after: str
    members: int


class PreviewView(View):
    """What publishing would do to tiers once grace has passed. Nothing is written."""

    problems: list[ProblemView]
    changed: list[str]
    moves: list[MoveView]
    rising: int
    falling: int


class PublishBody(Body):
    """`live_version` is the version this draft was meant to follow: somebody else's is not overwritten."""

    live_version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class VersionView(View):
    """`changed`: the sections that differ from the version before."""

    version: int
    published_at: datetime
    published_by: str
    changed: list[str]


class VersionList(View):
    items: list[VersionView]


class VersionDocument(View):
    version: int
    document: ProgrammeBody


@router.get("/programme")
def read_programme(request: Request, call: Reader) -> ProgrammeView:
    """Tiers, what is earned, what points are worth, what members are entitled to; and the draft, if there is one."""
    with call.unit() as unit:
        return _present(unit, _hooks(request))


@router.put("/programme")
def save_draft(request: Request, body: ProgrammeBody, call: Writer) -> ProgrammeView:
    """Keep a draft of the whole programme. It may have problems; only publishing asks for none."""

    def save(unit: Unit) -> ProgrammeView:
        editing.save(unit, plain(body), _hooks(request))
        return _present(unit, _hooks(request))

    return call.once(ProgrammeView, body, save)


@router.delete("/programme/draft")
def drop_draft(request: Request, call: Writer) -> ProgrammeView:
    """Forget the draft."""

    def drop(unit: Unit) -> ProgrammeView:
        editing.drop(unit)
        return _present(unit, _hooks(request))

    return call.once(ProgrammeView, None, drop)


@router.post("/programme/preview")
def preview_programme(request: Request, body: ProgrammeBody, call: Reader) -> PreviewView:
    """What publishing this document would change: problems, and how many members would move between which tiers."""
    with call.unit() as unit:
        live, planned = service.programme(unit), editing.read(unit, plain(body))
        problems = editing.problems(unit, planned, _hooks(request))
        moves = [] if problems else preview.moves(unit, live, planned)
        return PreviewView(
            problems=[ProblemView.of(problem) for problem in problems],
            changed=editing.changes(live, planned),
            moves=[MoveView(before=move.before.code, after=move.after.code, members=move.members) for move in moves],
            rising=sum(move.members for move in moves if move.levels > 0),
            falling=sum(move.members for move in moves if move.levels < 0),
        )


@router.post("/programme/publish")
def publish_programme(request: Request, body: PublishBody, call: Writer) -> ProgrammeView:
    """Make the draft the live programme."""

    def publish(unit: Unit) -> ProgrammeView:
        editing.publish(unit, body.live_version, _hooks(request))
        return _present(unit, _hooks(request))

    return call.once(ProgrammeView, body, publish)


@router.get("/programme/versions")
def list_versions(call: Reader) -> VersionList:
    """What was published when by whom, newest first."""
    with call.unit() as unit:
        return VersionList(
            items=[
                VersionView(version=made.programme.version, published_at=made.at, published_by=made.by, changed=changed)
                for made, changed in editing.versions(unit)
            ]
        )


@router.get("/programme/versions/{version}")
def read_version(version: Annotated[int, Path(ge=1, le=2**31 - 1)], call: Reader) -> VersionDocument:
    """A version as it was published."""
    with call.unit() as unit:
        found = editing.version(unit, version)
        return VersionDocument(version=found.version, document=ProgrammeBody.model_validate(describe(found)))


def _hooks(request: Request) -> LoyaltyHooks:
    hooks: LoyaltyHooks = request.app.state.loyalty_hooks
    return hooks


def _present(unit: Unit, hooks: LoyaltyHooks) -> ProgrammeView:
    # From its tables: right after publishing, this transaction's copy is the one before.
    programme = programmes.current(unit)
    members = service.members_by_tier(unit, programme)
    edited = editing.draft(unit, hooks)
    return ProgrammeView(
        version=programme.version,
        tiers=_tiers(programme, members),
        earn_rules=_rates(programme),
        points=PointsView(
            points_per_unit=programme.points_per_unit,
            unit_minor=programme.unit_minor,
            max_share_bps=programme.points_max_share_bps,
            expiry_months=_expiry_months(programme),
        ),
        growth_window_months=programme.growth_window_months,
        document=ProgrammeBody.model_validate(describe(programme)),
        draft=None
        if edited is None
        else DraftView(
            document=ProgrammeBody.model_validate(describe(edited.programme)),
            changed_at=edited.changed_at,
            changed=editing.changes(programme, edited.programme),
            problems=[ProblemView.of(problem) for problem in edited.problems],
        ),
    )


def _tiers(programme: Programme, members: dict[UUID, int]) -> list[TierView]:
    return [
        TierView(
            id=tier.tier_id,
            code=tier.code,
            name=TextView.of(tier.name),
            rank=tier.rank,
            threshold_growth=tier.threshold_growth,
            discount_bps=tier.discount_bps,
            points_multiplier_bps=tier.points_multiplier_bps,
            members=members.get(tier.tier_id, 0),
        )
        for tier in programme.tiers
    ]


def _rates(programme: Programme) -> list[EarnRuleView]:
    """Rates only: the document has the rest."""
    return [_rate(programme, rule, rule.effect) for rule in programme.earn_rules if isinstance(rule.effect, Rate)]


def _rate(programme: Programme, rule: EarnRule, rate: Rate) -> EarnRuleView:
    months = _expiry_months(programme) if rule.asset is Earnable.POINTS else None
    return EarnRuleView(
        id=rule.rule_id, asset=rule.asset, amount=rate.amount, per_minor=rate.per_minor, expiry_months=months
    )


def _expiry_months(programme: Programme) -> int | None:
    match programme.points.expiry:
        case RollingExpiry(months=months) | ActivityExpiry(months=months):
            return months
    return None
