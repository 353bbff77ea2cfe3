"""The project's own files, as git would take them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_GENERATED = ("src/shuke/infra/migrations/versions/", "web/packages/api-client/src/schema.d.ts")


@cache
def files() -> tuple[str, ...]:
    """Paths from the root, committed or about to be; in a release without git, what is there."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode:
        raise RuntimeError("the house tests read the list of files from git: run them in a clone")
    return tuple(sorted(path for path in listed.stdout.splitlines() if (ROOT / path).is_file()))


def sources(*suffixes: str) -> list[str]:
    """Files that people write, with one of these endings."""
    return [path for path in files() if path.endswith(suffixes) and not path.startswith(_GENERATED)]


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def functions(path: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
