"""Stores of the sample. The data knows their numbers only: names and regions are made up from those."""

from typing import Any

import numpy as np
import pyarrow as pa

from shuke.entrypoints.sample.chain import Chain

_REGIONS = ("Riverside", "Lakeshore", "Hillcrest", "Midtown", "Harbor", "Prairie")
_STREETS = ("Main St", "Oak Ave", "Maple Dr", "Washington Blvd", "Church St", "Mill Rd", "Park Ave", "Walnut St")


def stores(chain: Chain) -> Any:
    codes = [int(one) for one in np.unique(chain.lines["store_id"].to_numpy())]
    regions = [_REGIONS[code * 7 % len(_REGIONS)] for code in codes]
    streets = [_STREETS[code * 13 % len(_STREETS)] for code in codes]
    names = [f"{region} {street} #{code}" for code, region, street in zip(codes, regions, streets, strict=True)]
    return pa.table({"code": pa.array(codes), "name": names, "region": regions})
