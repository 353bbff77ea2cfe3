"""The console's segment builder offers what a rule can ask for, and has words for it in both languages."""

import re
from collections.abc import Iterable

import pytest

from shuke.audience.model import ATTRIBUTES, FACTS, TRAITS
from tests.house.files import text

_MODEL = "web/console/src/pages/segments/builder/model/properties.ts"


def _keys(source: str, opening: str, closing: str) -> set[str]:
    _, found, after = source.partition(opening)
    assert found, f"{opening!r} is not there"
    return set(re.findall(r"(?:^|[{,])\s*([a-z_0-9]+):", after.partition(closing)[0], re.MULTILINE))


def test_the_builder_offers_what_can_be_asked() -> None:
    model = text(_MODEL)
    assert _keys(model, "export const ATTRIBUTES = {", "} as const") == set(ATTRIBUTES)
    assert _keys(model, "export const TRAITS = {", "} as const") == set(TRAITS)
    facts = model.partition("export const FACTS = {")[2]
    for name, properties in FACTS.items():
        assert _keys(facts, f"  {name}: {{", "}") == set(properties), name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_can_be_asked_has_words(language: str) -> None:
    words = text(f"web/console/src/locales/{language}/builder.ts")
    asked: Iterable[str] = {*ATTRIBUTES, *(name for known in FACTS.values() for name in known)}
    assert set(asked) <= _keys(words, "  properties: {", "\n  },")
    assert set(TRAITS) <= _keys(words, "  traits: {", "\n  },")
