"""Questions to the database that can be asked together: several in one round trip, each with its own way of reading.

A domain offers a question where others will have more to ask at the same moment: what a settlement has to know of a
member lies in five domains, and would else be five times the wait.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from shuke.infra.database import DIALECT, Ask, Unit, at_once

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Question(Generic[Value]):
    """`read` makes the answer of the rows."""

    ask: Ask
    read: Callable[[Sequence[Any]], Value]

    def answer(self, unit: Unit) -> Value:
        return self.read(at_once(unit.connection, self.ask)[0])


def answers(unit: Unit, *questions: Question[Any]) -> list[Any]:
    """The answer to each, in one round trip."""
    found = at_once(unit.connection, *(question.ask for question in questions))
    return [question.read(rows) for question, rows in zip(questions, found, strict=True)]


class Query:
    """A statement spelled once; `ask` gives its named parameters their values."""

    def __init__(self, statement: sa.ClauseElement) -> None:
        compiled = statement.compile(dialect=DIALECT)
        self._sql, self._fixed = str(compiled), dict(compiled.params)

    def ask(self, **values: object) -> Ask:
        return Ask(self._sql, {**self._fixed, **values})
