"""Ending a question that is being asked: when its time is over, or when nobody wants the answer any more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

_AGAIN = 0.05


class Interrupted(Exception):
    """The question took longer than it was given, or nobody waits for the answer."""


class Stop:
    """Ends the questions that are asked with it, from any thread: those at hand, and those that come later."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: set[Event] = set()
        self._said = False

    @property
    def said(self) -> bool:
        return self._said

    def now(self) -> None:
        with self._lock:
            self._said = True
            for wake in self._asked:
                wake.set()

    @contextmanager
    def wakes(self, wake: Event) -> Iterator[None]:
        """Sets `wake` when it is time to stop, from now until the end of the block."""
        with self._lock:
            self._asked.add(wake)
            if self._said:
                wake.set()
        try:
            yield
        finally:
            with self._lock:
                self._asked.discard(wake)


@contextmanager
def stopped_after(seconds: float, interrupt: Callable[[], object], stop: Stop | None = None) -> Iterator[None]:
    """Calls `interrupt` while the block runs, after so many seconds or once `stop` says so: again and again, as a
    question that has not quite begun does not notice."""
    wake, done = Event(), Event()

    def watch() -> None:
        wake.wait(seconds)
        while not done.is_set():
            interrupt()
            done.wait(_AGAIN)

    watching = Thread(target=watch, daemon=True)
    with (stop or Stop()).wakes(wake):
        watching.start()
        try:
            yield
        finally:
            done.set()
            wake.set()
            watching.join()
