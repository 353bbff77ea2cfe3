"""Locked dependencies: complete, with hashes, and silent about where anybody fetches them."""

import json
import re
import tomllib

import pytest

from tests.house.files import text

LOCKS = ("requirements/run.txt", "requirements/dev.txt", "requirements/node.txt")


def _locked(path: str) -> dict[str, str]:
    """Name and version of every package; a name may stand twice, for different Pythons."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", text(path), re.MULTILINE))


def _wanted(requirements: list[str]) -> set[str]:
    names = (re.split(r"[\[<>=~!; ]", requirement)[0] for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("path", LOCKS)
def test_every_package_has_hashes(path: str) -> None:
    entries = re.split(r"\n(?=\S)", text(path).strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("path", [*LOCKS, "web/package-lock.json"])
def test_no_address_of_a_registry(path: str) -> None:
    assert re.findall(r"index-url|find-links|file:|npmj[s]|pythonhos[t]ed|\"resolved\": \"http", text(path)) == []


def test_everything_asked_for_is_locked() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    groups = project["dependency-groups"]
    extras = project["project"]["optional-dependencies"]
    run = _wanted([*project["project"]["dependencies"], *extras["embedded"], *extras["sample"], *groups["build"]])
    assert run <= set(_locked("requirements/run.txt"))
    assert run | _wanted(groups["dev"]) <= set(_locked("requirements/dev.txt"))
    assert _wanted(groups["node"]) <= set(_locked("requirements/node.txt"))


def test_tools_run_with_what_is_served() -> None:
    run, dev = _locked("requirements/run.txt"), _locked("requirements/dev.txt")
    assert {name: dev.get(name) for name in run} == run


def test_npm_packages_are_locked_for_every_platform() -> None:
    """A lock made where some platform's packages could not be had lacks them, and `npm ci` refuses it."""
    packages = json.loads(text("web/package-lock.json"))["packages"]
    absent = [
        wanted
        for package in packages.values()
        for wanted in package.get("optionalDependencies", {})
        if not any(path.endswith(f"node_modules/{wanted}") for path in packages)
    ]
    assert absent == []
