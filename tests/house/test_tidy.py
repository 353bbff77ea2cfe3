"""Rules of the house that no other tool checks."""

import ast
import re
from pathlib import PurePosixPath
from statistics import median

from tests.house.files import files, functions, sources, text

FILE_LINES_MAX = 300
FILE_LINES_MEDIAN_MAX = 120
FUNCTION_LINES_MAX = 60
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "lib", "shared"}


def test_files_are_short() -> None:
    lengths = {path: len(text(path).splitlines()) for path in sources(".py", ".ts", ".tsx")}
    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES_MAX} == {}
    assert median(lengths.values()) <= FILE_LINES_MEDIAN_MAX


def test_functions_fit_a_screen() -> None:
    long = [
        f"{path}:{function.lineno} {function.name}"
        for path in sources(".py")
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= FUNCTION_LINES_MAX
    ]
    assert long == []


def test_own_modules_are_imported_at_the_top() -> None:
    hidden = [
        f"{path}:{node.lineno}"
        for path in sources(".py")
        for function in functions(path)
        for node in ast.walk(function)
        if any(name.split(".")[0] in ("shuke", "tests", "scripts") for name in _imported(node))
    ]
    assert hidden == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["shuke" if node.level else node.module or ""]
    return []


def test_names_say_what_is_inside() -> None:
    vague = [
        path
        for path in sources(".py", ".ts", ".tsx")
        if VAGUE & {part.partition(".")[0].lower() for part in PurePosixPath(path).parts}
    ]
    assert vague == []


def test_migrations_are_named_by_day() -> None:
    folder = "src/shuke/infra/migrations/versions/"
    names = [path.removeprefix(folder) for path in files() if path.startswith(folder)]
    assert names != []
    assert [name for name in names if not re.fullmatch(r"\d{8}_[a-z_]+\.py|__init__\.py", name)] == []


def test_no_test_is_put_aside() -> None:
    put_aside = re.compile(
        r"mark\.(skip|skipif|xfail)|pytest\.(skip|xfail)\(|importorskip|\b(?:it|test|describe)\.skip\("
    )
    here = "tests/house/test_tidy.py"
    assert [path for path in sources(".py", ".ts", ".tsx") if path != here and put_aside.search(text(path))] == []
