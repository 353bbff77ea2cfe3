"""Copies of the lake and the processes that ask them."""

import subprocess
import sys
from pathlib import Path

import duckdb

# A copy is asked, let go of, and its file replaced in the child, as the worker does beside a server.
_FORKING = """
import os, sys
from pathlib import Path
from shuke.infra.lake import engine
one, other = map(Path, sys.argv[1:])
def ask(copy):
    return engine.engine_of(copy).rows("SELECT sum(i) AS n FROM t", 30).column("n")[0].as_py()
ask(one)
engine.close_all()
child = os.fork()
if child == 0:
    one.unlink()
    os._exit(0 if ask(other) == 4_999_950_000 else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_forked_process_asks_copies_of_its_own(tmp_path: Path) -> None:
    copies = [tmp_path / name for name in ("one.duckdb", "other.duckdb")]
    for copy in copies:
        with duckdb.connect(str(copy)) as made:
            made.execute("CREATE TABLE t AS SELECT range AS i FROM range(100000)")
    done = subprocess.run(
        [sys.executable, "-c", _FORKING, *map(str, copies)], timeout=120, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
