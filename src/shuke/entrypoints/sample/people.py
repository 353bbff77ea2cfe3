"""Members of the sample. The data knows households and no persons: names, phones and cards are made up, always the
same for the same household, and marked as generated."""

import json
from typing import Any

import numpy as np
import pyarrow as pa
from faker import Faker

from shuke.entrypoints.sample.chain import Chain

_SEED = 8451
_STEP = 48_271
"""Odd and no multiple of five, so that stepping through 10^8 numbers meets none twice."""


def members(chain: Chain) -> Any:
    """One row per household in the importer's columns; it joined at the till with its first order."""
    lines = chain.lines
    households = lines["household_id"].to_numpy()
    # Lines are sorted by time, so the first of a household is its first order.
    ids, first = np.unique(households, return_index=True)
    joined, stores = lines["local"].take(first), lines["store_id"].take(first)
    addressed = set(chain.campaign_members["household_id"].to_pylist())
    known = {row.pop("household_id"): row for row in chain.demographics.to_pylist()}
    names = _names(chain.members)
    return pa.table(
        {
            "ref": pa.array(ids),
            "name": pa.array([names[int(one)][0] for one in ids]),
            "gender": pa.array([names[int(one)][1] for one in ids]),
            "phone": pa.array([f"+86140{_spread(int(one)):08d}" for one in ids]),
            "card": pa.array([f"88{_spread(int(one) + 10_000):08d}" for one in ids]),
            "joined_at": joined,
            "store_code": stores,
            "channel": pa.array(["pos"] * len(ids)),
            "marketing": pa.array(["yes" if int(one) in addressed else None for one in ids], pa.string()),
            "attributes": pa.array([_attributes(known.get(int(one), {})) for one in ids]),
        }
    )


def _names(households: Any) -> dict[int, tuple[str, str]]:
    """140 is no range of consumers' phones, and the names are nobody's."""
    faker = Faker("zh_CN")
    faker.seed_instance(_SEED)
    found = {}
    for household in households:
        gender = "female" if faker.random_int(0, 99) < 62 else "male"
        found[int(household)] = (faker.name_female() if gender == "female" else faker.name_male(), gender)
    return found


def _spread(number: int) -> int:
    return number * _STEP * 1_009 % 10**8


def _attributes(row: dict[str, str | None]) -> str:
    return json.dumps({name: value for name, value in row.items() if value is not None})
