"""Categories as files name them: a department and a category within it, both by their names."""

import hashlib
from typing import Any
from uuid import UUID

import pyarrow as pa
import sqlalchemy as sa

from shuke.catalog.rules import CODE_MAX
from shuke.catalog.tables import categories
from shuke.infra.database import Unit
from shuke.infra.imports import bulk
from shuke.kernel.ids import new_id


class CategoryBook:
    """The merchant's categories by code; those that a file names and that are not there are made."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        table = categories.c
        self._ids = bulk.codes_of(
            unit, sa.select(table.code, table.category_id).where(table.merchant_id == unit.merchant_id)
        )

    def ids(self, departments: Any, names: Any) -> Any:
        """The category of each row: the category within the department, else the department, else none."""
        found: dict[tuple[str | None, str | None], UUID | None] = {}
        rows = list(zip(departments.to_pylist(), names.to_pylist(), strict=True))
        for department, name in dict.fromkeys(rows):
            parent = None if department is None else self._category(department, department, None)
            code = name if department is None else f"{department}/{name}"
            found[department, name] = parent if name is None else self._category(code or "", name, parent)
        hexed = {key: None if one is None else one.hex for key, one in found.items()}
        return pa.array([hexed[row] for row in rows], pa.string())

    def _category(self, code: str, name: str, parent: UUID | None) -> UUID:
        if len(code) > CODE_MAX:
            code = f"{code[: CODE_MAX - 9]}~{hashlib.sha256(code.encode()).hexdigest()[:8]}"
        if code not in self._ids:
            self._ids[code] = new_id(self._unit.now())
            self._unit.connection.execute(
                categories.insert().values(
                    merchant_id=self._unit.merchant_id,
                    category_id=self._ids[code],
                    code=code,
                    name=name,
                    parent_id=parent,
                )
            )
            bulk.tell(self._unit, "category.imported", [self._ids[code]])
        return self._ids[code]
