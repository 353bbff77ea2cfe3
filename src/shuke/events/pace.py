"""How fast a source may send. Each server process minds its share of it, and asks nobody."""

from collections.abc import Callable
from math import ceil
from threading import Lock
from time import monotonic
from uuid import UUID

from shuke.events.errors import TooManyEvents
from shuke.events.model import Source

SOURCES_KEPT = 10_000


class Pace:
    """Every source has a bucket that holds what it may send in a second, and fills as fast.

    How many messages a request brings is known when it was read: it is let in while there is anything in the bucket,
    and what it brings is taken out afterwards, if need be on credit.
    """

    def __init__(self, processes: int, tick: Callable[[], float] = monotonic) -> None:
        self._processes = processes
        self._tick = tick
        self._lock = Lock()
        self._buckets: dict[UUID, tuple[float, float]] = {}

    def enter(self, source: Source) -> None:
        """Raises TooManyEvents, which says how long to wait."""
        rate = source.per_second / self._processes
        with self._lock:
            left = self._left(source, rate)
        if left <= 0:
            raise TooManyEvents(seconds=max(1, ceil(-left / rate)))

    def take(self, source: Source, messages: int) -> None:
        rate = source.per_second / self._processes
        with self._lock:
            left = self._left(source, rate) - messages
            if source.source_id not in self._buckets and len(self._buckets) >= SOURCES_KEPT:
                self._buckets.pop(next(iter(self._buckets)))
            self._buckets[source.source_id] = (left, self._tick())

    def _left(self, source: Source, rate: float) -> float:
        left, when = self._buckets.get(source.source_id, (max(rate, 1.0), self._tick()))
        return min(max(rate, 1.0), left + (self._tick() - when) * rate)
