"""What is to be expected of each member: whether she will come again, how often, and what it will be worth.

By the week from her first purchase; days on which she bought count, not orders. Members with the same history are
reckoned once. Where nobody has bought again there is nothing to learn from, and nothing is said.
"""

import json
from dataclasses import asdict, dataclass

import duckdb
import numpy as np
import pyarrow as pa

from shuke.audience.traits import spending, staying
from shuke.audience.traits.arrays import Floats, Whole
from shuke.audience.traits.terms import Terms

_DAYS_A_WEEK = 7
_BPS = 10_000
_YEAR = 365

_HISTORIES = """
SELECT member_no, gaps::DOUBLE AS again, (last_day - first_day)::DOUBLE AS last, (as_of - first_day)::DOUBLE AS known,
  again_net_minor / greatest(gaps, 1) AS mean FROM buying ORDER BY member_no
"""
_SCHEMA = dict.fromkeys(("member_no", "alive_bps", "expected_milli", "worth_minor", "clv_minor"), pa.int64())

Parameters = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Learned:
    """The parameters of both models, as far as they could be fitted; what a purchase is worth `over_all`, and at
    `most`."""

    parameters: Parameters
    over_all: float
    most: float


def learn(traits: duckdb.DuckDBPyConnection) -> Learned:
    """From everybody. Needs `buying`."""
    _, again, last, known, mean = _histories(traits)
    members = staying.fit(staying.Histories.of(*_weeks(again, last, known))) if len(again) else None
    if members is None:
        return Learned({}, 0, 0)
    told = (again > 0) & (mean > 0)
    model = spending.fit(again[told], mean[told])
    if model is None:
        worth = float(mean[told].sum())
        return Learned({"bg_nbd": asdict(members)}, worth, worth)
    over_all = float(model.mean(np.zeros(1), np.zeros(1))[0]) if model.q > 1 else float(np.mean(mean[told]))
    related = spending.how_related(again[told], mean[told])
    parameters = {"bg_nbd": asdict(members), "gamma_gamma": {**asdict(model), "correlation": related}}
    return Learned(parameters, over_all, float(np.max(mean[told])))


def foresee(traits: duckdb.DuckDBPyConnection, terms: Terms) -> None:
    """`predictions` by member: `alive_bps`, `expected_milli` purchases within `ahead` days (thousandths), what one is
    `worth_minor`, and `clv_minor`, what they will earn. Needs `buying` and `definitions`."""
    learned, (member_no, again, last, known, mean) = _learned(traits), _histories(traits)
    if not len(again) or "bg_nbd" not in learned.parameters:
        _keep(traits, pa.table({name: pa.array([], kind) for name, kind in _SCHEMA.items()}))
        return
    members, weeks = staying.Staying(**learned.parameters["bg_nbd"]), _weeks(again, last, known)
    expected, worth = members.purchases(*weeks, terms.ahead / _DAYS_A_WEEK), _worth(learned, again, mean)
    later = (1 + terms.discount_bps / _BPS) ** (terms.ahead / _YEAR / 2)
    columns = {
        "alive_bps": members.alive(*weeks) * _BPS,
        "expected_milli": expected * 1_000,
        "worth_minor": worth,
        "clv_minor": expected * worth * terms.margin_bps / _BPS / later,
    }
    rounded = {name: pa.array(np.rint(each).astype(np.int64)) for name, each in columns.items()}
    _keep(traits, pa.table({"member_no": pa.array(member_no), **rounded}))


def _learned(traits: duckdb.DuckDBPyConnection) -> Learned:
    return Learned(**json.loads(traits.execute("SELECT learned FROM definitions").fetchall()[0][0]))


def _histories(traits: duckdb.DuckDBPyConnection) -> tuple[Whole, Floats, Floats, Floats, Floats]:
    """Of who bought: her number, how often again, when last, how long she is known, and what she spent on average."""
    found = traits.execute(_HISTORIES).fetchnumpy()
    again, last, known, mean = (
        np.asarray(found[name], dtype=np.float64) for name in ("again", "last", "known", "mean")
    )
    return np.asarray(found["member_no"]), again, last, known, mean


def _weeks(again: Floats, last: Floats, known: Floats) -> tuple[Floats, Floats, Floats]:
    return again, last / _DAYS_A_WEEK, known / _DAYS_A_WEEK


def _worth(learned: Learned, again: Floats, mean: Floats) -> Floats:
    """What a purchase of each member is expected to be worth. Where the model cannot tell, what it is over all; never
    more than the best mean there was."""
    fitted = learned.parameters.get("gamma_gamma")
    if fitted is None:
        return np.full(len(again), learned.over_all)
    model = spending.Spending(*(fitted[name] for name in ("p", "q", "v")))
    told = (again > 0) & (mean > 0)
    worth = np.where(told, model.mean(again, mean), learned.over_all)
    return np.asarray(np.minimum(worth, learned.most), dtype=np.float64)


def _keep(traits: duckdb.DuckDBPyConnection, predictions: pa.Table) -> None:
    traits.register("given_predictions", predictions)
    traits.execute("CREATE TEMP TABLE predictions AS SELECT * FROM given_predictions")
    traits.unregister("given_predictions")
