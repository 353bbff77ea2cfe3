"""Terms in JSON: what promotions and coupon templates share. The same bodies are heard and said."""

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field

from shuke.infra.http import Body, TextView, View
from shuke.infra.http_ids import PlanId, StoreId, TierId
from shuke.kernel.conditions import BirthdayTime, Period, Who
from shuke.kernel.errors import FieldProblem
from shuke.kernel.rounding import BPS
from shuke.kernel.text import Text
from shuke.offers import documents
from shuke.offers.api.effects import Bps, Effect, Minor, Part, Scope, Whole
from shuke.offers.model import DEFAULT_GROUP, Funder, Terms
from shuke.offers.rules.terms import CODE_MAX, NAME_MAX

Code = Annotated[str, Field(min_length=1, max_length=CODE_MAX, description="Names the offer in files and reports.")]
GroupCode = Annotated[str, Field(min_length=1, max_length=CODE_MAX)]
Word = Annotated[str, Field(min_length=1, max_length=64)]


class Name(Part):
    """In both languages; a draft may leave one empty."""

    zh: Annotated[str, Field(max_length=NAME_MAX)] = ""
    en: Annotated[str, Field(max_length=NAME_MAX)] = ""

    def text(self) -> Text:
        return Text(self.zh, self.en)


class FundingShare(Part):
    """`bps` of every discount is borne by `funder`; `party` names the partner."""

    funder: Funder = Funder.MERCHANT
    bps: Bps = BPS
    party: Annotated[str | None, Field(max_length=64)] = None


class Window(Part):
    """When: between two moments, and there only on these weekdays (1 Monday), days of the month and minutes of the day,
    on the merchant's calendar. Minutes that end before they begin go on after midnight."""

    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    weekdays: Annotated[list[Whole], Field(max_length=7)] = Field(default_factory=list)
    month_days: Annotated[list[Whole], Field(max_length=31)] = Field(default_factory=list)
    minutes: Annotated[list[Annotated[list[Whole], Field(min_length=2, max_length=2)]], Field(max_length=10)] = Field(
        default_factory=list
    )


class Audience(Part):
    """Whom: of `tiers`, `plans` and `tags`, each that names any must be met by one of them."""

    who: Who = Who.EVERYBODY
    tiers: Annotated[list[TierId], Field(max_length=50)] = Field(default_factory=list)
    plans: Annotated[list[PlanId], Field(max_length=50)] = Field(default_factory=list)
    tags: Annotated[list[Word], Field(max_length=50)] = Field(default_factory=list)
    birthday: BirthdayTime | None = None


class Conditions(Part):
    """When, where and for whom. Empty stores or channels mean all of them."""

    window: Window = Field(default_factory=Window)
    stores: Annotated[list[StoreId], Field(max_length=1000)] = Field(default_factory=list)
    channels: Annotated[list[Word], Field(max_length=20)] = Field(default_factory=list)
    audience: Audience = Field(default_factory=Audience)


class Caps(Part):
    """The most that is taken off one line, and one order."""

    line_minor: Minor | None = None
    order_minor: Minor | None = None


class Limits(Part):
    """In all, and for each member in each turn of `period` (null: in all)."""

    uses: Whole | None = None
    budget_minor: Minor | None = None
    uses_per_member: Whole | None = None
    pieces_per_member: Whole | None = None
    period: Period | None = None


def _own_funds() -> list[FundingShare]:
    return [FundingShare()]


class OfferBody(Body):
    """What a promotion and a coupon template say alike. A draft may lack an effect."""

    code: Code
    name: Name
    group: GroupCode = DEFAULT_GROUP
    effect: Effect | None = None
    scope: Scope = Field(default_factory=Scope)
    conditions: Conditions = Field(default_factory=Conditions)
    funding: Annotated[list[FundingShare], Field(max_length=10)] = Field(default_factory=_own_funds)
    caps: Caps = Field(default_factory=Caps)
    limits: Limits = Field(default_factory=Limits)

    def terms(self) -> Terms:
        return documents.build(Terms, values_of(self))


class Changed(Body):
    """`version` is the one the change was made from: if another came in between, nothing changes."""

    version: Annotated[int | None, Field(ge=1)] = None


class OfferProblem(View):
    """What stands in the way of publishing, and the remedy."""

    path: str
    message: TextView

    @classmethod
    def of(cls, problem: FieldProblem) -> "OfferProblem":
        return cls(path=problem.path, message=TextView.of(problem.message))


def values_of(body: BaseModel) -> dict[str, Any]:
    """The body as mappings and lists, with ids, moments and enums as they are."""
    return {name: _plain(getattr(body, name)) for name in type(body).model_fields}


def _plain(value: object) -> Any:
    if isinstance(value, BaseModel):
        return values_of(value)
    return [_plain(item) for item in value] if isinstance(value, list) else value


def shown(terms: object) -> dict[str, Any]:
    """Terms or rules of the model, as the bodies above read them."""
    said: dict[str, Any] = documents.plain(terms)
    return said
