"""Run as a process of its own: an import that kills itself (SIGKILL) at a chosen place. Not a test module.

    python -m tests.imports.killed URL MASTER_KEY MERCHANT FILE PLACE CHUNK

PLACE is `before` (the chunk is not begun), `inside` (loaded, not committed) or `after` (committed).
"""

import os
import signal
import sys
from pathlib import Path
from uuid import UUID

from shuke.checkout.imports import OrderImport, OrderLoader
from shuke.entrypoints.imports.registry import context_for
from shuke.infra.crypto import Cipher
from shuke.infra.database import Database, Unit
from shuke.infra.imports import runner
from shuke.infra.imports.fields import guess_mapping
from shuke.infra.imports.kinds import Context, Outcome, Rows
from shuke.infra.imports.reading import open_path
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.principal import system
from tests.conftest import NOON

CHUNK_ROWS = 7


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _Dying(OrderLoader):
    def __init__(self, context: Context, place: str, chunk: int) -> None:
        super().__init__(context)
        self._place, self._left = place, chunk

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        self._left -= 1
        if self._left < 0 and self._place == "before":
            _die()
        outcome = super().load(unit, rows)
        if self._left < 0 and self._place == "inside":
            _die()
        return outcome


class _DyingImport(OrderImport):
    threads = 1

    def __init__(self, place: str, chunk: int) -> None:
        self._place, self._chunk = place, chunk

    def loader(self, context: Context) -> OrderLoader:
        return _Dying(context, self._place, self._chunk)


def main(url: str, master_key: str, merchant: str, file: str, place: str, chunk: str) -> None:
    database = Database(url, cipher=Cipher(master_key), clock=SimulatedClock(NOON))
    context = context_for(database, system(UUID(merchant)))
    source = open_path(Path(file))
    kind = _DyingImport(place, int(chunk))
    mapping = guess_mapping(source.columns, kind.fields(context.reading))
    finished = 0

    def progress(_done: int, _total: int) -> None:
        nonlocal finished
        finished += 1
        if place == "after" and finished > int(chunk):
            _die()

    runner.run(runner.Job(kind, context, source, mapping, chunk_rows=CHUNK_ROWS), progress)


if __name__ == "__main__":
    main(*sys.argv[1:])
