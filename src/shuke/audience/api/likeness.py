"""Members by how they buy, over HTTP: loyalty × activity with a diagnosis, and clusters."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from uuid import UUID

from fastapi import APIRouter

from shuke.audience.api.trait_views import Reader, Root, Traits, defined, reading, shown_run
from shuke.audience.rules.clusters import FEATURES, by_mark, described
from shuke.audience.rules.lifecycle import Grade
from shuke.audience.rules.loyalty import LEVELS, Loyalty, diagnosis, stands_out
from shuke.audience.traits.reading import Row
from shuke.audience.traits.words import CLUSTERS_DEFINED, GRADES, loyalty_defined
from shuke.catalog import service as catalog
from shuke.infra.database import Unit
from shuke.infra.http import TextView, View
from shuke.infra.http_refs import CategoryRef, StoreRef
from shuke.tenancy import service as tenancy

router = APIRouter(prefix="/insight", tags=["insight"])

_PLACES = 50
_FEWEST = 5
"""Members of a category or a store of which anything is said."""

Cells = Mapping[tuple[Loyalty, Grade], int]


class Word(View):
    code: str
    name: TextView


class LoyaltyCell(View):
    """`net_minor`: sales to them within the year. `diagnosis`: what such members need."""

    loyalty: Loyalty
    grade: Grade
    members: int
    net_minor: int
    diagnosis: TextView


class LoyaltyPlace(View):
    """Members who prefer a category or a store: how many of them are loyal, how many active (or excited), and what
    stands out there against everywhere."""

    members: int
    net_minor: int
    loyal_bps: int
    active_bps: int
    diagnosis: TextView


class CategoryLoyalty(LoyaltyPlace):
    category: CategoryRef


class StoreLoyalty(LoyaltyPlace):
    store: StoreRef


class LoyaltyMatrix(Traits):
    """Of members who ever bought. Categories and stores with most members first."""

    loyalties: list[Word]
    grades: list[Word]
    cells: list[LoyaltyCell]
    categories: list[CategoryLoyalty]
    stores: list[StoreLoyalty]


class ClusterFeature(View):
    """`typical`: the median in the cluster; `usual`: that of all. `apart_milli`: how far its mean is from everybody's,
    in thousandths of a standard deviation."""

    code: str
    name: TextView
    typical: int
    usual: int
    apart_milli: int


class Cluster(View):
    """`description` names what is most particular about it; `features` are in that order."""

    number: int
    description: TextView
    members: int
    net_minor: int
    clv_minor: int
    features: list[ClusterFeature]


class Clusters(Traits):
    clusters: list[Cluster]


@router.get("/loyalty")
def read_loyalty(call: Reader, root: Root) -> LoyaltyMatrix:
    """Loyalty × activity: who buys by habit, who is active now, and what follows from it, by category and store."""
    with reading(call, root) as (unit, found):
        rows = found.matrix() if found else []
        everywhere = _counts(rows)
        return LoyaltyMatrix(
            run=shown_run(found),
            definitions=defined(loyalty_defined()),
            loyalties=[Word(code=code, name=TextView.of(name)) for code, name in LEVELS.items()],
            grades=[Word(code=code, name=TextView.of(name)) for code, name in GRADES.items()],
            cells=[_cell(row) for row in rows],
            categories=_categories(unit, found.matrix("category_id") if found else [], everywhere),
            stores=_stores(unit, found.matrix("store_id") if found else [], everywhere),
        )


@router.get("/clusters")
def read_clusters(call: Reader, root: Root) -> Clusters:
    """Groups of members who buy alike, found by themselves; the one that spends most first."""
    with reading(call, root) as (_, found):
        counted = {row["word"]: row for row in found.counted("cluster")} if found else {}
        groups = groupby(found.clusters() if found else [], key=lambda row: row["cluster"])
        return Clusters(
            run=shown_run(found),
            definitions=defined(CLUSTERS_DEFINED),
            clusters=[_cluster(counted[number], list(rows)) for number, rows in groups],
        )


def _cell(row: Row) -> LoyaltyCell:
    loyalty, grade = Loyalty(row["loyalty"]), Grade(row["grade"])
    return LoyaltyCell(
        loyalty=loyalty,
        grade=grade,
        members=row["members"],
        net_minor=row["net_minor"],
        diagnosis=TextView.of(diagnosis(loyalty, grade)),
    )


def _counts(rows: Sequence[Row]) -> Cells:
    return {(Loyalty(row["loyalty"]), Grade(row["grade"])): row["members"] for row in rows}


def _categories(unit: Unit, rows: Sequence[Row], everywhere: Cells) -> list[CategoryLoyalty]:
    names = {category.category_id: CategoryRef.of(category) for category in catalog.categories(unit)}
    return [
        CategoryLoyalty(category=names[key], **dict(place))
        for key, place in _places(rows, everywhere).items()
        if key in names
    ]


def _stores(unit: Unit, rows: Sequence[Row], everywhere: Cells) -> list[StoreLoyalty]:
    places = _places(rows, everywhere)
    names = tenancy.store_refs(unit, list(places))
    return [StoreLoyalty(store=StoreRef.of(names[key]), **dict(place)) for key, place in places.items() if key in names]


def _places(rows: Sequence[Row], everywhere: Cells) -> dict[UUID, LoyaltyPlace]:
    by_place: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        by_place[UUID(row["place"])].append(row)
    places = {key: _place(mine, everywhere) for key, mine in by_place.items()}
    largest = sorted(places, key=lambda key: (-places[key].members, key))
    return {key: places[key] for key in largest[:_PLACES] if places[key].members >= _FEWEST}


def _place(rows: Sequence[Row], everywhere: Cells) -> LoyaltyPlace:
    here = _counts(rows)
    members = sum(here.values())
    loyal = sum(count for (loyalty, _), count in here.items() if loyalty is Loyalty.HIGH)
    active = sum(count for (_, grade), count in here.items() if grade in (Grade.EXCITED, Grade.ACTIVE))
    return LoyaltyPlace(
        members=members,
        net_minor=sum(row["net_minor"] for row in rows),
        loyal_bps=10_000 * loyal // members,
        active_bps=10_000 * active // members,
        diagnosis=TextView.of(stands_out(here, everywhere)),
    )


def _cluster(counted: Row, rows: Sequence[Row]) -> Cluster:
    by_name = {row["feature"]: row for row in rows}
    apart = {name: row["apart_milli"] for name, row in by_name.items()}
    return Cluster(
        number=counted["word"],
        description=TextView.of(described(apart)),
        members=counted["members"],
        net_minor=counted["net_minor"],
        clv_minor=counted["clv_minor"],
        features=[
            ClusterFeature(
                code=name,
                name=TextView.of(FEATURES[name]),
                typical=by_name[name]["typical"],
                usual=by_name[name]["usual"],
                apart_milli=apart[name],
            )
            for name in by_mark(apart)
        ],
    )
