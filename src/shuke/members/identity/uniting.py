"""Members whom sightings prove to be one become one, in the transaction in which they are seen."""

from collections.abc import Iterable

from shuke.infra.database import Unit
from shuke.kernel.errors import ShukeError
from shuke.members.errors import MemberNotFound
from shuke.members.identity.model import Sighting
from shuke.members.identity.rules.resolve import Resolved
from shuke.members.identity.sightings import sighting_id, together
from shuke.members.merging.errors import AlreadyMerged
from shuke.members.merging.merging import merge_all
from shuke.members.merging.model import Evidence, Pair
from shuke.members.merging.plan import Plan


class Changed(Exception):
    """Somebody else merged one of them meanwhile."""


def proven(seen: Iterable[tuple[Sighting, Resolved]]) -> dict[Pair, Evidence]:
    """Who of the members became whom, in that order, and by what."""
    pairs: dict[Pair, Evidence] = {}
    for sighting, found in seen:
        for other in found.absorbed:
            if found.person is not None and other.member:
                keys = together(sighting, found.person) | together(sighting, other)
                pairs[Pair(found.person.person_id, other.person_id)] = {
                    "sighting": str(sighting_id(keys)),
                    "namespaces": sorted({space for space, _ in keys}),
                    "at": sighting.at.isoformat(),
                }
    return pairs


def unite(unit: Unit, plan: Plan, pairs: dict[Pair, Evidence]) -> dict[Pair, ShukeError]:
    """Merge them; what stands in the way of which of them. Raises Changed."""
    try:
        return merge_all(unit, plan, pairs) if pairs else {}
    except (MemberNotFound, AlreadyMerged) as error:
        raise Changed from error
