"""Clusters: members of the year who buy alike, found by themselves, with what is particular about each.

k-means over eight measures, those that spread over magnitudes by their logarithm, all in standard deviations. How many
clusters there are is what separates best (silhouette, on a sample). Nothing is left to chance: same members, same
clusters.
"""

import duckdb
import numpy as np
import pyarrow as pa
from scipy.cluster.vq import ClusterError, kmeans2, vq
from scipy.spatial.distance import cdist

from shuke.audience.traits.arrays import Floats, Whole

FEATURES = {
    "since": True,
    "year_days": True,
    "ticket_minor": True,
    "rhythm": True,
    "loyalty_bps": False,
    "discount_bps": False,
    "category_share_bps": False,
    "store_share_bps": False,
}
"""And whether it is taken by its logarithm."""

LEAST_MEMBERS = 60
_SAMPLE, _JUDGED = 20_000, 1_500
_COUNTS = range(4, 8)
_SEED = 7

_MEASURED = """
SELECT member_no, year_net_minor, greatest(0, since)::DOUBLE AS since, year_days::DOUBLE AS year_days,
  greatest(0, year_net_minor // year_days)::DOUBLE AS ticket_minor, rhythm::DOUBLE AS rhythm,
  loyalty_bps::DOUBLE AS loyalty_bps, discount_bps::DOUBLE AS discount_bps,
  coalesce(category_share_bps, 0)::DOUBLE AS category_share_bps, coalesce(store_share_bps, 0)::DOUBLE AS store_share_bps
FROM stands JOIN habits USING (member_no) LEFT JOIN liked_category USING (member_no)
LEFT JOIN liked_store USING (member_no) WHERE year_days > 0 ORDER BY member_no
"""
_CENTRES = {
    "cluster": pa.int64(),
    "feature": pa.string(),
    "centre": pa.float64(),
    "mean": pa.float64(),
    "spread": pa.float64(),
}
_CLUSTERED = {"member_no": pa.int64(), "cluster": pa.int64()}
_DESCRIBED = {
    "cluster": pa.int64(),
    "feature": pa.string(),
    "typical": pa.int64(),
    "usual": pa.int64(),
    "apart_milli": pa.int64(),
}


def learn(traits: duckdb.DuckDBPyConnection) -> None:
    """`centres`, where each cluster lies in every measure: in standard deviations (`spread`) from the `mean`; and
    `clusters`: of each and every measure what is `typical` (the median there) and `usual` (that of all), and how far
    `apart` its mean is, in thousandths of standard deviations. The cluster that spends most is number 1. Both are
    empty where too few have bought."""
    _, raw, net = _measured(traits)
    if len(net) < LEAST_MEMBERS:
        _keep(traits, "TABLE centres", pa.table({n: pa.array([], k) for n, k in _CENTRES.items()}))
        _keep(traits, "TABLE clusters", pa.table({n: pa.array([], k) for n, k in _DESCRIBED.items()}))
        return
    logs = _logs(raw)
    mean, spread = logs.mean(axis=0), logs.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    points = np.asarray((logs - mean) / spread, dtype=np.float64)
    centres = _ordered(points, _centres(points), net)
    rows = [
        {"cluster": number, "feature": name, "centre": centre, "mean": mean[place], "spread": spread[place]}
        for number, centred in enumerate(centres, 1)
        for place, (name, centre) in enumerate(zip(FEATURES, centred, strict=True))
    ]
    _keep(traits, "TABLE centres", pa.Table.from_pylist(rows, pa.schema(_CENTRES)))
    _keep(traits, "TABLE clusters", _described(raw, points, _nearest(points, centres)))


def group(traits: duckdb.DuckDBPyConnection) -> None:
    """`clustered` by member: the cluster whose centre is nearest. Needs `centres`, and what is measured."""
    members, raw, _ = _measured(traits)
    found = traits.execute("SELECT centre, mean, spread FROM centres ORDER BY rowid").fetchnumpy()
    if not len(members) or not len(found["centre"]):
        _keep(traits, "TEMP TABLE clustered", pa.table({n: pa.array([], k) for n, k in _CLUSTERED.items()}))
        return
    centre, mean, spread = (np.asarray(found[n]).reshape(-1, len(FEATURES)) for n in ("centre", "mean", "spread"))
    points = np.asarray((_logs(raw) - mean[0]) / spread[0], dtype=np.float64)
    cluster = pa.array(_nearest(points, centre))
    _keep(traits, "TEMP TABLE clustered", pa.table({"member_no": pa.array(members), "cluster": cluster}))


def _measured(traits: duckdb.DuckDBPyConnection) -> tuple[Whole, dict[str, Floats], Floats]:
    """Who bought within the year, each measure, and what they spent."""
    found = traits.execute(_MEASURED).fetchnumpy()
    raw = {name: np.asarray(found[name], dtype=np.float64) for name in FEATURES}
    return np.asarray(found["member_no"]), raw, np.asarray(found["year_net_minor"], dtype=np.float64)


def _logs(raw: dict[str, Floats]) -> Floats:
    return np.column_stack([np.log1p(raw[name]) if by_log else raw[name] for name, by_log in FEATURES.items()])


def _nearest(points: Floats, centres: Floats) -> Whole:
    return np.asarray(1 + vq(points, centres)[0], dtype=np.int64)


def _centres(points: Floats) -> Floats:
    """Those that separate a sample best."""
    random = np.random.default_rng(_SEED)
    sample = points[random.permutation(len(points))[:_SAMPLE]]
    judged = sample[:_JUDGED]
    different = len(np.unique(sample, axis=0))
    best, centres = -np.inf, points[:1]
    for count in _COUNTS:
        if count > different:
            break
        try:
            found, _ = kmeans2(sample, count, iter=30, minit="++", missing="raise", rng=np.random.default_rng(_SEED))
        except ClusterError:
            continue  # one of them stayed without members: so many there are not
        separated = _silhouette(judged, vq(judged, found)[0])
        if separated > best:
            best, centres = separated, found
    return np.asarray(centres, dtype=np.float64)


def _silhouette(points: Floats, cluster: Whole) -> float:
    """How much nearer points are to their own cluster than to the next, -1 to 1."""
    used = np.unique(cluster)
    if len(used) < 2:
        return -1.0
    apart = cdist(points, points)
    sums = np.column_stack([apart[:, cluster == each].sum(axis=1) for each in used])
    sizes = np.array([(cluster == each).sum() for each in used])
    own = np.searchsorted(used, cluster)
    rows = np.arange(len(points))
    inside = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    others = sums / sizes
    others[rows, own] = np.inf
    outside = others.min(axis=1)
    told = np.where(sizes[own] > 1, (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-12), 0)
    return float(told.mean())


def _ordered(points: Floats, centres: Floats, net: Floats) -> Floats:
    """Those that somebody is nearest to, the one whose members spend most first."""
    nearest = vq(points, centres)[0]
    used = np.unique(nearest)
    means = np.array([net[nearest == each].mean() for each in used])
    return np.asarray(centres[used[np.argsort(-means, kind="stable")]], dtype=np.float64)


def _described(raw: dict[str, Floats], points: Floats, cluster: Whole) -> pa.Table:
    rows = [
        {
            "cluster": int(number),
            "feature": name,
            "typical": round(float(np.median(raw[name][cluster == number]))),
            "usual": round(float(np.median(raw[name]))),
            "apart_milli": round(1_000 * float(points[cluster == number, place].mean())),
        }
        for number in np.unique(cluster)
        for place, name in enumerate(FEATURES)
    ]
    return pa.Table.from_pylist(rows, pa.schema(_DESCRIBED))


def _keep(traits: duckdb.DuckDBPyConnection, what: str, rows: pa.Table) -> None:
    traits.register("given_rows", rows)
    traits.execute(f"CREATE {what} AS SELECT * FROM given_rows")  # noqa: S608 - a name of ours
    traits.unregister("given_rows")
