"""What the documents say exists: links, files, make targets, commands; and the two READMEs tell the same."""

import re
from pathlib import PurePosixPath
from typing import Any

import pytest
import typer

from shuke.entrypoints.cli.app import FILES, app
from tests.house.files import ROOT, files, text

DOCUMENTS = [path for path in files() if path.endswith(".md")]
TARGETS = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
_SHUKE: Any = typer.main.get_command(app)
COMMANDS = {name for name in _SHUKE.list_commands(None) if _SHUKE.get_command(None, name)}

_LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")
_PATH = re.compile(r"`((?:src|tests|web|docs|scripts|requirements|\.ci)/[\w./-]*)`")
_CODE = re.compile(r"`([^`\n]+)`|^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_and_paths_lead_somewhere(document: str) -> None:
    folder = PurePosixPath(document).parent
    links = [str(folder / link) for link in _LINK.findall(text(document))]
    paths = _PATH.findall(text(document))
    built = ("src/shuke/entrypoints/pages",)
    assert [path for path in links + paths if not path.startswith(built) and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_exist(document: str) -> None:
    code = "\n".join(inline or block for inline, block in _CODE.findall(text(document)))
    assert set(re.findall(r"(?<![\w/])make ([a-z]+)", code)) <= TARGETS
    assert set(re.findall(r"(?<![\w/.\[])shuke ([a-z][a-z-]*)", code)) <= COMMANDS


def test_every_command_is_where_the_table_says() -> None:
    assert {*FILES, "version"} == COMMANDS == set(_SHUKE.list_commands(None))


def test_help_lists_every_target() -> None:
    assert TARGETS - {"help"} <= set(re.findall(r"^([a-z]+):.*## ", text("Makefile"), re.MULTILINE))


def test_both_readmes_tell_the_same() -> None:
    """Same order of sections, same commands, same picture and links: only the language differs."""
    english, chinese = text("README.md"), text("README.zh-CN.md")

    def outline(document: str) -> list[str]:
        return [line.split(" ")[0] for line in document.splitlines() if re.match(r"#+ ", line)]

    def commands(document: str) -> list[str]:
        blocks = re.findall(r"^```([a-z]*)\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
        return [line.split("#")[0].strip() for kind, block in blocks if kind == "sh" for line in block.splitlines()]

    def links(document: str) -> set[str]:
        return set(_LINK.findall(document)) - {"README.md", "README.zh-CN.md"}

    assert outline(english) == outline(chinese)
    assert commands(english) == commands(chinese)
    assert links(english) == links(chinese)
