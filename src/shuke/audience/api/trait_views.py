"""What all pages about standing traits begin with: which night it was, and what is meant."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import Field

from shuke.audience.traits.model import Run
from shuke.audience.traits.reading import Standing, standing
from shuke.infra.database import Unit
from shuke.infra.http import Call, TextView, View, allow
from shuke.kernel.text import Text
from shuke.tenancy.model import Permission

Reader = Annotated[Call, allow(Permission.SEGMENTS_READ)]


class TraitRun(View):
    """A night: `as_of` is the last business day that counts, `at` when everybody was reckoned and the models fitted,
    `changed` members whose stage or grade was another than at the run before. `renewed_at`: when members of whom
    anything new was known were last reckoned
    anew with what the night had learned, `renewed` of them; 0 if none were since."""

    number: int
    as_of: date
    at: datetime
    members: int
    changed: int
    took_ms: int
    renewed_at: datetime
    renewed: int


Definitions = Annotated[dict[str, TextView], Field(description="What each word on the page means, by its code.")]


class Traits(View):
    """`run` null: traits are reckoned each night, and have not been yet; then there are no numbers."""

    run: TraitRun | None
    definitions: Definitions


def shown_run(found: Standing | None) -> TraitRun | None:
    if found is None:
        return None
    renewal = found.renewal
    return TraitRun(**_values(found.run), renewed_at=renewal.at, renewed=renewal.members)


def _values(run: Run) -> dict[str, Any]:
    return {name: getattr(run, name) for name in TraitRun.model_fields if hasattr(run, name)}


def defined(words: Mapping[str, Text]) -> dict[str, TextView]:
    return {name: TextView.of(text) for name, text in words.items()}


def root_of(request: Request) -> Path:
    """Where the lake is."""
    root: Path = request.app.state.settings.lake
    return root


Root = Annotated[Path, Depends(root_of)]


@contextmanager
def reading(call: Call, root: Path) -> Iterator[tuple[Unit, Standing | None]]:
    with call.unit() as unit:
        yield unit, standing(unit, root)
