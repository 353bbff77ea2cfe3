"""The settlement says the same compiled and as it is written, to the last word."""

import os
import subprocess
import sys

from scripts import core
from tests.support.world import World


def test_compiled_or_not_every_quote_is_the_same() -> None:
    as_built, as_written = _said(), _said("source")
    assert as_built[0] == ("compiled" if core.compiled() else "source")
    assert as_written[0] == "source"
    assert as_built[1:] == as_written[1:]
    assert len(set(as_written)) > 100, "carts of all kinds"


def test_what_the_api_says_of_itself_is_what_was_written(world: World) -> None:
    assert "mypyc" not in str(world.app.openapi())


def _said(*way: str) -> list[str]:
    command = [sys.executable, "-m", "tests.support.settled_both_ways", *way]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # sets are spelled in one order
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()
