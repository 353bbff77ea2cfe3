"""What an operator sees of a running server: structured logs and a few numbers.

Logs are JSON, one line an event, each with the id of its request. They hold no personal data: no bodies, no query
strings (a phone number may be searched for), no values of variables in tracebacks.
"""

import logging
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Literal

import structlog

LogLevel = Literal["debug", "info", "warning", "error"]

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


def configure_logging(level: LogLevel) -> None:
    """JSON lines on standard error, from `level` upwards."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class RequestMetrics:
    """Requests by method, route and status, and how long they took; of this process alone."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: dict[str, list[int]] = {}
        self._seconds: Counter[str] = Counter()

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]
            buckets = self._buckets.setdefault(route, [0] * (len(BUCKETS_S) + 1))
            buckets[bisect_left(BUCKETS_S, seconds)] += 1

    def exposition(self) -> str:
        """The Prometheus text format."""
        with self._lock:
            return "\n".join([*self._counters(), *self._histograms(), ""])

    def _counters(self) -> Iterator[str]:
        yield "# HELP shuke_http_requests_total Requests answered by this process."
        yield "# TYPE shuke_http_requests_total counter"
        for (method, route, status), count in sorted(self._requests.items()):
            yield f'shuke_http_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}'

    def _histograms(self) -> Iterator[str]:
        name = "shuke_http_request_seconds"
        yield f"# HELP {name} Time from the request to the end of its answer."
        yield f"# TYPE {name} histogram"
        for route, buckets in sorted(self._buckets.items()):
            for limit, count in zip((*map(str, BUCKETS_S), "+Inf"), _sums(buckets), strict=True):
                yield f'{name}_bucket{{route="{route}",le="{limit}"}} {count}'
            yield f'{name}_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'{name}_count{{route="{route}"}} {sum(buckets)}'


def _sums(counts: Sequence[int]) -> Iterator[int]:
    total = 0
    for count in counts:
        total += count
        yield total
