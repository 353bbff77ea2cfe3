"""Scopes and conditions as the API hears and says them; tiers and plans are named by their codes."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shuke.infra.http_ids import CategoryId, ProductId, StoreId
from shuke.kernel.conditions import BirthdayTime, Who

MANY = 1_000
Code = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Word = Annotated[str, Field(min_length=1, max_length=100)]
Minute = Annotated[int, Field(ge=0, le=1440)]


class Part(BaseModel):
    """A part of a body, which looks into all of its parts for what cannot be stored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ScopeBody(Part):
    """All goods where nothing is named; less those without."""

    products: list[ProductId] = Field(default=[], max_length=MANY)
    categories: list[CategoryId] = Field(default=[], max_length=MANY)
    brands: list[Word] = Field(default=[], max_length=MANY)
    without_products: list[ProductId] = Field(default=[], max_length=MANY)
    without_categories: list[CategoryId] = Field(default=[], max_length=MANY)
    without_brands: list[Word] = Field(default=[], max_length=MANY)


class MinutesBody(Part):
    """Minutes of the day, local: from `first` up to `last`."""

    first: Minute
    last: Minute


class WindowBody(Part):
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    weekdays: list[Annotated[int, Field(ge=1, le=7)]] = Field(default=[], max_length=7)
    month_days: list[Annotated[int, Field(ge=1, le=31)]] = Field(default=[], max_length=31)
    minutes: list[MinutesBody] = Field(default=[], max_length=24)


class AudienceBody(Part):
    who: Who = Who.EVERYBODY
    tiers: list[Code] = Field(default=[], max_length=MANY)
    plans: list[Code] = Field(default=[], max_length=MANY)
    tags: list[Word] = Field(default=[], max_length=MANY)
    birthday: BirthdayTime | None = None


class ConditionsBody(Part):
    window: WindowBody = WindowBody()
    stores: list[StoreId] = Field(default=[], max_length=MANY)
    channels: list[Word] = Field(default=[], max_length=MANY)
    audience: AudienceBody = AudienceBody()
