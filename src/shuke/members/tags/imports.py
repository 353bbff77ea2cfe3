"""Tags out of a file: one row for each tag of each member."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from shuke.infra.database import Unit
from shuke.infra.imports import parsing
from shuke.infra.imports.fields import Field
from shuke.infra.imports.kinds import Context, Outcome, Reading, Rows
from shuke.kernel.text import Text
from shuke.members import recognising
from shuke.members.tags import service
from shuke.members.tags.model import Putting, Source
from shuke.members.tags.rules import CODE_MAX

_GONE_BY = Text("到期时间已过", "the end lies in the past")
_OTHER_OF_GROUP = Text(
    "本文件已为该会员打上同一互斥组的另一个标签", "this file puts another tag of the same exclusive group on the member"
)


class TagImport:
    """A member is known by the reference, phone or card; the tag by its code. Nobody loses a tag by a file, but for
    those of an exclusive group."""

    name = "tags"
    label = Text("会员标签", "Member tags")
    group = None
    threads = 1
    notes: Mapping[str, Text] = {}

    def fields(self, reading: Reading) -> tuple[Field, ...]:
        ends = ("expires_at", "到期", "有效期至")
        return (
            *recognising.FIELDS,
            Field("tag_code", Text("标签编码", "Tag"), parsing.text(CODE_MAX), True, synonyms=("tag", "标签")),
            Field("until", Text("到期时间", "Until"), parsing.moment(reading.timezone), synonyms=ends),
        )

    def loader(self, _context: Context) -> "TagLoader":
        return TagLoader()


class TagLoader:
    def __init__(self) -> None:
        self._earlier: list[Rows] = []
        self._chosen: dict[tuple[UUID, UUID], UUID] = {}

    def remember(self, rows: Rows) -> None:
        """The same tag twice is the same fact; what matters is which of an exclusive group came first."""
        self._earlier.append(rows)

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        outcome = Outcome()
        known, exclusive = service.codes(unit), service.exclusive_groups(unit)
        while self._earlier:
            self._recall(unit, self._earlier.pop(0), known, exclusive)
        people = recognising.recognise(unit, rows, outcome)
        puttings: dict[tuple[UUID, UUID], Putting] = {}
        cells = zip(people, rows.values("tag_code"), rows.values("until"), strict=True)
        for position, (member_id, code, until) in enumerate(cells):
            tag_id = known.get(str(code))
            if member_id is None:
                continue
            if tag_id is None:
                outcome.rejects[position] = Text(
                    f"没有可用的标签“{code}”", f"there is no tag {code}, or it is archived"
                )
            elif isinstance(until, datetime) and until <= unit.now():
                outcome.rejects[position] = _GONE_BY
            elif self._other(member_id, tag_id, exclusive):
                outcome.rejects[position] = _OTHER_OF_GROUP
            else:
                end = until if isinstance(until, datetime) else None
                puttings[member_id, tag_id] = Putting(member_id, tag_id, end)
        done = service.put_all(unit, list(puttings.values()), Source.IMPORT)
        outcome.created, outcome.updated = done.changed, done.renewed
        outcome.unchanged = len(rows) - len(outcome.rejects) - done.changed - done.renewed
        return outcome

    def _recall(self, unit: Unit, rows: Rows, known: Mapping[str, UUID], exclusive: Mapping[UUID, UUID]) -> None:
        people = recognising.recognise(unit, rows, Outcome())
        for member_id, code in zip(people, rows.values("tag_code"), strict=True):
            if member_id is not None and str(code) in known:
                self._other(member_id, known[str(code)], exclusive)

    def _other(self, member_id: UUID, tag_id: UUID, exclusive: Mapping[UUID, UUID]) -> bool:
        """Whether an earlier row has put another tag of an exclusive group on the member."""
        group = exclusive.get(tag_id)
        return group is not None and self._chosen.setdefault((member_id, group), tag_id) != tag_id
