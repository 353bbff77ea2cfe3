"""A crowd against everybody as the API says it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shuke.audience.model import Node
from shuke.infra.http import Body, TextView, View
from shuke.infra.http_ids import SegmentId
from shuke.infra.http_refs import CategoryRef, StoreRef


class CrowdRequest(Body):
    """Either a segment (who is in it by the last look), or a rule tree as it is now."""

    segment_id: SegmentId | None = None
    tree: Node | None = None


class CrowdShare(View):
    """`here` and `everybody` are members, or sales in minor units; the shares are of those of the crowd and of all
    members. `index` is the one divided by the other, times 100; null where nobody has it."""

    here: int
    everybody: int
    here_bps: int
    everybody_bps: int
    index: int | None


class CrowdWord(CrowdShare):
    """`code` null: not known."""

    code: str | None
    name: TextView


class CrowdProfile(View):
    code: str
    name: TextView
    rows: list[CrowdWord]


class CrowdMeasure(View):
    """Null where there is nothing to divide by. `index`: as of shares."""

    code: str
    name: TextView
    here: int | None
    everybody: int | None
    index: int | None


class CrowdCategory(CrowdShare):
    """`category` null: products without one."""

    category: CategoryRef | None


class CrowdStore(CrowdShare):
    store: StoreRef


class CrowdCohort(View):
    """Who first bought in a month; the share of them who bought in each month from it on."""

    month: str
    here: int
    everybody: int
    here_bps: list[int]
    everybody_bps: list[int]


class CrowdInsight(View):
    today: date
    members: int
    everybody: int
    definitions: Annotated[dict[str, TextView], Field(description="What the words on the page mean, by code.")]
    measures: list[CrowdMeasure]
    profile: list[CrowdProfile]
    categories: list[CrowdCategory]
    stores: list[CrowdStore]
    retention: list[CrowdCohort]
    took_ms: int
