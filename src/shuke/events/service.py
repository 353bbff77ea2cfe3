"""Events, as those above use them: a source is opened, its messages are taken, looked at and in the end forgotten."""

from shuke.events.about import tell_about
from shuke.events.erasing import ERASES
from shuke.events.inferring import follow as note_schemas
from shuke.events.ingesting import ingest
from shuke.events.leaving import leaving, tracked, with_values
from shuke.events.pace import Pace
from shuke.events.retention import forget_batch
from shuke.events.rules.reading import arrival
from shuke.events.sources import create

__all__ = [
    "ERASES",
    "Pace",
    "arrival",
    "create",
    "forget_batch",
    "ingest",
    "leaving",
    "note_schemas",
    "tell_about",
    "tracked",
    "with_values",
]
