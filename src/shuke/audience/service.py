"""The audience as other domains use it."""

from shuke.audience.about import tell_about
from shuke.audience.crowds.comparing import crowd
from shuke.audience.erasing import ERASES
from shuke.audience.explaining import explain
from shuke.audience.merging import MOVES
from shuke.audience.previewing import cost, preview
from shuke.audience.rules.loyalty import LEVELS as LOYALTIES
from shuke.audience.segments.audit import audit
from shuke.audience.segments.history import BEGINNING, moves_after, moves_of
from shuke.audience.segments.overlapping import overlap
from shuke.audience.segments.refreshing import refresh
from shuke.audience.segments.store import get, holding_member, listed, members_of, numbers_of, snapshots_of
from shuke.audience.segments.tagging import change_tag, tagging
from shuke.audience.segments.uses import finding_by, lineage, to_refresh
from shuke.audience.segments.writing import archive, change, create
from shuke.audience.traits.portraying import portrait
from shuke.audience.traits.store import MOVED
from shuke.audience.traits.words import GRADES, STAGES

__all__ = [
    "BEGINNING",
    "ERASES",
    "GRADES",
    "LOYALTIES",
    "MOVED",
    "MOVES",
    "STAGES",
    "archive",
    "audit",
    "change",
    "change_tag",
    "cost",
    "create",
    "crowd",
    "explain",
    "finding_by",
    "get",
    "holding_member",
    "lineage",
    "listed",
    "members_of",
    "moves_after",
    "moves_of",
    "numbers_of",
    "overlap",
    "portrait",
    "preview",
    "refresh",
    "snapshots_of",
    "tagging",
    "tell_about",
    "to_refresh",
]
