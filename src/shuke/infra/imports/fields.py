"""The columns a kind of import understands, and how the columns of a file find to them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from shuke.infra.imports.errors import wrong_mapping
from shuke.kernel.text import Text

Column = Any
"""A `pyarrow.Array`; the library ships no types."""

Mask = np.ndarray[Any, np.dtype[np.bool_]]
"""One truth value a row."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column after reading: `values` (null where empty or bad), which rows are bad, and why they would be."""

    values: Column
    bad: Mask
    reason: Text


Parser = Callable[[Column], Parsed]
NO_HELP = Text("", "")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an import. `synonyms` are headers that mean it, besides its name and labels."""

    name: str
    label: Text
    parse: Parser
    required: bool = False
    help: Text = NO_HELP
    synonyms: tuple[str, ...] = ()


def guess_mapping(columns: Sequence[str], fields: Sequence[Field]) -> dict[str, str]:
    """Field → column, for every field whose name, label or synonym is a column's header."""
    by_header = {_plain(column): column for column in reversed(columns)}
    mapping: dict[str, str] = {}
    for field in fields:
        for header in (field.name, field.label.zh, field.label.en, *field.synonyms):
            column = by_header.get(_plain(header))
            if column is not None and column not in mapping.values():
                mapping[field.name] = column
                break
    return mapping


def check_mapping(mapping: Mapping[str, str], columns: Sequence[str], fields: Sequence[Field]) -> dict[str, str]:
    """`mapping` in the order of `fields`; raises WrongMapping for names that are not there or are missing."""
    known = {field.name for field in fields}
    for name, column in mapping.items():
        if name not in known:
            raise wrong_mapping(
                f"没有“{name}”这个字段，可用：{'、'.join(sorted(known))}。",
                f"there is no field {name}. Known fields: {', '.join(sorted(known))}.",
            )
        if column not in columns:
            raise wrong_mapping(f"文件里没有“{column}”这一列。", f"the file has no column {column}.")
    missing = [field for field in fields if field.required and field.name not in mapping]
    if missing:
        raise wrong_mapping(
            f"缺少必填列：{'、'.join(field.label.zh for field in missing)}。",
            f"no column for {', '.join(field.name for field in missing)}. Map them with --map field=column.",
        )
    return {field.name: mapping[field.name] for field in fields if field.name in mapping}


@dataclass(frozen=True, slots=True)
class Checked:
    """A chunk after its fields were read: one array for each field, bad rows marked with the first reason."""

    columns: Mapping[str, Column]
    bad: Mask
    reasons: Mapping[int, Text]

    def text(self, name: str) -> list[str | None]:
        values: list[str | None] = self.columns[name].to_pylist()
        return values


def check(table: Any, mapping: Mapping[str, str], fields: Sequence[Field]) -> Checked:
    """Read every field of a chunk; unmapped fields become null columns of the type their parser gives."""
    count = table.num_rows
    bad = np.zeros(count, dtype=np.bool_)
    reasons: dict[int, Text] = {}
    columns: dict[str, Column] = {}
    for field in fields:
        if field.name not in mapping and not field.required:
            columns[field.name] = pa.nulls(count, field.parse(pa.array([], pa.string())).values.type)
            continue
        column = table[mapping[field.name]] if field.name in mapping else pa.nulls(count, pa.string())
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        if isinstance(array, pa.ChunkedArray):
            array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
        parsed = field.parse(array)
        columns[field.name] = parsed.values
        _note(reasons, parsed.bad & ~bad, field, parsed.reason)
        bad |= parsed.bad
        if field.required:
            empty = parsed.values.is_null().to_numpy(zero_copy_only=False) & ~bad
            _note(reasons, empty, field, Text("必填，不能为空", "is required"))
            bad |= empty
    return Checked(columns, bad, reasons)


def _note(reasons: dict[int, Text], where: Mask, field: Field, reason: Text) -> None:
    for position in np.flatnonzero(where):
        reasons[int(position)] = Text(f"{field.label.zh}：{reason.zh}", f"{field.name}: {reason.en}")


def _plain(header: str) -> str:
    return re.sub(r"[\W_]+", "", header).casefold()
