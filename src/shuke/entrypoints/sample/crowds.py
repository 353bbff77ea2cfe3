"""What the chain's marketing keeps: segments that show what can be asked, one of which puts a tag on its members."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from shuke.audience import service as audience
from shuke.audience.model import (
    Aggregate,
    All,
    AtLeast,
    AtMost,
    Before,
    Behaviour,
    Did,
    Fact,
    Filter,
    Is,
    Last,
    Measure,
    Node,
    Percentile,
    Rfm,
    Trait,
)
from shuke.audience.segments.model import Draft, Refresh, SegmentStatus
from shuke.catalog import service as catalog
from shuke.entrypoints.tagging import follow_segments
from shuke.infra.database import Database, Unit
from shuke.kernel.ids import Prefix, show
from shuke.kernel.text import Text
from shuke.members.tags import catalogue
from shuke.members.tags.model import Colour

_BABY = "baby-at-home"
_PAGE = 500


def keep_crowds(database: Database, root: Path, merchant_id: UUID) -> None:
    """Write down and look at those segments that are not there yet; whoever has a baby at home is tagged so."""
    with database.merchant(merchant_id) as unit:
        known = {segment.draft.code for segment in audience.listed(unit, SegmentStatus.ACTIVE, None, _PAGE).items}
        for draft in _drafts(unit):
            if draft.code in known:
                continue
            segment_id = audience.create(unit, draft).segment_id
            audience.refresh(unit, root, segment_id)
            if draft.code == _BABY:
                audience.change_tag(unit, segment_id, _tag(unit))
    follow_segments(database, merchant_id)


def _drafts(unit: Unit) -> Iterator[Draft]:
    orders = Behaviour(Fact.ORDER)
    yield _daily("here-lately", "近 30 天来过", Did(_within(orders, Last(30)), AtLeast(1)))
    yield _daily("best-fifth", "一年里消费最多的两成", Percentile(Rfm.MONETARY, 8_000, 10_000, Last(365)))
    yield _daily(
        "regulars-gone-quiet",
        "90 天没来的老顾客",
        All((Did(_within(orders, Before(90)), AtLeast(12)), Did(_within(orders, Last(90)), AtMost(0)))),
    )
    yield _daily(
        "good-ones-at-risk",
        "要流失的大客",
        All(
            (
                Trait("lifecycle", Is(("at_risk",))),
                Measure(_within(orders, Last(365)), Aggregate.SUM, AtLeast(50_000), "net_minor"),
            )
        ),
    )
    baby = [show(Prefix.CATEGORY, each.category_id) for each in catalog.categories(unit) if "Baby" in each.name]
    if baby:
        lines = Behaviour(Fact.LINE, (Filter("category_id", Is(tuple(baby))),), Last(365))
        yield _daily(_BABY, "家有婴儿", Did(lines, AtLeast(3)))


def _within(what: Behaviour, window: Last | Before) -> Behaviour:
    return Behaviour(what.fact, what.where, window)


def _daily(code: str, name: str, tree: Node) -> Draft:
    return Draft(code, name, tree, Refresh.DAILY)


def _tag(unit: Unit) -> UUID:
    group = catalogue.create_group(unit, Text("家庭", "Household"), Colour.GREEN, exclusive=False)
    return catalogue.create_tag(unit, group.group_id, "baby", Text("家有婴儿", "Baby at home"), None, None).tag_id
