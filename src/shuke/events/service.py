"""Events, as those above use them: a source is opened, its messages are taken."""

from shuke.events.ingesting import ingest
from shuke.events.pace import Pace
from shuke.events.rules.reading import arrival
from shuke.events.sources import create

__all__ = ["Pace", "arrival", "create", "ingest"]
