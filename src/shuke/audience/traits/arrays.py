"""Columns of numbers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.signedinteger[Any]]
Whole = NDArray[np.int64]


def weighed(*columns: Floats) -> tuple[list[Floats], Floats]:
    """The rows that occur, column by column, and how often each does."""
    order = np.lexsort(columns)
    ordered = [np.asarray(column, dtype=np.float64)[order] for column in columns]
    if not len(order):
        return ordered, np.zeros(0)
    first = np.concatenate([[True], np.any([column[1:] != column[:-1] for column in ordered], axis=0)])
    starts = np.flatnonzero(first)
    return [column[starts] for column in ordered], np.diff(np.append(starts, len(order))).astype(np.float64)
