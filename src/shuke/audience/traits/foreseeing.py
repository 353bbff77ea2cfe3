"""What is to be expected of each member: whether she will come again, how often, and what it will be worth.

By the week from her first purchase; days on which she bought count, not orders. Members with the same history are
reckoned once. Where nobody has bought again there is nothing to learn from, and nothing is said.
"""

from dataclasses import asdict

import duckdb
import numpy as np
import pyarrow as pa

from shuke.audience.traits import spending, staying
from shuke.audience.traits.arrays import Floats
from shuke.audience.traits.terms import Terms

_DAYS_A_WEEK = 7
_BPS = 10_000
_YEAR = 365

_HISTORIES = """
SELECT member_no, gaps::DOUBLE AS again, (last_day - first_day)::DOUBLE AS last, ($as_of - first_day)::DOUBLE AS known,
  again_net_minor / greatest(gaps, 1) AS mean FROM buying ORDER BY member_no
"""
_SCHEMA = dict.fromkeys(("member_no", "alive_bps", "expected_milli", "worth_minor", "clv_minor"), pa.int64())

Parameters = dict[str, dict[str, float]]


def foresee(traits: duckdb.DuckDBPyConnection, terms: Terms) -> Parameters:
    """`predictions` by member: `alive_bps`, `expected_milli` purchases within `ahead` days (thousandths), what one is
    `worth_minor`, and `clv_minor`, what they will earn. Returns the parameters of both models, as far as they could be
    fitted."""
    found = traits.execute(_HISTORIES, {"as_of": terms.as_of}).fetchnumpy()
    again, last, known = (np.asarray(found[name]) for name in ("again", "last", "known"))
    members = staying.fit(staying.Histories.of(*_weeks(again, last, known))) if len(again) else None
    if members is None:
        _keep(traits, pa.table({name: pa.array([], kind) for name, kind in _SCHEMA.items()}))
        return {}
    weeks = _weeks(again, last, known)
    expected = members.purchases(*weeks, terms.ahead / _DAYS_A_WEEK)
    worth, of_spending = _worth(again, np.asarray(found["mean"], dtype=np.float64))
    later = (1 + terms.discount_bps / _BPS) ** (terms.ahead / _YEAR / 2)
    columns = {
        "alive_bps": members.alive(*weeks) * _BPS,
        "expected_milli": expected * 1_000,
        "worth_minor": worth,
        "clv_minor": expected * worth * terms.margin_bps / _BPS / later,
    }
    rounded = {name: pa.array(np.rint(each).astype(np.int64)) for name, each in columns.items()}
    _keep(traits, pa.table({"member_no": pa.array(np.asarray(found["member_no"])), **rounded}))
    return {"bg_nbd": asdict(members), **of_spending}


def _weeks(again: Floats, last: Floats, known: Floats) -> tuple[Floats, Floats, Floats]:
    return again, last / _DAYS_A_WEEK, known / _DAYS_A_WEEK


def _worth(again: Floats, mean: Floats) -> tuple[Floats, Parameters]:
    """What a purchase of each member is expected to be worth. Where the model cannot tell, the mean of all; never
    more than the best mean there is."""
    told = (again > 0) & (mean > 0)
    model = spending.fit(again[told], mean[told])
    if model is None:
        return np.full(len(again), float(mean[told].sum())), {}
    over_all = model.mean(np.zeros(1), np.zeros(1))[0] if model.q > 1 else float(np.mean(mean[told]))
    worth = np.minimum(np.where(told, model.mean(again, mean), over_all), np.max(mean[told]))
    related = spending.how_related(again[told], mean[told])
    return worth, {"gamma_gamma": {**asdict(model), "correlation": related}}


def _keep(traits: duckdb.DuckDBPyConnection, predictions: pa.Table) -> None:
    traits.register("given_predictions", predictions)
    traits.execute("CREATE TEMP TABLE predictions AS SELECT * FROM given_predictions")
    traits.unregister("given_predictions")
