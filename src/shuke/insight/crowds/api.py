"""Insight into any crowd, over HTTP."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request

from shuke.audience import service as audience
from shuke.audience.model import In, Node
from shuke.audience.model.crowds import Both, Cohort, Crowd
from shuke.catalog import service as catalog
from shuke.infra.database import Unit
from shuke.infra.http import Call, TextView, allow
from shuke.infra.http_refs import CategoryRef, StoreRef
from shuke.insight.crowds import words
from shuke.insight.crowds.measuring import index, measures, shares
from shuke.insight.crowds.views import (
    CrowdCategory,
    CrowdCohort,
    CrowdInsight,
    CrowdMeasure,
    CrowdProfile,
    CrowdRequest,
    CrowdStore,
    CrowdWord,
)
from shuke.insight.tiers import tier_refs
from shuke.kernel.errors import invalid_field
from shuke.kernel.ids import Prefix, show
from shuke.kernel.text import Text
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/insight/crowds", tags=["insight"])

_MOST = 30
"""Categories and stores that are shown, those that matter most to the crowd."""


@router.post("")
def read_crowd(
    body: CrowdRequest, request: Request, call: Annotated[Call, allow(Permission.SEGMENTS_READ)]
) -> CrowdInsight:
    """What is particular about a crowd: profile, value, categories, stores and retention, against all members; nothing
    is stored."""
    root: Path = request.app.state.settings.lake
    begun = perf_counter()
    with call.unit() as unit:
        found = audience.crowd(unit, root, _tree(body))
        return CrowdInsight(
            today=found.today,
            members=found.members,
            everybody=found.everybody,
            definitions={name: TextView.of(text) for name, text in words.DEFINITIONS.items()},
            measures=_measures(found),
            profile=_profile(unit, found),
            categories=_categories(unit, found.sales["category"]),
            stores=_stores(unit, found.sales["store"]),
            retention=[_cohort(each) for each in found.cohorts],
            took_ms=round((perf_counter() - begun) * 1000),
        )


def _tree(body: CrowdRequest) -> Node:
    if (body.segment_id is None) is (body.tree is None):
        raise invalid_field("segment_id", "请给出人群或条件之一。", "Give either a segment or a tree.")
    return body.tree or In(show(Prefix.SEGMENT, body.segment_id or UUID(int=0)))


def _measures(found: Crowd) -> list[CrowdMeasure]:
    here, everybody = measures(found.worth), measures(found.worth_of_everybody)
    return [
        CrowdMeasure(
            code=code,
            name=TextView.of(name),
            here=here[code],
            everybody=everybody[code],
            index=index(here[code], everybody[code]),
        )
        for code, name in words.MEASURES.items()
    ]


def _profile(unit: Unit, found: Crowd) -> list[CrowdProfile]:
    rows = {**found.profile, "channel": found.sales["channel"]}
    tiers = {str(tier.rank): Text(tier.name.zh, tier.name.en) for tier in tier_refs(unit).values()}
    ages = [row.value for row in rows["age"] if row.value]
    names: Mapping[str, Mapping[str, Text]] = {
        "age": {age: Text(f"{age}–{int(age) + 9} 岁", f"{age}–{int(age) + 9}") for age in ages},
        "gender": words.GENDERS,
        "tier": tiers,
        "lifecycle": audience.STAGES,
        "grade": audience.GRADES,
        "loyalty": audience.LOYALTIES,
    }
    return [
        CrowdProfile(code=code, name=TextView.of(name), rows=_words(rows[code], names.get(code, {})))
        for code, name in words.PROFILES.items()
        if rows[code]
    ]


def _words(rows: Sequence[Both], names: Mapping[str, Text]) -> list[CrowdWord]:
    return [
        CrowdWord(
            code=row.value,
            name=TextView.of(words.UNKNOWN if row.value is None else names.get(row.value, Text(row.value, row.value))),
            **share,
        )
        for row, share in shares(rows)
    ]


def _categories(unit: Unit, rows: Sequence[Both]) -> list[CrowdCategory]:
    known = {str(each.category_id): CategoryRef.of(each) for each in catalog.categories(unit)}
    return [
        CrowdCategory(category=known.get(row.value) if row.value else None, **share)
        for row, share in shares(rows)[:_MOST]
    ]


def _stores(unit: Unit, rows: Sequence[Both]) -> list[CrowdStore]:
    known = tenancy.store_refs(unit, [UUID(row.value) for row in rows if row.value])
    refs = {str(key): StoreRef.of(store) for key, store in known.items()}
    return [CrowdStore(store=refs[row.value], **share) for row, share in shares(rows)[:_MOST] if row.value in refs]


def _cohort(cohort: Cohort) -> CrowdCohort:
    return CrowdCohort(
        month=f"{cohort.first:%Y-%m}",
        here=cohort.here[0],
        everybody=cohort.everybody[0],
        here_bps=[10_000 * each // max(1, cohort.here[0]) for each in cohort.here],
        everybody_bps=[10_000 * each // max(1, cohort.everybody[0]) for each in cohort.everybody],
    )
